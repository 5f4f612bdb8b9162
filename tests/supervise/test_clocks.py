"""Clocks: when they are due, when late, and what stops or restarts them. All dates are counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.model import Binds, FieldLimit, UntilField

from .bench import (
    breaches,
    cd,
    clock,
    dues,
    hours,
    judged,
    law,
    lines,
    months,
    office,
    wd,
    years,
)

if TYPE_CHECKING:
    from xiaoneng.timing.limit import Limit


@pytest.mark.parametrize(
    ("limit", "start", "roll", "due"),
    [
        (wd(1), "03-06", False, "03-09"),
        (wd(5), "02-11", False, "02-25"),  # over Spring Festival, with the worked Saturday before it
        (wd(20), "02-11", False, "03-17"),
        (wd(5), "04-29", False, "05-09"),  # ends on a worked Saturday
        (wd(2), "09-29", False, "10-08"),
        (wd(5), "03-07", False, "03-13"),  # started on a Saturday: Monday is day one
        (cd(3), "03-05", False, "03-08"),
        (cd(3), "03-05", True, "03-09"),
        (cd(15), "09-17", True, "10-08"),  # rolls over National Day
        (cd(15), "01-30", True, "02-14"),  # a worked Saturday: no roll
        (cd(60), "08-06", True, "10-08"),
        (months(1), "01-31", False, "02-28"),
        (months(1), "01-20", True, "02-24"),
        (months(1), "03-31", False, "04-30"),
        (months(6), "08-31", False, "2027-02-28"),
        (years(1), "03-05", False, "2027-03-05"),
        (years(1), "2024-02-29", False, "2025-02-28"),
        (hours(24), "03-06 09:30", False, "03-07T09:30"),
        (hours(24), "03-06", False, "03-07T00:00"),
        (office(8), "03-06 11:00", False, "03-09T11:00"),  # one hour, four and a half, then two and a half on Monday
        (office(1), "03-02 11:30", False, "03-02T14:00"),  # noon to half past one does not count
        (office(8), "03-07", False, "03-09T18:00"),
        (office(1), "03-02 20:00", False, "03-03T09:30"),
        (office(1), "02-14 17:30", False, "02-24T09:00"),
    ],
)
def test_a_limit_is_counted_in_its_kind(limit: Limit, start: str, roll: bool, due: str) -> None:
    now = start if " " in start else f"{start} 00:00"
    assert dues(judged(law(clock(limit, roll=roll)), f"{start} a", now)) == [f"k e1 {due}"]


@pytest.mark.parametrize(
    ("limit", "events", "found"),
    [
        (wd(1), "03-02 a; 03-03 23:59 b", []),
        (wd(1), "03-02 a; 03-04 00:00 b", ["k e1 03-04 03-04T00:00"]),
        (wd(1), "03-02 23:59 a; 03-03 b", []),
        (hours(1), "03-02 09:00 a; 03-02 10:00 b", []),
        (hours(1), "03-02 09:00 a; 03-02 10:00:00.000001 b", ["k e1 03-02T10:00 03-02T10:00"]),
        (office(1), "03-02 17:00 a; 03-03 08:30 b", []),  # no office time has passed since closing
        (office(1), "03-02 17:00 a; 03-03 08:31 b", ["k e1 03-02T18:00 03-03T08:31"]),
        (office(8), "03-06 18:00 a; 03-09 18:00 b", []),
        (hours(24), "03-02 09:00 a; 03-03 b", []),  # known by its day only, it stands at midnight
    ],
)
def test_the_last_moment_is_in_time_and_the_next_is_late(limit: Limit, events: str, found: list[str]) -> None:
    assert breaches(clock(limit), events) == found


def test_a_running_clock_is_late_from_the_midnight_after_its_due_day() -> None:
    assert breaches(clock(wd(1)), "03-02 a", "03-03 23:59:59") == []
    assert breaches(clock(wd(1)), "03-02 a", "03-04 00:00") == ["k e1 03-04"]


def test_every_start_runs_for_itself_and_one_stop_ends_all() -> None:
    assert breaches(clock(wd(2)), "03-02 a; 03-03 a; 03-05 b") == ["k e1 03-05 03-05"]
    assert breaches(clock(wd(2)), "03-02 a; 03-03 a; 03-10 b") == ["k e1 03-05 03-10", "k e2 03-06 03-10"]
    assert breaches(clock(wd(2)), "03-02 a; 03-03 b; 03-04 a") == ["k e3 03-07"]


def test_activations_that_fall_due_out_of_order_each_keep_their_own_due() -> None:
    part = clock(FieldLimit("n", "working_days"))
    events = "03-02 a n=5; 03-03 a n=1; 03-03 a n=2; 03-04 a n=9; 03-10 b"
    assert breaches(part, events) == ["k e1 03-10 03-10", "k e2 03-05 03-10", "k e3 03-06 03-10"]


def test_first_only_starts_once_in_a_case() -> None:
    part = clock(wd(2), first_only=True)
    assert breaches(part, "03-02 a; 03-03 b; 03-04 a") == []
    assert breaches(part, "03-02 a; 03-03 a; 03-12 b") == ["k e1 03-05 03-12"]


def test_an_event_that_stops_and_starts_stops_first() -> None:
    verdict = judged(law(clock(wd(2), "a", "a")), "03-02 a; 03-03 a; 03-09 a", "03-09 12:00")
    assert lines(verdict) == ["k e2 03-06 03-09"]
    assert dues(verdict) == ["k e3 03-11"]


def test_a_stop_with_the_same_field_ends_only_its_own() -> None:
    part = clock(wd(2), same="file")
    events = "03-02 a file=p; 03-02 a file=q; 03-03 b file=p; 03-09 b file=q"
    assert breaches(part, events) == ["k e2 03-05 03-09"]
    assert breaches(part, "03-02 a file=p; 03-03 b file=q") == ["k e1 03-05"]


def test_starts_and_stops_that_do_not_say_the_field_belong_together() -> None:
    assert breaches(clock(wd(2), same="file"), "03-02 a; 03-03 b file=p; 03-09 b") == ["k e1 03-05 03-09"]


@pytest.mark.parametrize(
    ("limit", "said", "due"),
    [
        (hours(1), "", "03-02T10:00"),
        (office(1), "", "03-02T10:00"),
        (months(1), "", "04-02"),
        (UntilField("on"), "on=2026-03-20", "03-20"),
    ],
)
def test_a_clock_with_a_field_in_common_counts_in_any_kind(limit: Limit | UntilField, said: str, due: str) -> None:
    verdict = judged(law(clock(limit, same="file")), f"03-02 09:00 a file=p {said}".strip(), "03-02 09:00")
    assert dues(verdict) == [f"k e1 {due}"]


def test_an_open_clock_with_a_field_in_common_is_late_at_the_present() -> None:
    verdict = judged(law(clock(wd(2), same="file")), "03-02 a file=p; 03-04 a file=q; 03-04 a file=p", "03-05 12:00")
    assert lines(verdict) == ["k e1 03-05"]
    assert sorted(dues(verdict)) == ["k e2 03-06", "k e3 03-06"]


def test_a_limit_may_stand_in_a_field_and_starts_nothing_where_it_is_not_said() -> None:
    part = clock(FieldLimit("n", "working_days"))
    assert breaches(part, "03-02 a n=2") == ["k e1 03-05"]
    assert breaches(part, "03-02 a; 03-02 a n=soon; 03-02 a n=-1") == []
    verdict = judged(law(clock(FieldLimit("n", "working_hours"))), "03-02 09:00 a n=2", "03-02 09:00")
    assert dues(verdict) == ["k e1 03-02T11:00"]


def test_a_due_date_in_a_field_stands_unless_the_pack_rolls_it() -> None:
    sunday = "03-02 a on=2026-03-08"
    assert breaches(clock(UntilField("on")), sunday) == ["k e1 03-09"]
    assert breaches(clock(UntilField("on"), roll=True), sunday) == ["k e1 03-10"]
    assert breaches(clock(UntilField("on")), "03-02 a") == []
    assert breaches(clock(UntilField("on"), same="file"), "03-02 a on=2026-03-08 file=p") == ["k e1 03-09"]


def test_a_promise_runs_beside_the_limit_and_is_never_said_for_it() -> None:
    part = clock(wd(10), promised=wd(5))
    assert breaches(part, "03-02 a; 03-09 b") == []
    assert breaches(part, "03-02 a; 03-11 b") == ["k.promised e1 03-10 03-11"]
    assert breaches(part, "03-02 a; 03-18 b") == ["k e1 03-17 03-18", "k.promised e1 03-10 03-18"]


def test_a_promise_in_a_field_that_is_not_said_does_not_run() -> None:
    part = clock(wd(10), promised=FieldLimit("days", "working_days"))
    assert dues(judged(law(part), "03-02 a; 03-03 a days=5", "03-03 12:00")) == [
        "k e1 03-16",
        "k e2 03-17",
        "k.promised e2 03-10",
    ]


@pytest.mark.parametrize("binds", [Binds.PARTY, Binds.THIRD_PARTY])
def test_who_is_not_the_agency_has_due_dates_but_breaks_nothing(binds: Binds) -> None:
    for part in (clock(wd(2), binds=binds), clock(wd(2), binds=binds, same="file")):
        assert breaches(part, "03-02 a; 03-20 b") == []
        assert breaches(part, "03-02 a") == []
        assert dues(judged(law(part), "03-02 a", "03-02 12:00")) == ["k e1 03-04"]


def test_a_restart_begins_anew_under_the_same_event() -> None:
    part = clock(wd(5), restart="c")
    assert dues(judged(law(part), "03-02 a; 03-05 c", "03-05 12:00")) == ["k e1 03-12"]
    assert breaches(part, "03-02 a; 03-05 c; 03-13 b") == ["k e1 03-13 03-13"]
    assert breaches(part, "03-02 a; 03-10 c; 03-11 b") == ["k e1 03-10 03-11"]  # what has expired has expired
    assert dues(judged(law(part), "03-02 a; 03-03 a; 03-05 c", "03-05 12:00")) == ["k e1 03-12", "k e2 03-12"]


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ("03-28 12:00 a", "03-29T13:00"),  # the clock is put forward in the night
        ("10-24 12:00 a", "10-25T11:00"),
        ("03-29 a", "03-30T01:00"),
    ],
)
def test_hours_are_hours_also_when_the_clocks_change(events: str, due: str) -> None:
    procedure = law(clock(hours(24)), zone="Europe/Amsterdam")
    assert dues(judged(procedure, events, events.removesuffix(" a"))) == [f"k e1 {due}"]


def test_days_are_days_also_when_the_clocks_change() -> None:
    procedure = law(clock(cd(1)), zone="Europe/Amsterdam")
    assert lines(judged(procedure, "03-28 23:30 a; 03-29 23:59 b")) == []
    assert lines(judged(procedure, "03-28 23:30 a; 03-30 00:00 b")) == ["k e1 03-30 03-30T00:00"]


def test_a_date_that_rests_on_days_without_a_notice_is_provisional() -> None:
    verdict = judged(law(clock(wd(1), id="near"), clock(wd(5), id="far")), "2026-12-30 a", "2026-12-30 12:00")
    assert dues(verdict) == ["near e1 12-31", "far e1 2027-01-06"]
    assert [one.provisional for one in verdict.clocks] == [False, True]
    late = judged(law(clock(wd(5))), "2026-12-30 a", "2027-02-01 12:00")
    assert [(one.provisional, str(one.due)) for one in late.findings] == [(True, "2027-01-06")]


def test_a_due_beyond_the_calendar_runs_without_a_date_and_breaks_nothing() -> None:
    verdict = judged(law(clock(wd(9000))), "03-02 a", "2036-12-30 12:00")
    assert (lines(verdict), dues(verdict)) == ([], ["k e1 held"])
    assert not verdict.clocks[0].held


def test_many_activations_of_one_clock_come_and_go() -> None:
    events = "; ".join(f"03-{day:02} {kind}" for day in range(2, 28) for kind in ("a", "a", "b"))
    assert breaches(clock(wd(1)), events) == []
    open_ones = "; ".join(f"03-{day:02} a" for day in range(2, 7))
    assert breaches(clock(wd(1)), open_ones, "03-05 12:00") == ["k e1 03-04", "k e2 03-05"]
