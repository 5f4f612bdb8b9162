"""Days and hours, one at a time.

An *amount* is a whole number: days for kinds of days, microseconds for kinds of hours. A *place* is a date for kinds of
days, a UTC datetime for kinds of hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Place = date | datetime
ONE_DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1) // MICROSECOND
HOUR_KINDS = ("working_hours", "elapsed_hours")
ROLLED_KINDS = ("calendar_days", "months", "years")


@dataclass(frozen=True, eq=False)
class Days:
    """What the notices say, where, and when the office is open."""

    holidays: frozenset[date]
    make_up: frozenset[date]
    zone: str
    hours: tuple[tuple[time, time], ...]

    def working(self, day: date) -> bool:
        if day in self.make_up:
            return True
        if day in self.holidays:
            return False
        return day.weekday() < 5

    def local(self, instant: datetime) -> datetime:
        """Wall time, without its zone."""
        return instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def utc(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        return self.utc(datetime.combine(day, time()))

    def office(self, day: date) -> list[tuple[datetime, datetime]]:
        """Opening and closing wall times of one day."""
        if not self.working(day):
            return []
        return [(datetime.combine(day, opens), datetime.combine(day, closes)) for opens, closes in self.hours]


def rolled(days: Days, day: date) -> date:
    while not days.working(day):
        day += ONE_DAY
    return day


@lru_cache(maxsize=100_000)
def nth_working_day(days: Days, start: date, n: int) -> date:
    """The n-th working day after the start; for none, the start or the next working day."""
    day = start
    if n == 0:
        return rolled(days, day)
    for _ in range(n):
        day += ONE_DAY
        while not days.working(day):
            day += ONE_DAY
    return day


def months_later(start: date, n: int) -> date:
    """Same number of the day n months on, or the last day of that month."""
    year, month = start.year, start.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(start.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def hours_later(days: Days, start: datetime, amount: int) -> datetime:
    """The earliest instant by which that much office time has passed since the start."""
    wall = days.local(start)
    left = amount * MICROSECOND
    if not left:
        return start
    day = wall.date()
    while True:
        for opens, closes in days.office(day):
            begins = max(opens, wall)
            if begins < closes:
                if closes - begins >= left:
                    return days.utc(begins + left)
                left -= closes - begins
        day += ONE_DAY


@lru_cache(maxsize=100_000)
def between(days: Days, kind: str, start: Place, end: Place) -> int:
    """Amount from one place to another, in the coordinate of the kind; negative where the end comes first."""
    if end < start:
        return -between(days, kind, end, start)
    if isinstance(start, datetime) and isinstance(end, datetime):
        if kind == "elapsed_hours":
            return (end - start) // MICROSECOND
        return office_time(days, days.local(start), days.local(end))
    assert not isinstance(start, datetime)
    assert not isinstance(end, datetime)
    passed = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    if kind == "working_days":
        return len([day for day in passed if days.working(day)])
    return len(passed)


def office_time(days: Days, start: datetime, end: datetime) -> int:
    total = timedelta()
    day = start.date()
    while day <= end.date():
        for opens, closes in days.office(day):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += ONE_DAY
    return total // MICROSECOND


def late(days: Days, kind: str, place: Place, due: Place) -> bool:
    """Whether a place is past the due."""
    if kind == "working_hours":
        return between(days, kind, due, place) > 0
    return place > due


def after(kind: str, due: Place) -> Place:
    """The moment from which it is too late: the day after a due day, the due instant itself."""
    return due if kind in HOUR_KINDS else due + ONE_DAY


def counted(days: Days, kind: str, start: Place, n: int, *, more: int = 0, off: int = 0, roll: bool = False) -> Place:
    """The due: n and `more` units of the kind from the start, and `off` (an amount) off the clock."""
    if isinstance(start, datetime):
        amount = (n + more) * HOUR + off
        return hours_later(days, start, amount) if kind == "working_hours" else start + amount * MICROSECOND
    if kind == "working_days":
        return nth_working_day(days, start, n + more + off)
    if kind == "calendar_days":
        due = start + timedelta(days=n + more + off)
    else:
        due = months_later(start, (n + more) * (12 if kind == "years" else 1)) + timedelta(days=off)
    return rolled(days, due) if roll else due
