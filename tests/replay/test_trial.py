"""A case file on trial says what it expected, what came, and on which line."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.packs.cases import CaseFile, load_case
from xiaoneng.packs.folder import Packs
from xiaoneng.replay.trial import due_of_last, run_case, run_case_in_columns

ROOT = Path(__file__).resolve().parents[2] / "packs"
EVENTS = """\
  - {on: 2026-03-02, kind: application_received}
  - {on: 2026-03-02, kind: accepted, data: {handling: single, receipt_given: true}}
  - {on: 2026-03-20, kind: reviewed}
"""
DECIDED = "  - {on: 2026-03-31, kind: decision_made, data: {granted: true, written: true}}\n"
LATE = "findings: [{rule: decision, since: 2026-03-31, until: 2026-03-31}]\n"
CAME = "decision since 2026-03-31 until 2026-03-31"
MEND = "mend the law or the file (XN-P097)"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@lru_cache(maxsize=1)
def packs() -> Packs:
    return Packs(ROOT)


def case(folder: Path, text: str) -> CaseFile:
    """Read a case file of the licensing law from a folder of the test's own."""
    kind = "good" if "findings: []" in text else "bad"
    path = folder / kind / "one.yaml"
    path.parent.mkdir()
    path.write_text(f"says: 试\nproves: [decision]\n{text}", encoding="utf-8")
    return load_case(path, packs().versions("cn.licensing"), folder)


def plain(one: CaseFile) -> list[str]:
    return [str(complaint) for complaint in run_case(one, packs().calendar("cn"))]


def columns(one: CaseFile) -> list[str]:
    return [str(complaint) for complaint in run_case_in_columns(one, packs().calendar("cn"), compiled=False)]


def test_a_file_that_is_right_has_no_differences(tmp_path: Path) -> None:
    one = case(tmp_path, f"events:\n{EVENTS}{DECIDED}{LATE}due: {{decision: 2026-03-30}}\n")
    assert plain(one) == []
    assert columns(one) == []


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (
            "findings: [{rule: decision, since: 2026-03-30}]\n",
            [
                f"bad/one.yaml:8: findings.0: expected decision since 2026-03-30; came {CAME}; {MEND}",
                f"bad/one.yaml:8: findings: came, and is not expected: {CAME}; {MEND}",
            ],
        ),
        (
            "findings: []\n",
            [f"good/one.yaml:8: findings: came, and is not expected: {CAME}; {MEND}"],
        ),
        (
            "findings:\n  - {rule: decision}\n  - {rule: licensing.reviewed-first}\n",
            [f"bad/one.yaml:10: findings.1: expected licensing.reviewed-first; came nothing of it; {MEND}"],
        ),
    ],
)
def test_differences_in_findings_are_told_alike_at_both_speeds(
    findings: str, expected: list[str], tmp_path: Path
) -> None:
    one = case(tmp_path, f"events:\n{EVENTS}{DECIDED}{findings}")
    assert plain(one) == expected
    assert columns(one) == expected


def test_an_exact_expectation_is_met_before_an_open_one(tmp_path: Path) -> None:
    twice = "findings: [{rule: decision}, {rule: decision, since: 2026-03-31}]\n"
    (only,) = plain(case(tmp_path, f"events:\n{EVENTS}{DECIDED}{twice}"))
    assert only.startswith("bad/one.yaml:8: findings.0: expected decision; came nothing of it")


def test_a_fact_deemed_on_another_day_is_told(tmp_path: Path) -> None:
    asked = "events:\n  - {on: 2026-03-02, kind: application_received}\nnow: 2026-03-12\n"
    found = "findings: [{rule: completeness}]\ndeemed: [{kind: accepted, on: 2026-03-09}]\n"
    one = case(tmp_path, asked + found)
    expected = f"bad/one.yaml:7: deemed: expected accepted on 2026-03-09; came accepted on 2026-03-10; {MEND}"
    assert plain(one) == columns(one) == [expected]


def test_a_due_day_is_that_of_the_activation_at_its_stop(tmp_path: Path) -> None:
    said = "{days: 5, approved_by: agency_head, reason: 案情复杂, reason_told: true}"
    extended = f"  - {{on: 2026-03-24, kind: extended, data: {said}}}\n"
    one = case(tmp_path, f"events:\n{EVENTS}{extended}{DECIDED}findings: []\ndue: {{decision: 2026-03-30}}\n")
    assert plain(one) == [f"good/one.yaml:10: due.decision: expected 2026-03-30; came 2026-04-07; {MEND}"]
    assert due_of_last("joint_decision", one, packs().calendar("cn")) is None


def test_a_clock_that_never_ran_has_no_due_day(tmp_path: Path) -> None:
    one = case(tmp_path, f"events:\n{EVENTS}{DECIDED}{LATE}due: {{joint_decision: 2026-05-08}}\n")
    (only,) = plain(one)
    assert "due.joint_decision: expected 2026-05-08; came no due day" in only


def test_a_running_clock_is_due_as_of_the_instant_of_judging(tmp_path: Path) -> None:
    one = case(tmp_path, f"events:\n{EVENTS}findings: []\n")
    assert due_of_last("decision", one, packs().calendar("cn")) == dt.date(2026, 3, 30)
    assert one.now == dt.datetime(2026, 3, 21, tzinfo=SHANGHAI)


def test_days_without_a_calendar_are_told_at_the_events(tmp_path: Path) -> None:
    far = EVENTS.replace("2026-", "2126-")
    (only,) = plain(case(tmp_path, f"events:\n{far}findings: []\n"))
    assert only.startswith("good/one.yaml:3: events: working days ")
    assert "(XN-P097)" in only


def test_a_case_of_which_everything_is_retracted_has_no_findings(tmp_path: Path) -> None:
    gone = (
        "events:\n  - {id: a, on: 2026-03-02, kind: application_received}\n"
        "  - {on: 2026-03-03, kind: correction, corrects: a, retracted: true}\nfindings: []\n"
    )
    one = case(tmp_path, gone)
    assert plain(one) == columns(one) == []
