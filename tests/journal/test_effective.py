"""Corrections change what is judged, never what was written."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from xiaoneng.journal.effective import check_replacement, dangling, effective, trail
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import CORRECTION, RELIANCE_CORRECTED, Event

from .facts import NOON, correction, fact, journals, reliance, retraction


def note(sequence: int, **more: object) -> Event:
    entry = {"register": "credentials", "key": "officer-7", "version": "2", "values": {"name": "李"}}
    return fact(sequence, RELIANCE_CORRECTED, data={**entry, **more})


def test_without_corrections_the_same_tuple_comes_back() -> None:
    events = (fact(1), fact(2))
    assert effective(events) is events
    assert effective(list(events)) == events
    assert dangling(events) == ()


def test_a_correction_replaces_the_contents_and_keeps_the_identity() -> None:
    original = fact(1, source="hall", source_sequence=7, actor="a", agency="b", data={"x": 1}, zone="Asia/Urumqi")
    mended = correction(2, "e1", kind="refused", occurred="2026-03-01T09:00:00+08:00", actor="c", relied_on=[
        {"register": "fees", "key": "f", "version": "3", "values": {}, "valid_until": "2027-01-01"},
    ])  # fmt: skip
    (event,) = effective([original, mended])
    assert (event.id, event.sequence, event.source, event.source_sequence) == ("e1", 1, "hall", 7)
    assert (event.kind, event.actor, event.agency, event.data) == ("refused", "c", "", {})
    assert event.occurred == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert event.recorded_at == NOON
    assert event.zone == "Asia/Urumqi"
    assert event.relied_on[0].valid_until == date(2027, 1, 1)


def test_a_replacement_may_hold_values_instead_of_text() -> None:
    (event,) = effective([fact(1), correction(2, "e1", occurred=NOON, relied_on=(reliance(),), zone="UTC")])
    assert (event.occurred, event.relied_on, event.zone) == (NOON, (reliance(),), "UTC")


def test_the_later_correction_wins_whatever_the_order_given() -> None:
    events = [correction(3, "e1", data={"n": 3}), fact(1), correction(2, "e1", data={"n": 2})]
    assert effective(events)[0].data == {"n": 3}
    assert effective(events[::-1])[0].data == {"n": 3}


def test_a_corrected_correction_counts_for_the_root() -> None:
    events = [fact(1), correction(2, "e1", data={"n": 2}), correction(3, "e2", data={"n": 3})]
    (event,) = effective(events)
    assert (event.id, event.data) == ("e1", {"n": 3})


def test_a_retracted_event_is_gone_and_a_later_correction_brings_it_back() -> None:
    events = [fact(1), retraction(2, "e1")]
    assert effective(events) == ()
    assert [event.id for event in effective([*events, correction(3, "e1")])] == ["e1"]


def test_corrections_that_reach_nothing_are_reported_and_have_no_effect() -> None:
    lost = correction(2, "nobody")
    circle = [correction(3, "e4"), correction(4, "e3")]
    itself = correction(5, "e5")
    events = [fact(1), lost, *circle, itself]
    assert effective(events) == (fact(1),)
    assert dangling(events) == (lost, *circle, itself)


def test_the_trail_lists_the_original_and_its_corrections() -> None:
    events = [correction(4, "e2"), fact(1), correction(2, "e1"), fact(3), correction(5, "nobody")]
    assert [event.sequence for event in trail(events, "e1")] == [1, 2, 4]
    assert [event.sequence for event in trail(events, "e4")] == [1, 2, 4]
    assert [event.sequence for event in trail(events, "e5")] == [5]
    assert trail(events, "nobody") == ()


def test_a_corrected_register_entry_reaches_every_act_that_copied_it_before() -> None:
    events = [
        fact(1, relied_on=(reliance(), reliance(key="officer-8"))),
        fact(2),
        note(3, valid_from="2021-01-01", valid_until="2025-01-01"),
        fact(4, relied_on=(reliance("3"),)),
    ]
    first, second, fourth = effective(events)
    assert first.relied_on[0].values == {"name": "李"}
    assert first.relied_on[0].valid_until == date(2025, 1, 1)
    assert first.relied_on[1] == reliance(key="officer-8")
    assert (second, fourth) == (events[1], events[3])
    assert dangling(events) == ()


def test_a_correction_written_later_may_rely_on_a_newer_entry() -> None:
    events = [fact(1, relied_on=(reliance(),)), note(2), correction(3, "e1", relied_on=[reliance("3")])]
    assert effective(events)[0].relied_on == (reliance("3"),)


def test_a_corrected_register_entry_may_name_the_version_it_is_about() -> None:
    events = [fact(1, relied_on=(reliance("1"), reliance("0"))), note(2, of_version="0")]
    assert [entry.version for entry in effective(events)[0].relied_on] == ["1", "2"]


def test_a_corrected_register_entry_nobody_relied_on_is_reported() -> None:
    events = [fact(1), note(2)]
    assert effective(events) == (fact(1),)
    assert dangling(events) == (events[1],)


def test_a_correction_of_a_register_entry_can_itself_be_corrected() -> None:
    entry = {"register": "credentials", "key": "officer-7", "version": "4"}
    events = [fact(1, relied_on=(reliance(),)), note(2)]
    mended = correction(3, "e2", kind=RELIANCE_CORRECTED, data=entry)
    assert effective([*events, mended])[0].relied_on[0].version == "4"
    assert effective([*events, retraction(3, "e2")])[0].relied_on == (reliance(),)
    check_replacement(mended)
    with pytest.raises(JournalError, match=r"correction e3: has no replacement.*XN-J030"):
        effective([*events, correction(3, "e2", kind=RELIANCE_CORRECTED, data=7)])


def test_a_fact_is_not_replaced_by_a_register_entry() -> None:
    crossed = correction(2, "e1", kind=RELIANCE_CORRECTED, data={})
    assert effective([fact(1), crossed]) == (fact(1),)
    assert dangling([fact(1), crossed]) == (crossed,)


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ({"data": {}}, "XN-J030"),
        ({"data": {"replacement": {"kind": "a", "occurred": "2026-03-02", "sequence": 3}}}, "XN-J031"),
        ({"data": {"replacement": {"occurred": "2026-03-02"}}}, "XN-J032"),
        ({"data": {"replacement": {"kind": CORRECTION, "occurred": "2026-03-02"}}}, "XN-J032"),
        ({"data": {"replacement": {"kind": "a", "occurred": "2026-03-02", "data": 3}}}, "XN-J033"),
        ({"data": {"replacement": {"kind": "a", "occurred": "2026-03-02", "actor": 3}}}, "XN-J033"),
        ({"data": {"replacement": {"kind": "a"}}}, "XN-J010"),
        ({"data": {"replacement": {"kind": "a", "occurred": "2026-03-02T00:00"}}}, "XN-J012"),
    ],
)
def test_a_replacement_that_is_none_is_refused_with_the_correction_named(
    contents: dict[str, object], code: str
) -> None:
    with pytest.raises(JournalError, match="correction e2") as caught:
        effective([fact(1), fact(2, CORRECTION, corrects="e1", **contents)])
    assert caught.value.code == code


@given(journals())
def test_appending_a_correction_never_edits_the_originals(events: list[Event]) -> None:
    before = copy.deepcopy(events)
    judged = effective(events)
    dangling(events)
    assert events == before
    ids = {event.id for event in events if event.kind != CORRECTION}
    assert {event.id for event in judged} <= ids
    assert all(event.kind != CORRECTION for event in judged)
    for event in events:
        if event.kind != CORRECTION:
            assert trail(events, event.id)[0] == event


@given(journals())
def test_what_is_judged_does_not_depend_on_the_order_given(events: list[Event]) -> None:
    assert effective(events[::-1]) == effective(events)[::-1]
