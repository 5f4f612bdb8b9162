"""Plain rules through the kernel: which event, and from which moment. One event a day from Monday 03-02."""

from __future__ import annotations

import pytest

from xiaoneng.packs.model import RuleKind
from xiaoneng.supervise.layout import RULES_PER_GROUP

from .bench import breaches, daily, history, judged, law, lines, rule


@pytest.mark.parametrize(
    ("kind", "n", "events", "found"),
    [
        (RuleKind.INIT, 1, "d a", ["r e1 03-02"]),
        (RuleKind.INIT, 1, "a d", []),
        (RuleKind.EXISTENCE, 1, "d d", ["r e1 03-03"]),
        (RuleKind.EXISTENCE, 3, "a a d", ["r e1 03-04"]),
        (RuleKind.EXISTENCE, 4, "a a a d", ["r e1 03-05"]),
        (RuleKind.EXISTENCE, 4, "a a a a", []),
        (RuleKind.ABSENCE, 1, "a d a", ["r e1 03-02", "r e3 03-04"]),
        (RuleKind.ABSENCE, 3, "a a a a", ["r e3 03-04", "r e4 03-05"]),
        (RuleKind.ABSENCE, 5, "a a a a a a", ["r e5 03-06", "r e6 03-07"]),
        (RuleKind.EXACTLY, 2, "a a a", ["r e3 03-04"]),
        (RuleKind.EXACTLY, 2, "d a", ["r e1 03-03"]),
        (RuleKind.EXACTLY, 4, "a a a a a", ["r e5 03-06"]),
        (RuleKind.EXACTLY, 4, "d a a a", ["r e1 03-05"]),
        (RuleKind.RESPONSE, 1, "a b a a d", ["r e3 03-06", "r e4 03-06"]),
        (RuleKind.RESPONSE, 1, "a a b", []),
        (RuleKind.RESPONSE, 1, "a c", ["r e2 03-03"]),
        (RuleKind.ALTERNATE_RESPONSE, 1, "a d a b", ["r e1 03-04"]),
        (RuleKind.ALTERNATE_RESPONSE, 1, "a a", ["r e1 03-03", "r e2 03-03"]),
        (RuleKind.ALTERNATE_RESPONSE, 1, "a b a d", ["r e3 03-05"]),
        (RuleKind.CHAIN_RESPONSE, 1, "a d b", ["r e1 03-03"]),
        (RuleKind.CHAIN_RESPONSE, 1, "a a b", ["r e1 03-03"]),
        (RuleKind.CHAIN_RESPONSE, 1, "a b a", ["r e3 03-04"]),
        (RuleKind.PRECEDENCE, 1, "b a b", ["r e1 03-02"]),
        (RuleKind.PRECEDENCE, 1, "c", ["r e1 03-02"]),
        (RuleKind.ALTERNATE_PRECEDENCE, 1, "a b d b", ["r e4 03-05"]),
        (RuleKind.ALTERNATE_PRECEDENCE, 1, "a c b", []),
        (RuleKind.CHAIN_PRECEDENCE, 1, "a d b", ["r e3 03-04"]),
        (RuleKind.CHAIN_PRECEDENCE, 1, "b", ["r e1 03-02"]),
        (RuleKind.CHAIN_PRECEDENCE, 1, "c b", ["r e1 03-02"]),
        (RuleKind.RESPONDED_EXISTENCE, 1, "a d a", ["r e1 03-04", "r e3 03-04"]),
        (RuleKind.RESPONDED_EXISTENCE, 1, "b a", []),
        (RuleKind.RESPONDED_EXISTENCE, 1, "c", []),
        (RuleKind.CO_EXISTENCE, 1, "b d b", ["r e1 03-04", "r e3 03-04"]),
        (RuleKind.CO_EXISTENCE, 1, "d a", ["r e2 03-03"]),
        (RuleKind.CO_EXISTENCE, 1, "b a", []),
        (RuleKind.NOT_CO_EXISTENCE, 1, "a d b a", ["r e3 03-04"]),
        (RuleKind.NOT_CO_EXISTENCE, 1, "c c", ["r e1 03-02"]),
        (RuleKind.SUCCESSION, 1, "b a b a", ["r e1 03-02", "r e4 03-05"]),
        (RuleKind.NOT_SUCCESSION, 1, "b a b b", ["r e3 03-04", "r e4 03-05"]),
        (RuleKind.NOT_SUCCESSION, 1, "c c", ["r e2 03-03"]),
    ],
)
def test_a_plain_rule_names_the_event_and_the_moment(kind: RuleKind, n: int, events: str, found: list[str]) -> None:
    unary = kind in (RuleKind.INIT, RuleKind.EXISTENCE, RuleKind.ABSENCE, RuleKind.EXACTLY)
    part = rule(kind, "a, c", "" if unary else "b, c", n=n)
    assert breaches(part, events, complete=True) == found


@pytest.mark.parametrize("kind", [RuleKind.EXISTENCE, RuleKind.RESPONSE, RuleKind.RESPONDED_EXISTENCE])
def test_what_is_owed_at_closing_is_not_owed_while_the_case_is_open(kind: RuleKind) -> None:
    part = rule(kind, "f" if kind is RuleKind.EXISTENCE else "a", "b")
    assert breaches(part, "a d") == []
    assert breaches(part, "a d", complete=True) == ["r e1 03-03"]


def test_an_end_closes_the_case_at_its_first_moment() -> None:
    part = rule(RuleKind.RESPONSE, "a", "b")
    assert breaches(part, "a end d end", ends="end") == ["r e1 03-03"]
    assert breaches(part, "a end d", ends="end", complete=True) == ["r e1 03-03"]


def test_what_is_asked_after_the_end_is_owed_from_then() -> None:
    assert breaches(rule(RuleKind.RESPONSE, "a", "b"), "end d a", ends="end") == ["r e3 03-04"]


def test_a_closed_case_is_judged_again_when_more_comes() -> None:
    procedure = law(rule(RuleKind.RESPONSE, "a", "b"), rule(RuleKind.ABSENCE, "c", id="s"), ends="end")
    assert lines(judged(procedure, daily("a end"))) == ["r e1 03-03"]
    assert lines(judged(procedure, daily("a end b"))) == []
    later = judged(procedure, daily("a end b c"))
    assert later.closed
    assert lines(later) == ["s e4 03-05"]


def test_a_case_without_events_breaks_nothing() -> None:
    parts = [rule(kind, "a", "b", id=f"r{i}") for i, kind in enumerate((RuleKind.EXISTENCE, RuleKind.CO_EXISTENCE))]
    empty = judged(law(*parts), [], complete=True)
    assert (lines(empty), empty.closed, empty.subject, empty.wake_at) == ([], False, "", None)


def test_a_condition_makes_two_letters_of_one_kind() -> None:
    part = rule(RuleKind.RESPONSE, "a where amount > 5", "b where granted == 1")
    known = history("03-02 a amount=5; 03-03 a amount=6; 03-04 b granted=0; 03-05 a")
    assert lines(judged(law(part), known, complete=True)) == ["r e2 03-05"]


@pytest.mark.parametrize("rules", [RULES_PER_GROUP - 1, RULES_PER_GROUP, RULES_PER_GROUP + 1, 2 * RULES_PER_GROUP + 1])
def test_every_rule_reports_for_itself_however_many_there_are(rules: int) -> None:
    kinds = (RuleKind.ABSENCE, RuleKind.RESPONSE, RuleKind.PRECEDENCE, RuleKind.ALTERNATE_RESPONSE)
    parts = [rule(kinds[i % 4], "a", "b" if i % 4 else "", id=f"r{i:03}") for i in range(rules)]
    procedure = law(*parts)
    expected: list[str] = []
    for i in range(rules):
        at_once = {0: [f"r{i:03} e2 03-03", f"r{i:03} e3 03-04"], 3: [f"r{i:03} e2 03-04"]}
        owed = {1: [f"r{i:03} e2 03-04", f"r{i:03} e3 03-04"], 3: [f"r{i:03} e3 03-04"], 2: [f"r{i:03} e1 03-02"]}
        expected += at_once.get(i % 4, []) + owed.get(i % 4, [])
    assert lines(judged(procedure, daily("b a a"), complete=True)) == sorted(expected)


def test_undeclared_kinds_are_kept_and_reported_and_break_no_chain() -> None:
    verdict = judged(law(rule(RuleKind.CHAIN_RESPONSE, "a", "b"), kinds="a b"), daily("a unheard b"))
    assert lines(verdict) == []
    assert [one.kind for one in verdict.unknown] == ["unheard"]
    assert [one.id for one in verdict.sequence] == ["e1", "e3"]


def test_a_case_may_exist_before_its_opening_event() -> None:
    procedure = law(rule(RuleKind.INIT, "a"))
    verdict = judged(procedure, daily("d a"))
    assert lines(verdict) == ["r e1 03-02"]
    assert verdict.program.opening == {verdict.program.alphabet.first["a"]}
