"""When the occurrences of a duty open, and when they are due: calendar-shaped law."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.outward import Every

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.outward import MonthDay, Schedule

MONTHS = {Every.YEAR: 12, Every.HALF_YEAR: 6, Every.QUARTER: 3, Every.MONTH: 1}
"""Months from one occurrence to the next."""
DUE_ON = "due_on"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a duty is due: a case of `procedure` that opens by itself on `opens_on` with the facts `data`."""

    procedure: str
    schedule: Schedule
    opens_on: dt.date
    due_on: dt.date

    @property
    def kind(self) -> str:
        """Stable name of the occurrence within its procedure: department_report/2026-01-01."""
        return f"{self.schedule.id}/{self.opens_on.isoformat()}"

    @property
    def data(self) -> dict[str, object]:
        """What the opening event says."""
        return {**self.schedule.data, DUE_ON: self.due_on.isoformat()}


def occurrences(versions: Iterable[Procedure], first: dt.date, last: dt.date) -> Iterator[Occurrence]:
    """Give the occurrences that open from `first` to `last`, both included, of whichever version is then in force."""
    found = [
        Occurrence(version.id, schedule, opens_on, due_on)
        for version in versions
        for schedule in version.schedule
        for opens_on, due_on in _days(schedule, first, last)
        if version.in_force_from <= opens_on and (version.in_force_until is None or opens_on < version.in_force_until)
    ]
    yield from sorted(found, key=lambda one: (one.opens_on, one.due_on, one.procedure, one.schedule.id))


def _days(schedule: Schedule, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    for year in range(first.year, last.year + 1):
        for begin in range(0, 12, MONTHS[schedule.every]):
            opens_on, due_on = _day(year, begin, schedule.opens), _day(year, begin, schedule.due)
            if first <= opens_on <= last:
                yield opens_on, due_on


def _day(year: int, begin: int, day: MonthDay) -> dt.date:
    """Day of a period; the 31st of a shorter month is its last day."""
    month = begin + day.month
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
