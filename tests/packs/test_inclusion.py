"""Inclusion agrees with looking at every short history."""

from __future__ import annotations

import random
from itertools import product

import pytest

from xiaoneng.packs.automata import Blame, Owed, automaton
from xiaoneng.packs.inclusion import Side, missed
from xiaoneng.packs.machines import PLAIN
from xiaoneng.packs.model import RuleKind

from .small import on

KINDS = frozenset("abc")


def side(sort: RuleKind, source: str, target: str = "", n: int = 1, kinds: frozenset[str] = KINDS) -> Side:
    return Side(automaton(sort, n), on(*source), on(*target), kinds, per_case=sort is RuleKind.INIT)


def blamed(one: Side, history: tuple[str, ...], *, closed: bool) -> set[int]:
    """Events with a breach at the end of the history; -1 stands for the case as a whole."""
    found: set[int] = set()
    state, previous, last_source, first = 0, None, None, None
    since: set[int] = set()
    sources: set[int] = set()
    targets: set[int] = set()
    for i, kind in enumerate(history):
        if kind not in one.kinds:
            continue
        s, t = any(x.kind == kind for x in one.source), any(x.kind == kind for x in one.target)
        symbol = s | t << 1
        if one.automaton.reports[state][symbol]:
            who = {Blame.THIS: i, Blame.PREVIOUS: previous, Blame.LAST_SOURCE: last_source}[one.automaton.blame]
            assert who is not None
            found.add(-1 if one.per_case else who)
        state = one.automaton.moves[state][symbol]
        first = i if first is None else first
        previous = i
        since = set() if t else since
        if s:
            last_source = i
            since = since | {i}
            sources.add(i)
        if t:
            targets.add(i)
    if closed and not one.automaton.accepts[state] and first is not None:
        by_kind: dict[Owed, set[int | None]] = {
            Owed.FIRST: {-1},
            Owed.LAST: {previous},
            Owed.LAST_SOURCE: {last_source},
            Owed.SOURCES_SINCE_TARGET: {*since},
            Owed.SOURCES: {*sources},
            Owed.SOURCES_OR_TARGETS: {*sources, *targets},
        }
        found |= {who for who in by_kind[one.automaton.owed] if who is not None}
    return found


def by_looking(first: Side, second: Side, length: int) -> tuple[str, ...] | None:
    for n in range(1, length + 1):
        for history in product(sorted(first.kinds | second.kinds), repeat=n):
            for closed in (False, True):
                if not blamed(first, history, closed=closed) <= blamed(second, history, closed=closed):
                    return history
    return None


PAIRS = [("a", "b"), ("ab", "c"), ("a", "bc"), ("ab", "b"), ("b", "a"), ("ab", "ab"), ("c", "b")]


@pytest.mark.parametrize("sort", sorted(PLAIN))
def test_a_rule_includes_itself(sort: RuleKind) -> None:
    for source, target in PAIRS:
        assert missed(side(sort, source, target), side(sort, source, target)) is None


@pytest.mark.parametrize("seed", range(120))
def test_a_history_is_found_where_there_is_one(seed: int) -> None:
    chance = random.Random(seed)
    counted = (RuleKind.ABSENCE, RuleKind.EXISTENCE, RuleKind.EXACTLY)

    def drawn() -> Side:
        sort = chance.choice(sorted(PLAIN))
        source, target = chance.choice(PAIRS)
        kinds = chance.choice([KINDS, KINDS, frozenset("abcx")])
        return side(sort, source, target, chance.choice([1, 2]) if sort in counted else 1, kinds)

    first, second = drawn(), drawn()
    history, looked = missed(first, second), by_looking(first, second, 5)
    assert (history is None) == (looked is None)
    if history is not None:
        assert looked is not None
        assert len(history) == len(looked)


@pytest.mark.parametrize(
    ("first", "second", "history"),
    [
        (side(RuleKind.RESPONSE, "a", "b"), side(RuleKind.ALTERNATE_RESPONSE, "a", "b"), None),
        (side(RuleKind.ALTERNATE_RESPONSE, "a", "b"), side(RuleKind.RESPONSE, "a", "b"), ("a", "a")),
        (side(RuleKind.PRECEDENCE, "a", "b"), side(RuleKind.CHAIN_PRECEDENCE, "a", "b"), None),
        (side(RuleKind.ABSENCE, "a", n=3), side(RuleKind.ABSENCE, "a", n=2), None),
        (side(RuleKind.ABSENCE, "a", n=2), side(RuleKind.ABSENCE, "a", n=3), ("a", "a")),
        (side(RuleKind.RESPONSE, "a", "bc"), side(RuleKind.RESPONSE, "ac", "b"), None),
        (side(RuleKind.RESPONSE, "a", "b"), side(RuleKind.RESPONSE, "a", "bc"), ("a", "c")),
        (side(RuleKind.EXISTENCE, "a"), side(RuleKind.EXACTLY, "a"), None),
        (side(RuleKind.INIT, "a"), side(RuleKind.INIT, "a", kinds=frozenset("abcx")), None),
    ],
)
def test_literal_inclusions(first: Side, second: Side, history: tuple[str, ...] | None) -> None:
    assert missed(first, second) == history
