"""Numbers that other programs have counted on the log of fines.

Twenty plain rules: pm4py 2.7.23, polars, duckdb and a compiled evaluator agree (Declare4Py 2.2.0 on the 17 it can say). Five rules
with data and elapsed time: Declare4Py's MP-Declare analyser and an independent program agree.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from xiaoneng.replay.engine import COLUMNS
from xiaoneng.replay.judge import LogJudgement, judge_log
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from xiaoneng.packs.folder import Packs
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.judgement import RuleCount

NOW = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
VIOLATED = {
    "fine.01-starts-with-the-fine": 0,
    "fine.02-one-fine": 0,
    "fine.03-sent": 46_383,
    "fine.04-no-judge": 555,
    "fine.05-created-then-sent": 46_383,
    "fine.06-sent-then-notified": 24_127,
    "fine.07-notified-then-penalty": 0,
    "fine.08-penalty-then-collection": 20_847,
    "fine.09-fine-before-payment": 0,
    "fine.10-sent-before-notified": 0,
    "fine.11-notified-before-penalty": 0,
    "fine.12-penalty-before-collection": 0,
    "fine.13-sent-next": 46_978,
    "fine.14-appeal-passed-on-next": 2_982,
    "fine.15-payment-then-collection": 67_611,
    "fine.16-sent-before-each-penalty": 0,
    "fine.17-paid-or-collected": 2_126,
    "fine.18-appeal-has-a-date": 0,
    "fine.19-result-notified": 103,
    "fine.20-appeal-passed-on": 51,
}
CONDITIONED = {
    "fine.21-sent-in-ninety-days": (135_855, 88_829),
    "fine.22-penalty-in-sixty-days": (79_860, 17_564),
    "fine.23-penalty-soon-after-notified": (79_860, 17_564),
    "fine.24-small-fine-paid": (14_515, 11_476),
    "fine.25-sent-next-in-120-days": (146_210, 73_273),
}


@pytest.fixture(scope="module")
def judged(fines: Log, packs: Packs) -> LogJudgement:
    return judge_log(fines, packs.versions("it.traffic-fine"), {"it": packs.calendar("it")}, NOW, compiled=True)


@pytest.fixture(scope="module")
def counts(judged: LogJudgement) -> dict[str, RuleCount]:
    return judged.by_rule()


def test_every_case_is_judged(judged: LogJudgement) -> None:
    assert judged.not_in_force == ()
    assert [len(part.log.cases) for part in judged.parts] == [150_370]


@pytest.mark.parametrize(("rule", "cases"), VIOLATED.items())
def test_a_plain_rule_is_violated_in_as_many_cases_as_others_have_counted(
    counts: dict[str, RuleCount], rule: str, cases: int
) -> None:
    assert counts[rule].violated_cases == cases


@pytest.mark.parametrize(("rule", "wanted"), CONDITIONED.items())
def test_a_rule_with_data_and_time_has_the_activations_and_violations_that_others_have_counted(
    counts: dict[str, RuleCount], rule: str, wanted: tuple[int, int]
) -> None:
    assert (counts[rule].activations, counts[rule].breaches) == wanted


def test_no_rule_is_left_out(counts: dict[str, RuleCount]) -> None:
    assert counts.keys() == VIOLATED.keys() | CONDITIONED.keys()


def test_threads_do_not_change_a_row(fines: Log, packs: Packs, judged: LogJudgement) -> None:
    again = judge_log(
        fines, packs.versions("it.traffic-fine"), {"it": packs.calendar("it")}, NOW, compiled=True, workers=2
    )
    for name, _ in COLUMNS:
        assert (getattr(again.parts[0].rows, name) == getattr(judged.parts[0].rows, name)).all()


def test_single_cases_say_online_what_the_log_says(fines: Log, packs: Packs, judged: LogJudgement) -> None:
    [procedure], [part] = packs.versions("it.traffic-fine"), judged.parts
    several = range(0, 150_370, 1_503)
    found = {
        case: [(one.id, one.since, one.until) for one in part.findings_of(case, rows, start)]
        for case, rows, start in part.cases_with_rows()
        if case in several
    }
    assert len(found) > 50
    for case in several:
        verdict = supervise(procedure, fines.events(case), packs.calendar("it"), NOW, complete=True)
        assert [(one.id, one.since, one.until) for one in verdict.findings] == found.get(case, [])
