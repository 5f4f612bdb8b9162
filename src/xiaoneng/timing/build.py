"""Making a calendar from yearly notices."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.timing import civil
from xiaoneng.timing.arithmetic import DAY_SECONDS
from xiaoneng.timing.calendar import Calendar, SpecialDay
from xiaoneng.timing.dates import to_day
from xiaoneng.timing.errors import CalendarContradiction, CalendarGap

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

PROVISIONAL_YEARS = 10
"""Years shown after the last notice, weekends only: far enough for every limit, and marked as an estimate."""


@dataclass(frozen=True, slots=True)
class DayName:
    """Name of a holiday; `notice` where it is not the first notice of the year."""

    zh: str
    en: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What the notices of one year say: days off, and weekend days worked in exchange.

    They may name days of the December before, and then override what the notice of that year said of them.
    """

    year: int
    notices: tuple[str, ...]
    off: Mapping[dt.date, DayName]
    work: Mapping[dt.date, DayName]


def build(
    calendar_id: str,
    zone: str,
    years: Sequence[YearNotice],
    *,
    weekend: Sequence[int],
    hours: Sequence[int],
    provisional_years: int = PROVISIONAL_YEARS,
) -> Calendar:
    """Build a calendar from 1 January of the first year with a notice to some years after the last.

    What a notice says of days before the first covered day is dropped. Raises CalendarGap for a missing year
    and CalendarContradiction for notices, hours, weekends or a zone that cannot be right.
    """
    ordered = sorted(years, key=lambda one: one.year)
    if not ordered:
        raise CalendarContradiction(
            f"the calendar {calendar_id} has no year; add packs/{calendar_id}/_calendar/2026.yaml"
        )
    for before, after in pairwise(ordered):
        if after.year == before.year:
            raise CalendarContradiction(f"{calendar_id}: {after.year} is given twice; keep one file for the year")
        if after.year > before.year + 1:
            raise CalendarGap(before.year + 1, calendar_id)
    _check_hours(calendar_id, hours)
    _check_zone(calendar_id, zone)
    first_day = civil.from_civil(ordered[0].year, 1, 1)
    last_published = civil.from_civil(ordered[-1].year, 12, 31)
    special: dict[int, SpecialDay] = {}
    for one in ordered:
        special |= {day: named for day, named in _named(one).items() if day >= first_day}
    free = tuple(sorted(set(weekend)))
    end = civil.from_civil(ordered[-1].year + provisional_years + 1, 1, 1)
    prefix, index = [], [first_day - 1]
    for day in range(first_day, end):
        named = special.get(day)
        if named.working if named else civil.weekday(day) not in free:
            index.append(day)
        prefix.append(len(index) - 1)
    content = [calendar_id, zone, first_day, end, last_published, free, list(hours)]
    content += [[day, d.working, d.name_zh, d.name_en, d.notice] for day, d in sorted(special.items())]
    return Calendar(
        id=calendar_id,
        zone=zone,
        first_day=first_day,
        prefix=tuple(prefix),
        index=tuple(index),
        last_published=last_published,
        special=special,
        hours=tuple(hours),
        per_day=sum(hours[1::2]) - sum(hours[::2]),
        edition=_edition(content),
        weekend=free,
    )


def _named(one: YearNotice) -> dict[int, SpecialDay]:
    """Days that the notices of one year name."""
    both = sorted(one.off.keys() & one.work.keys())
    if both:
        raise CalendarContradiction(f"{both[0]} is both off and worked in {one.year}; keep what the notice says")
    first = one.notices[0] if one.notices else ""
    named: dict[int, SpecialDay] = {}
    for working, days in ((False, one.off), (True, one.work)):
        for on, name in days.items():
            if on.year != one.year and (on.year, on.month) != (one.year - 1, 12):
                raise CalendarContradiction(
                    f"{on} stands among the days of {one.year}; "
                    "a notice names days of its year or of the December before"
                )
            named[to_day(on)] = SpecialDay(working, name.zh, name.en, name.notice or first)
    return named


def _check_hours(calendar_id: str, hours: Sequence[int]) -> None:
    in_order = all(a < b for a, b in pairwise(hours))
    if len(hours) % 2 or not in_order or any(not 0 <= second <= DAY_SECONDS for second in hours):
        raise CalendarContradiction(
            f"{calendar_id}: office hours {tuple(hours)} are not opening and closing seconds in order; "
            "write for example 32400, 61200 for nine to five"
        )


def _check_zone(calendar_id: str, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError) as error:
        raise CalendarContradiction(f"{calendar_id}: no time zone {zone!r}; write for example Asia/Shanghai") from error


def _edition(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
