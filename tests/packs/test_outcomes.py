"""Conditions on one event hold together only where some contents fulfil both."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from xiaoneng.journal.event import Event
from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import EventKind, Field, FieldType
from xiaoneng.packs.outcomes import key, on_nothing, outcomes
from xiaoneng.packs.words import Words
from xiaoneng.supervise.conditions import compile_condition

from .small import field, kind

NAMED = {"a": Words("甲"), "b": Words("乙")}


def together(declared: EventKind | None, *texts: str, empty: bool = False) -> set[str]:
    """Which conditions hold together, as digits: "10" the first alone."""
    asked = [parse(text) for text in texts]
    found = outcomes(asked, declared, empty=empty)
    return {"".join(str(int(key(one) in held)) for one in asked) for held in found}


def number(*, required: bool = True) -> EventKind:
    return kind("k", field("x", FieldType.NUMBER, required=required))


def choice(*, required: bool) -> EventKind:
    return kind("k", field("x", FieldType.CHOICE, choices=NAMED, required=required))


DATED = kind("k", field("x", FieldType.DATE, required=True))


@pytest.mark.parametrize(
    ("declared", "texts", "expected"),
    [
        (kind("k", field("x", required=True)), ("x == true", "x == false"), {"10", "01"}),
        (kind("k", field("x")), ("x == true", "x == false"), {"10", "01", "00"}),
        (choice(required=True), ("x == 'a'", "x in ('a', 'b')"), {"11", "01"}),
        (choice(required=False), ("x == 'a'", "given(x)"), {"11", "01", "00"}),
        (number(), ("x > 30", "x > 20"), {"00", "01", "11"}),
        (number(), ("x > 1", "x < 2"), {"10", "01", "11"}),
        (number(), ("x <= 30", "x > 30"), {"10", "01"}),
        (number(required=False), ("x <= 30", "x > 30"), {"10", "01", "00"}),
        (number(required=False), ("not given(x) or x == 1", "x == 1"), {"10", "11", "00"}),
        (number(), ("x == 30", "x == 31", "x != 30"), {"100", "011", "001"}),
        (DATED, ("x < date('2020-01-02')", "x > date('2020-01-01')"), {"10", "01"}),
        (kind("k", field("x", FieldType.TEXT, required=True)), ("x == 'a'", "x != 'a'"), {"10", "01"}),
        (number(), ("1 < x < 3",), {"0", "1"}),
        (number(), ("x > relied.fees.standard", "x > relied.fees.standard"), {"00", "11"}),
        (kind("k", field("x", FieldType.LIST)), ("x == 'a'", "given(x)"), {"00", "01", "11"}),
        (None, ("x == 'a'", "x == 'b'"), {"00", "01", "10"}),
        (None, ("x == 1", "x == true"), {"00", "01", "10"}),
        (None, ("x != 'a'", "x == 'a'", "given(x)"), {"101", "011", "000", "001"}),
        (None, (), {""}),
    ],
)  # fmt: skip
def test_conditions_hold_together_where_contents_can_fulfil_them(
    declared: EventKind | None, texts: tuple[str, ...], expected: set[str]
) -> None:
    assert together(declared, *texts) == expected


def test_an_event_that_says_nothing_is_added_where_it_can_be_deemed() -> None:
    declared = kind("k", field("x", required=True))
    assert together(declared, "x == true", "x == false", empty=True) == {"10", "01", "00"}


def test_too_many_fields_are_taken_as_independent() -> None:
    names = [f"f{i}" for i in range(13)]
    declared = EventKind("k", Words("k"), {name: Field(name, FieldType.BOOLEAN, Words(name)) for name in names})
    both = " and ".join(f"{name} == true" for name in names)
    assert together(declared, both, "f0 == false") == {"00", "01", "10", "11"}


def test_on_nothing_only_absence_holds() -> None:
    asked = [parse("not given(x)"), parse("x == 1"), parse("not given(x) or x == 1")]
    assert on_nothing(asked) == {key(asked[0]), key(asked[2])}


PARTS = (
    "x == 1", "x > 1", "x <= 2", "x != 'a'", "x == 'a'", "x < 'b'", "x in ('a', 'b', 3)", "x not in (1, true)",
    "x == true", "x", "y", "not x", "given(x)", "not given(y)", "x == y", "x + 1 > y", "x == date('2020-01-02')",
    "x > date('2020-01-01')", "x == '2020-01-02'", "'a' in x", "1 < x < 3", "y == false", "relied.r.f > x",
    "x == '2020-01-01' or x", "given(x) == false", "(x == 1) == true", "x == date('2020-01-02') or x == 'zz'",
    "x + 1", "'a' == x",
)  # fmt: skip
SAID: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    1,
    1.5,
    2,
    3,
    7,
    "a",
    "b",
    "",
    "aa",
    "zz",
    "2020-01-01",
    "2020-01-02",
    "2021-01-01",
    [],
    ["a"],
)


@pytest.mark.parametrize("seed", range(300))
def test_whatever_an_event_fulfils_is_among_the_outcomes(seed: int) -> None:
    chance = random.Random(seed)
    texts = []
    for _ in range(chance.randint(1, 3)):
        first, second = chance.choice(PARTS), chance.choice(PARTS)
        texts.append(
            chance.choice([first, f"{first} and {second}", f"not ({first}) or {second}", f"not ({first} and {second})"])
        )
    asked = [parse(text) for text in texts]
    possible = outcomes(asked)
    moment = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
    for _ in range(60):
        data = {name: chance.choice(SAID) for name in ("x", "y")}
        event = Event("i", "s", "k", moment, moment, 1, data=data)
        held = frozenset(key(one) for one in asked if compile_condition(one)(event, dt.UTC) is True)
        assert held in possible, (texts, data)
