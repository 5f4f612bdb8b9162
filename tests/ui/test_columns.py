"""Column charts: heights in proportion, on one baseline, inside the box."""

from __future__ import annotations

import pytest

from xiaoneng.ui.columns import BASE, TOP, WIDTH, stacked


def test_heights_are_in_proportion_and_stand_on_the_baseline() -> None:
    chart = stacked([("a", "a", {"red": 4, "yellow": 2}), ("b", "b", {"red": 3})], ["yellow", "red"])
    tall, low = chart.columns
    assert (tall.total, low.total, chart.highest) == (6, 3, 6)
    assert tall.top == TOP
    assert sum(piece.height for piece in tall.pieces) == pytest.approx(2 * sum(piece.height for piece in low.pieces))
    assert [piece.name for piece in tall.pieces] == ["yellow", "red"]
    assert tall.pieces[0].y + tall.pieces[0].height == pytest.approx(BASE)
    assert tall.pieces[1].y + tall.pieces[1].height == pytest.approx(tall.pieces[0].y)


def test_nothing_to_show_is_an_empty_chart() -> None:
    assert stacked([], ["red"]).columns == ()
    (column,) = stacked([("a", "a", {})], ["red"]).columns
    assert (column.total, column.pieces) == (0, ())


def test_many_columns_stay_inside_the_box_and_name_only_some() -> None:
    chart = stacked([(str(n), str(n), {"red": n}) for n in range(100)], ["red"])
    assert all(one.x >= 0 and one.x + one.width <= WIDTH for one in chart.columns)
    assert 0 < sum(bool(one.label) for one in chart.columns) < 30
