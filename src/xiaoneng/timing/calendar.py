"""A working calendar: which days the office works, why, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaoneng.timing import civil
from xiaoneng.timing.dates import to_date
from xiaoneng.timing.errors import CalendarNotCovered

if TYPE_CHECKING:
    from collections.abc import Mapping


class DayWhy(StrEnum):
    """Why a day is or is not a working day."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that a notice names: off although a weekday, worked although a weekend, or part of a holiday."""

    working: bool
    name_zh: str
    name_en: str
    notice: str


@dataclass(frozen=True, slots=True)
class DayReason:
    """What a day is, for people: `day` since 1970-01-01.

    Name and notice are empty where no notice names the day.
    """

    day: int
    working: bool
    why: DayWhy
    name_zh: str
    name_en: str
    notice: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of one place as two look-up tables (see arithmetic), with the reason for each day.

    `zone` is an IANA name; `last_published` the last day whose notice is out: later days know weekends only,
    and are provisional. `hours` are office hours as opening and closing seconds in turn, `per_day` their sum.
    `weekend` lists days of the week, Monday 0. `edition` is a hash of the content: two calendars of one
    edition count alike.
    """

    id: str
    zone: str
    first_day: int
    prefix: tuple[int, ...]
    index: tuple[int, ...]
    last_published: int
    special: Mapping[int, SpecialDay]
    hours: tuple[int, ...]
    per_day: int
    edition: str
    weekend: tuple[int, ...]

    def __hash__(self) -> int:
        return hash((self.id, self.edition))

    @property
    def last_day(self) -> int:
        """Last day of the tables."""
        return self.first_day + len(self.prefix) - 1

    def is_working(self, day: int) -> bool:
        """Whether the office works on a day; raises CalendarNotCovered outside the tables."""
        self.require(day)
        return self.index[self.prefix[day - self.first_day]] == day

    def is_provisional(self, day: int) -> bool:
        """Whether the notice that will settle a day is still to come."""
        return day > self.last_published

    def require(self, day: int) -> None:
        """Raise CalendarNotCovered for a day outside the tables."""
        if not self.first_day <= day <= self.last_day:
            raise self.not_covered(day)

    def not_covered(self, day: int | None) -> CalendarNotCovered:
        """Build the error for a day outside the tables, or for a count (None) that runs past their end."""
        on = to_date(day) if day is not None else None
        first_on, last_on = to_date(self.first_day), to_date(self.last_day)
        return CalendarNotCovered(on, self.id, first_on, last_on, civil.civil_year(self.last_published) + 1)

    def reason(self, day: int) -> DayReason:
        """Say what a day is and on whose word; raises CalendarNotCovered outside the tables."""
        working = self.is_working(day)
        named = self.special.get(day)
        weekend = civil.weekday(day) in self.weekend
        off = DayWhy.HOLIDAY if named else DayWhy.WEEKEND
        why = (DayWhy.MAKE_UP if weekend else DayWhy.WEEKDAY) if working else off
        zh, en, notice = (named.name_zh, named.name_en, named.notice) if named else ("", "", "")
        return DayReason(day, working, why, zh, en, notice, self.is_provisional(day))
