"""The few numbers of an event besides its letter, day and instant."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.supervise import slots
from xiaoneng.supervise.layout import MISSING
from xiaoneng.supervise.moments import next_yearly
from xiaoneng.supervise.slots import EPOCH_ORDINAL, Slot, SlotKind

from .bench import event

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 9), (3.0, 9), (0, 0), (2.5, MISSING), (-1, MISSING), ("3", MISSING), (True, MISSING), (None, MISSING)],
)
def test_an_amount_is_a_whole_number_in_the_unit_of_its_clock(value: object, number: int) -> None:
    assert slots.amount(event(1, "a", "03-02", n=value), Slot(SlotKind.AMOUNT, "n", 3), ZONE) == number


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_an_amount_that_is_no_finite_number_is_missing(value: float) -> None:
    assert slots.amount(event(1, "a", "03-02", n=value), Slot(SlotKind.AMOUNT, "n", 3), ZONE) == MISSING


def test_a_date_is_read_from_a_date_an_instant_or_text() -> None:
    slot = Slot(SlotKind.UNTIL, "on")
    wanted = dt.date(2026, 3, 3).toordinal() - EPOCH_ORDINAL
    instant = dt.datetime(2026, 3, 2, 17, tzinfo=dt.UTC)
    for said in (dt.date(2026, 3, 3), instant, "2026-03-03", "2026-03-02T17:00:00Z"):
        assert slots.until(event(1, "a", "03-02", on=said), slot, ZONE) == wanted
    assert slots.until(event(1, "a", "03-02", on="next week"), slot, ZONE) == MISSING
    assert slots.until(event(1, "a", "03-02"), slot, ZONE) == MISSING


@pytest.mark.parametrize(
    ("day", "month_day", "due"),
    [
        ("2026-01-30", (1, 31), "2026-01-31"),
        ("2026-01-31", (1, 31), "2027-01-31"),  # the day itself is past: the next one
        ("2026-02-01", (1, 31), "2027-01-31"),
        ("2026-02-01", (2, 29), "2026-02-28"),
        ("2027-03-01", (2, 29), "2028-02-29"),
        ("2028-02-28", (2, 29), "2028-02-29"),
        ("2026-02-28", (2, 29), "2027-02-28"),
    ],
)
def test_a_yearly_day_is_the_first_after_the_event(day: str, month_day: tuple[int, int], due: str) -> None:
    start = dt.date.fromisoformat(day).toordinal() - EPOCH_ORDINAL
    found = next_yearly(start, *month_day)
    assert dt.date.fromordinal(found + EPOCH_ORDINAL).isoformat() == due


def test_values_are_numbered_in_the_case_and_nothing_said_is_zero() -> None:
    numbers: dict[tuple[str, object], int] = {}
    key, actor = Slot(SlotKind.KEY, "file"), Slot(SlotKind.ACTOR)
    said = [slots.key(event(1, "a", "03-02", file=file), key, ZONE, numbers) for file in ("p", "q", "p", "", None)]
    assert said == [1, 2, 1, 0, 0]
    assert slots.key(event(1, "a", "03-02", "p"), actor, ZONE, numbers) == 3  # an actor is no value of a field
    assert slots.key(event(1, "a", "03-02"), actor, ZONE, numbers) == 0
