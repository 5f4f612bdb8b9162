from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import TYPE_CHECKING

import pytest

from xiaoneng.timing.calendar import DayWhy
from xiaoneng.timing.dates import to_day
from xiaoneng.timing.errors import CalendarNotCovered

if TYPE_CHECKING:
    from xiaoneng.timing.calendar import Calendar


def day(text: str) -> int:
    return to_day(dt.date.fromisoformat(text))


@pytest.mark.parametrize(
    ("on", "why", "name", "notice"),
    [
        ("2026-10-01", DayWhy.HOLIDAY, "国庆节", "国办发明电〔2025〕7号"),
        ("2026-10-03", DayWhy.HOLIDAY, "国庆节", "国办发明电〔2025〕7号"),
        ("2026-10-10", DayWhy.MAKE_UP, "国庆节", "国办发明电〔2025〕7号"),
        ("2026-10-11", DayWhy.WEEKEND, "", ""),
        ("2026-10-12", DayWhy.WEEKDAY, "", ""),
        ("2015-09-03", DayWhy.HOLIDAY, "抗日战争暨世界反法西斯战争胜利70周年纪念日", "国发明电〔2015〕1号"),
        ("2020-01-31", DayWhy.HOLIDAY, "春节", "国办发明电〔2020〕1号"),
        ("2020-02-03", DayWhy.WEEKDAY, "春节", "国办发明电〔2020〕1号"),
    ],
)
def test_a_day_says_what_it_is_and_on_whose_word(cn: Calendar, on: str, why: DayWhy, name: str, notice: str) -> None:
    reason = cn.reason(day(on))
    assert (reason.why, reason.name_zh, reason.notice) == (why, name, notice)
    assert reason.working == (why in {DayWhy.WEEKDAY, DayWhy.MAKE_UP})
    assert not reason.provisional


@pytest.mark.parametrize(
    ("on", "working"),
    [
        ("2007-12-29", True), ("2007-12-31", False), ("2011-12-31", True), ("2018-12-29", True), ("2018-12-31", False),
        ("2022-12-31", False),
    ],
)  # fmt: skip
def test_a_notice_overrides_the_december_before(cn: Calendar, on: str, working: bool) -> None:
    assert cn.is_working(day(on)) == working


def test_what_a_notice_says_of_days_before_the_first_year_is_dropped(cn: Calendar) -> None:
    assert day("2006-12-30") not in cn.special
    assert min(cn.special) >= cn.first_day == day("2007-01-01")


def test_a_year_without_a_notice_knows_weekends_and_is_provisional(cn: Calendar) -> None:
    assert cn.last_published == day("2026-12-31")
    assert not cn.is_provisional(day("2026-12-31"))
    reason = cn.reason(day("2027-10-01"))
    assert (reason.working, reason.provisional, reason.why) == (True, True, DayWhy.WEEKDAY)
    assert not cn.is_working(day("2027-10-02"))
    assert cn.last_day == day("2036-12-31")


@pytest.mark.parametrize(("on", "file"), [("2006-12-31", "2006.yaml"), ("2037-01-01", "2027.yaml")])
def test_a_day_outside_the_tables_is_refused_with_advice(cn: Calendar, on: str, file: str) -> None:
    """Nothing is guessed: other systems return the last loaded day, or count every day as worked."""
    for ask in (cn.is_working, cn.reason, cn.require):
        with pytest.raises(CalendarNotCovered) as refused:
            ask(day(on))
        assert refused.value.code == "XN-T001"
        assert f"working days of {on[:4]} cannot be counted" in str(refused.value)
        assert f"add packs/cn/_calendar/{file}" in str(refused.value)


def test_a_calendar_travels_and_can_be_a_key(cn: Calendar) -> None:
    again = pickle.loads(pickle.dumps(cn))  # noqa: S301 - our own bytes
    assert again == cn
    assert {again: 1}[copy.copy(cn)] == 1
