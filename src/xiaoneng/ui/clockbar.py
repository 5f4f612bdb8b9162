"""A clock as a bar: one unit per day, with what counted, what did not, where it was due and where it ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from xiaoneng.timing.explain import Counting, DayLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.supervise.story import ClockStory

CLASSES = {
    Counting.DAY_ZERO: "zero",
    Counting.COUNTED: "counted",
    Counting.NOT_WORKING: "rest",
    Counting.OFF_CLOCK: "off",
    Counting.ROLLED: "rest",
}
LATE = "late"
SPARE = "spare"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring days of one class, from day `x` of the bar on."""

    x: int
    days: int
    look: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why neighbouring days counted or not; `last` equals `first` for one day."""

    first: dt.date
    last: dt.date
    look: str
    zh: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class ClockBar:
    """The bar of one activation in a box of `days`; `due` and `end` are positions in days, None where there are none."""

    days: int
    runs: tuple[Run, ...]
    due: int | None
    end: int | None
    is_running: bool
    reasons: tuple[Reason, ...]


def clock_bars(clocks: Sequence[ClockStory], today: dt.date) -> list[ClockBar]:
    """Lay out the clocks of one case along one time: a day stands at the same place in each."""
    bars = [clock_bar(story, today) for story in clocks]
    starts = [_start(story) for story in clocks]
    first = min(starts, default=today)
    shifts = [(start - first).days for start in starts]
    days = max((shift + bar.days for shift, bar in zip(shifts, bars, strict=True)), default=0)
    return [_shifted(bar, shift, days) for shift, bar in zip(shifts, bars, strict=True)]


def _shifted(bar: ClockBar, by: int, days: int) -> ClockBar:
    return replace(
        bar,
        days=days,
        runs=tuple(replace(run, x=run.x + by) for run in bar.runs),
        due=None if bar.due is None else bar.due + by,
        end=None if bar.end is None else bar.end + by,
    )


def clock_bar(story: ClockStory, today: dt.date) -> ClockBar:
    """Lay out a clock. Days after its end are pale, days after its due are late."""
    start = _start(story)
    due = None if story.due is None else _date(story.due)
    ended = today if story.stopped is None else _date(story.stopped)
    last = max(start, ended, due or ended)
    looks = {line.on: CLASSES[line.counting] for line in story.days}
    line = []
    for offset in range((last - start).days + 1):
        on = start + dt.timedelta(days=offset)
        if due is not None and on > due:
            line.append(LATE if on <= ended else SPARE)
        elif on > ended:
            line.append(SPARE)
        else:
            line.append(looks.get(on, "off" if story.held else "zero" if on == start else "counted"))
    runs, x = [], 0
    for look, group in groupby(line):
        size = len(list(group))
        runs.append(Run(x, size, look))
        x += size
    return ClockBar(
        days=len(line),
        runs=tuple(runs),
        due=None if due is None else max((due - start).days, 0),
        end=None if story.stopped is None else max((ended - start).days, 0),
        is_running=story.stopped is None,
        reasons=reasons(story.days),
    )


def reasons(lines: tuple[DayLine, ...]) -> tuple[Reason, ...]:
    """Every day's reason; neighbouring days with the same reason stand together."""
    found = []
    for (look, is_due, zh), group in groupby(lines, key=_key):
        days = list(group)
        first, last = days[0], days[-1]
        words = zh
        if first.counted:
            numbers = f"{first.number}–{last.number}" if last is not first else str(first.number)
            words = f"{zh} 计第 {numbers} 日"
        found.append(Reason(first.on, last.on, look, words + ("，届满日" if is_due else ""), is_due))
    return tuple(found)


def _key(line: DayLine) -> tuple[str, bool, str]:
    """What days of one reason share: look, due or not, and the text without date, number and due."""
    zh = line.zh.removeprefix(f"{line.on} ").replace(" 届满日", "")
    if line.counted:
        zh = zh.partition(" 计第")[0]
    return CLASSES[line.counting], line.is_due, zh


def _start(story: ClockStory) -> dt.date:
    return story.days[0].on if story.days else _date(story.start)


def _date(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
