"""Canonical bytes: RFC 8785, and what it cannot say."""

from __future__ import annotations

import json
import struct
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.canonical import dumps, event_bytes
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import Precision

from .facts import NOON, VALUES, fact, reliance


def test_the_example_of_the_standard() -> None:
    """RFC 8785 §3.2.2 to §3.2.4."""
    given_text = r"""{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"""
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert dumps(json.loads(given_text)) == expected.encode()


def test_names_are_sorted_by_their_utf_16_units() -> None:
    """RFC 8785 §3.2.3."""
    given_names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(dumps(dict.fromkeys(given_names, 0)))) == expected


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("ffefffffffffffff", "-1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("41b3de4355555556", "333333333.3333334"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_of_the_standards_appendix_b(bits: str, expected: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert dumps(number) == expected.encode()


def test_days_instants_and_register_entries_have_one_form() -> None:
    beijing = timezone(timedelta(hours=8))
    assert dumps([date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=beijing)]) == (
        b'["2026-03-02","2026-03-02T09:00:00.000000+08:00"]'
    )
    assert dumps({"p": Precision.DAY, "t": (1, [2])}) == b'{"p":"day","t":[1,[2]]}'
    assert json.loads(dumps(reliance()))["valid_from"] == "2020-01-01"
    assert b'"occurred":"2026-03-02T12:00:00.000000+00:00"' in event_bytes(fact(1, occurred=NOON))


@pytest.mark.parametrize(
    ("value", "code", "advice"),
    [
        (Decimal("1.10"), "XN-J040", "smallest unit"),
        (b"raw", "XN-J040", "use texts"),
        ({1, 2}, "XN-J040", "use texts"),
        (2**53, "XN-J041", "as text"),
        (float("nan"), "XN-J042", "leave the field out"),
        (float("inf"), "XN-J042", "leave the field out"),
        ({1: 2}, "XN-J043", "texts as names"),
        ("\ud800", "XN-J044", "UTF-8"),
        ({"\ud800": 1}, "XN-J044", "UTF-8"),
        (datetime(2026, 3, 2), "XN-J012", "offset"),
    ],
)
def test_what_json_cannot_say_is_refused_with_advice(value: object, code: str, advice: str) -> None:
    with pytest.raises(JournalError, match=advice) as caught:
        event_bytes(fact(3, data={"fee": [value]}))
    assert caught.value.code == code
    assert str(caught.value).startswith("event e3")


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), VALUES, max_size=6), st.randoms())
def test_the_order_of_names_does_not_matter(data: dict[str, Any], chance: Any) -> None:
    names = list(data)
    chance.shuffle(names)
    shuffled = {name: data[name] for name in names}
    assert event_bytes(fact(1, data=shuffled)) == event_bytes(fact(1, data=data))
    assert json.loads(dumps(data), parse_int=float) == json.loads(json.dumps(data), parse_int=float)


def test_the_same_instant_in_utc_is_written_alike_whatever_the_precision_given() -> None:
    assert dumps(datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC)) == b'"2026-03-02T09:00:00.000001+00:00"'
