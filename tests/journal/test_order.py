"""Judging order, against its pairwise rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cmp_to_key
from itertools import permutations
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.event import Event
from xiaoneng.journal.order import in_order, instant, local_day, ties

if TYPE_CHECKING:
    import random

SHANGHAI = ZoneInfo("Asia/Shanghai")
BASE = datetime(2026, 3, 2, 8, tzinfo=SHANGHAI)


def fact(sequence: int, occurred: date | datetime, source: str = "", number: int | None = None) -> Event:
    return Event(f"e{sequence}", "case", "noted", occurred, BASE, sequence, source, number)


@st.composite
def facts(draw: st.DrawFn) -> list[Event]:
    few = draw(st.integers(0, 8))
    found = []
    for sequence in range(1, few + 1):
        if draw(st.booleans()):
            occurred: date | datetime = date(2026, 3, draw(st.integers(2, 3)))
        else:
            occurred = BASE + timedelta(hours=draw(st.integers(0, 30)))
        source = draw(st.sampled_from(["", "a", "b"]))
        number = draw(st.one_of(st.none(), st.integers(0, 4)))
        found.append(fact(sequence, occurred, source, number))
    return found


def rule(a: Event, b: Event) -> int:
    """The pairwise rule as the kernel's page words it."""

    def compare(x: float, y: float) -> int:
        return (x > y) - (x < y)

    by_day = compare(local_day(a, SHANGHAI), local_day(b, SHANGHAI))
    if by_day:
        return by_day
    if isinstance(a.occurred, datetime) and isinstance(b.occurred, datetime) and a.occurred != b.occurred:
        return compare(instant(a, SHANGHAI), instant(b, SHANGHAI))
    if a.source and a.source == b.source and None not in (a.source_sequence, b.source_sequence):
        by_source = compare(a.source_sequence or 0, b.source_sequence or 0)
        if by_source:
            return by_source
    return compare(a.sequence, b.sequence)


def is_total(events: list[Event]) -> bool:
    return not any(rule(a, b) < 0 and rule(b, c) < 0 and rule(a, c) > 0 for a, b, c in permutations(events, 3))


@given(facts(), st.randoms())
def test_the_order_does_not_depend_on_the_order_given(events: list[Event], chance: random.Random) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    ordered = in_order(events, SHANGHAI)
    assert in_order(shuffled, SHANGHAI) == ordered
    assert in_order(ordered, SHANGHAI) == ordered
    assert sorted(event.id for event in ordered) == sorted(event.id for event in events)


@given(facts())
def test_where_the_pairwise_rule_is_an_order_it_is_the_order(events: list[Event]) -> None:
    if is_total(events):
        assert list(in_order(events, SHANGHAI)) == sorted(events, key=cmp_to_key(rule))


@given(facts())
def test_days_and_clock_times_always_hold(events: list[Event]) -> None:
    ordered = in_order(events, SHANGHAI)
    days = [local_day(event, SHANGHAI) for event in ordered]
    assert days == sorted(days)
    clocks = [instant(event, SHANGHAI) for event in ordered if isinstance(event.occurred, datetime)]
    assert clocks == sorted(clocks)


@given(facts())
def test_ties_are_the_neighbours_only_sequence_orders(events: list[Event]) -> None:
    ordered = in_order(events, SHANGHAI)
    expected = []
    for i in range(len(ordered) - 1):
        a, b = ordered[i], ordered[i + 1]
        numbers = {a.source_sequence, b.source_sequence}
        by_source = a.source != "" and a.source == b.source and None not in numbers and len(numbers) == 2
        timed = isinstance(a.occurred, datetime) and isinstance(b.occurred, datetime)
        by_clock = timed and a.occurred != b.occurred
        if local_day(a, SHANGHAI) == local_day(b, SHANGHAI) and not by_clock and not by_source:
            expected.append(i)
    assert ties(ordered, SHANGHAI) == tuple(expected)


def test_no_events_have_an_order() -> None:
    assert in_order([], SHANGHAI) == ()
    assert ties([], SHANGHAI) == ()


def test_a_source_numbers_events_of_one_day_better_than_our_append_does() -> None:
    late = fact(1, date(2026, 3, 2), "hall", 8)
    early = fact(2, date(2026, 3, 2), "hall", 7)
    assert in_order([late, early], SHANGHAI) == (early, late)
    assert ties((early, late), SHANGHAI) == ()


def test_a_clock_is_believed_before_a_counter() -> None:
    first = fact(3, BASE, "hall", 3)
    between = fact(2, date(2026, 3, 2), "hall", 2)
    last = fact(1, BASE + timedelta(hours=1), "hall", 1)
    ordered = in_order([last, between, first], SHANGHAI)
    assert ordered.index(first) < ordered.index(last)


def test_events_without_clock_or_counter_keep_the_order_of_entry() -> None:
    events = [fact(n, date(2026, 3, 2)) for n in (3, 1, 2)]
    ordered = in_order(events, SHANGHAI)
    assert [event.sequence for event in ordered] == [1, 2, 3]
    assert ties(ordered, SHANGHAI) == (0, 1)


def test_an_instant_belongs_to_the_day_on_the_wall() -> None:
    night = fact(1, datetime(2026, 3, 2, 17, tzinfo=UTC))
    assert local_day(night, SHANGHAI) == local_day(fact(2, date(2026, 3, 3)), SHANGHAI)
    assert local_day(night, UTC) == local_day(fact(2, date(2026, 3, 2)), UTC)


def test_a_date_counts_from_midnight_of_its_own_zone() -> None:
    day = Event("e", "case", "noted", date(2026, 3, 2), BASE, 1, zone="Europe/Rome")
    assert instant(day, SHANGHAI) - instant(fact(1, date(2026, 3, 2)), SHANGHAI) == 7 * 3_600_000_000
    assert instant(fact(1, datetime(1970, 1, 1, 0, 0, 0, 7, tzinfo=UTC)), SHANGHAI) == 7


def test_clocks_set_back_across_midnight_do_not_turn_time_around() -> None:
    newfoundland = ZoneInfo("America/St_Johns")  # 2006-10-29 00:01 became 2006-10-28 23:01
    before = fact(1, datetime(2006, 10, 29, 2, 30, 30, tzinfo=UTC))  # 00:00:30 on the 29th
    after = fact(2, datetime(2006, 10, 29, 2, 40, tzinfo=UTC))  # 23:10 on the 28th
    assert local_day(after, newfoundland) < local_day(before, newfoundland)
    assert in_order([after, before], newfoundland) == (before, after)
    with_a_date = fact(3, date(2006, 10, 28))
    assert in_order([after, before, with_a_date], newfoundland) == (with_a_date, before, after)


def test_a_long_day_is_ordered_without_comparing_all_pairs() -> None:
    events = [fact(n, date(2026, 3, 2), "hall", 30_000 - n) for n in range(1, 30_001)]
    ordered = in_order(events, SHANGHAI)
    assert [event.sequence for event in ordered] == list(range(30_000, 0, -1))


def test_a_circle_of_clock_and_counters_is_broken_by_the_clock() -> None:
    events = [
        fact(1, BASE + timedelta(hours=1), "hall", 1),
        fact(2, date(2026, 3, 2), "hall", 2),
        fact(3, BASE, "hall", 3),
        fact(4, BASE, "hall", 4),
    ]
    assert [event.sequence for event in in_order(events[::-1], SHANGHAI)] == [2, 3, 4, 1]
