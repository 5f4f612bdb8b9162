"""Why a limit ends when it does, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from xiaoneng.timing.calendar import DayReason, DayWhy
from xiaoneng.timing.dates import to_date
from xiaoneng.timing.errors import LimitMisused
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS, Limit, end_of_count, local_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from xiaoneng.timing.calendar import Calendar


class Ground(Protocol):
    """Words for the legal ground of an off-clock interval."""

    @property
    def zh(self) -> str:
        """In Chinese."""

    @property
    def en(self) -> str:
        """In English, or empty."""


class Counting(StrEnum):
    """What a day did to the limit."""

    DAY_ZERO = "day_zero"
    COUNTED = "counted"
    NOT_WORKING = "not_working"
    OFF_CLOCK = "off_clock"
    ROLLED = "rolled"


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of an explanation. `number` is the place of a counted day, else 0.

    Texts are complete sentences.
    """

    on: dt.date
    counting: Counting
    why: DayWhy
    number: int
    notice: str
    provisional: bool
    is_due: bool
    zh: str
    en: str

    @property
    def counted(self) -> bool:
        """Whether the day used up one day of the limit."""
        return self.counting == Counting.COUNTED


def explain(
    start: dt.date,
    limit: Limit,
    calendar: Calendar,
    off: Sequence[tuple[dt.date, dt.date, Ground]] = (),
    extension: int = 0,
    *,
    roll: bool = True,
) -> tuple[DayLine, ...]:
    """Say of every day from the start to the due day whether it counted, and why.

    `off` holds off-clock intervals (opened, closed, ground): the day on which one opens still counts, the day
    on which it closes does not. `extension` is in the kind of the limit. Off-clock days lengthen months and
    years by days. Raises LimitMisused for a limit of hours, CalendarNotCovered where the calendar ends first.
    """
    if limit.kind in HOUR_KINDS:
        raise LimitMisused(f"a limit of {limit.kind} ends at a moment; there are no days to explain")
    day = local_day(start)
    whole = Limit(limit.n + extension, limit.kind)
    working_only = limit.kind == LimitKind.WORKING_DAYS
    wanted = whole.n if working_only else end_of_count(day, whole) - day
    intervals = [(local_day(opened), local_day(closed), ground) for opened, closed, ground in off]
    lines = list(_count(day, wanted, calendar, intervals, working_only=working_only))
    if roll or working_only:
        lines.extend(_roll(lines[-1][0].day, calendar))
    last = len(lines) - 1
    return tuple(_line(*line, is_due=i == last, working_only=working_only) for i, line in enumerate(lines))


_Step = tuple[DayReason, Counting, int, Ground | None]


def _count(
    day: int, wanted: int, calendar: Calendar, intervals: list[tuple[int, int, Ground]], *, working_only: bool
) -> Iterator[_Step]:
    """Walk from day zero until `wanted` days have counted."""
    yield calendar.reason(day), Counting.DAY_ZERO, 0, None
    number = 0
    while number < wanted:
        day += 1
        reason = calendar.reason(day)
        ground = next((ground for opened, closed, ground in intervals if opened < day <= closed), None)
        if working_only and not reason.working:
            yield reason, Counting.NOT_WORKING, 0, None
        elif ground is not None:
            yield reason, Counting.OFF_CLOCK, 0, ground
        else:
            number += 1
            yield reason, Counting.COUNTED, number, None


def _roll(day: int, calendar: Calendar) -> Iterator[_Step]:
    """Walk on to the next working day where counting ended on a day off."""
    while not calendar.is_working(day):
        day += 1
        yield calendar.reason(day), Counting.ROLLED, 0, None


_WHY = {
    DayWhy.WEEKDAY: ("工作日", "working day"),
    DayWhy.WEEKEND: ("周末", "weekend"),
    DayWhy.HOLIDAY: ("节假日", "holiday"),
    DayWhy.MAKE_UP: ("调休上班", "make-up working day"),
}


def _line(
    reason: DayReason,
    counting: Counting,
    number: int,
    ground: Ground | None,
    *,
    is_due: bool,
    working_only: bool,
) -> DayLine:
    on = to_date(reason.day)
    zh, en = day_words(reason)
    if counting == Counting.COUNTED:
        unit = "working day" if working_only else "day"
        zh, en = f"{zh} 计第 {number} 日", f"{en}, counts as {unit} {number}"
    elif counting == Counting.DAY_ZERO:
        zh, en = "起算日 不计", "day zero, not counted"
    elif counting == Counting.ROLLED:
        zh, en = f"{zh} 顺延", f"{en}, rolled forward"
    elif ground is not None:
        zh, en = f"停计：{ground.zh} 不计", f"off the clock: {ground.en or ground.zh}, not counted"
    else:
        zh, en = f"{zh} 不计", f"{en}, not counted"
    if is_due:
        zh, en = f"{zh} 届满日", f"{en}, due"
    if reason.provisional:
        zh, en = f"{zh}（预估）", f"{en} (provisional)"
    return DayLine(
        on,
        counting,
        reason.why,
        number,
        reason.notice,
        reason.provisional,
        is_due,
        f"{on} {zh}",
        f"{on} {en}",
    )


def day_words(reason: DayReason) -> tuple[str, str]:
    """Say what a day is, in Chinese and in English: the name of the holiday, or what sort of day."""
    if reason.why == DayWhy.HOLIDAY:
        return reason.name_zh, reason.name_en or reason.name_zh
    return _WHY[reason.why]
