"""The counts of a judgement agree with its findings, however they are cut."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.folder import open_packs
from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.judge import LogJudgement, judge_log
from xiaoneng.replay.summary import Summary, summarise
from xiaoneng.supervise.verdict import FindingKind

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)
LOG = """case,kind,occurred,actor,agency,handling,receipt_given,granted
A,application_received,2026-03-02,,北局,,,
A,accepted,2026-03-02,张三,北局,single,true,
A,reviewed,2026-04-01,李四,北局,,,
A,decision_made,2026-04-02,王五,北局,,,true
A,delivered,2026-04-03,王五,北局,,,
B,application_received,2026-03-03,,南局,,,
B,accepted,2026-03-04,张三,南局,single,false,
B,reviewed,2026-03-05,李四,,,,
B,decision_made,2026-03-06,王五,南局,,,true
B,delivered,2026-03-09,王五,南局,,,
C,application_received,2026-05-12,,南局,,,
C,accepted,2026-05-12,张三,南局,single,true,
D,application_received,2026-04-20,,,,,
D,accepted,2026-04-21,张三,南局,single,true,
"""


@pytest.fixture(scope="module")
def judged(root: Path, tmp_path_factory: pytest.TempPathFactory) -> LogJudgement:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    packs = open_packs(root / "packs")
    version = packs.procedure("cn.licensing")
    types = {name: str(one.type) for kind in version.events.values() for name, one in kind.fields.items()}
    log = read_log(path, zone=version.zone, types=types)
    return judge_log(log, packs.versions("cn.licensing"), {"cn": packs.calendar("cn")}, NOW)


@pytest.fixture(scope="module")
def summary(judged: LogJudgement) -> Summary:
    return summarise(judged, NOW)


def test_every_cut_adds_up_to_the_findings(judged: LogJudgement, summary: Summary) -> None:
    findings = list(judged.findings())
    breaches = [one for one in findings if one.kind is FindingKind.BREACH]
    assert (summary.breaches, summary.warnings) == (len(breaches), len(findings) - len(breaches))
    assert summary.levels.total() == len(findings)
    assert summary.months.total() == summary.heat.total() == summary.month_levels.total() == len(breaches)
    assert sum(one.breaches for one in summary.agencies) == len(breaches)
    assert sum(len(line.findings) for line in summary.worst) == len(findings)
    assert sum(map(sum, summary.late.values())) == sum(one.due is not None for one in breaches)
    assert {line.provision.id: line.count for line in summary.rules} == judged.by_rule()
    assert summary.violated_cases == len({one.subject for one in breaches})


def test_agencies_are_those_of_the_activating_events(summary: Summary) -> None:
    by_agency = {one.agency: one for one in summary.agencies}
    assert by_agency["北局"].by_rule == {"decision": 1}
    assert by_agency["南局"].by_rule == {"licensing.receipt": 1, "decision": 1}
    assert (by_agency["北局"].cases, by_agency["南局"].cases) == (1, 3)


def test_a_clock_has_a_share_on_time_and_a_rule_has_none(summary: Summary) -> None:
    shares = {line.provision.id: line.on_time for line in summary.rules}
    assert shares["decision"] == pytest.approx(1 - 2 / 4)
    assert shares["licensing.receipt"] is None
    assert shares["joint_decision"] is None


def test_lateness_is_counted_in_calendar_days_to_the_stop_or_to_now(summary: Summary) -> None:
    days = {line.case: line.days_late for line in summary.worst}
    assert days["A"] == 3  # due 2026-03-30, decided 2026-04-02
    assert days["D"] > 0
    assert summary.running == 1


def test_the_gravest_cases_come_first_and_no_more_than_asked(judged: LogJudgement, summary: Summary) -> None:
    gravities = [line.gravity for line in summary.worst]
    assert gravities == sorted(gravities, reverse=True)
    few = summarise(judged, NOW, kept=1)
    assert [line.case for line in few.worst] == [summary.worst[0].case]
    assert few.breaches == summary.breaches


def test_months_are_those_from_which_a_breach_holds(judged: LogJudgement, summary: Summary) -> None:
    assert summary.months == Counter(
        one.since.isoformat()[:7] for one in judged.findings() if one.kind is FindingKind.BREACH
    )


def test_a_case_of_two_agencies_counts_for_both(root: Path, tmp_path: Path) -> None:
    text = LOG.replace("A,reviewed,2026-04-01,李四,北局", "A,reviewed,2026-04-01,李四,南局")
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    packs = open_packs(root / "packs")
    version = packs.procedure("cn.licensing")
    types = {name: str(one.type) for kind in version.events.values() for name, one in kind.fields.items()}
    log = read_log(path, zone=version.zone, types=types)
    judged = judge_log(log, packs.versions("cn.licensing"), {"cn": packs.calendar("cn")}, NOW)
    by_agency = {one.agency: one for one in summarise(judged, NOW).agencies}
    assert (by_agency["北局"].cases, by_agency["南局"].cases) == (1, 4)
    assert all(one.violated_cases <= one.cases for one in by_agency.values())
