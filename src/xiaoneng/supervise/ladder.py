"""Levels, warnings and wake-up moments: a ladder laid along running clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.model import Level, Nature, Point
from xiaoneng.supervise.layout import CALENDAR, ELAPSED, MONTHS, NEVER, OFFICE, UNTIL, WORKING
from xiaoneng.supervise.program import UNITS
from xiaoneng.timing.civil import add_months
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.model import Ladder, Rung
    from xiaoneng.supervise.program import Provision
    from xiaoneng.timing.calendar import Calendar

SEVERITY = {Level.NONE: 0, Level.BLUE: 1, Level.YELLOW: 2, Level.RED: 3}


def nature_of(provision: Provision) -> Nature | None:
    """Which kind of clock a provision is; None for rules and extensions."""
    if provision.clock is None or provision.extension:
        return None
    return Nature.PROMISED if provision.promise else provision.clock.nature


def level_of_breach(ladder: Ladder | None, provision: Provision) -> Level:
    """What the ladder calls a breach of this provision."""
    if ladder is None:
        return Level.NONE
    nature = nature_of(provision)
    if nature is None:
        return ladder.rules
    passed = [rung.level for rung in ladder.rungs if rung.point is Point.PASSED and nature in rung.natures]
    return max(passed, key=SEVERITY.__getitem__, default=ladder.rules)


def thresholds(
    ladder: Ladder | None, provision: Provision, due: int, amount: int, calendar: Calendar
) -> Iterator[tuple[int, Level]]:
    """Moments, in the clock's yardstick, from which a running activation has a level although still in time."""
    nature = nature_of(provision)
    if ladder is None or nature is None or (due >= NEVER and provision.time < ELAPSED):
        return
    for rung in ladder.rungs:
        reached = _reached_at(rung, provision.time, due, amount, calendar) if nature in rung.natures else None
        if reached is not None:
            yield reached, rung.level


def _reached_at(rung: Rung, time: int, due: int, amount: int, calendar: Calendar) -> int | None:
    """Moment at which a running activation reaches a rung; None where the rung does not fit the clock."""
    if rung.point is Point.USED and amount > 0:
        left = amount - -(-amount * rung.amount // 1000)
        # Of months, and of the time until a date, the share is one of their days.
        return _earlier(due, left, CALENDAR if time in (MONTHS, UNTIL) else time, calendar)
    if rung.point is Point.BEFORE:
        kind, factor = UNITS[LimitKind(rung.kind)]
        hours = (ELAPSED, OFFICE)
        if kind == time or (kind not in hours and time not in hours):
            return _earlier(due, rung.amount * factor, kind, calendar)
    return None


def _earlier(due: int, lead: int, kind: int, calendar: Calendar) -> int:
    """The moment so long before a due moment, in the kind of time that the lead is told in."""
    if kind == MONTHS:
        return add_months(due, -lead)
    if kind != WORKING or due > calendar.last_day:
        return due - lead
    place = calendar.prefix[due - calendar.first_day] - lead
    return calendar.index[max(place, 0)]
