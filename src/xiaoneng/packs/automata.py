"""Plain rules as automata of at most four states: what each kind of rule means, event by event.

A symbol says how an event concerns a rule: bit 0 it is a source (`from`, `of`), bit 1 it is a target (`to`).
An event that is both is first target, then source (docs/developer/semantics.md). Reports are Mealy outputs: a breach is
known at the event that makes it, and again at the next one (DECLARE's templates after Pesic and van der Aalst; the four
verdicts after Bauer, Leucker and Schallhart's RV-LTL).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from xiaoneng.packs.model import RuleKind

if TYPE_CHECKING:
    from collections.abc import Callable

NEITHER, SOURCE, TARGET, BOTH = range(4)
STATES = 4


class Blame(IntEnum):
    """Which event a report is about."""

    THIS = 0
    PREVIOUS = 1
    LAST_SOURCE = 2


class Owed(IntEnum):
    """Which events a rule that is still open at closing is about."""

    NOTHING = 0
    FIRST = 1
    LAST = 2
    LAST_SOURCE = 3
    SOURCES_SINCE_TARGET = 4
    SOURCES = 5
    SOURCES_OR_TARGETS = 6


class Standing(IntEnum):
    """The four verdicts on a rule that has not been broken yet, or has."""

    SATISFIED_FOR_GOOD = 0
    SATISFIED_FOR_NOW = 1
    VIOLATED_FOR_NOW = 2
    VIOLATED_FOR_GOOD = 3


@dataclass(frozen=True, slots=True)
class Automaton:
    """What a rule remembers: `moves[state][symbol]` is the next state, `reports[state][symbol]` whether that is a breach.

    `accepts[state]` says whether the case may close.
    """

    moves: tuple[tuple[int, ...], ...]
    reports: tuple[tuple[bool, ...], ...]
    accepts: tuple[bool, ...]
    blame: Blame
    owed: Owed

    def standing(self, state: int, symbols: frozenset[int]) -> Standing:
        """Verdict in a state without a report so far, if only the given symbols can still come."""
        reach, breakable = {state}, False
        frontier = [state]
        while frontier:
            at = frontier.pop()
            for symbol in symbols:
                breakable = breakable or self.reports[at][symbol]
                if self.moves[at][symbol] not in reach:
                    reach.add(self.moves[at][symbol])
                    frontier.append(self.moves[at][symbol])
        if not self.accepts[state]:
            mendable = any(self.accepts[other] for other in reach)
            return Standing.VIOLATED_FOR_NOW if mendable else Standing.VIOLATED_FOR_GOOD
        breakable = breakable or not all(self.accepts[other] for other in reach)
        return Standing.SATISFIED_FOR_NOW if breakable else Standing.SATISFIED_FOR_GOOD


def _build(
    size: int,
    move: Callable[[int, bool, bool], tuple[int, bool]],
    accepts: tuple[int, ...],
    blame: Blame = Blame.THIS,
    owed: Owed = Owed.NOTHING,
) -> Automaton:
    table = [[move(state, bool(symbol & 1), bool(symbol & 2)) for symbol in range(4)] for state in range(size)]
    return Automaton(
        moves=tuple(tuple(to for to, _ in row) for row in table),
        reports=tuple(tuple(report for _, report in row) for row in table),
        accepts=tuple(state in accepts for state in range(size)),
        blame=blame,
        owed=owed,
    )


def fits(kind: RuleKind, n: int) -> bool:
    """Whether a rule of this kind and count has an automaton of four states (else it needs a counter)."""
    if kind in (RuleKind.EXISTENCE, RuleKind.EXACTLY):
        return n < STATES
    if kind is RuleKind.ABSENCE:
        return n <= STATES
    return kind in _SIMPLE and n == 1


def automaton(kind: RuleKind, n: int = 1) -> Automaton:
    """The automaton of a plain rule; `n` counts for existence, absence and exactly."""
    if kind is RuleKind.EXISTENCE:
        return _build(n + 1, lambda s, a, _: (min(s + a, n), False), (n,), owed=Owed.FIRST)
    if kind is RuleKind.ABSENCE:
        return _build(n, lambda s, a, _: (min(s + a, n - 1), a and s == n - 1), tuple(range(n)))
    if kind is RuleKind.EXACTLY:
        return _build(n + 1, lambda s, a, _: (min(s + a, n), a and s == n), (n,), owed=Owed.FIRST)
    return _SIMPLE[kind]


def _seen(state: int, source: bool, target: bool) -> int:  # noqa: FBT001 - a transition function of two bits
    return state | source | target << 1


_SIMPLE = {
    RuleKind.INIT: _build(2, lambda s, a, _: (1, s == 0 and not a), (0, 1)),
    RuleKind.RESPONSE: _build(
        2, lambda s, a, b: (1 if a else 0 if b else s, False), (0,), owed=Owed.SOURCES_SINCE_TARGET
    ),
    RuleKind.ALTERNATE_RESPONSE: _build(
        2,
        lambda s, a, b: (1 if a else 0 if b else s, s == 1 and a and not b),
        (0,),
        blame=Blame.LAST_SOURCE,
        owed=Owed.LAST_SOURCE,
    ),
    RuleKind.CHAIN_RESPONSE: _build(
        2, lambda s, a, b: (int(a), s == 1 and not b), (0,), blame=Blame.PREVIOUS, owed=Owed.LAST
    ),
    RuleKind.PRECEDENCE: _build(2, lambda s, a, b: (s | a, b and s == 0), (0, 1)),
    RuleKind.ALTERNATE_PRECEDENCE: _build(2, lambda s, a, b: (1 if a else 0 if b else s, b and s == 0), (0, 1)),
    RuleKind.CHAIN_PRECEDENCE: _build(2, lambda s, a, b: (int(a), b and s == 0), (0, 1)),
    RuleKind.RESPONDED_EXISTENCE: _build(
        3, lambda s, a, b: (2 if b or s == 2 else s | a, False), (0, 2), owed=Owed.SOURCES
    ),
    RuleKind.CO_EXISTENCE: _build(4, lambda s, a, b: (_seen(s, a, b), False), (0, 3), owed=Owed.SOURCES_OR_TARGETS),
    RuleKind.NOT_CO_EXISTENCE: _build(
        4, lambda s, a, b: (_seen(s, a, b), s != 3 and _seen(s, a, b) == 3), (0, 1, 2, 3)
    ),
    RuleKind.SUCCESSION: _build(
        3,
        lambda s, a, b: (2 if a else 1 if b and s == 2 else s, b and s == 0),
        (0, 1),
        owed=Owed.SOURCES_SINCE_TARGET,
    ),
    RuleKind.NOT_SUCCESSION: _build(2, lambda s, a, b: (s | a, b and s == 1), (0, 1)),
}
