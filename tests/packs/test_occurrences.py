"""The occurrences of a duty."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from xiaoneng.packs.occurrences import occurrences
from xiaoneng.packs.outward import Every, MonthDay, Schedule
from xiaoneng.packs.words import Words

from .small import on, procedure

REPORT = Schedule(
    "report", Words("年度报告"), Every.YEAR, MonthDay(1, 1), MonthDay(1, 31), "agency", ("x",), {"what": "report"}
)


def days(schedule: Schedule, first: dt.date, last: dt.date, until: dt.date | None = None) -> list[tuple[str, str]]:
    version = procedure("opened", "done", opens=on("opened"), ends=on("done"), schedule=(schedule,))
    version = replace(version, in_force_from=dt.date(2020, 1, 1), in_force_until=until)
    return [(one.opens_on.isoformat(), one.due_on.isoformat()) for one in occurrences([version], first, last)]


def test_a_yearly_duty_is_due_once_a_year() -> None:
    assert days(REPORT, dt.date(2025, 6, 1), dt.date(2027, 1, 1)) == [
        ("2026-01-01", "2026-01-31"),
        ("2027-01-01", "2027-01-31"),
    ]


@pytest.mark.parametrize(
    ("every", "count"), [(Every.YEAR, 1), (Every.HALF_YEAR, 2), (Every.QUARTER, 4), (Every.MONTH, 12)]
)
def test_a_year_has_as_many_occurrences_as_it_has_periods(every: Every, count: int) -> None:
    found = days(replace(REPORT, every=every), dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert len(found) == len(set(found)) == count


def test_the_last_day_of_a_short_month_stands_for_its_thirty_first() -> None:
    found = days(replace(REPORT, every=Every.MONTH), dt.date(2026, 2, 1), dt.date(2026, 4, 30))
    assert [due for _, due in found] == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_a_month_is_counted_within_its_quarter() -> None:
    second = replace(REPORT, every=Every.QUARTER, opens=MonthDay(2, 10), due=MonthDay(3, 5))
    assert days(second, dt.date(2026, 1, 1), dt.date(2026, 6, 30)) == [
        ("2026-02-10", "2026-03-05"),
        ("2026-05-10", "2026-06-05"),
    ]


def test_a_version_that_no_longer_holds_has_no_occurrence() -> None:
    assert days(REPORT, dt.date(2026, 1, 1), dt.date(2028, 1, 1), until=dt.date(2027, 1, 1)) == [
        ("2026-01-01", "2026-01-31")
    ]


def test_an_occurrence_says_when_it_is_due() -> None:
    version = procedure("opened", "done", opens=on("opened"), ends=on("done"), schedule=(REPORT,))
    version = replace(version, in_force_from=dt.date(2020, 1, 1))
    (only,) = occurrences([version], dt.date(2026, 1, 1), dt.date(2026, 1, 1))
    assert only.data == {"what": "report", "due_on": "2026-01-31"}
    assert only.kind == "report/2026-01-01"
