"""Judging a log: which version judges which case, what is counted, and what is said of it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from tests.supervise.bench import at, calendar, clock, daily, history, ladder, law, rule, rung, wd

from xiaoneng.packs.automata import fits
from xiaoneng.packs.model import JudgedBy, Lapse, RuleKind
from xiaoneng.replay.judge import judge_log
from xiaoneng.replay.judgement import RuleCount, activations_of
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.judge import supervise
from xiaoneng.timing.errors import CalendarNotCovered

from .logs import log_of

PLACES = {"cn": calendar()}
OLD = replace(
    law(rule(RuleKind.ABSENCE, "a", id="old")), in_force_from=dt.date(2025, 1, 1), in_force_until=dt.date(2026, 3, 3)
)
NEW = replace(law(rule(RuleKind.ABSENCE, "a", id="new")), in_force_from=dt.date(2026, 3, 3))


def found(by: JudgedBy) -> tuple[list[str], tuple[str, ...]]:
    log = log_of(
        {
            "before": history("03-01 a; 03-02 b"),
            "over": history("03-02 a; 03-03 b"),
            "after": history("03-03 a; 03-04 b"),
            "early": history("2024-12-31 a"),
        }
    )
    laws = [replace(one, judged_by=by) for one in (OLD, NEW)]
    judgement = judge_log(log, laws, PLACES, at("03-31"))
    return sorted(f"{one.subject} {one.rule}" for one in judgement.findings()), judgement.not_in_force


def test_the_day_of_receipt_or_of_the_act_chooses_the_version() -> None:
    assert found(JudgedBy.RECEIPT) == (["after new", "before old", "over old"], ("early",))
    assert found(JudgedBy.ACT) == (["after new", "before old", "over new"], ("early",))


def test_counts_are_summed_over_versions() -> None:
    both = [
        replace(OLD, rules=law(rule(RuleKind.ABSENCE, "a")).rules),
        replace(NEW, rules=law(rule(RuleKind.ABSENCE, "a")).rules),
    ]
    log = log_of({"one": history("03-02 a; 03-02 a"), "two": history("03-04 a; 03-05 b"), "three": history("03-04 b")})
    assert judge_log(log, both, PLACES, at("03-31")).by_rule() == {"r": RuleCount(2, 3, 3)}


@pytest.mark.parametrize("compiled", [False, True])
def test_a_year_that_no_calendar_covers_is_refused_in_a_log_too(compiled: bool) -> None:
    procedure = replace(law(clock(wd(1))), in_force_from=dt.date(1990, 1, 1))
    log = log_of({"early": history("2001-03-02 a")})
    with pytest.raises(CalendarNotCovered):
        supervise(procedure, log.events(0), calendar(), at("03-31"))
    with pytest.raises(CalendarNotCovered):
        judge_log(log, [procedure], PLACES, at("03-31"), compiled=compiled)


@pytest.mark.parametrize("compiled", [False, True])
def test_plain_rules_and_rules_with_clocks_count_alike(compiled: bool) -> None:
    """A procedure of plain rules alone takes a shorter way; it must lead to the same place."""
    plain = rule(RuleKind.RESPONSE, "a", "b")
    log = log_of({f"c{i}": daily(kinds) for i, kinds in enumerate(("a b", "a a", "b", "a b a", "d"))}, complete=True)
    alone = judge_log(log, [law(plain)], PLACES, at("03-31"), compiled=compiled)
    beside = judge_log(log, [law(plain, clock(wd(99), "x", "y"))], PLACES, at("03-31"), compiled=compiled)
    assert alone.by_rule()["r"] == beside.by_rule()["r"] == RuleCount(2, 3, 5)
    assert [one.id for one in alone.findings()] == [one.id for one in beside.findings()]
    assert not program_of(law(plain)).tables.ops


PLAIN_KINDS = [kind for kind in RuleKind if fits(kind, 1)]


@pytest.mark.parametrize("copies", [1, 5])
def test_every_plain_rule_says_of_a_log_what_it_says_of_each_case(copies: int) -> None:
    """Also where there are more rules than fit into one pair of words."""
    unary = (RuleKind.INIT, RuleKind.EXISTENCE, RuleKind.ABSENCE, RuleKind.EXACTLY)
    parts = [
        rule(kind, "a, c", "" if kind in unary else "b, c", id=f"{kind}-{copy}")
        for copy in range(copies)
        for kind in PLAIN_KINDS
    ]
    procedure = law(*parts, ends="end")
    chance = random.Random(5)
    cases = {f"c{i}": daily(" ".join(chance.choices(["a", "b", "c", "d", "end"], k=8))) for i in range(40)}
    for complete in (False, True):
        log = log_of(cases, complete=complete)
        found: dict[str, list[tuple[object, ...]]] = {}
        for compiled in (False, True):
            found.clear()
            for one in judge_log(log, [procedure], PLACES, at("03-31"), compiled=compiled).findings():
                found.setdefault(one.subject, []).append((one.id, one.since, one.evidence))
            for index, case in enumerate(log.cases.to_pylist()):
                verdict = supervise(procedure, log.events(index), calendar(), at("03-31"), complete=complete)
                assert found.get(case, []) == [(one.id, one.since, one.evidence) for one in verdict.findings]


@pytest.mark.parametrize(
    ("kind", "n"),
    [
        (RuleKind.INIT, 7),
        (RuleKind.EXISTENCE, 7),
        (RuleKind.EXACTLY, 7),
        (RuleKind.ABSENCE, 3),
        (RuleKind.RESPONSE, 3),
        (RuleKind.ALTERNATE_RESPONSE, 3),
        (RuleKind.CHAIN_RESPONSE, 3),
        (RuleKind.RESPONDED_EXISTENCE, 3),
        (RuleKind.PRECEDENCE, 4),
        (RuleKind.ALTERNATE_PRECEDENCE, 4),
        (RuleKind.CHAIN_PRECEDENCE, 4),
        (RuleKind.NOT_SUCCESSION, 4),
        (RuleKind.CO_EXISTENCE, 7),
        (RuleKind.NOT_CO_EXISTENCE, 7),
        (RuleKind.SUCCESSION, 7),
    ],
)
def test_a_plain_rule_is_called_upon_by_its_activations(kind: RuleKind, n: int) -> None:
    assert activations_of(kind, cases=7, sources=3, targets=4) == n


def test_counting_rules_beyond_an_automaton_are_called_upon_once_a_case() -> None:
    log = log_of({"one": daily("a a"), "two": daily("b")}, complete=True)
    procedure = law(rule(RuleKind.EXISTENCE, "a", n=5), rule(RuleKind.EXACTLY, "a", n=5, id="s"))
    counts = judge_log(log, [procedure], PLACES, at("03-31")).by_rule()
    assert counts == {"r": RuleCount(2, 2, 2), "s": RuleCount(2, 2, 2)}


def test_deemed_facts_call_upon_rules_too() -> None:
    procedure = law(clock(wd(1), on_lapse=Lapse("c", from_start=False)), rule(RuleKind.ABSENCE, "c"))
    counts = judge_log(log_of({"one": daily("a")}), [procedure], PLACES, at("03-31")).by_rule()
    assert counts == {"k": RuleCount(1, 1, 1), "r": RuleCount(1, 1, 1)}


def test_warnings_are_found_and_not_counted() -> None:
    procedure = law(clock(wd(5)), ladder=ladder(rung("blue", "before", 1, "working_days")))
    judgement = judge_log(log_of({"one": daily("a")}), [procedure], PLACES, at("03-06 12:00"))
    assert [(one.kind, one.level) for one in judgement.findings()] == [("warning", "blue")]
    assert judgement.by_rule() == {"k": RuleCount(0, 0, 1)}


def test_a_finding_of_a_log_has_the_moment_and_the_id_of_its_event() -> None:
    log = log_of({"案1": history("03-02 23:30 a; 03-05 10:00 b")})
    [finding] = judge_log(log, [law(clock(wd(1)))], PLACES, at("03-31")).findings()
    assert (finding.subject, finding.activation, finding.evidence) == ("案1", "e1", ("e1", "e2"))
    assert (finding.since, finding.until) == (dt.date(2026, 3, 4), at("03-05 10:00"))


@pytest.mark.parametrize("pairs", [64, 65])
def test_a_case_with_too_many_ties_doubts_what_concerns_them_as_online(pairs: int) -> None:
    events = history("03-01 b; " + "; ".join("03-02 b" if i % 2 else "03-02 d" for i in range(pairs + 1)))
    procedure = law(rule(RuleKind.ABSENCE, "b"), rule(RuleKind.PRECEDENCE, "c", "d", id="s"))
    log = log_of({"one": events})
    verdict = supervise(procedure, log.events(0), calendar(), at("03-31"))
    found = {one.id: one.order_unknown for one in judge_log(log, [procedure], PLACES, at("03-31")).findings()}
    assert found == {one.id: one.order_unknown for one in verdict.findings}


def test_an_order_that_decides_is_told_by_case() -> None:
    log = log_of({"sure": history("03-02 a; 03-03 b"), "open": history("03-02 a; 03-02 b")})
    [part] = judge_log(log, [law(rule(RuleKind.PRECEDENCE, "a", "b"))], PLACES, at("03-31")).parts
    assert part.order_decides == {1: frozenset({"r"})}
