"""Moments as coordinates in a kind of time, and when a span that starts at a moment is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise.layout import (
    A_AMOUNT,
    A_BASE,
    A_DAY,
    A_EXTENDED,
    A_OFF,
    CALENDAR,
    ELAPSED,
    FAR,
    K_KIND,
    K_ROLL,
    MONTHS,
    NEVER,
    OFFICE,
    UNLIMITED,
    UNTIL,
    WORKING,
)
from xiaoneng.timing.arithmetic import roll, working_index
from xiaoneng.timing.civil import add_months, civil_year, from_civil, month_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.supervise.layout import Days, Tables


def coordinate(kind: int, days: Days, day: int, at: int, office: int) -> int:
    """Place of a moment in a kind of time: working days so far, the day, microseconds, or office seconds."""
    if kind == WORKING:
        return working_index(days.prefix, days.first_day, day)
    if kind == ELAPSED:
        return at
    if kind == OFFICE:
        return office
    return day


def midnight_of(days: Days, day: int) -> int:
    """Instant of a local midnight; beyond the table that of its last day (who judges refuses such days in words)."""
    return days.midnight[min(max(day - days.first_day, 0), len(days.midnight) - 1)]


def yardstick(kind: int, day: int, x: int) -> int:
    """What is held against a due moment: the day, or for hours the coordinate."""
    return x if kind >= ELAPSED else day


def rolled(days: Days, day: int) -> int:
    """The day, or the next working day where it is none (Civil Code art. 203)."""
    return roll(days.prefix, days.working, days.first_day, day)


def nth_working(days: Days, place: int, start: int) -> int:
    """The working day with a number; a limit of none that starts on a day off is due on the next working day."""
    if place >= len(days.working):
        return NEVER
    due = days.working[place]
    return rolled(days, start) if due < start else due


def next_yearly(day: int, month: int, month_day: int) -> int:
    """The first given month and day after a day; 29 February falls on the 28th in common years."""
    year = civil_year(day)
    due = from_civil(year, month, min(month_day, month_length(year, month)))
    if due <= day:
        due = from_civil(year + 1, month, min(month_day, month_length(year + 1, month)))
    return due


def span_due(kind: int, amount: int, rolls: int, days: Days, day: int, x: int) -> int:
    """Due moment of a span that starts at day `day`, coordinate `x`, with no off-clock time."""
    if kind == WORKING:
        return nth_working(days, x + amount, day)
    if kind >= ELAPSED:
        return x + amount
    due = add_months(day, amount) if kind == MONTHS else day + amount
    return rolled(days, due) if rolls else due


def activation_due(t: Tables, k: int, days: Days, pool: Sequence[int], a: int, off: int) -> int:
    """Due moment of activation `a` of clock `k`, if `off` is all the off-clock time of the clock so far."""
    kind = t.clocks[k + K_KIND]
    if kind == UNLIMITED:
        return FAR
    total = pool[a + A_BASE] + pool[a + A_EXTENDED] + off
    if kind == WORKING:
        return nth_working(days, total, pool[a + A_DAY])
    if kind == MONTHS:
        total = add_months(pool[a + A_DAY], pool[a + A_AMOUNT] + pool[a + A_EXTENDED]) + off - pool[a + A_OFF]
    if kind in (CALENDAR, MONTHS, UNTIL) and t.clocks[k + K_ROLL]:
        return rolled(days, total)
    return total
