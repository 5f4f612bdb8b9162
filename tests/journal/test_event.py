"""Facts as values."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from xiaoneng.journal.event import Event, Precision

from .facts import NOON, fact, reliance


def test_a_date_is_known_to_the_day_and_a_datetime_to_the_instant() -> None:
    assert fact(1).precision is Precision.DAY
    assert fact(1, occurred=NOON).precision is Precision.INSTANT


def test_a_fact_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        fact(1).kind = "other"  # type: ignore[misc]


def test_facts_can_stand_in_sets_though_their_data_cannot() -> None:
    assert len({fact(1, data={"a": [1]}, relied_on=(reliance(),)), fact(2)}) == 2


def test_two_facts_do_not_share_their_empty_data() -> None:
    one, other = (Event(name, "s", "k", NOON, NOON, 1) for name in "ab")
    assert one.data is not other.data
