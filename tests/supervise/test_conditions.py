"""What a condition answers of one event: true, false, or unknown (None)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.journal.event import Event, Reliance
from xiaoneng.packs.condition import Name, parse
from xiaoneng.supervise.conditions import as_date, comparable, compile_condition, is_given, is_number, say

ZONE = ZoneInfo("Asia/Shanghai")
FEE = Reliance("fee", "f1", "2", {"standard": 20, "note": ""}, dt.date(2026, 1, 1), None)


def event(relied_on: tuple[Reliance, ...] = (), occurred: dt.date = dt.date(2026, 3, 2), **data: Any) -> Event:
    recorded = dt.datetime(2026, 3, 2, 17, tzinfo=dt.UTC)
    return Event("e", "case", "a", occurred, recorded, 1, "hall", None, "ann", "", data, relied_on)


def ask(text: str, **data: Any) -> bool | None:
    return compile_condition(parse(text))(event((FEE,), **data), ZONE)


TRUTHS = {"t": "x == 1", "f": "x == 2", "u": "missing == 1"}


@pytest.mark.parametrize(
    ("one", "other", "and_", "or_"),
    [
        ("t", "t", True, True),
        ("t", "f", False, True),
        ("t", "u", None, True),
        ("f", "t", False, True),
        ("f", "f", False, False),
        ("f", "u", False, None),
        ("u", "t", None, True),
        ("u", "f", False, None),
        ("u", "u", None, None),
    ],
)
def test_and_and_or_follow_kleene(one: str, other: str, and_: bool | None, or_: bool | None) -> None:
    assert ask(f"{TRUTHS[one]} and {TRUTHS[other]}", x=1) is and_
    assert ask(f"{TRUTHS[one]} or {TRUTHS[other]}", x=1) is or_


@pytest.mark.parametrize(("one", "answer"), [("t", False), ("f", True), ("u", None)])
def test_not_leaves_unknown_unknown(one: str, answer: bool | None) -> None:
    assert ask(f"not ({TRUTHS[one]})", x=1) is answer


@pytest.mark.parametrize(
    ("text", "data", "answer"),
    [
        ("amount > 5", {"amount": 6}, True),
        ("amount > 5", {"amount": 5}, False),
        ("amount >= 5.0", {"amount": 5}, True),
        ("amount < 5", {"amount": "4"}, None),  # a text is no number
        ("amount > 0", {"amount": True}, None),  # nor is truth
        ("2 < amount < 7", {"amount": 7}, False),
        ("2 < amount < 7", {}, None),
        ("amount * 2 - 1 == 7", {"amount": 4}, True),
        ("amount + 1 == 7", {"amount": "6"}, None),
        ("channel in ('web', 'hall')", {"channel": "web"}, True),
        ("channel not in ('web', 'hall')", {"channel": "web"}, False),
        ("channel in ('web', 1)", {"channel": 1.0}, True),
        ("channel in ('web', 'hall')", {}, None),
        ("'t' in tags", {"tags": ["s", "t"]}, True),
        ("'t' in tags", {"tags": []}, None),  # an empty list says nothing
        ("'t' in tags", {"tags": "text"}, None),
        ("given(reason)", {"reason": ""}, False),
        ("given(reason)", {"reason": "x"}, True),
        ("given(reason)", {"reason": None}, False),
        ("given(flag)", {"flag": False}, True),
        ("not given(reason)", {}, True),
        ("flag", {"flag": True}, True),
        ("flag", {"flag": "yes"}, None),
        ("flag == false", {"flag": False}, True),
        ("actor == 'ann'", {}, True),
        ("agency == ''", {}, None),
        ("source == 'hall'", {}, True),
        ("actor == 'bob'", {"actor": "bob"}, True),  # a field of that name goes before the envelope
        ("occurred_on == date('2026-03-02')", {}, True),
        ("recorded_on == date('2026-03-03')", {}, True),  # 17:00 UTC is the next day in Shanghai
        ("recorded_on > occurred_on", {}, True),
        ("deadline >= date('2026-03-02')", {"deadline": "2026-03-02"}, True),
        ("deadline == occurred_on", {"deadline": dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)}, True),
        ("deadline == occurred_on", {"deadline": "2026-03-01T16:00:00+00:00"}, True),
        ("deadline == occurred_on", {"deadline": "soon"}, None),
        ("deadline == occurred_on", {"deadline": 5}, None),
        ("deadline in (date('2026-03-02'),)", {"deadline": "2026-03-02"}, True),
        ("relied.fee.standard == 20", {}, True),
        ("amount > relied.fee.standard", {"amount": 21}, True),
        ("given(relied.fee.note)", {}, False),
        ("given(relied.fee.valid_until)", {}, False),
        ("relied.fee.valid_from <= occurred_on", {}, True),
        ("given(relied.card.number)", {}, False),
        ("nothing == 1", {}, None),
        ("(amount > 5) == (flag == true)", {"amount": 6, "flag": True}, True),
        ("(amount > 5) == (flag == true)", {"amount": 6}, None),
    ],
)
def test_a_condition_answers_what_the_event_says(text: str, data: dict[str, Any], answer: bool | None) -> None:
    assert ask(text, **data) is answer


def test_an_event_says_its_local_date() -> None:
    late = event(occurred=dt.datetime(2026, 3, 2, 18, tzinfo=dt.UTC))
    assert say(late, ("occurred_on",), ZONE) == dt.date(2026, 3, 3)
    assert say(late, ("unheard_of",), ZONE) is None


@pytest.mark.parametrize("value", [None, "", (), []])
def test_nothing_and_the_empty_are_not_given(value: object) -> None:
    assert not is_given(value)


@pytest.mark.parametrize("value", [0, False, "0", [None]])
def test_zero_and_false_are_given(value: object) -> None:
    assert is_given(value)


def test_truth_is_no_number_and_values_of_two_types_have_no_order() -> None:
    assert not is_number(value=True)
    assert comparable("1", 1, ZONE) is None
    assert comparable(1, 1.5, ZONE) == (1, 1.5)
    assert as_date("2026-13-01", ZONE) is None
    assert isinstance(parse("a").tree, Name)
