"""Mistakes that other systems' clocks have been seen to make. Five working days from Monday 03-02 end on 03-09."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from xiaoneng.packs.model import RuleKind
from xiaoneng.supervise.judge import supervise
from xiaoneng.timing.build import DayName, YearNotice, build
from xiaoneng.timing.errors import CalendarNotCovered

from .bench import (
    SHANGHAI,
    at,
    cd,
    clock,
    dues,
    extension,
    ground,
    history,
    hours,
    judged,
    law,
    lines,
    office,
    rule,
    wd,
)

HELD = law(
    clock(wd(5), off_clock=("g", "h"), extension=extension(wd(5), granted="days")), ground(), ground("q", "r", name="h")
)


def due(events: str, now: str = "03-06 12:00") -> list[str]:
    return dues(judged(HELD, events, now))


@pytest.mark.parametrize("day", ["1999-03-02", "2050-03-02"])
def test_a_year_that_no_calendar_covers_is_refused_and_not_guessed(day: str) -> None:
    with pytest.raises(CalendarNotCovered):
        judged(HELD, f"{day} a", "2050-12-31 12:00")


def test_a_working_day_is_a_day_and_neither_24_nor_8_hours() -> None:
    one_day = law(clock(wd(1)))
    assert lines(judged(one_day, "03-02 17:59 a; 03-03 23:59:59 b")) == []
    assert lines(judged(one_day, "03-02 00:01 a; 03-03 23:59:59 b")) == []
    assert dues(judged(law(clock(wd(3))), "03-02 17:59 a", "03-02 18:00")) == ["k e1 03-05"]


def test_the_days_off_are_those_used_and_not_those_applied_for() -> None:
    assert due("03-02 a; 03-04 o days=10; 03-05 p") == ["k e1 03-10"]
    assert due("03-02 a; 03-02 o days=1; 03-06 p") == ["k e1 03-13"]  # nor are they capped at those asked for


def test_a_hold_has_dates_and_is_counted_when_they_are_corrected() -> None:
    held = history("03-02 a; 03-04 o; 03-05 p")
    mended = replace(
        held[2],
        id="e4",
        kind="correction",
        sequence=4,
        corrects="e3",
        data={"replacement": {"kind": "p", "occurred": "2026-03-06"}},
    )
    assert dues(judged(HELD, [*held, mended], "03-06 12:00")) == ["k e1 03-11"]


def test_two_holds_that_overlap_are_not_added_up() -> None:
    assert due("03-02 a; 03-03 o; 03-03 q; 03-05 p; 03-05 r") == ["k e1 03-11"]
    assert due("03-02 a; 03-03 o; 03-04 q; 03-05 p; 03-06 r") == ["k e1 03-12"]


def test_a_second_hold_asked_for_on_the_day_the_first_ended_does_not_count_that_day_twice() -> None:
    assert due("03-02 a; 03-03 o; 03-04 p; 03-04 o; 03-05 p") == ["k e1 03-11"]
    assert due("03-02 a; 03-03 o; 03-05 p") == ["k e1 03-11"]


def test_a_hold_of_less_than_a_day_holds_no_day() -> None:
    assert due("03-02 a; 03-04 09:00 o; 03-04 17:00 p") == ["k e1 03-09"]


def test_an_extension_is_what_was_granted() -> None:
    assert due("03-02 a; 03-05 x days=2") == ["k e1 03-11"]


def test_a_due_date_is_derived_and_a_finding_says_the_same_one() -> None:
    events = "03-02 a; 03-04 o; 03-05 p"
    [running] = judged(HELD, events, "03-10 12:00").clocks
    [late] = judged(HELD, events, "03-11 00:00").breaches
    assert running.due == late.due == dt.date(2026, 3, 10)


def test_a_case_is_judged_whenever_it_is_asked_about_and_not_once() -> None:
    assert [lines(judged(HELD, "03-02 a", now)) for now in ("03-09 12:00", "03-10 12:00", "04-10 12:00")] == [
        [],
        ["k e1 03-10"],
        ["k e1 03-10"],
    ]


def test_a_new_holiday_moves_the_clocks_that_run() -> None:
    before = build("cn", SHANGHAI, [YearNotice(2026, ("n",), {}, {})], weekend=(5, 6), hours=(32_400, 61_200))
    off = {dt.date(2026, 3, 6): DayName("纪念日")}
    after = build("cn", SHANGHAI, [YearNotice(2026, ("n", "m"), off, {})], weekend=(5, 6), hours=(32_400, 61_200))
    events = history("03-02 a")
    first, then = (supervise(HELD, events, places, at("03-03 12:00")) for places in (before, after))
    assert (dues(first), dues(then)) == (["k e1 03-09"], ["k e1 03-10"])
    late = supervise(HELD, events, after, at("03-11 12:00")).breaches[0]
    assert late.editions.calendar == after.edition != before.edition


def test_what_is_not_configured_does_not_switch_judging_off() -> None:
    """No ladder, no office hours: the breaches are there all the same."""
    bare = build("cn", SHANGHAI, [YearNotice(2026, ("n",), {}, {})], weekend=(5, 6), hours=())
    verdict = supervise(HELD, history("03-02 a"), bare, at("03-10 12:00"))
    assert lines(verdict) == ["k e1 03-10"]


def test_a_second_after_the_hour_of_the_start_is_not_a_day_late() -> None:
    assert lines(judged(law(clock(cd(1))), "03-02 09:00 a; 03-03 09:00:01 b")) == []
    assert lines(judged(law(clock(hours(24))), "03-02 09:00 a; 03-03 09:00:01 b")) != []


def test_time_held_overnight_is_not_taken_off_office_hours_twice() -> None:
    procedure = law(clock(office(8), off_clock=("g",)), ground())
    # Held from 17:00 to 09:30: one hour in the evening and one in the morning of office time.
    assert dues(judged(procedure, "03-02 08:30 a; 03-02 17:00 o; 03-03 09:30 p", "03-03 09:30")) == ["k e1 03-03T10:30"]


def test_a_breach_stays_after_the_act_the_extension_and_the_end() -> None:
    ended = replace(HELD, ends=law(ends="end").ends)
    assert lines(judged(ended, "03-02 a; 03-11 b; 03-12 end")) == ["k e1 03-10 03-11"]
    extended = lines(judged(ended, "03-02 a; 03-11 x; 03-12 b; 03-13 end"))
    assert extended == ["k e1 03-10 03-12", "k.extension e2 03-11"]


def test_what_was_not_judged_is_said_and_not_passed_over() -> None:
    verdict = judged(law(rule(RuleKind.ABSENCE, "a"), kinds="a"), "03-02 unheard; 03-03 unheard")
    assert (verdict.breaches, [one.id for one in verdict.unknown]) == ((), ["e1", "e2"])


def test_a_date_typed_in_by_hand_is_held_against_what_else_is_known() -> None:
    procedure = law(
        rule(RuleKind.PRECEDENCE, "a", "b"),
        rule(RuleKind.RECORDED_LATE, "b", id="s", limit=wd(2)),
        rule(RuleKind.MINIMUM_GAP, "a", "b", id="t", limit=wd(1)),
    )
    backdated = "03-06 a; 03-05 b recorded=03-20T09:00"
    assert lines(judged(procedure, backdated)) == ["r e2 03-05", "s e2 03-05"]
    same_day = "03-06 a; 03-06 b recorded=03-06T23:00"
    assert lines(judged(procedure, same_day)) == ["t e2 03-06"]
