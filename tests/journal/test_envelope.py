"""The door of the journal."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from xiaoneng.journal.canonical import event_bytes
from xiaoneng.journal.envelope import read, write
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import CORRECTION, RELIANCE_CORRECTED, Event
from xiaoneng.journal.moment import read_day

from .facts import NOON, correction, fact, journals, reliance

BEIJING = timezone(timedelta(hours=8))
PLAIN = {
    "envelope": 1,
    "id": "e1",
    "subject": "case-1",
    "kind": "accepted",
    "occurred": "2026-03-02",
    "recorded_at": "2026-03-02T09:12:00+08:00",
    "sequence": 1,
}


def test_the_least_an_event_needs() -> None:
    recorded_at = datetime(2026, 3, 2, 9, 12, tzinfo=BEIJING)
    assert read(PLAIN) == Event("e1", "case-1", "accepted", date(2026, 3, 2), recorded_at, 1)


def test_what_is_written_is_read_again() -> None:
    full = fact(
        3, occurred=NOON, source="hall", source_sequence=0, actor="a", agency="b", data={"n": [1]},
        relied_on=(reliance(), reliance(valid_from=None, valid_until=date(2027, 1, 1))), zone="Asia/Urumqi",
    )  # fmt: skip
    for event in (full, fact(1), correction(2, "e1")):
        assert read(write(event)) == event
        assert read(json.loads(event_bytes(event))) == event


@given(journals())
def test_every_event_survives_the_door(events: list[Event]) -> None:
    for event in events:
        assert read(json.loads(event_bytes(event))) == event


def test_version_0_stays_readable_for_ever() -> None:
    old = json.loads((Path(__file__).parent / "old" / "envelope-0.json").read_text())
    received, accepted = (read(mapping) for mapping in old)
    assert received.occurred == date(2026, 3, 2)
    assert (received.source, received.source_sequence, received.data) == ("hall", 17, {"documents": 4})
    assert accepted.occurred == datetime(2026, 3, 2, 10, 30, tzinfo=BEIJING)
    assert (accepted.zone, accepted.relied_on) == ("", ())


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"envelope": 2}, "XN-J001", "envelope"),
        ({"envelope": None}, "XN-J001", "envelope"),
        ({"envelope": True}, "XN-J001", "envelope"),
        ({"envelope": [0]}, "XN-J001", "envelope"),
        ({"envelope": 0}, "XN-J013", "precision"),
        ({"envelope": 0, "precision": "day", "occurred_at": "yesterday"}, "XN-J011", "occurred_at"),
        ({"colour": "red"}, "XN-J002", "colour"),
        ({"id": ""}, "XN-J003", "id"),
        ({"subject": "  "}, "XN-J003", "subject"),
        ({"kind": 7}, "XN-J004", "kind"),
        ({"sequence": 0}, "XN-J005", "sequence"),
        ({"sequence": True}, "XN-J005", "sequence"),
        ({"source_sequence": "1"}, "XN-J005", "source_sequence"),
        ({"retracted": "no"}, "XN-J006", "retracted"),
        ({"data": [1]}, "XN-J007", "data"),
        ({"zone": "Middle/Earth"}, "XN-J008", "zone"),
        ({"zone": "../x"}, "XN-J008", "zone"),
        ({"occurred": "2026-02-30"}, "XN-J010", "occurred"),
        ({"occurred": "20260302"}, "XN-J010", "occurred"),
        ({"occurred": 20260302}, "XN-J010", "occurred"),
        ({"occurred": "2026-03-02T25:00"}, "XN-J011", "occurred"),
        ({"occurred": "2026-03-02T09:00"}, "XN-J012", "occurred"),
        ({"recorded_at": "2026-03-02"}, "XN-J012", "recorded_at"),
        ({"recorded_at": 7}, "XN-J011", "recorded_at"),
        ({"relied_on": "credentials"}, "XN-J020", "relied_on"),
        ({"relied_on": 7}, "XN-J020", "relied_on"),
        ({"relied_on": [7]}, "XN-J020", "relied_on[0]"),
        ({"relied_on": [{"register": "a", "key": "k", "colour": 1}]}, "XN-J020", "relied_on[0]"),
        ({"relied_on": [{"register": "", "key": "k"}]}, "XN-J020", "relied_on[0].register"),
        ({"relied_on": [{"register": "a", "key": "k", "version": 1}]}, "XN-J020", "relied_on[0].version"),
        ({"relied_on": [{"register": "a", "key": "k", "values": 1}]}, "XN-J020", "relied_on[0].values"),
        ({"relied_on": [{"register": "a", "key": "k", "valid_from": 1}]}, "XN-J010", "relied_on[0].valid_from"),
        ({"corrects": "e0"}, "XN-J034", "kind"),
        ({"retracted": True}, "XN-J034", "kind"),
        ({"kind": CORRECTION}, "XN-J035", "corrects"),
        ({"kind": CORRECTION, "corrects": "e1"}, "XN-J035", "corrects"),
        ({"kind": CORRECTION, "corrects": "e0"}, "XN-J030", "correction e1"),
        ({"kind": RELIANCE_CORRECTED, "data": {}}, "XN-J020", "reliance_corrected e1.register"),
    ],
)
def test_a_bad_event_is_refused_with_field_and_code(change: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(JournalError) as caught:
        read({**PLAIN, **change})
    assert (caught.value.code, caught.value.where) == (code, where)
    assert code in str(caught.value)
    assert caught.value.instead


def test_a_retraction_needs_no_replacement() -> None:
    assert read({**PLAIN, "kind": CORRECTION, "corrects": "e0", "retracted": True}).retracted


def test_a_naive_time_is_never_written() -> None:
    with pytest.raises(JournalError, match="XN-J012"):
        write(fact(1, recorded_at=datetime(2026, 3, 2)))


def test_a_day_is_read_from_a_date_as_from_text() -> None:
    assert read_day(date(2026, 3, 2), "x") == read_day("2026-03-02", "x")
    with pytest.raises(JournalError, match="XN-J010"):
        read_day(NOON, "x")


def test_an_error_can_be_told_where_it_happened() -> None:
    bare = JournalError("XN-J001", "is wrong", instead="mend it")
    assert str(bare) == "is wrong; mend it (XN-J001)"
    assert str(bare.at("a:1").at("b")) == "b: a:1: is wrong; mend it (XN-J001)"
