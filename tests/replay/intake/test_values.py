"""Columns of data in the types that packs know."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from xiaoneng.replay.intake.kinds import slug
from xiaoneng.replay.intake.moments import Clock
from xiaoneng.replay.intake.values import as_text, joined, value_column

CLOCK = Clock(ZoneInfo("Asia/Shanghai"), is_said=True, place="log")
LATE = datetime(2026, 3, 2, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "declared", "typed", "expected"),
    [
        (["1", "-20"], "", False, [1, -20]),
        (["1", "+2"], "", False, [1.0, 2.0]),
        (["1", "2.5e1"], "", False, [1.0, 25.0]),
        (["007", "8"], "", False, ["007", "8"]),
        (["1", "2"], "", True, ["1", "2"]),
        (["1", "2"], "text", False, ["1", "2"]),
        (["1", "x"], "number", True, [1.0, None]),
        (["1", ""], "amount", False, [1.0, None]),
        (["True", "false"], "", False, [True, False]),
        (["2026-03-02", "2026-03-02T23:00:00Z"], "", False, [date(2026, 3, 2), date(2026, 3, 3)]),
        (["2026-03-02", "soon"], "date", True, [date(2026, 3, 2), None]),
        (pa.array([LATE], pa.timestamp("ns", "UTC")), "", True, [date(2026, 3, 3)]),
        (pa.array([Decimal("1.50")]), "", True, [1.5]),
        (pa.array([3], pa.int8()), "amount", True, [3.0]),
        (pa.array(["a", None]).dictionary_encode(), "", True, ["a", None]),
        (pa.array([["a", "b"]]), "list", True, [["a", "b"]]),
        (pa.nulls(2), "number", True, [None, None]),
    ],
)
def test_values_are_read_as_the_pack_or_the_file_says(
    values: Any, declared: str, typed: bool, expected: list[Any]
) -> None:
    array = pa.array(values) if isinstance(values, list) else values
    found = value_column(array, CLOCK, "x", declared=declared, typed=typed).to_pylist()
    assert found == expected
    assert [type(one) for one in found] == [type(one) for one in expected]


def test_an_empty_text_says_nothing() -> None:
    assert as_text(pa.array(["a", "", None])).to_pylist() == ["a", None, None]
    assert as_text(pa.array([1, 2])).to_pylist() == ["1", "2"]


def test_parts_of_several_types_are_joined_as_the_widest() -> None:
    assert joined([pa.nulls(1), pa.array([1])]).to_pylist() == [None, 1]
    assert joined([pa.array([1.5]), pa.array([1])]).to_pylist() == [1.5, 1.0]
    assert joined([pa.array(["a"]), pa.array([1])]).to_pylist() == ["a", "1"]
    assert joined([pa.nulls(1), pa.nulls(2)]).null_count == 3


@pytest.mark.parametrize(
    ("activity", "kind"), [("Create Fine", "create_fine"), (" T07-1 Draft! ", "t07_1_draft"), ("受理", "受理")]
)
def test_an_activity_becomes_a_kind_by_its_name(activity: str, kind: str) -> None:
    assert slug(activity) == kind
