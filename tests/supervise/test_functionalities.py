"""The ten functionalities of compliance monitoring (Ly, Maggi, Montali, Rinderle-Ma, van der Aalst, 2015), one test each."""

from __future__ import annotations

import datetime as dt

import pytest

from xiaoneng.packs.model import Lapse, RuleKind

from .bench import (
    at,
    calendar,
    clock,
    dues,
    extension,
    ground,
    hours,
    judged,
    ladder,
    law,
    lines,
    rule,
    rung,
    warnings,
    wd,
)


def test_1_constraints_referring_to_time() -> None:
    """Working days with a hold and an extension, a least gap and a limit in hours between two acts."""
    parts = (
        clock(wd(5), off_clock=("g",), extension=extension(wd(2))),
        ground(),
        rule(RuleKind.MINIMUM_GAP, "a", "c", limit=wd(2)),
        rule(RuleKind.RESPONSE, "c", "d", id="s", limit=hours(4)),
    )
    events = "03-02 a; 03-03 09:00 c; 03-03 13:01 d; 03-04 o; 03-05 p; 03-06 x; 03-12 b"
    assert lines(judged(law(*parts), events)) == ["r e2 03-03T09:00", "s e2 03-03T13:00 03-03T13:01"]
    assert lines(judged(law(*parts), events.replace("03-12 b", "03-13 b")))[0] == "k e1 03-13 03-13"


def test_2_constraints_referring_to_data() -> None:
    """A fee above the standard relied on; a rule that binds large amounts only."""
    parts = (
        rule(RuleKind.ABSENCE, "a where amount > standard"),
        rule(RuleKind.PRECEDENCE, "b", "a where amount > 50", id="s"),
    )
    events = "03-02 a amount=40 standard=40; 03-03 a amount=60 standard=50; 03-04 a amount=60"
    assert lines(judged(law(*parts), events)) == ["r e2 03-03", "s e2 03-03", "s e3 03-04"]


def test_3_constraints_referring_to_resources() -> None:
    """Who examines does not decide; who accepted delivers."""
    parts = (rule(RuleKind.DIFFERENT_HANDS, "a, b"), rule(RuleKind.SAME_HANDS, "a", "c", id="s"))
    found = lines(judged(law(*parts), "03-02 a actor=ann; 03-03 b actor=ann; 03-04 c actor=eve"))
    assert found == ["r e2 03-03", "s e3 03-04"]


def test_4_non_atomic_activities() -> None:
    """A hearing has a beginning and an end, and nothing is decided in between."""
    parts = (
        rule(RuleKind.RESPONSE, "o", "p"),
        rule(RuleKind.PRECEDENCE, "o", "p", id="s"),
        rule(RuleKind.NOT_WHILE, "b", id="t", pending="g"),
        ground(),
    )
    assert lines(judged(law(*parts), "03-02 o; 03-03 p; 03-04 b", complete=True)) == []
    assert lines(judged(law(*parts), "03-02 p; 03-03 o; 03-04 b", complete=True)) == [
        "r e2 03-04",
        "s e1 03-02",
        "t e3 03-04",
    ]


def test_5_activity_life_cycles() -> None:
    """Accepted, held, resumed, restarted, withdrawn: the clock follows what becomes of the application."""
    part = clock(wd(5), stops="b, w", off_clock=("g",), restart="c")
    procedure = law(part, ground())
    assert dues(judged(procedure, "03-02 a", "03-02 12:00")) == ["k e1 03-09"]
    assert dues(judged(procedure, "03-02 a; 03-03 o", "03-04 12:00")) == ["k e1 held"]
    assert dues(judged(procedure, "03-02 a; 03-03 o; 03-05 p", "03-05 12:00")) == ["k e1 03-11"]
    assert dues(judged(procedure, "03-02 a; 03-03 o; 03-05 p; 03-06 c", "03-06 12:00")) == ["k e1 03-13"]
    assert dues(judged(procedure, "03-02 a; 03-03 o; 03-05 p; 03-06 c; 03-09 w", "03-09 12:00")) == []


def test_6_multiple_instance_constraints() -> None:
    """Every activation is found for itself, by itself or by the file it concerns."""
    assert lines(judged(law(clock(wd(1))), "03-02 a; 03-03 a; 03-09 b")) == ["k e1 03-04 03-09", "k e2 03-05 03-09"]
    events = "03-02 a file=p; 03-02 a file=q; 03-02 a file=r; 03-03 b file=q; 03-06 b file=r"
    found = lines(judged(law(clock(wd(1), same="file")), events, "03-10 12:00"))
    assert found == ["k e1 03-04", "k e3 03-04 03-06"]


def test_7_reactive_detection_and_management() -> None:
    """A breach is known with the event that makes it, stays after it is over, and says when it was."""
    procedure = law(rule(RuleKind.PRECEDENCE, "a", "b"), clock(wd(1), "b", "c"))
    assert lines(judged(procedure, "03-02 b", "03-02 00:00")) == ["r e1 03-02"]
    after = judged(procedure, "03-02 b; 03-03 a; 03-05 c", "03-05 12:00")
    assert lines(after) == ["k e1 03-04 03-05", "r e1 03-02"]


def test_8_proactive_detection_and_management() -> None:
    """A warning before expiry, and the next moment to look, so that nobody need poll."""
    steps = ladder(rung("blue", "before", 1, "working_days"))
    procedure = law(clock(wd(5)), ladder=steps)
    early = judged(procedure, "03-02 a", "03-02 12:00")
    assert (early.findings, early.wake_at) == ((), at("03-06"))
    warned = judged(procedure, "03-02 a", "03-06 00:00")
    assert (warnings(warned), warned.wake_at) == (["k e1 blue 03-06"], at("03-10"))
    silent = law(clock(wd(5), on_lapse=Lapse("c", from_start=True)))
    assert judged(silent, "03-02 a", "03-02 12:00").wake_at == at("03-10")


def test_9_explaining_the_root_cause() -> None:
    """A finding names the article, the events, the limit, and the editions of law and calendar it rests on."""
    verdict = judged(law(clock(wd(5), off_clock=("g",)), ground()), "03-02 a; 03-04 o; 03-05 p; 03-12 b")
    [finding] = verdict.breaches
    assert (finding.cite, finding.evidence) == (("law#1",), ("e1", "e4"))
    assert (finding.due, finding.since, finding.until) == (
        dt.date(2026, 3, 10),
        dt.date(2026, 3, 11),
        dt.date(2026, 3, 12),
    )
    assert finding.provision.clock is not None
    assert finding.provision.clock.limit == wd(5)
    assert finding.editions.calendar == calendar().edition


def test_10_quantifying_the_degree_of_compliance() -> None:
    """Breaches against how often a rule was called upon, over the cases of a log, and how late each was."""
    pytest.importorskip("numpy")
    from tests.replay.logs import log_of

    from xiaoneng.replay.judge import judge_log

    from .bench import history

    procedure = law(clock(wd(2)), rule(RuleKind.PRECEDENCE, "a", "b"))
    log = log_of({"one": history("03-02 a; 03-03 a; 03-05 b"), "two": history("03-02 b"), "three": history("03-02 a")})
    judgement = judge_log(log, [procedure], {"cn": calendar()}, at("03-04 12:00"))
    counts = judgement.by_rule()
    assert (counts["k"].breaches, counts["k"].activations, counts["k"].violated_cases) == (1, 3, 1)
    assert (counts["r"].breaches, counts["r"].activations, counts["r"].violated_cases) == (1, 2, 1)
    [late] = [one for one in judgement.findings() if one.rule == "k"]
    assert late.until is not None
    assert (late.until - late.since).days == 0
