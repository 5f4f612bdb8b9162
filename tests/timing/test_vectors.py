"""Dates computed by others from the official notices, and every day against two other sources."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from xiaoneng.timing.dates import to_date, to_day
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.timing.calendar import Calendar

YEARS = range(2007, 2027)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-02-11", 5, "2026-02-25"),
        ("2026-02-11", 20, "2026-03-17"),
        ("2026-04-29", 5, "2026-05-09"),
        ("2025-12-30", 5, "2026-01-07"),
        ("2026-01-05", 45, "2026-03-13"),
        ("2026-09-29", 2, "2026-10-08"),
        ("2026-09-18", 20, "2026-10-22"),
    ],
)
def test_working_days_are_counted_as_the_notices_say(cn: Calendar, start: str, n: int, due: str) -> None:
    found = Limit(n, LimitKind.WORKING_DAYS).due_on(dt.date.fromisoformat(start), cn)
    assert str(found.on) == due
    assert not found.provisional


@pytest.mark.parametrize(
    ("start", "n", "before_roll", "due"),
    [
        ("2026-09-17", 15, "2026-10-02", "2026-10-08"),
        ("2026-02-01", 15, "2026-02-16", "2026-02-24"),
        ("2026-01-30", 15, "2026-02-14", "2026-02-14"),  # a make-up Saturday is no day off
        ("2026-08-06", 60, "2026-10-05", "2026-10-08"),
        ("2025-12-01", 90, "2026-03-01", "2026-03-02"),
    ],
)
def test_calendar_days_roll_forward(cn: Calendar, start: str, n: int, before_roll: str, due: str) -> None:
    found = Limit(n, LimitKind.CALENDAR_DAYS).due_on(dt.date.fromisoformat(start), cn)
    assert (str(found.before_roll), str(found.on)) == (before_roll, due)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(cn: Calendar, year: int) -> None:
    assert sum(map(cn.is_working, _days_of(year))) == 248


def test_every_day_agrees_with_chinesecalendar(cn: Calendar) -> None:
    theirs = pytest.importorskip("chinese_calendar")
    differing = [
        str(to_date(day))
        for year in YEARS
        for day in _days_of(year)
        if cn.is_working(day) != theirs.is_workday(to_date(day))
    ]
    assert differing == []


def test_every_day_agrees_with_the_public_data_set(cn: Calendar, data: Path) -> None:
    said: dict[dt.date, bool] = {}
    for year in YEARS:
        for one in json.loads((data / "calendar" / f"cn-{year}.json").read_text(encoding="utf-8"))["days"]:
            said[dt.date.fromisoformat(one["date"])] = not one["isOffDay"]
    differing = [
        str(on)
        for year in YEARS
        for on in map(to_date, _days_of(year))
        if cn.is_working(to_day(on)) != said.get(on, on.weekday() < 5)
    ]
    assert differing == []


def test_dutch_holidays_follow_the_statute(nl: Calendar) -> None:
    off = {to_date(day) for day in _days_of(2014) if not nl.is_working(day)}
    weekdays_off = sorted(str(on) for on in off if on.weekday() < 5)
    assert weekdays_off == [
        "2014-01-01", "2014-04-18", "2014-04-21", "2014-05-05", "2014-05-29", "2014-06-09", "2014-12-25", "2014-12-26",
    ]  # fmt: skip
    assert nl.reason(to_day(dt.date(2014, 4, 26))).name_en == "King's Day"  # the 27th was a Sunday
    assert nl.reason(to_day(dt.date(2013, 4, 30))).name_en == "Queen's Day"
    assert nl.is_working(to_day(dt.date(2014, 4, 30)))


def test_the_republic_day_of_italy_came_back_in_2001(it: Calendar) -> None:
    assert it.is_working(to_day(dt.date(2000, 6, 2)))
    assert [it.is_working(to_day(dt.date(year, 6, 2))) for year in (2003, 2004, 2005)] == [False] * 3
    assert not it.is_working(to_day(dt.date(2011, 3, 17)))
    assert it.is_working(to_day(dt.date(2010, 3, 17)))


def _days_of(year: int) -> range:
    return range(to_day(dt.date(year, 1, 1)), to_day(dt.date(year + 1, 1, 1)))
