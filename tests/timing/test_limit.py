from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.timing.dates import to_day
from xiaoneng.timing.errors import CalendarNotCovered, LimitMisused
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit, counted_from, working_days_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaoneng.timing.calendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_KINDS = (LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, LimitKind.MONTHS, LimitKind.YEARS)


def at(text: str, zone: str = "Asia/Shanghai") -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@given(st.dates(dt.date(2007, 1, 1), dt.date(2024, 12, 31)), st.integers(1, 3), st.sampled_from(DAY_KINDS))
@settings(deadline=None)
def test_the_start_is_day_zero(cn: Calendar, start: dt.date, n: int, kind: LimitKind) -> None:
    due = Limit(n, kind).due_on(start, cn)
    assert start < due.before_roll <= due.on
    assert cn.is_working(to_day(due.on))


def test_a_limit_of_none_ends_on_the_day_or_the_next_working_day(cn: Calendar) -> None:
    friday, saturday = dt.date(2026, 9, 18), dt.date(2026, 9, 19)
    for kind in DAY_KINDS:
        assert Limit(0, kind).due_on(friday, cn).on == friday
        assert Limit(0, kind).due_on(saturday, cn).on == dt.date(2026, 9, 20)


def test_months_keep_the_day_number_and_roll(cn: Calendar) -> None:
    one_month = Limit(1, LimitKind.MONTHS)
    assert one_month.due_on(dt.date(2026, 1, 31), cn).on == dt.date(2026, 2, 28)  # a make-up Saturday
    due = one_month.due_on(dt.date(2026, 9, 3), cn)
    assert (due.before_roll, due.on) == (dt.date(2026, 10, 3), dt.date(2026, 10, 8))
    assert Limit(1, LimitKind.YEARS).due_on(dt.date(2024, 2, 29), cn).on == dt.date(2025, 2, 28)


def test_not_rolling_leaves_the_day_where_counting_ended(cn: Calendar) -> None:
    due = Limit(15, LimitKind.CALENDAR_DAYS).due_on(dt.date(2026, 9, 17), cn, roll=False)
    assert due.on == due.before_roll == dt.date(2026, 10, 2)


def test_a_due_date_that_rests_on_no_notice_is_provisional(cn: Calendar) -> None:
    start = dt.date(2026, 12, 28)
    assert Limit(5, LimitKind.WORKING_DAYS).due_on(start, cn).provisional
    assert Limit(5, LimitKind.CALENDAR_DAYS).due_on(start, cn).provisional
    assert not Limit(5, LimitKind.CALENDAR_DAYS).due_on(start, cn, roll=False).provisional
    assert not Limit(3, LimitKind.WORKING_DAYS).due_on(start, cn).provisional


def test_a_limit_past_the_tables_is_refused(cn: Calendar) -> None:
    with pytest.raises(CalendarNotCovered, match=r"working days after 2036-12-31 .* add packs/cn/_calendar/2027.yaml"):
        Limit(5000, LimitKind.WORKING_DAYS).due_on(dt.date(2026, 1, 5), cn)
    with pytest.raises(CalendarNotCovered, match="working days of 2056"):
        Limit(30, LimitKind.YEARS).due_on(dt.date(2026, 1, 5), cn)
    with pytest.raises(CalendarNotCovered, match="working days of 2006"):
        Limit(1, LimitKind.WORKING_DAYS).due_on(dt.date(2006, 12, 31), cn)
    assert Limit(30, LimitKind.YEARS).due_on(dt.date(2026, 1, 5), cn, roll=False).on == dt.date(2056, 1, 5)


def test_a_limit_says_what_it_is_not_for(cn: Calendar) -> None:
    monday = dt.date(2026, 3, 2)
    with pytest.raises(LimitMisused, match="ends before it starts"):
        Limit(-1, LimitKind.WORKING_DAYS)
    with pytest.raises(LimitMisused, match=r"ask due_at \(XN-T004\)"):
        Limit(1, LimitKind.WORKING_HOURS).due_on(monday, cn)
    with pytest.raises(LimitMisused, match="is an instant"):
        Limit(1, LimitKind.WORKING_DAYS).due_on(at("2026-03-02 10:00"), cn)
    with pytest.raises(LimitMisused, match="ask due_on"):
        Limit(1, LimitKind.WORKING_DAYS).due_at(at("2026-03-02 10:00"), cn)
    with pytest.raises(LimitMisused, match="names no time zone"):
        Limit(1, LimitKind.ELAPSED_HOURS).due_at(dt.datetime(2026, 3, 2, 10), cn)


def test_working_days_between_count_the_end_and_not_the_start(cn: Calendar) -> None:
    assert working_days_between(dt.date(2026, 9, 18), dt.date(2026, 10, 22), cn) == 20
    assert working_days_between(dt.date(2026, 9, 18), dt.date(2026, 9, 18), cn) == 0
    with pytest.raises(LimitMisused, match="is before"):
        working_days_between(dt.date(2026, 9, 18), dt.date(2026, 9, 17), cn)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-03-02 10:00", 2, "2026-03-02 12:00"),
        ("2026-03-02 11:30", 1, "2026-03-02 13:30"),  # the hour at noon does not count
        ("2026-03-06 16:30", 1, "2026-03-09 09:30"),  # over a weekend
        ("2026-03-07 12:00", 7, "2026-03-09 17:00"),  # from a Saturday
        ("2026-03-02 07:00", 21, "2026-03-04 17:00"),  # three working days are not twenty-four hours each
        ("2026-03-02 20:00", 0, "2026-03-02 20:00"),
    ],
)
def test_working_hours_run_in_office_hours(plain: Callable[..., Calendar], start: str, n: int, due: str) -> None:
    assert Limit(n, LimitKind.WORKING_HOURS).due_at(at(start), plain()) == at(due)


def test_working_hours_need_a_table_and_office_hours(plain: Callable[..., Calendar]) -> None:
    limit = Limit(30_000, LimitKind.WORKING_HOURS)
    with pytest.raises(CalendarNotCovered, match="working days after 2036-12-31"):
        limit.due_at(at("2026-03-02 10:00"), plain())
    with pytest.raises(CalendarNotCovered, match="working days of 2024"):
        limit.due_at(at("2024-03-02 10:00"), plain())
    with pytest.raises(LimitMisused, match="no office hours"):
        limit.due_at(at("2026-03-02 10:00"), plain(hours=()))


def test_elapsed_hours_run_through_a_change_to_summer_time(nl: Calendar) -> None:
    start = at("2014-03-29 12:00", "Europe/Amsterdam")
    due = Limit(24, LimitKind.ELAPSED_HOURS).due_at(start, nl)
    assert due == at("2014-03-30 13:00", "Europe/Amsterdam")
    assert due - start.astimezone(dt.UTC) == dt.timedelta(hours=24)


def test_office_hours_are_read_off_the_wall_after_a_change_of_time(nl: Calendar) -> None:
    friday = at("2014-03-28 16:00", "Europe/Amsterdam")
    assert Limit(2, LimitKind.WORKING_HOURS).due_at(friday, nl) == at("2014-03-31 10:00", "Europe/Amsterdam")


@pytest.mark.parametrize(
    ("instant", "on"),
    [
        ("2014-01-15T23:30", "2014-01-16"),
        ("2014-01-15T22:30", "2014-01-15"),
        ("2014-07-15T22:30", "2014-07-16"),
        ("2014-07-15T21:30", "2014-07-15"),
    ],
)
def test_the_day_is_the_day_where_the_office_stands(nl: Calendar, instant: str, on: str) -> None:
    received = dt.datetime.fromisoformat(instant).replace(tzinfo=dt.UTC)
    assert str(counted_from(received, nl, shift_after_hours=False)) == on


@pytest.mark.parametrize(
    ("received", "kept", "shifted"),
    [
        ("2026-09-18 10:00", "2026-09-18", "2026-09-18"),
        ("2026-09-18 06:00", "2026-09-18", "2026-09-18"),
        ("2026-09-18 18:00", "2026-09-18", "2026-09-18"),
        ("2026-09-18 18:01", "2026-09-18", "2026-09-20"),  # the Sunday is a make-up day
        ("2026-09-19 10:00", "2026-09-19", "2026-09-20"),
        ("2026-09-30 23:59", "2026-09-30", "2026-10-08"),
    ],
)
def test_after_hours_receipt_moves_only_where_the_locality_says_so(
    cn: Calendar, received: str, kept: str, shifted: str
) -> None:
    assert str(counted_from(at(received), cn, shift_after_hours=False)) == kept
    assert str(counted_from(at(received), cn, shift_after_hours=True)) == shifted


def test_without_office_hours_nothing_is_after_hours(plain: Callable[..., Calendar]) -> None:
    late = at("2026-03-02 23:00")
    assert counted_from(late, plain(hours=()), shift_after_hours=True) == dt.date(2026, 3, 2)


def test_receipt_needs_a_zone_and_a_covered_day(cn: Calendar) -> None:
    with pytest.raises(LimitMisused, match="names no time zone"):
        counted_from(dt.datetime(2026, 3, 2, 10), cn, shift_after_hours=False)
    with pytest.raises(CalendarNotCovered):
        counted_from(at("2006-03-02 10:00"), cn, shift_after_hours=False)
