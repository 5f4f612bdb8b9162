from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.timing.errors import CalendarNotCovered, LimitMisused
from xiaoneng.timing.explain import Counting, explain
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

if TYPE_CHECKING:
    from xiaoneng.timing.calendar import Calendar
    from xiaoneng.timing.explain import DayLine


@dataclass(frozen=True)
class Ground:
    zh: str
    en: str = ""


HEARING = Ground("听证", "hearing")
TESTING = Ground("检验")
KINDS = (LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, LimitKind.MONTHS)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def texts(lines: tuple[DayLine, ...]) -> dict[str, str]:
    return {str(line.on): line.zh for line in lines}


def test_a_working_day_limit_explains_holidays_and_make_up_days(cn: Calendar) -> None:
    lines = explain(on("2026-09-29"), Limit(4, LimitKind.WORKING_DAYS), cn)
    assert [line.zh for line in lines] == [
        "2026-09-29 起算日 不计",
        "2026-09-30 工作日 计第 1 日",
        *[f"2026-10-0{day} 国庆节 不计" for day in range(1, 8)],
        "2026-10-08 工作日 计第 2 日",
        "2026-10-09 工作日 计第 3 日",
        "2026-10-10 调休上班 计第 4 日 届满日",
    ]
    assert lines[2].notice == "国办发明电〔2025〕7号"
    assert lines[2].en == "2026-10-01 National Day, not counted"
    assert lines[-1].en == "2026-10-10 make-up working day, counts as working day 4, due"
    assert [line.counted for line in lines].count(True) == 4


def test_a_weekend_is_not_counted(cn: Calendar) -> None:
    lines = explain(on("2026-03-06"), Limit(1, LimitKind.WORKING_DAYS), cn)
    assert texts(lines)["2026-03-07"] == "2026-03-07 周末 不计"


def test_calendar_days_count_every_day_and_then_roll(cn: Calendar) -> None:
    limit = Limit(15, LimitKind.CALENDAR_DAYS)
    lines = explain(on("2026-09-17"), limit, cn)
    said = texts(lines)
    assert said["2026-09-19"] == "2026-09-19 周末 计第 2 日"
    assert said["2026-10-02"] == "2026-10-02 国庆节 计第 15 日"
    assert said["2026-10-07"] == "2026-10-07 国庆节 顺延"
    assert said["2026-10-08"] == "2026-10-08 工作日 顺延 届满日"
    assert lines[-1].en == "2026-10-08 working day, rolled forward, due"
    assert explain(on("2026-09-17"), limit, cn, roll=False)[-1].on == on("2026-10-02")


def test_the_day_an_interval_opens_counts_and_the_day_it_closes_does_not(cn: Calendar) -> None:
    off = [(on("2026-03-03"), on("2026-03-05"), HEARING)]
    lines = explain(on("2026-03-02"), Limit(3, LimitKind.WORKING_DAYS), cn, off)
    assert [line.zh for line in lines] == [
        "2026-03-02 起算日 不计",
        "2026-03-03 工作日 计第 1 日",
        "2026-03-04 停计：听证 不计",
        "2026-03-05 停计：听证 不计",
        "2026-03-06 工作日 计第 2 日",
        "2026-03-07 周末 不计",
        "2026-03-08 周末 不计",
        "2026-03-09 工作日 计第 3 日 届满日",
    ]
    assert lines[2].en == "2026-03-04 off the clock: hearing, not counted"


def test_overlapping_intervals_count_once_and_a_same_day_one_not_at_all(cn: Calendar) -> None:
    limit = Limit(3, LimitKind.WORKING_DAYS)
    start, opened, closed = on("2026-03-02"), on("2026-03-03"), on("2026-03-05")
    alone = explain(start, limit, cn, [(opened, closed, HEARING)])
    overlapping = [(opened, closed, HEARING), (on("2026-03-04"), closed, TESTING), (opened, opened, TESTING)]
    assert explain(start, limit, cn, overlapping) == alone


def test_a_weekend_off_the_clock_is_a_weekend_for_working_days_only(cn: Calendar) -> None:
    off = [(on("2026-03-06"), on("2026-03-09"), TESTING)]
    working = explain(on("2026-03-05"), Limit(2, LimitKind.WORKING_DAYS), cn, off)
    assert [line.counting for line in working if line.on.weekday() >= 5] == [Counting.NOT_WORKING] * 2
    every = explain(on("2026-03-05"), Limit(2, LimitKind.CALENDAR_DAYS), cn, off)
    assert [str(line.on) for line in every if line.counting == Counting.OFF_CLOCK] == [
        "2026-03-07", "2026-03-08", "2026-03-09",
    ]  # fmt: skip
    assert every[-1].on == on("2026-03-10")
    assert every[2].en == "2026-03-07 off the clock: 检验, not counted"


def test_an_extension_is_in_the_kind_of_the_limit(cn: Calendar) -> None:
    start = on("2026-03-02")
    extended = explain(start, Limit(1, LimitKind.MONTHS), cn, extension=1)
    assert extended[-1].on == Limit(2, LimitKind.MONTHS).due_on(start, cn).on
    assert explain(start, Limit(5, LimitKind.WORKING_DAYS), cn, extension=2)[-1].number == 7


def test_what_rests_on_no_notice_says_so(cn: Calendar) -> None:
    line = explain(on("2026-12-31"), Limit(1, LimitKind.WORKING_DAYS), cn)[-1]
    assert line.zh == "2027-01-01 工作日 计第 1 日 届满日（预估）"
    assert line.en.endswith("due (provisional)")


def test_a_limit_of_none_is_explained_too(cn: Calendar) -> None:
    lines = explain(on("2026-09-19"), Limit(0, LimitKind.WORKING_DAYS), cn)
    assert [line.zh for line in lines] == ["2026-09-19 起算日 不计", "2026-09-20 调休上班 顺延 届满日"]


def test_hours_and_uncovered_days_are_refused(cn: Calendar) -> None:
    with pytest.raises(LimitMisused, match="no days to explain"):
        explain(on("2026-03-02"), Limit(1, LimitKind.ELAPSED_HOURS), cn)
    with pytest.raises(CalendarNotCovered):
        explain(on("2036-12-30"), Limit(9, LimitKind.CALENDAR_DAYS), cn)


@given(st.dates(dt.date(2007, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 40), st.sampled_from(KINDS), st.booleans())
@settings(deadline=None, max_examples=50)
def test_the_explanation_ends_where_the_limit_does(
    cn: Calendar, start: dt.date, n: int, kind: LimitKind, roll: bool
) -> None:
    limit = Limit(n, kind)
    lines = explain(start, limit, cn, roll=roll)
    assert lines[-1].on == limit.due_on(start, cn, roll=roll).on
    assert [line.is_due for line in lines].count(True) == 1
    assert lines[-1].is_due
    assert all(after.on - before.on == dt.timedelta(days=1) for before, after in pairwise(lines))
