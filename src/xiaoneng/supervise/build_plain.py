"""Plain rules to words: the twelve words of every letter, and who is open in which state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.automata import STATES, automaton, fits
from xiaoneng.packs.model import RuleKind
from xiaoneng.supervise.layout import RULES_PER_GROUP
from xiaoneng.supervise.program import PlainRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.packs.model import Rule
    from xiaoneng.supervise.alphabet import Alphabet

CONDITIONED_KINDS = frozenset((RuleKind.WITHIN_LIST, RuleKind.NOT_ABOVE, RuleKind.CREDENTIAL_VALID))
"""Rules that the loader turned into conditions: every matching event is a breach."""


def is_plain(rule: Rule, pending: frozenset[str]) -> bool:
    """Whether a rule is an automaton; a response that others wait for is a clock without a limit instead."""
    if rule.kind in CONDITIONED_KINDS:
        return True
    return fits(rule.kind, rule.n) and rule.limit is None and not rule.same and rule.id not in pending


def plain_rule(rule: Rule, code: int, place: int, alphabet: Alphabet) -> PlainRule:
    """The automaton of a rule at a place among the plain ones."""
    kind, n = (RuleKind.ABSENCE, 1) if rule.kind in CONDITIONED_KINDS else (rule.kind, rule.n)
    return PlainRule(
        rule=rule,
        code=code,
        group=place // RULES_PER_GROUP,
        bit=1 << place % RULES_PER_GROUP,
        automaton=automaton(kind, n),
        sources=alphabet.letters(rule.source),
        targets=alphabet.letters(rule.target),
    )


def words(rules: Sequence[PlainRule], letters: int, groups: int) -> list[int]:
    """Twelve words per letter and group: next low bit, next high bit and report, each by current state."""
    table = [0] * (letters * groups * 12)
    for plain in rules:
        for letter in range(letters):
            symbol = (letter in plain.sources) + 2 * (letter in plain.targets)
            at = (letter * groups + plain.group) * 12
            for state in range(STATES):
                known = min(state, len(plain.automaton.moves) - 1)
                to = plain.automaton.moves[known][symbol] if state == known else 0
                table[at + state] |= plain.bit * (to & 1)
                table[at + 4 + state] |= plain.bit * (to >> 1)
                table[at + 8 + state] |= plain.bit * (state == known and plain.automaton.reports[known][symbol])
    return table


def open_words(rules: Sequence[PlainRule], groups: int) -> list[int]:
    """Four words per group: the rules that do not accept in each state."""
    table = [0] * (groups * 4)
    for plain in rules:
        for state, accepts in enumerate(plain.automaton.accepts):
            table[plain.group * 4 + state] |= plain.bit * (not accepts)
    return table


def all_bits(rules: Sequence[PlainRule], groups: int) -> list[int]:
    """One word per group: every rule of it."""
    table = [0] * groups
    for plain in rules:
        table[plain.group] |= plain.bit
    return table


def concerns(rules: Sequence[PlainRule], letters: int, groups: int) -> list[int]:
    """Two words per letter and group: the rules of which it is a source, and a target."""
    table = [0] * (letters * groups * 2)
    for plain in rules:
        for letter in plain.sources:
            table[2 * (letter * groups + plain.group)] |= plain.bit
        for letter in plain.targets:
            table[2 * (letter * groups + plain.group) + 1] |= plain.bit
    return table


BITS = [0] * 67
"""Number of the one bit in a word, by the word's remainder (2 is a primitive root of 67)."""
for _i in range(RULES_PER_GROUP):
    BITS[(1 << _i) % 67] = _i
