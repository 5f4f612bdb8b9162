"""What the rules say of order alone, as small machines over letters.

Who acts, how much and how fast is left open: a rule that some choice of those satisfies does not restrict order. So
`same` is read as one value for all (response, precedence) or as all different (absence), hands and gaps say nothing,
and `response within` is a clock, not an order. A pending clock of not_while is counted up to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.alphabet import matches
from xiaoneng.packs.automata import Automaton, Blame, Owed, automaton
from xiaoneng.packs.model import RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.alphabet import Letter
    from xiaoneng.packs.model import Procedure, Rule
    from xiaoneng.packs.selector import Selectors

ENDS = "ends"
"""Id of the machine that knows whether the case is closed."""
PLAIN = frozenset(
    {
        RuleKind.INIT,
        RuleKind.EXISTENCE,
        RuleKind.ABSENCE,
        RuleKind.EXACTLY,
        RuleKind.RESPONSE,
        RuleKind.ALTERNATE_RESPONSE,
        RuleKind.CHAIN_RESPONSE,
        RuleKind.PRECEDENCE,
        RuleKind.ALTERNATE_PRECEDENCE,
        RuleKind.CHAIN_PRECEDENCE,
        RuleKind.RESPONDED_EXISTENCE,
        RuleKind.CO_EXISTENCE,
        RuleKind.NOT_CO_EXISTENCE,
        RuleKind.SUCCESSION,
        RuleKind.NOT_SUCCESSION,
    }
)
ONE_EVENT = frozenset({RuleKind.WITHIN_LIST, RuleKind.NOT_ABOVE, RuleKind.CREDENTIAL_VALID})
"""Kinds whose every matching event is a breach."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A deterministic machine with breaches on its moves; a letter's symbol has a bit for each part it matches.

    `parts` are the selectors of the bits; a lapse of clock `lapsing` sets the last bit (it ends what is pending).
    """

    id: str
    kind: RuleKind | None
    moves: tuple[tuple[int, ...], ...]
    reports: tuple[tuple[bool, ...], ...]
    accepts: tuple[bool, ...]
    parts: tuple[Selectors, ...]
    lapsing: str = ""

    def symbol(self, letter: Letter) -> int:
        """How a letter concerns this machine; 0 is not at all."""
        bits = sum(matches(part, letter) << place for place, part in enumerate(self.parts))
        return bits | (1 << len(self.parts) - 1) if self.lapsing in letter.lapses else bits

    def is_idle(self, symbol: int) -> bool:
        """Whether a symbol neither moves this machine nor breaches it, in any state."""
        return not any(row[symbol] for row in self.reports) and all(
            row[symbol] == state for state, row in enumerate(self.moves)
        )

    def forbids(self, letter: Letter) -> bool:
        """Whether a letter is a breach in every state."""
        symbol = self.symbol(letter)
        return all(row[symbol] for row in self.reports)


def machines(procedure: Procedure) -> tuple[Machine, ...]:
    """The order of every rule that restricts it, and whether the case is closed."""
    return (*(found for rule in procedure.rules for found in _of_rule(rule, procedure)), closing(procedure.ends))


def closing(ends: Selectors) -> Machine:
    """The machine that accepts a closed case."""
    return Machine(ENDS, None, ((0, 1), (1, 1)), ((False,) * 2,) * 2, (False, True), (ends,))


def order(rule: Rule) -> Automaton | None:
    """The automaton of a rule as far as it speaks of order; None where it does not, and for not_while."""
    if rule.kind in ONE_EVENT:
        return automaton(RuleKind.ABSENCE)
    if rule.kind not in PLAIN or (rule.kind is RuleKind.RESPONSE and rule.limit is not None):
        return None
    if rule.kind is RuleKind.ABSENCE and rule.same and rule.n > 1:
        return None
    if rule.kind is RuleKind.PRECEDENCE and rule.n > 1:
        return _counted_precedence(rule.n)
    return automaton(rule.kind, rule.n)


def _of_rule(rule: Rule, procedure: Procedure) -> Iterator[Machine]:
    plain = order(rule)
    if plain is not None:
        parts = (rule.source, rule.target)
        yield Machine(rule.id, rule.kind, plain.moves, plain.reports, plain.accepts, parts)
    elif rule.kind is RuleKind.NOT_WHILE:
        yield from _not_while(rule, procedure)


def _counted_precedence(n: int) -> Automaton:
    states = range(n + 1)
    return Automaton(
        moves=tuple(tuple(min(state + (symbol & 1), n) for symbol in range(4)) for state in states),
        reports=tuple(tuple(symbol >= 2 and state < n for symbol in range(4)) for state in states),
        accepts=(True,) * (n + 1),
        blame=Blame.THIS,
        owed=Owed.NOTHING,
    )


def _not_while(rule: Rule, procedure: Procedure) -> Iterator[Machine]:
    """States: nothing pending, pending, and (a clock of the first start only) over for good."""
    for clock in procedure.clocks:
        if clock.id == rule.pending:
            lapsing = clock.id if clock.on_lapse is not None else ""
            yield _pending(rule, clock.starts, clock.stops, once=clock.first_only, lapsing=lapsing)
    for other in procedure.rules:
        if other.id == rule.pending:
            yield _pending(rule, other.source, other.target)
    if rule.pending in procedure.grounds:
        ground = procedure.grounds[rule.pending]
        yield _pending(rule, ground.opens, ground.closes)


def _pending(rule: Rule, begins: Selectors, ends: Selectors, *, once: bool = False, lapsing: str = "") -> Machine:
    def move(state: int, symbol: int) -> int:
        if symbol & 4 and state == 1:
            state = 2 if once else 0
        return 1 if symbol & 2 and state == 0 else state

    states, symbols = range(3 if once else 2), range(8)
    return Machine(
        id=rule.id,
        kind=rule.kind,
        moves=tuple(tuple(move(state, symbol) for symbol in symbols) for state in states),
        reports=tuple(tuple(state == 1 and bool(symbol & 1) for symbol in symbols) for state in states),
        accepts=(True,) * len(states),
        parts=(rule.source, begins, ends),
        lapsing=lapsing,
    )
