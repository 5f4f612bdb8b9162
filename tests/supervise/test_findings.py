"""What a finding carries: a stable id, moments, evidence, articles and editions."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.oracle.compare import calendars
from tests.oracle.journals import some_history
from tests.oracle.procedures import some_procedure

from xiaoneng.packs.model import Lapse, RuleKind
from xiaoneng.supervise.judge import supervise

from .bench import calendar, clock, daily, event, hours, judged, ladder, law, lines, rule, wd

if TYPE_CHECKING:
    from xiaoneng.supervise.verdict import Finding, Verdict


def only(verdict: Verdict) -> Finding:
    [finding] = verdict.findings
    return finding


def test_an_id_is_the_hash_of_subject_rule_and_activating_event() -> None:
    finding = only(judged(law(clock(wd(1))), "03-02 a"))
    assert finding.id == hashlib.sha256(b"case\nk\ne1").hexdigest()[:24]


def test_an_id_does_not_change_when_more_happens() -> None:
    procedure = law(clock(wd(1)), ladder=ladder())
    late = only(judged(procedure, "03-02 a", "03-04 12:00"))
    stopped = only(judged(procedure, "03-02 a; 03-05 d; 03-06 b", "03-09 12:00"))
    assert late.id == stopped.id
    assert (late.until, stopped.until) == (None, dt.date(2026, 3, 6))


def test_a_warning_becomes_a_breach_under_the_same_id() -> None:
    from xiaoneng.packs.model import Nature

    from .bench import rung

    procedure = law(clock(wd(5)), ladder=ladder(rung("blue", "before", 1, "working_days", tuple(Nature))))
    warned = only(judged(procedure, "03-02 a", "03-09 12:00"))
    assert (warned.kind, only(judged(procedure, "03-02 a", "03-10 12:00")).kind) == ("warning", "breach")
    assert warned.id == only(judged(procedure, "03-02 a", "03-10 12:00")).id


def test_findings_about_two_cases_rules_or_events_have_different_ids() -> None:
    procedure = law(clock(wd(1)), clock(wd(1), id="m"))
    ids = [one.id for one in judged(procedure, "03-02 a; 03-03 a").findings]
    other = [replace(event(1, "a", "03-02"), subject="other")]
    ids += [one.id for one in judged(procedure, other).findings]
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.parametrize("seed", range(40))
def test_later_events_rename_no_finding(seed: int) -> None:
    """What is found both before and after more events has one id, and the order in which facts are given gives none."""
    chance = random.Random(seed)
    procedure = some_procedure(chance)
    days, places = calendars(procedure.zone)
    for _ in range(5):
        history = some_history(chance, days)
        whole = supervise(procedure, history.events, places, history.now, complete=history.complete)
        again = supervise(procedure, history.events[::-1], places, history.now, complete=history.complete)
        assert [one.id for one in whole.findings] == [one.id for one in again.findings]
        part = supervise(procedure, history.events[:-1], places, history.now)
        names = {(one.rule, one.activation): one.id for one in part.findings}
        assert all(names.get((one.rule, one.activation), one.id) == one.id for one in whole.findings)


def test_since_and_until_are_days_for_days_and_instants_for_hours() -> None:
    by_day = only(judged(law(clock(wd(1))), "03-02 09:00 a; 03-05 10:00 b"))
    assert (by_day.since, by_day.due) == (dt.date(2026, 3, 4), dt.date(2026, 3, 3))
    assert type(by_day.since) is dt.date
    assert isinstance(by_day.until, dt.datetime)
    by_hour = only(judged(law(clock(hours(1))), "03-02 09:00 a"))
    assert isinstance(by_hour.since, dt.datetime)
    assert by_hour.since == by_hour.due == dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)


def test_evidence_names_the_activating_event_first_then_what_showed_it() -> None:
    assert only(judged(law(clock(wd(1))), "03-02 a; 03-10 b")).evidence == ("e1", "e2")
    assert only(judged(law(clock(wd(1))), "03-02 a")).evidence == ("e1",)
    assert only(judged(law(rule(RuleKind.ABSENCE, "a")), "03-02 a")).evidence == ("e1",)
    silent = judged(law(clock(wd(1), on_lapse=Lapse("c", from_start=False))), "03-02 a")
    assert only(silent).evidence == ("e1", "deemed:k:e1")


def test_a_finding_says_by_what_it_was_judged() -> None:
    procedure = replace(law(clock(wd(1))), edition="9f3c")
    finding = only(judged(procedure, "03-02 a"))
    assert finding.cite == ("law#1",)
    assert finding.editions.procedure == "9f3c"
    assert finding.editions.calendar == calendar().edition
    assert finding.provision.clock == procedure.clocks[0]
    assert only(judged(law(rule(RuleKind.ABSENCE, "a")), "03-02 a")).cite == ("law#1",)


def test_findings_stand_by_moment_then_by_rule() -> None:
    parts = (rule(RuleKind.ABSENCE, "a, b", id="z"), rule(RuleKind.ABSENCE, "b", id="y"), clock(wd(1)))
    verdict = judged(law(*parts), "03-02 a; 03-03 b")
    assert [(one.rule, one.activation) for one in verdict.findings] == [("z", "e1"), ("y", "e2"), ("z", "e2")]


def test_activations_are_counted_for_clocks_and_small_rules() -> None:
    parts = (clock(wd(5)), rule(RuleKind.MINIMUM_GAP, "a", "b", limit=wd(1)))
    verdict = judged(law(*parts), daily("a a b"))
    counts = {one.id: n for one, n in zip(verdict.program.provisions, verdict.activations, strict=True)}
    assert counts == {"k": 2, "r": 1}


def test_one_event_broken_from_both_sides_is_two_findings_of_one_id_and_two_moments() -> None:
    """A succession whose event is both: nothing was before it, and nothing came after it."""
    verdict = judged(law(rule(RuleKind.SUCCESSION, "a", "a")), "03-02 a; 03-05 d", complete=True)
    assert lines(verdict) == ["r e1 03-02", "r e1 03-05"]
