"""Automata of plain rules, word by word. a is a source, b a target, c both, x neither."""

from __future__ import annotations

import pytest

from xiaoneng.packs.automata import BOTH, NEITHER, SOURCE, STATES, TARGET, Blame, Owed, Standing, automaton, fits
from xiaoneng.packs.model import RuleKind

SYMBOLS = {"x": NEITHER, "a": SOURCE, "b": TARGET, "c": BOTH}
PLAIN = [
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
]
OTHERS = [kind for kind in RuleKind if kind not in PLAIN]


def read(kind: RuleKind, n: int, word: str) -> tuple[list[int], bool]:
    """Places that report, and whether the case may close after the word."""
    machine, state, reports = automaton(kind, n), 0, []
    for place, letter in enumerate(word):
        symbol = SYMBOLS[letter]
        if machine.reports[state][symbol]:
            reports.append(place)
        state = machine.moves[state][symbol]
    return reports, machine.accepts[state]


@pytest.mark.parametrize(
    ("kind", "n", "word", "reports", "may_close"),
    [
        (RuleKind.INIT, 1, "", [], True),
        (RuleKind.INIT, 1, "xa", [0], True),
        (RuleKind.INIT, 1, "axx", [], True),
        (RuleKind.INIT, 1, "c", [], True),
        (RuleKind.INIT, 1, "b", [0], True),
        (RuleKind.EXISTENCE, 1, "", [], False),
        (RuleKind.EXISTENCE, 1, "bx", [], False),
        (RuleKind.EXISTENCE, 2, "axa", [], True),
        (RuleKind.EXISTENCE, 3, "aca", [], True),
        (RuleKind.EXISTENCE, 3, "aax", [], False),
        (RuleKind.ABSENCE, 1, "axa", [0, 2], True),
        (RuleKind.ABSENCE, 2, "axac", [2, 3], True),
        (RuleKind.ABSENCE, 4, "aaaa", [3], True),
        (RuleKind.EXACTLY, 1, "aa", [1], True),
        (RuleKind.EXACTLY, 2, "a", [], False),
        (RuleKind.EXACTLY, 3, "aaaca", [3, 4], True),
        (RuleKind.RESPONSE, 1, "xb", [], True),
        (RuleKind.RESPONSE, 1, "aab", [], True),
        (RuleKind.RESPONSE, 1, "ba", [], False),
        (RuleKind.RESPONSE, 1, "ac", [], False),  # answers, then asks again
        (RuleKind.RESPONSE, 1, "c", [], False),  # no event answers itself
        (RuleKind.RESPONSE, 1, "acb", [], True),
        (RuleKind.ALTERNATE_RESPONSE, 1, "aab", [1], True),
        (RuleKind.ALTERNATE_RESPONSE, 1, "aba", [], False),
        (RuleKind.ALTERNATE_RESPONSE, 1, "acb", [], True),
        (RuleKind.ALTERNATE_RESPONSE, 1, "cc", [], False),
        (RuleKind.CHAIN_RESPONSE, 1, "axb", [1], True),
        (RuleKind.CHAIN_RESPONSE, 1, "aab", [1], True),
        (RuleKind.CHAIN_RESPONSE, 1, "ac", [], False),
        (RuleKind.CHAIN_RESPONSE, 1, "cx", [1], True),
        (RuleKind.CHAIN_RESPONSE, 1, "xa", [], False),
        (RuleKind.PRECEDENCE, 1, "bab", [0], True),
        (RuleKind.PRECEDENCE, 1, "cb", [0], True),
        (RuleKind.PRECEDENCE, 1, "axbb", [], True),
        (RuleKind.ALTERNATE_PRECEDENCE, 1, "abb", [2], True),
        (RuleKind.ALTERNATE_PRECEDENCE, 1, "acb", [], True),
        (RuleKind.ALTERNATE_PRECEDENCE, 1, "cc", [0], True),
        (RuleKind.CHAIN_PRECEDENCE, 1, "axb", [2], True),
        (RuleKind.CHAIN_PRECEDENCE, 1, "acb", [], True),
        (RuleKind.CHAIN_PRECEDENCE, 1, "cb", [0], True),
        (RuleKind.RESPONDED_EXISTENCE, 1, "ax", [], False),
        (RuleKind.RESPONDED_EXISTENCE, 1, "ba", [], True),
        (RuleKind.RESPONDED_EXISTENCE, 1, "ab", [], True),
        (RuleKind.RESPONDED_EXISTENCE, 1, "c", [], True),
        (RuleKind.CO_EXISTENCE, 1, "a", [], False),
        (RuleKind.CO_EXISTENCE, 1, "b", [], False),
        (RuleKind.CO_EXISTENCE, 1, "bxa", [], True),
        (RuleKind.CO_EXISTENCE, 1, "c", [], True),
        (RuleKind.NOT_CO_EXISTENCE, 1, "aba", [1], True),
        (RuleKind.NOT_CO_EXISTENCE, 1, "cc", [0], True),
        (RuleKind.NOT_CO_EXISTENCE, 1, "bb", [], True),
        (RuleKind.SUCCESSION, 1, "b", [0], True),
        (RuleKind.SUCCESSION, 1, "a", [], False),
        (RuleKind.SUCCESSION, 1, "abba", [], False),
        (RuleKind.SUCCESSION, 1, "cb", [0], True),
        (RuleKind.SUCCESSION, 1, "ac", [], False),
        (RuleKind.NOT_SUCCESSION, 1, "bab", [2], True),
        (RuleKind.NOT_SUCCESSION, 1, "cc", [1], True),
        (RuleKind.NOT_SUCCESSION, 1, "abb", [1, 2], True),
    ],
)
def test_a_rule_reports_and_lets_close_as_its_row_says(
    kind: RuleKind, n: int, word: str, reports: list[int], may_close: bool
) -> None:
    assert read(kind, n, word) == (reports, may_close)


@pytest.mark.parametrize("kind", PLAIN)
def test_no_automaton_has_more_than_four_states_or_leaves_them(kind: RuleKind) -> None:
    for n in (n for n in range(1, 6) if fits(kind, n)):
        machine = automaton(kind, n)
        size = len(machine.moves)
        assert size == len(machine.reports) == len(machine.accepts) <= STATES
        assert {to for row in machine.moves for to in row} <= set(range(size))


@pytest.mark.parametrize("kind", PLAIN)
def test_what_concerns_no_rule_moves_only_the_first_event_and_chains(kind: RuleKind) -> None:
    machine = automaton(kind)
    stays = all(row[NEITHER] == state for state, row in enumerate(machine.moves))
    assert stays is (kind not in (RuleKind.INIT, RuleKind.CHAIN_RESPONSE, RuleKind.CHAIN_PRECEDENCE))


@pytest.mark.parametrize(
    ("kind", "most"),
    [(RuleKind.EXISTENCE, 3), (RuleKind.EXACTLY, 3), (RuleKind.ABSENCE, 4), (RuleKind.PRECEDENCE, 1)],
)
def test_counts_beyond_four_states_need_a_counter(kind: RuleKind, most: int) -> None:
    assert [n for n in range(1, 9) if fits(kind, n)] == list(range(1, most + 1))


@pytest.mark.parametrize("kind", OTHERS)
def test_rules_over_hands_amounts_and_gaps_are_no_automata(kind: RuleKind) -> None:
    assert not fits(kind, 1)


@pytest.mark.parametrize(
    ("kind", "blame", "owed"),
    [
        (RuleKind.EXISTENCE, Blame.THIS, Owed.FIRST),
        (RuleKind.EXACTLY, Blame.THIS, Owed.FIRST),
        (RuleKind.RESPONSE, Blame.THIS, Owed.SOURCES_SINCE_TARGET),
        (RuleKind.ALTERNATE_RESPONSE, Blame.LAST_SOURCE, Owed.LAST_SOURCE),
        (RuleKind.CHAIN_RESPONSE, Blame.PREVIOUS, Owed.LAST),
        (RuleKind.RESPONDED_EXISTENCE, Blame.THIS, Owed.SOURCES),
        (RuleKind.CO_EXISTENCE, Blame.THIS, Owed.SOURCES_OR_TARGETS),
        (RuleKind.SUCCESSION, Blame.THIS, Owed.SOURCES_SINCE_TARGET),
        (RuleKind.PRECEDENCE, Blame.THIS, Owed.NOTHING),
    ],
)
def test_each_rule_blames_an_event_at_once_and_owes_events_at_closing(kind: RuleKind, blame: Blame, owed: Owed) -> None:
    assert (automaton(kind).blame, automaton(kind).owed) == (blame, owed)


ANY = frozenset((NEITHER, SOURCE, TARGET, BOTH))
GOOD, NOW, NOT_NOW, NEVER = Standing


@pytest.mark.parametrize(
    ("kind", "word", "coming", "standing"),
    [
        (RuleKind.RESPONSE, "", ANY, NOW),
        (RuleKind.RESPONSE, "a", ANY, NOT_NOW),
        (RuleKind.RESPONSE, "a", frozenset((NEITHER, SOURCE)), NEVER),
        (RuleKind.RESPONSE, "ab", frozenset((NEITHER, TARGET)), GOOD),
        (RuleKind.PRECEDENCE, "", ANY, NOW),
        (RuleKind.PRECEDENCE, "", frozenset((NEITHER, SOURCE)), GOOD),
        (RuleKind.PRECEDENCE, "a", ANY, GOOD),
        (RuleKind.EXISTENCE, "", ANY, NOT_NOW),
        (RuleKind.EXISTENCE, "", frozenset((NEITHER, TARGET)), NEVER),
        (RuleKind.EXISTENCE, "a", ANY, GOOD),
        (RuleKind.ABSENCE, "", ANY, NOW),
        (RuleKind.ABSENCE, "", frozenset(), GOOD),
        (RuleKind.EXACTLY, "a", ANY, NOW),
        (RuleKind.EXACTLY, "a", frozenset((NEITHER, TARGET)), GOOD),
        (RuleKind.RESPONDED_EXISTENCE, "ab", ANY, GOOD),
        (RuleKind.RESPONDED_EXISTENCE, "a", ANY, NOT_NOW),
        (RuleKind.RESPONDED_EXISTENCE, "", ANY, NOW),
        (RuleKind.CO_EXISTENCE, "b", frozenset((NEITHER, TARGET)), NEVER),
        (RuleKind.NOT_CO_EXISTENCE, "a", ANY, NOW),
        (RuleKind.NOT_CO_EXISTENCE, "a", frozenset((NEITHER, SOURCE)), GOOD),
        (RuleKind.SUCCESSION, "a", ANY, NOT_NOW),
        (RuleKind.NOT_SUCCESSION, "b", ANY, NOW),
    ],
)
def test_a_rule_stands_in_one_of_four_verdicts(
    kind: RuleKind, word: str, coming: frozenset[int], standing: Standing
) -> None:
    machine, state = automaton(kind), 0
    for letter in word:
        state = machine.moves[state][SYMBOLS[letter]]
    assert machine.standing(state, coming) is standing
