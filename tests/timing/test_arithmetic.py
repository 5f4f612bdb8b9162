from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.timing import arithmetic
from xiaoneng.timing.arithmetic import DAY_SECONDS, NEVER
from xiaoneng.timing.dates import to_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaoneng.timing.calendar import Calendar

patient = settings(deadline=None)
days = st.dates(dt.date(2007, 1, 1), dt.date(2030, 12, 31)).map(to_day)
counts = st.integers(1, 300)
seconds = st.integers(0, DAY_SECONDS - 1)


def add(cn: Calendar, day: int, n: int) -> int:
    return arithmetic.add_working(cn.prefix, cn.index, cn.first_day, day, n)


def roll(cn: Calendar, day: int) -> int:
    return arithmetic.roll(cn.prefix, cn.index, cn.first_day, day)


def office_before(cn: Calendar, day: int, second: int) -> int:
    return arithmetic.office_before(cn.prefix, cn.first_day, cn.hours, cn.per_day, day, second)


def office_moment(cn: Calendar, elapsed: int) -> int:
    return arithmetic.office_moment(cn.prefix, cn.index, cn.first_day, cn.hours, cn.per_day, elapsed)


@given(days)
@patient
def test_prefix_and_index_are_inverse(cn: Calendar, day: int) -> None:
    place = arithmetic.working_index(cn.prefix, cn.first_day, day)
    last = cn.index[place]
    assert last <= day < cn.index[place + 1]
    if place:
        assert arithmetic.working_index(cn.prefix, cn.first_day, last) == place
        assert arithmetic.working_index(cn.prefix, cn.first_day, last - 1) == place - 1


def test_before_the_table_nothing_is_counted_and_after_it_everything(cn: Calendar) -> None:
    assert arithmetic.working_index(cn.prefix, cn.first_day, cn.first_day - 1) == 0
    assert arithmetic.working_index(cn.prefix, cn.first_day, cn.last_day + 9) == cn.prefix[-1]
    assert cn.index[0] == cn.first_day - 1


@given(days, counts)
@patient
def test_the_nth_working_day_is_found_by_walking(cn: Calendar, day: int, n: int) -> None:
    walked, left = day, n
    while left:
        walked += 1
        left -= cn.is_working(walked)
    assert add(cn, day, n) == walked


@given(days, counts, counts)
@patient
def test_adding_is_monotone_and_adds_up(cn: Calendar, day: int, n: int, m: int) -> None:
    assert day < add(cn, day, n) < add(cn, day, n + m)
    assert add(cn, day, n) <= add(cn, day + 1, n)
    assert add(cn, roll(cn, day), n + m) == add(cn, add(cn, roll(cn, day), n), m)


def test_adding_nothing_finds_the_last_working_day_so_far(cn: Calendar) -> None:
    assert add(cn, to_day(dt.date(2026, 9, 19)), 0) == to_day(dt.date(2026, 9, 18))


def test_adding_beyond_the_table_never_ends(cn: Calendar) -> None:
    assert add(cn, cn.last_day, 1) == NEVER
    assert add(cn, cn.last_day + 1, 1) == NEVER
    assert add(cn, cn.last_day - 30, 10_000) == NEVER
    assert add(cn, cn.first_day - 1, 1) == add(cn, cn.first_day - 40, 1) == cn.index[1]


@given(days)
@patient
def test_rolling_lands_on_a_working_day_and_stays(cn: Calendar, day: int) -> None:
    rolled = roll(cn, day)
    assert rolled >= day
    assert cn.is_working(rolled)
    assert roll(cn, rolled) == rolled
    assert not any(cn.is_working(between) for between in range(day, rolled))


def test_rolling_leaves_days_outside_the_table_alone(cn: Calendar) -> None:
    assert roll(cn, cn.first_day - 1) == cn.first_day - 1
    assert roll(cn, cn.last_day + 1) == cn.last_day + 1


def test_rolling_from_a_day_off_at_the_end_of_the_table_stays() -> None:
    # Friday 2026-01-02 and Saturday 2026-01-03, and no more.
    friday = to_day(dt.date(2026, 1, 2))
    assert arithmetic.roll((1, 1), (friday - 1, friday), friday, friday + 1) == friday + 1
    assert arithmetic.roll((1, 1), (friday - 1, friday), friday, friday) == friday


@given(days, seconds, days, seconds)
@patient
def test_office_time_only_grows(cn: Calendar, day: int, second: int, other: int, other_second: int) -> None:
    (day, second), (other, other_second) = sorted(((day, second), (other, other_second)))
    assert office_before(cn, day, second) <= office_before(cn, other, other_second)


@given(days, seconds)
@patient
def test_the_moment_of_an_amount_of_office_time_is_the_earliest(cn: Calendar, day: int, second: int) -> None:
    elapsed = office_before(cn, day, second)
    moment = office_moment(cn, elapsed)
    assert moment <= day * DAY_SECONDS + second
    assert office_before(cn, *divmod(moment, DAY_SECONDS)) == elapsed
    if elapsed:
        before = divmod(moment - 1, DAY_SECONDS)
        assert office_before(cn, *before) == elapsed - 1


def test_a_day_of_office_time_is_the_office_hours(plain: Callable[..., Calendar]) -> None:
    calendar = plain()
    monday = to_day(dt.date(2026, 3, 2))
    at = [office_before(calendar, monday, hour * 3600) - office_before(calendar, monday, 0) for hour in range(25)]
    assert [one // 3600 for one in at[8:19]] == [0, 0, 1, 2, 3, 3, 4, 5, 6, 7, 7]
    assert at[24] == calendar.per_day == 7 * 3600
    assert office_moment(calendar, office_before(calendar, monday, 43_200)) == monday * DAY_SECONDS + 43_200


def test_office_time_ends_with_the_table_and_needs_hours(plain: Callable[..., Calendar]) -> None:
    calendar = plain()
    whole = calendar.prefix[-1] * calendar.per_day
    assert office_moment(calendar, whole) == calendar.index[-1] * DAY_SECONDS + 61_200
    assert office_moment(calendar, whole + 1) == NEVER
    assert office_moment(calendar, 0) == calendar.first_day * DAY_SECONDS
    closed = plain(hours=())
    assert office_moment(closed, 1) == NEVER
    assert office_before(closed, to_day(dt.date(2026, 3, 2)), 50_000) == 0
