"""The law of a case is the one in force on the day that the law itself names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.model import JudgedBy
from xiaoneng.packs.select import NotInForceError, holds, on, select

from .places import FIXTURES

TEA = open_packs(FIXTURES).procedure("xx.tea")
CHANGE = dt.date(2020, 1, 1)
OLD = replace(TEA, in_force_from=dt.date(2012, 1, 1), in_force_until=CHANGE)
BEFORE, AFTER = dt.date(2019, 12, 31), dt.date(2020, 1, 1)


def test_receipt_looks_at_the_first_event_and_act_at_the_last() -> None:
    assert select((OLD, TEA), BEFORE, AFTER) is OLD
    acts = (replace(OLD, judged_by=JudgedBy.ACT), replace(TEA, judged_by=JudgedBy.ACT))
    assert select(acts, BEFORE, AFTER) is acts[1]
    assert select(acts, BEFORE, BEFORE) is acts[0]


def test_where_two_versions_claim_a_case_the_later_one_holds() -> None:
    act = replace(TEA, judged_by=JudgedBy.ACT)
    assert select((OLD, act), BEFORE, AFTER) is act


def test_the_day_on_which_a_version_ends_is_not_its_own() -> None:
    assert holds(OLD, BEFORE)
    assert not holds(OLD, AFTER)
    assert on((OLD, TEA), AFTER) is TEA
    assert on((OLD, TEA), BEFORE) is OLD


@pytest.mark.parametrize("judged_by", JudgedBy)
def test_a_case_before_every_version_says_so(judged_by: JudgedBy) -> None:
    versions = (replace(TEA, judged_by=judged_by), replace(OLD, judged_by=judged_by))
    with pytest.raises(NotInForceError) as caught:
        select(versions, dt.date(2003, 1, 1), dt.date(2003, 1, 1))
    assert str(caught.value) == (
        "no version of xx.tea is in force on 2003-01-01; the first holds from 2012-01-01, "
        "so add family.2003.yaml with the law of that day, or mend the date (XN-P086)"
    )


def test_a_case_after_the_last_version_says_so() -> None:
    with pytest.raises(NotInForceError, match=r"no version of xx\.tea is in force on 2021-05-05"):
        on((OLD,), dt.date(2021, 5, 5))


def test_a_procedure_without_versions_is_said_to_have_none() -> None:
    with pytest.raises(NotInForceError, match=r"there is no version to choose from; add family\.yaml"):
        select((), BEFORE, AFTER)
