"""Limits: a number of a kind, and the day or moment at which they end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.timing import arithmetic, civil
from xiaoneng.timing.dates import to_date, to_day
from xiaoneng.timing.errors import LimitMisused
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from xiaoneng.timing.calendar import Calendar

HOUR_KINDS = frozenset({LimitKind.WORKING_HOURS, LimitKind.ELAPSED_HOURS})
MIDNIGHT = dt.time(0)


@dataclass(frozen=True, slots=True)
class Due:
    """Last day on time. `before_roll` is where counting ended, before a holiday rolled it forward.

    `provisional`: it rests on a day whose notice is not out.
    """

    on: dt.date
    before_roll: dt.date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: n of a kind. The start is day zero and never counts (Civil Code art. 201)."""

    n: int
    kind: LimitKind

    def __post_init__(self) -> None:
        if self.n < 0:
            raise LimitMisused(f"a limit of {self.n} {self.kind} ends before it starts; write 0 or more")

    def due_on(self, start: dt.date, calendar: Calendar, *, roll: bool = True) -> Due:
        """Last date on which the act is still on time; the start date is day zero.

        Calendar days, months and years that end on a day off roll forward to a working day unless `roll` is
        False (Civil Code arts. 202, 203). A limit of no working days ends on the start, or the next working
        day. Raises LimitMisused for a limit of hours or a start that is an instant, CalendarNotCovered
        outside the tables.
        """
        day = local_day(start)
        calendar.require(day)
        if self.kind in HOUR_KINDS:
            raise LimitMisused(f"a limit of {self.kind} ends at a moment; ask due_at")
        tables = (calendar.prefix, calendar.index, calendar.first_day)
        if self.kind == LimitKind.WORKING_DAYS:
            ended = arithmetic.add_working(*tables, day, self.n) if self.n else arithmetic.roll(*tables, day)
            if ended == arithmetic.NEVER:
                raise calendar.not_covered(None)
            return Due(to_date(ended), to_date(ended), calendar.is_provisional(ended))
        ended = end_of_count(day, self)
        if not roll:
            return Due(to_date(ended), to_date(ended), provisional=False)
        calendar.require(ended)
        due = arithmetic.roll(*tables, ended)
        return Due(to_date(due), to_date(ended), calendar.is_provisional(due))

    def due_at(self, start: dt.datetime, calendar: Calendar) -> dt.datetime:
        """Last moment on time of a limit of hours, in the zone of the calendar.

        Working hours run only in office hours and are counted in whole seconds; elapsed hours run always,
        also through a change to summer time. Raises LimitMisused for a start without a zone or a limit of
        days.
        """
        local = local_time(start, calendar)
        if self.kind == LimitKind.ELAPSED_HOURS:
            return (local.astimezone(dt.UTC) + dt.timedelta(hours=self.n)).astimezone(local.tzinfo)
        if self.kind != LimitKind.WORKING_HOURS:
            raise LimitMisused(f"a limit of {self.kind} ends on a day; ask due_on")
        if not calendar.per_day:
            raise LimitMisused(f"the calendar {calendar.id} has no office hours; write them into its calendar.yaml")
        day = to_day(local.date())
        calendar.require(day)
        if not self.n:
            return local
        prefix, index, first_day = calendar.prefix, calendar.index, calendar.first_day
        hours, per_day = calendar.hours, calendar.per_day
        before = arithmetic.office_before(prefix, first_day, hours, per_day, day, second_of_day(local))
        wanted = before + self.n * 3600
        moment = arithmetic.office_moment(prefix, index, first_day, hours, per_day, wanted)
        if moment == arithmetic.NEVER:
            raise calendar.not_covered(None)
        on, second = divmod(moment, arithmetic.DAY_SECONDS)
        return dt.datetime.combine(to_date(on), MIDNIGHT, local.tzinfo) + dt.timedelta(seconds=second)


def end_of_count(day: int, limit: Limit) -> int:
    """Day on which calendar days, months or years counted from `day` end, before any roll."""
    if limit.kind == LimitKind.CALENDAR_DAYS:
        return day + limit.n
    return civil.add_months(day, limit.n * 12 if limit.kind == LimitKind.YEARS else limit.n)


def working_days_between(start: dt.date, end: dt.date, calendar: Calendar) -> int:
    """Count the working days after `start` up to and including `end`.

    Raises LimitMisused if end is earlier.
    """
    first, last = local_day(start), local_day(end)
    if last < first:
        raise LimitMisused(f"{end} is before {start}; ask from the earlier to the later day")
    calendar.require(first)
    calendar.require(last)
    return calendar.prefix[last - calendar.first_day] - calendar.prefix[first - calendar.first_day]


def counted_from(received_at: dt.datetime, calendar: Calendar, *, shift_after_hours: bool) -> dt.date:
    """Date that is day zero for something received at an instant: the date where the office stands.

    Whether what arrives after closing time, or on a day off, counts from the next working day is a local
    choice: `shift_after_hours` states it, and has no default. Raises LimitMisused for an instant without a
    zone.
    """
    local = local_time(received_at, calendar)
    day = to_day(local.date())
    calendar.require(day)
    tables = (calendar.prefix, calendar.index, calendar.first_day)
    if shift_after_hours and not calendar.is_working(day):
        return to_date(arithmetic.roll(*tables, day))
    if shift_after_hours and calendar.hours and second_of_day(local) > calendar.hours[-1]:
        return Limit(1, LimitKind.WORKING_DAYS).due_on(local.date(), calendar).on
    return local.date()


def local_time(at: dt.datetime, calendar: Calendar) -> dt.datetime:
    """Time on the wall where the office stands; raises LimitMisused for an instant without a zone."""
    if at.tzinfo is None:
        raise LimitMisused(f"{at} names no time zone, so its day is unknown; give an instant with a zone")
    return at.astimezone(ZoneInfo(calendar.zone))


def local_day(on: dt.date) -> int:
    """Day of a date; raises LimitMisused for an instant, whose day depends on the zone."""
    if isinstance(on, dt.datetime):
        raise LimitMisused(f"{on} is an instant, not a day; ask counted_from for its day")
    return to_day(on)


def second_of_day(local: dt.datetime) -> int:
    """Whole seconds on the wall clock since midnight."""
    return local.hour * 3600 + local.minute * 60 + local.second
