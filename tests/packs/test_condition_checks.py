"""What conditions may ask, what they mean on a deemed fact, and what a breach of one event is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from xiaoneng.journal.event import Event, Reliance
from xiaoneng.packs import breach_conditions
from xiaoneng.packs.condition import Condition, parse
from xiaoneng.packs.condition_checks import can_hold_on_nothing, problems
from xiaoneng.packs.model import EventKind, Field, FieldType
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = EventKind(
    "decided",
    Words("决定"),
    {
        name: Field(name, kind, Words(name), choices={"x": Words("x")} if kind is FieldType.CHOICE else {})
        for name, kind in {
            "words": FieldType.TEXT,
            "n": FieldType.NUMBER,
            "fee": FieldType.AMOUNT,
            "due": FieldType.DATE,
            "granted": FieldType.BOOLEAN,
            "way": FieldType.CHOICE,
            "tags": FieldType.LIST,
        }.items()
    },
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("words == 'x' and n > 1.5 and fee <= 3 and due < date('2021-07-15') and granted != true", []),
        ("way in ('x',) and tags == 1 and relied.any.thing == 3 and actor == 'me' and 3 > n", []),
        ("not (n > fee) and n + 1 > 2 and given(words)", []),
        ("strange > 1", ["XN-P031"]),
        ("given(strange)", ["XN-P031"]),
        ("way == 'y'", ["XN-P033"]),
        ("not (granted == 1)", ["XN-P034"]),
        ("'x' == fee", ["XN-P034"]),
        ("words in ('x', 2)", ["XN-P034"]),
        ("due > '2021-07-15'", ["XN-P034"]),
    ],
)
def test_a_condition_may_ask_what_the_event_can_say(text: str, codes: list[str]) -> None:
    assert [code for _, _, code in problems(parse(text), KIND)] == codes


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("a == 1", False),
        ("not (a == 1)", False),
        ("given(a)", False),
        ("not given(a)", True),
        ("given(occurred_on)", True),
        ("occurred_on > date('2021-07-15')", True),
        ("not given(a) and a == 1", False),
        ("not given(a) or a == 1", True),
        ("given(a) and a == 1", False),
        ("a", False),
        ("true", True),
        ("false", False),
        ("1 == 1", True),
    ],
)
def test_a_deemed_fact_says_only_when_it_is(text: str, possible: bool) -> None:
    assert can_hold_on_nothing(parse(text).tree) is possible


def holds(condition: Condition, data: Mapping[str, object], *entries: Reliance) -> bool | None:
    from xiaoneng.supervise.conditions import compile_condition

    on = dt.date(2026, 3, 2)
    learned = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    event = Event("e1", "case", "decided", on, learned, 1, data=data, relied_on=entries)
    return compile_condition(condition)(event, dt.UTC)


def entry(first: str, last: str | None = None) -> Reliance:
    until = dt.date.fromisoformat(last) if last else None
    return Reliance("officer", "a1", "1", {}, dt.date.fromisoformat(first), until)


@pytest.mark.parametrize(
    ("entries", "breach"),
    [
        ([], True),
        ([Reliance("fees", "a", "1", {}, dt.date(2020, 1, 1))], True),
        ([entry("2020-01-01")], False),
        ([entry("2026-03-02", "2026-03-02")], False),
        ([entry("2026-03-03")], True),
        ([entry("2020-01-01", "2026-03-01")], True),
    ],
)
def test_a_credential_must_be_relied_on_and_valid_that_day(entries: list[Reliance], breach: bool) -> None:
    assert holds(breach_conditions.invalid("officer"), {}, *entries) is breach


@pytest.mark.parametrize(
    ("said", "breach"), [({}, False), ({"way": ""}, False), ({"way": "x"}, False), ({"way": "z"}, True)]
)
def test_only_what_is_said_can_be_outside_a_list(said: dict[str, object], breach: bool) -> None:
    assert holds(breach_conditions.outside("way", ("x", "y")), said) is breach


def test_an_amount_is_measured_by_what_is_known() -> None:
    standard = Reliance("fees", "a", "1", {"standard": 30})
    relied = breach_conditions.above("fee", ("relied", "fees", "standard"))
    assert holds(relied, {"fee": 30}, standard) is False
    assert holds(relied, {"fee": 31}, standard) is True
    assert holds(relied, {"fee": 31}) is None
    assert holds(breach_conditions.above("fee", 30), {"fee": 30.5}) is True
