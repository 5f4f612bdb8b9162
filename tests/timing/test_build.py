from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from xiaoneng.timing.build import DayName, YearNotice, build
from xiaoneng.timing.dates import to_day
from xiaoneng.timing.errors import CalendarContradiction, CalendarGap, TimingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaoneng.timing.calendar import Calendar

NAME = DayName("休息")
HOURS = (32_400, 61_200)


def year(number: int, *, off: tuple[str, ...] = (), work: tuple[str, ...] = ()) -> YearNotice:
    read = dt.date.fromisoformat
    return YearNotice(number, ("a notice",), {read(on): NAME for on in off}, {read(on): NAME for on in work})


def made(*years: YearNotice, hours: tuple[int, ...] = HOURS, zone: str = "Asia/Shanghai") -> Calendar:
    return build("xx", zone, years, weekend=(5, 6), hours=hours)


def refused(why: type[TimingError], *years: YearNotice, **rest: object) -> str:
    with pytest.raises(why) as error:
        made(*years, **rest)  # type: ignore[arg-type]
    return str(error.value)


def test_years_may_come_in_any_order() -> None:
    assert made(year(2026), year(2025)) == made(year(2025), year(2026))


def test_a_later_notice_wins_over_the_year_it_reaches_into() -> None:
    calendar = made(year(2025, off=("2025-12-31",)), year(2026, work=("2025-12-31",)))
    assert calendar.is_working(to_day(dt.date(2025, 12, 31)))


def test_a_missing_year_is_an_error_that_names_the_file() -> None:
    says = refused(CalendarGap, year(2024), year(2026))
    assert "2025" in says
    assert "add packs/xx/_calendar/2025.yaml (XN-T002)" in says


@pytest.mark.parametrize(
    ("years", "says"),
    [
        ((), "has no year"),
        ((year(2026), year(2026)), "2026 is given twice"),
        ((year(2026, off=("2026-05-01",), work=("2026-05-01",)),), "both off and worked"),
        ((year(2026, off=("2025-11-30",)),), "stands among the days of 2026"),
        ((year(2026, off=("2027-01-01",)),), "stands among the days of 2026"),
    ],
)
def test_notices_that_cannot_be_right_are_refused(years: tuple[YearNotice, ...], says: str) -> None:
    assert says in refused(CalendarContradiction, *years)


@pytest.mark.parametrize("hours", [(32_400,), (61_200, 32_400), (32_400, 90_000), (-1, 61_200), (1, 1)])
def test_office_hours_out_of_order_are_refused(hours: tuple[int, ...]) -> None:
    assert "office hours" in refused(CalendarContradiction, year(2026), hours=hours)


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "", "../etc"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    assert "no time zone" in refused(CalendarContradiction, year(2026), zone=zone)


def test_the_edition_follows_the_content() -> None:
    first = made(year(2026))
    assert first.edition == made(year(2026)).edition
    assert len(first.edition) == 16
    others = [
        made(year(2026, off=("2026-05-01",))),
        made(year(2026), hours=(32_400, 57_600)),
        made(year(2026), zone="Europe/Rome"),
        made(year(2025), year(2026)),
    ]
    assert len({first.edition, *(other.edition for other in others)}) == 5


def test_a_year_may_have_no_notice_to_cite(plain: Callable[..., Calendar]) -> None:
    calendar = plain(YearNotice(2026, (), {dt.date(2026, 5, 1): NAME}, {}))
    assert calendar.reason(to_day(dt.date(2026, 5, 1))).notice == ""
