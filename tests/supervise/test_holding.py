"""Who had a case in hand while a clock ran: each case is counted by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.cases import load_case
from xiaoneng.packs.folder import Packs
from xiaoneng.packs.model import Binds, FieldLimit, Lapse, UntilField
from xiaoneng.packs.outward import Hold
from xiaoneng.supervise.holding import LEAD, Holding, holdings
from xiaoneng.timing.kinds import LimitKind

from .bench import (
    PACKS,
    W,
    at,
    calendar,
    cd,
    clock,
    event,
    extension,
    ground,
    history,
    hours,
    law,
    months,
    office,
    sel,
    wd,
)

if TYPE_CHECKING:
    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Clock, Ground

EACH = Hold("h", W, sel("c"), sel("d"), "id", "who")
ANY = Hold("h", W, sel("c"), sel("d"), "", "who")


def held(
    *parts: Clock | Ground,
    events: str | list[Event],
    now: str = "2026-04-30 12:00",
    holds: tuple[Hold, ...] = (EACH,),
    **more: Any,
) -> list[Holding]:
    known = history(events) if isinstance(events, str) else events
    procedure = law(*parts, holds=holds)
    return list(holdings(procedure, known, calendar(), at(now), **more))


def shares(*parts: Clock | Ground, **more: Any) -> dict[str, tuple[int, int, int]]:
    """Holder → in all, late, alone."""
    [found] = held(*parts, **more)
    return {one.holder: (one.amount, one.late, one.alone) for one in found.shares}


def test_working_days_of_one_holder_and_the_rest_of_whoever_leads() -> None:
    found = shares(clock(wd(5)), events="03-02 a; 03-03 c who=F; 03-06 d; 03-11 b")
    assert found == {"F": (3, 0, 3), LEAD: (4, 2, 4)}


def test_the_day_of_opening_is_not_the_holder_s_and_the_day_of_closing_is() -> None:
    assert shares(clock(wd(5)), events="03-02 a; 03-03 c who=F; 03-03 d; 03-04 b")[LEAD] == (2, 0, 2)
    assert shares(clock(wd(5)), events="03-02 a; 03-03 c who=F; 03-04 d; 03-04 b")["F"] == (1, 0, 1)


def test_no_working_day_over_a_holiday_and_a_worked_saturday() -> None:
    assert shares(clock(wd(9)), events="02-13 a; 02-13 c who=F; 02-24 d; 02-25 b") == {"F": (2, 0, 2), LEAD: (1, 0, 1)}


def test_holders_at_once_each_have_the_whole_and_alone_what_the_case_waited_for() -> None:
    events = "03-02 a; 03-02 c id=1 who=F; 03-02 c id=2 who=G; 03-04 d id=1; 03-10 d id=2; 03-11 b"
    assert shares(clock(wd(5)), events=events) == {"G": (6, 1, 4), "F": (2, 0, 0), LEAD: (1, 1, 1)}


def test_matters_of_one_holder_are_one_time() -> None:
    events = "03-02 a; 03-02 c id=1 who=F; 03-03 c id=2 who=F; 03-05 d id=1; 03-06 d id=2; 03-09 b"
    assert shares(clock(wd(9)), events=events) == {"F": (4, 0, 4), LEAD: (1, 0, 1)}


def test_an_answer_to_another_matter_closes_nothing_unless_any_closes() -> None:
    events = "03-02 a; 03-02 c id=1 who=F; 03-04 d id=2; 03-06 b"
    assert shares(clock(wd(9)), events=events) == {"F": (4, 0, 4), LEAD: (0, 0, 0)}
    assert shares(clock(wd(9)), events=events, holds=(ANY,)) == {"F": (2, 0, 2), LEAD: (2, 0, 2)}


def test_asked_again_while_it_holds_goes_on_and_after_its_answer_begins_anew() -> None:
    events = "03-02 a; 03-02 c id=1 who=F; 03-03 c id=1 who=F; 03-04 d id=1; 03-06 c id=1 who=F; 03-09 d id=1; 03-10 b"
    assert shares(clock(wd(9)), events=events) == {"F": (3, 0, 3), LEAD: (3, 0, 3)}


def test_what_is_passed_on_under_the_same_number_is_held_by_the_next() -> None:
    events = "03-02 a; 03-03 c id=1 who=F; 03-05 c id=1 who=G; 03-06 c id=1 who=G; 03-09 d id=1; 03-10 b"
    assert shares(clock(wd(9)), events=events) == {"F": (2, 0, 2), "G": (2, 0, 2), LEAD: (2, 0, 2)}


def test_a_matter_closed_and_given_to_another_and_one_never_closed() -> None:
    events = "03-02 a; 03-03 c id=1 who=F; 03-04 d id=1; 03-05 c id=1 who=G; 03-10 b"
    assert shares(clock(wd(5)), events=events) == {"G": (3, 1, 3), "F": (1, 0, 1), LEAD: (2, 0, 2)}


def test_what_is_open_lasts_until_the_present() -> None:
    found = shares(clock(wd(5)), events="03-02 a; 03-04 c who=F", now="2026-03-12 12:00")
    assert found == {"F": (6, 3, 6), LEAD: (2, 0, 2)}


def test_a_hold_counts_within_the_activation_only() -> None:
    events = "03-02 y; 03-02 c who=F; 03-04 a; 03-06 b; 03-12 d"
    assert shares(clock(wd(5)), events=events) == {"F": (2, 0, 2), LEAD: (0, 0, 0)}


def test_time_off_the_clock_is_nobody_s() -> None:
    parts = (clock(wd(5), off_clock=("g",)), ground())
    events = "03-02 a; 03-02 c who=F; 03-04 o; 03-10 p; 03-11 d; 03-12 b"
    assert shares(*parts, events=events) == {"F": (3, 0, 3), LEAD: (1, 0, 1)}


def test_once_the_limit_has_run_out_nothing_stops_it() -> None:
    parts = (clock(wd(5), off_clock=("g",)), ground())
    assert shares(*parts, events="03-02 a; 03-11 o; 03-16 p; 03-18 b") == {LEAD: (12, 7, 12)}
    assert shares(*parts, events="03-02 a; 03-11 o; 03-11 c who=F; 03-16 d; 03-16 p; 03-18 b")["F"] == (3, 3, 3)
    assert shares(*parts, events="03-02 a; 03-05 o", now="2026-04-01 12:00") == {LEAD: (3, 0, 3)}


def test_an_extension_leaves_less_to_be_late() -> None:
    longer = clock(wd(5), extension=extension(wd(3)))
    assert shares(longer, events="03-02 a; 03-03 c who=F; 03-05 x; 03-10 d; 03-13 b") == {
        "F": (5, 0, 5),
        LEAD: (4, 1, 4),
    }


def test_a_date_that_moves_from_a_day_off_or_lies_in_the_past() -> None:
    def until(day: str, *, roll: bool) -> list[tuple[str, int, int]]:
        known = [event(1, "a", "03-02", due=day), event(2, "c", "03-03", who="F"), event(3, "b", "03-09")]
        [found] = held(clock(UntilField("due"), roll=roll), events=known)
        return [(one.holder, one.amount, one.late) for one in found.shares]

    assert until("2026-03-07", roll=True) == [("F", 6, 0), (LEAD, 1, 0)]
    assert until("2026-03-07", roll=False) == [("F", 6, 2), (LEAD, 1, 0)]
    assert until("2026-02-07", roll=False) == [("F", 6, 6), (LEAD, 1, 1)]


def test_a_cap_lets_the_clock_run_again() -> None:
    parts = (clock(wd(5), off_clock=("g",)), ground(cap=wd(2)))
    assert shares(*parts, events="03-02 a; 03-04 o; 03-10 p; 03-11 c who=F; 03-13 d; 03-13 b")[LEAD] == (5, 0, 5)
    parts = (clock(hours(5), off_clock=("g",)), ground(cap=hours(1)))
    assert shares(*parts, events="03-02 09:00 a; 03-02 10:00 o; 03-02 14:00 p; 03-02 15:00 b")[LEAD][0] == 5 * 3600


def test_days_of_months_and_dates_are_calendar_days() -> None:
    for limit in (cd(9), months(1)):
        [found] = held(clock(limit), events="03-02 a; 03-06 c who=F; 03-09 d; 03-10 b")
        assert (found.kind, found.amount) == (LimitKind.CALENDAR_DAYS, 8)
        assert [(one.holder, one.amount) for one in found.shares] == [("F", 3), (LEAD, 5)]
    events = [event(1, "a", "03-02", due="2026-03-05"), event(2, "c", "03-03", who="F"), event(3, "b", "03-09")]
    [found] = held(clock(UntilField("due")), events=events)
    assert [(one.holder, one.amount, one.late) for one in found.shares] == [("F", 6, 4), (LEAD, 1, 0)]


def test_hours_are_counted_in_seconds() -> None:
    events = "03-02 09:00 a; 03-02 10:30 c who=F; 03-03 10:30 d; 03-03 11:00 b"
    assert shares(clock(hours(24)), events=events) == {"F": (86400, 5400, 86400), LEAD: (7200, 1800, 7200)}
    office_hours = shares(clock(office(24)), events="03-02 09:00 a; 03-02 09:30 c who=F; 03-02 10:00 d; 03-02 11:00 b")
    assert office_hours == {"F": (1800, 0, 1800), LEAD: (5400, 0, 5400)}


def test_a_date_among_hours_stands_at_its_midnight() -> None:
    assert shares(clock(hours(24)), events="03-02 a; 03-02 06:00 b") == {LEAD: (21600, 0, 21600)}


def test_silence_ends_the_time_on_the_due_day() -> None:
    lapse = clock(wd(5), on_lapse=Lapse("e", from_start=False))
    assert shares(lapse, events="03-02 a; 03-04 c who=F") == {"F": (3, 0, 3), LEAD: (2, 0, 2)}


def test_a_promise_is_a_clock_of_its_own_with_its_own_lateness() -> None:
    found = held(clock(wd(5), promised=wd(2)), events="03-02 a; 03-03 c who=F; 03-05 d; 03-06 b")
    assert [(one.clock, one.late, one.shares[0].late) for one in found] == [("k", 0, 0), ("k.promised", 2, 1)]


def test_only_clocks_that_bind_the_agency_and_only_where_a_hold_is_declared() -> None:
    events = "03-02 a; 03-03 c who=F; 03-06 d; 03-11 b"
    assert held(clock(wd(5), binds=Binds.PARTY), events=events) == []
    assert held(clock(wd(5)), events=events, holds=()) == []


def test_a_holder_who_is_not_named_is_called_as_the_hold_is() -> None:
    assert shares(clock(wd(5)), events="03-02 a; 03-03 c; 03-04 d; 03-05 b")["词"] == (1, 0, 1)


def test_a_case_that_is_complete_and_a_start_in_the_future() -> None:
    [found] = held(clock(wd(5)), events="03-09 a", now="2026-03-02 12:00", complete=True)
    assert (found.amount, found.shares[-1].amount) == (0, 0)


def test_a_limit_that_nobody_said_is_no_clock() -> None:
    assert held(clock(FieldLimit("n", "working_days")), events="03-02 a; 03-03 c who=F") == []


@pytest.mark.parametrize(
    ("clock_id", "counted", "late"),
    [
        ("joint_decision", {"城市管理局": (16, 8), "消防救援支队": (8, 0), "市场监督管理局": (4, 0), "": (5, 5)}, 0),
        (
            "joint_decision.promised",
            {"城市管理局": (16, 8), "消防救援支队": (8, 0), "市场监督管理局": (4, 0), "": (5, 5)},
            1,
        ),
    ],
)
def test_a_restaurant_waits_for_one_of_three_agencies(
    clock_id: str, counted: dict[str, tuple[int, int]], late: int
) -> None:
    packs = Packs(PACKS)
    path = Path(PACKS, "cn", "parallel-approval", "cases", "story", "one-of-three-is-late.yaml")
    case = load_case(path, packs.versions("cn.parallel-approval"), PACKS)
    now = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    found = {one.clock: one for one in holdings(case.procedure, case.events, calendar(), now)}[clock_id]
    assert {one.holder.removeprefix("安澜市"): (one.amount, one.alone) for one in found.shares} == counted
    assert (found.amount, found.late) == (21, late)
    assert replace(found.shares[-1], amount=0, alone=0).late == late
