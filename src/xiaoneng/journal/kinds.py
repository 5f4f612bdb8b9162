"""Event kinds a procedure does not know: kept, reported, never fatal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.journal.effective import BOOKKEEPING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event


def unknown(events: Sequence[Event], known: frozenset[str]) -> tuple[Event, ...]:
    """Events whose kind is neither known to the procedure nor one of the journal's own."""
    return tuple(event for event in events if event.kind not in known and event.kind not in BOOKKEEPING)
