"""Levels, warnings and wake-up moments: a ladder laid along running clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.model import Level, Nature, Point
from xiaoneng.supervise.layout import ELAPSED, NEVER, OFFICE, WORKING
from xiaoneng.supervise.program import UNITS
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
        lead = _lead(rung, provision.time, amount) if nature in rung.natures else None
        if lead is not None:
            yield _earlier(due, lead, provision.time, calendar), rung.level


def _lead(rung: Rung, time: int, amount: int) -> int | None:
    """How long before the due moment a rung stands, in units of the clock; None where the rung does not fit the clock."""
    if rung.point is Point.USED:
        return amount - -(-amount * rung.amount // 1000) if amount > 0 else None
    if rung.point is Point.BEFORE:
        kind, factor = UNITS[LimitKind(rung.kind)]
        hours = (ELAPSED, OFFICE)
        return rung.amount * factor if kind == time or (kind not in hours and time not in hours) else None
    return None


def _earlier(due: int, lead: int, time: int, calendar: Calendar) -> int:
    if time != WORKING:
        return due - lead
    place = calendar.prefix[due - calendar.first_day] - lead
    return calendar.index[max(place, 0)]
