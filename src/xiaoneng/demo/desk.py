"""Working days and office hours of the city, on the real calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.timing.dates import to_date, to_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from xiaoneng.timing.calendar import Calendar

Off = tuple[dt.date, dt.date]
"""Time off the clock: the day on which it opened, the day on which it closed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the officers sit: which days they work, and when on such a day."""

    calendar: Calendar

    def number(self, on: dt.date) -> int:
        """Count the working days up to and including a day."""
        return self.calendar.prefix[to_day(on) - self.calendar.first_day]

    def working(self, number: int) -> dt.date:
        """Give the working day of that number."""
        return to_date(self.calendar.index[number])

    def after(self, on: dt.date, days: int) -> dt.date:
        """Give the working day so many after a day; negative for before, 0 for the day or the last one before it."""
        return self.working(self.number(on) + days)

    def between(self, start: dt.date, end: dt.date) -> int:
        """Count the working days after `start` up to and including `end`."""
        return self.number(end) - self.number(start)

    def due(self, start: dt.date, days: int, off: Sequence[Off] = ()) -> dt.date:
        """Last working day of a limit, with what lies off the clock, each day of it once."""
        number = self.number(start)
        free = {n for opened, closed in off for n in range(self.number(opened) + 1, self.number(closed) + 1)}
        left = days
        while left:
            number += 1
            left -= number not in free
        return self.working(number)

    def moment(self, chance: Random, on: dt.date, *, early: bool = False) -> dt.datetime:
        """Some moment in office hours; `early` leaves room for more on the same day."""
        hours = self.calendar.hours
        spans = [(hours[i], hours[i + 1]) for i in range(0, len(hours), 2)]
        opens, closes = spans[0] if early or chance.random() < 0.5 else spans[-1]
        second = chance.randrange(opens, closes - 600)
        return dt.datetime.combine(on, dt.time(), ZoneInfo(self.calendar.zone)) + dt.timedelta(seconds=second)
