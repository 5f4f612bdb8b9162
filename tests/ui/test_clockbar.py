"""The bar of a clock: every day in its place, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.words import Words
from xiaoneng.supervise.story import ClockStory
from xiaoneng.timing.explain import explain
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit
from xiaoneng.ui.clockbar import clock_bar, clock_bars

if TYPE_CHECKING:
    from pathlib import Path

START = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 6, 1)


@pytest.fixture(scope="module")
def story(root: Path) -> ClockStory:
    calendar = open_packs(root / "packs").calendar("cn")
    limit = Limit(10, LimitKind.WORKING_DAYS)
    off = (dt.date(2026, 3, 4), dt.date(2026, 3, 6), Words("听证"))
    days = explain(START, limit, calendar, [off])
    return ClockStory(
        id="decision",
        name=Words("决定"),
        says=Words("决定"),
        cite=(),
        activation="e1",
        start=START,
        due=days[-1].on,
        stopped=dt.date(2026, 3, 20),
        late=True,
        held=False,
        provisional=False,
        limit=limit,
        off=(off,),
        extension=0,
        days=days,
    )


def test_runs_cover_every_day_once(story: ClockStory) -> None:
    bar = clock_bar(story, TODAY)
    assert sum(run.days for run in bar.runs) == bar.days
    at = 0
    for run in bar.runs:
        assert run.x == at
        at += run.days


def test_off_the_clock_and_late_days_are_marked(story: ClockStory) -> None:
    bar = clock_bar(story, TODAY)
    days = {look: sum(run.days for run in bar.runs if run.look == look) for look in ("off", "late", "zero", "spare")}
    assert story.due == dt.date(2026, 3, 18)
    assert days == {"off": 2, "late": 2, "zero": 1, "spare": 0}
    assert (bar.due, bar.end, bar.is_running) == (16, 18, False)


def test_days_after_an_early_end_are_spare(story: ClockStory) -> None:
    bar = clock_bar(replace(story, stopped=dt.date(2026, 3, 9), late=False), TODAY)
    assert bar.days == 17
    assert sum(run.days for run in bar.runs if run.look == "spare") == 9


def test_a_running_clock_reaches_to_today(story: ClockStory) -> None:
    bar = clock_bar(replace(story, stopped=None), TODAY)
    assert bar.days == (TODAY - START).days + 1
    assert (bar.end, bar.is_running) == (None, True)


def test_reasons_tell_every_day_and_end_with_the_due_day(story: ClockStory) -> None:
    bar = clock_bar(story, TODAY)
    assert sum((one.last - one.first).days + 1 for one in bar.reasons) == len(story.days)
    assert bar.reasons[-1].is_due
    assert bar.reasons[-1].zh == "工作日 计第 10 日，届满日"
    assert any("听证" in one.zh for one in bar.reasons)


def test_a_clock_without_days_is_drawn_from_its_dates(story: ClockStory) -> None:
    bar = clock_bar(replace(story, days=(), limit=None), TODAY)
    assert (bar.days, bar.due, bar.end, bar.reasons) == (19, 16, 18, ())


def test_a_held_clock_without_a_due_day_is_off_the_clock(story: ClockStory) -> None:
    bar = clock_bar(replace(story, days=(), due=None, stopped=None, held=True), TODAY)
    assert {run.look for run in bar.runs} == {"off"}


def test_the_clocks_of_a_case_stand_along_one_time(story: ClockStory) -> None:
    later = dt.date(2026, 3, 12)
    short = replace(story, days=(), start=later, due=dt.date(2026, 3, 16), stopped=dt.date(2026, 3, 24))
    one, other = clock_bars([story, short], TODAY)
    assert one.days == other.days == (dt.date(2026, 3, 24) - START).days + 1
    assert other.runs[0].x == (later - START).days
    assert (one.due, other.due) == (16, 14)
    assert (one.end, other.end) == (18, 22)
    assert clock_bars([], TODAY) == []
