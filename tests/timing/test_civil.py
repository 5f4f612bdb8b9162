from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.timing import civil
from xiaoneng.timing.dates import to_date, to_day

dates = st.dates()
patient = settings(deadline=None)


@given(dates)
@patient
def test_a_day_is_the_date_it_came_from(on: dt.date) -> None:
    day = civil.from_civil(on.year, on.month, on.day)
    assert day == to_day(on)
    assert to_date(day) == on
    assert (civil.civil_year(day), civil.civil_month(day), civil.civil_day(day)) == (on.year, on.month, on.day)
    assert civil.weekday(day) == on.weekday()


def test_every_day_of_a_leap_cycle_reads_back() -> None:
    for ordinal in range(dt.date(1999, 12, 1).toordinal(), dt.date(2005, 3, 2).toordinal()):
        on = dt.date.fromordinal(ordinal)
        day = to_day(on)
        assert (civil.civil_year(day), civil.civil_month(day), civil.civil_day(day)) == (on.year, on.month, on.day)


def test_the_epoch_is_day_zero_and_a_thursday() -> None:
    assert civil.from_civil(1970, 1, 1) == 0
    assert civil.weekday(0) == 3


def test_months_have_their_lengths() -> None:
    assert [civil.month_length(2026, month) for month in range(1, 13)] == [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]  # fmt: skip
    assert [civil.month_length(year, 2) for year in (1900, 2000, 2023, 2024)] == [28, 29, 28, 29]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.integers(-600, 600))
@patient
def test_a_month_on_keeps_the_day_number_or_ends_the_month(on: dt.date, n: int) -> None:
    """Civil Code art. 202."""
    months = on.year * 12 + on.month - 1 + n
    later = to_date(civil.add_months(to_day(on), n))
    assert later.year * 12 + later.month - 1 == months
    assert later.day == on.day or (later.day < on.day and (later + dt.timedelta(days=1)).day == 1)


def test_one_month_after_the_end_of_january_is_the_end_of_february() -> None:
    end = to_day(dt.date(2024, 1, 31))
    assert to_date(civil.add_months(end, 1)) == dt.date(2024, 2, 29)
    assert to_date(civil.add_months(end, 13)) == dt.date(2025, 2, 28)
    assert to_date(civil.add_months(end, -2)) == dt.date(2023, 11, 30)
