"""Whether one limit can never end later than another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.timing.dates import to_date
from xiaoneng.timing.errors import CalendarNotCovered
from xiaoneng.timing.limit import HOUR_KINDS, Limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.packs.model import Span
    from xiaoneng.timing.calendar import Calendar


def words(span: Span) -> str:
    """A limit as a pack says it."""
    return f"{span.n} {span.kind}" if isinstance(span, Limit) else repr(span)


def comparable(local: Span, national: Span, *, local_rolls: bool, national_rolls: bool) -> bool:
    """Whether numbers alone decide: the same kind, and the local limit not rolled forward where the other is not."""
    return (
        isinstance(local, Limit)
        and isinstance(national, Limit)
        and local.kind == national.kind
        and (national_rolls or not local_rolls)
    )


def longer(
    local: Span, national: Span, calendars: Sequence[Calendar], *, local_rolls: bool, national_rolls: bool
) -> str:
    """Say why a local limit is not proved to be at most the national one; nothing where it is."""
    rolls_alike = national_rolls or not local_rolls
    if local == national and rolls_alike:
        return ""
    if not isinstance(local, Limit) or not isinstance(national, Limit):
        return "reads its number from the case in another way, so that it cannot be compared"
    if local.kind == national.kind and local.n > national.n:
        return f"is {words(local)}, longer than the national {words(national)}"
    if comparable(local, national, local_rolls=local_rolls, national_rolls=national_rolls):
        return ""
    if local.kind in HOUR_KINDS or national.kind in HOUR_KINDS:
        return f"is in {local.kind}, the national one in {national.kind}, which no calendar compares"
    return _day_by_day(local, national, calendars, local_rolls=local_rolls, national_rolls=national_rolls)


def _day_by_day(
    local: Limit, national: Limit, calendars: Sequence[Calendar], *, local_rolls: bool, national_rolls: bool
) -> str:
    """Compare the due days of every start day of every calendar; days near the end of a table are left out."""
    compared = 0
    for calendar in calendars:
        for day in range(calendar.first_day, calendar.last_day + 1):
            start = to_date(day)
            try:
                ours = local.due_on(start, calendar, roll=local_rolls).on
                theirs = national.due_on(start, calendar, roll=national_rolls).on
            except CalendarNotCovered:
                continue
            compared += 1
            if ours > theirs:
                return f"of {words(local)} from {start} ends on {ours}, the national {words(national)} on {theirs}"
    return "" if compared else f"is in {local.kind}, the national one in {national.kind}, and no calendar is loaded"
