"""Kinds a procedure does not know."""

from __future__ import annotations

from xiaoneng.journal.kinds import unknown

from .facts import correction, fact


def test_unknown_kinds_are_reported_and_the_journals_own_are_known() -> None:
    events = [fact(1), fact(2, "typo"), correction(3, "e1")]
    assert unknown(events, frozenset({"accepted"})) == (events[1],)
