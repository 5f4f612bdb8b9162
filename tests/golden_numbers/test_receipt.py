"""The receipt phase of environmental permits: late, in time and open, by the date on the wall where the office stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.judge import judge_log

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.packs.folder import Packs
    from xiaoneng.replay.intake.log import Log

NOW = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
RULE = "wabo-receipt.recorded-limit"


@pytest.fixture(scope="module")
def receipt(receipt_path: Path, packs: Packs) -> Log:
    return read_log(receipt_path, packs.mapping("receipt"))


@pytest.mark.parametrize("compiled", [False, True])
def test_309_cases_end_late_1020_in_time_and_105_not_at_all(receipt: Log, packs: Packs, compiled: bool) -> None:
    judged = judge_log(receipt, packs.versions("nl.wabo-receipt"), {"nl": packs.calendar("nl")}, NOW, compiled=compiled)
    completed = int((receipt.kind == receipt.kinds.index("completed")).sum())
    late = judged.by_rule()[RULE].violated_cases
    assert (late, completed - late, len(receipt.cases) - completed) == (309, 1_020, 105)
    assert judged.not_in_force == ()


def test_dates_cut_in_utc_would_make_358_of_them_late(receipt_path: Path, packs: Packs) -> None:
    in_utc = read_log(receipt_path, replace(packs.mapping("receipt"), zone="UTC"))
    [procedure] = packs.versions("nl.wabo-receipt")
    # Four cases begin at the midnight from which the law is in force; in UTC that is the day before.
    wrong = replace(procedure, zone="UTC", in_force_from=dt.date(2010, 9, 30))
    judged = judge_log(in_utc, [wrong], {"nl": packs.calendar("nl")}, NOW)
    assert judged.by_rule()[RULE].activations == 1_329
    assert judged.by_rule()[RULE].violated_cases == 358


def test_each_finding_is_about_the_end_of_its_case(receipt: Log, packs: Packs) -> None:
    judged = judge_log(receipt, packs.versions("nl.wabo-receipt"), {"nl": packs.calendar("nl")}, NOW)
    found = list(judged.findings())
    assert len({one.subject for one in found}) == len(found) == 309
    assert {one.activation for one in found} == {f"{one.subject}#completed" for one in found}
