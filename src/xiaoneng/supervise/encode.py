"""Events to columns of integers: one case, online."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.order import instant, local_day
from xiaoneng.supervise import slots
from xiaoneng.supervise.layout import CALENDAR, ELAPSED, MISSING, MONTHS, WORKING, Days, Facts, Present
from xiaoneng.supervise.slots import SlotKind
from xiaoneng.timing.arithmetic import office_before, office_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.supervise.program import Program
    from xiaoneng.timing.calendar import Calendar

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
EPOCH_ORDINAL = 719_163
DAY_MICROSECONDS = 86_400_000_000


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name; the same object each time."""
    return ZoneInfo(name)


def micros(moment: dt.datetime) -> int:
    """Microseconds since 1970 UTC of an aware instant."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def moment_of(microseconds: int) -> dt.datetime:
    """The aware instant (UTC) of microseconds since 1970."""
    return EPOCH + dt.timedelta(microseconds=microseconds)


def date_of(day: int) -> dt.date:
    """The date of an epoch day."""
    return dt.date.fromordinal(day + EPOCH_ORDINAL)


def midnight(day: int, zone: dt.tzinfo) -> int:
    """Microseconds since 1970 UTC of the local midnight with which an epoch day begins."""
    return micros(dt.datetime.combine(date_of(day), dt.time(), zone))


@lru_cache(maxsize=64)
def days_of(calendar: Calendar, zone: str, *, midnights: bool) -> Days:
    """A calendar as the kernel needs it; local midnights only for procedures in which silence makes facts."""
    home = zone_of(zone)
    table = [midnight(day, home) for day in range(calendar.first_day, calendar.last_day + 2)] if midnights else []
    return Days(calendar.first_day, calendar.per_day, calendar.prefix, calendar.index, tuple(table))


def office_of(day: int, second: int, calendar: Calendar) -> int:
    """Office seconds elapsed before a local moment."""
    return office_before(calendar.prefix, calendar.first_day, calendar.hours, calendar.per_day, day, second)


def present(now: dt.datetime, zone: ZoneInfo, calendar: Calendar) -> Present:
    """The instant of judging in each kind of time."""
    local = now.astimezone(zone)
    day = local.toordinal() - EPOCH_ORDINAL
    second = local.hour * 3600 + local.minute * 60 + local.second
    return Present(day, micros(now), office_of(day, second, calendar))


def office_instant(seconds: int, calendar: Calendar, zone: ZoneInfo) -> int:
    """Microseconds since 1970 UTC of the moment by which that much office time has elapsed."""
    local = office_moment(
        calendar.prefix, calendar.index, calendar.first_day, calendar.hours, calendar.per_day, seconds
    )
    return midnight(local // 86_400, zone) + local % 86_400 * 1_000_000


def letter_of(program: Program, event: Event, zone: ZoneInfo) -> int:
    """The event's letter: its kind and the conditions it fulfils."""
    letter = program.alphabet.first[event.kind]
    bit = 1
    for test in program.alphabet.tests[event.kind]:
        if test(event, zone) is True:
            letter += bit
        bit += bit
    return letter


def encode(program: Program, events: Sequence[Event], zone: ZoneInfo, calendar: Calendar) -> tuple[Facts, int]:
    """Columns of events in judging order, all of declared kinds, and how many keys the case uses (0 included)."""
    first, tests = program.alphabet.first, program.alphabet.tests
    letters = [letter_of(program, event, zone) if tests[event.kind] else first[event.kind] for event in events]
    days = [local_day(event, zone) for event in events]
    ats = [instant(event, zone) for event in events] if program.instants else days
    columns: list[list[int]] = [[MISSING] * len(events) for _ in program.slots]
    numbers: dict[tuple[str, object], int] = {}
    if program.slots:
        for i, event in enumerate(events):
            for s in program.plans[letters[i]]:
                columns[s][i] = _say(program.slots[s], event, days[i], zone, calendar, numbers)
    return Facts(letters, days, ats, columns), len(numbers) + 1


def _say(
    slot: slots.Slot, event: Event, day: int, zone: ZoneInfo, calendar: Calendar, numbers: dict[tuple[str, object], int]
) -> int:
    kind = slot.kind
    if kind is SlotKind.ACTOR or kind is SlotKind.KEY:
        return slots.key(event, slot, zone, numbers)
    if kind is SlotKind.AMOUNT:
        return slots.amount(event, slot, zone)
    if kind is SlotKind.UNTIL:
        return slots.until(event, slot, zone)
    if kind is SlotKind.OFFICE:
        occurred = event.occurred
        return _office(occurred, zone, calendar) if isinstance(occurred, dt.datetime) else office_of(day, 0, calendar)
    return _recorded(slot.time, event.recorded_at, zone, calendar)


def _office(moment: dt.datetime, zone: ZoneInfo, calendar: Calendar) -> int:
    local = moment.astimezone(zone)
    second = local.hour * 3600 + local.minute * 60 + local.second
    return office_of(local.toordinal() - EPOCH_ORDINAL, second, calendar)


def _recorded(time: int, recorded_at: dt.datetime, zone: ZoneInfo, calendar: Calendar) -> int:
    if time in (WORKING, CALENDAR, MONTHS):
        return recorded_at.astimezone(zone).toordinal() - EPOCH_ORDINAL
    return micros(recorded_at) if time == ELAPSED else _office(recorded_at, zone, calendar)
