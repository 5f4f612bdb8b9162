"""Time off the clock. Five working days from Monday 03-02 end on 03-09."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.model import Ground, Lapse, UntilField

from .bench import cd, clock, dues, extension, ground, hours, judged, law, lines, months, office, wd

if TYPE_CHECKING:
    from xiaoneng.timing.limit import Limit

HEARING = ground()
TEST = ground("q", "r", name="h")


def due(events: str, limit: Limit | UntilField | None = None, *grounds: Ground, **more: Any) -> str:
    grounds = grounds or (HEARING, TEST)
    part = clock(limit or wd(5), off_clock=tuple(one.id for one in grounds), **more)
    verdict = judged(law(part, *grounds), events, now_of(events))
    assert lines(verdict) == []
    [line] = dues(verdict)
    return line.removeprefix("k e1 ")


def now_of(events: str) -> str:
    words = events.rsplit("; ", maxsplit=1)[-1].split()
    return f"{words[0]} {words[1]}" if ":" in words[1] else f"{words[0]} 00:00"


@pytest.mark.parametrize(
    ("events", "end"),
    [
        ("03-02 a", "03-09"),
        ("03-02 a; 03-04 o; 03-06 p", "03-11"),  # the day of opening counts, the day of closing does not
        ("03-02 a; 03-04 o; 03-04 p", "03-09"),  # held and released on one day
        ("03-02 a; 03-04 o; 03-05 p", "03-10"),
        ("03-02 a; 03-06 o; 03-08 p", "03-09"),  # over a weekend
        ("03-02 a; 03-06 o; 03-09 p", "03-10"),
        ("03-02 a; 03-09 o; 03-11 p", "03-11"),  # opened on the due day
        ("03-02 a; 03-03 o; 03-05 p; 03-05 o; 03-09 p", "03-13"),  # again on the day the first ended: not counted twice
        ("03-02 a; 03-03 o; 03-04 p; 03-06 o; 03-09 p", "03-11"),
        ("03-02 a; 03-04 o; 03-05 o; 03-06 p", "03-11"),  # opened while open
        ("03-02 a; 03-04 p; 03-05 q; 03-06 r", "03-10"),  # closed without having been opened
        ("03-02 a; 03-04 o; 03-06 q; 03-10 p; 03-12 r", "03-17"),  # overlap counts once
        ("03-02 a; 03-04 o; 03-05 q; 03-06 r; 03-12 p", "03-17"),  # one inside the other
        ("03-02 a; 03-04 o; 03-04 q; 03-12 p; 03-12 r", "03-17"),  # both alike
        ("03-02 a; 03-03 o; 03-04 p; 03-06 q; 03-09 r", "03-11"),  # apart, they add up
        ("03-02 a; 03-03 o; 03-05 p; 03-05 q; 03-09 r", "03-13"),  # one ends, another begins
    ],
)
def test_a_clock_stands_for_the_union_of_its_grounds(events: str, end: str) -> None:
    assert due(events) == end


def test_what_was_off_before_the_start_does_not_count() -> None:
    verdict = judged(law(clock(wd(5), off_clock=("g",)), HEARING), "03-02 o; 03-03 a; 03-05 p", "03-05 12:00")
    assert dues(verdict) == ["k e2 03-12"]
    early = judged(law(clock(wd(5), off_clock=("g",)), HEARING), "03-02 o; 03-03 p; 03-03 a", "03-05 12:00")
    assert dues(early) == ["k e3 03-10"]


def test_each_activation_has_only_the_time_off_since_its_own_start() -> None:
    procedure = law(clock(wd(5), off_clock=("g",)), HEARING)
    verdict = judged(procedure, "03-02 a; 03-03 o; 03-05 p; 03-06 a; 03-09 o; 03-10 p", "03-10 12:00")
    assert dues(verdict) == ["k e1 03-12", "k e4 03-16"]


@pytest.mark.parametrize(
    ("cap", "events", "end"),
    [
        (2, "03-02 a; 03-04 o; 03-05 p", "03-10"),
        (2, "03-02 a; 03-04 o; 03-10 p", "03-11"),
        (2, "03-02 a; 03-04 o", "03-11"),  # still open, and yet known
        (1, "03-02 a; 03-03 o; 03-06 p; 03-06 o; 03-10 p", "03-11"),  # each interval has its own cap
        (0, "03-02 a; 03-03 o; 03-06 p", "03-09"),
        (1, "03-02 a; 03-04 o; 03-05 q; 03-06 p; 03-06 r", "03-11"),  # the cap of one leaves the other whole
        (1, "03-02 a; 03-04 q; 03-05 o; 03-10 p; 03-10 r", "03-13"),
    ],
)
def test_a_cap_bounds_each_interval(cap: int, events: str, end: str) -> None:
    assert due(events, None, ground(cap=wd(cap)), TEST) == end


def test_past_its_cap_an_open_ground_holds_no_longer() -> None:
    procedure = law(clock(wd(5), off_clock=("g",)), ground(cap=wd(2)))
    assert lines(judged(procedure, "03-02 a; 03-04 o", "03-11 12:00")) == []
    assert lines(judged(procedure, "03-02 a; 03-04 o", "03-12 00:00")) == ["k e1 03-12"]
    assert lines(judged(procedure, "03-02 a; 03-04 o; 03-12 p")) == ["k e1 03-12"]


def test_a_hold_that_is_open_now_holds_the_clock_without_a_date() -> None:
    verdict = judged(law(clock(wd(5), off_clock=("g",)), HEARING), "03-02 a; 03-04 o", "12-31 12:00")
    assert (lines(verdict), dues(verdict)) == ([], ["k e1 held"])
    assert verdict.clocks[0].held
    assert verdict.wake_at is None


def test_what_has_expired_is_not_revived() -> None:
    procedure = law(clock(wd(5), off_clock=("g",)), HEARING)
    assert lines(judged(procedure, "03-02 a; 03-10 o; 03-20 p; 03-23 b")) == ["k e1 03-10 03-23"]
    mixed = judged(procedure, "03-02 a; 03-09 a; 03-10 o", "03-20 12:00")
    assert (lines(mixed), dues(mixed)) == (["k e1 03-10"], ["k e2 held"])


@pytest.mark.parametrize(
    ("limit", "roll", "events", "end"),
    [
        (cd(10), False, "03-02 a; 03-04 o; 03-06 p", "03-14"),
        (cd(10), True, "03-02 a; 03-04 o; 03-06 p", "03-16"),  # rolled last
        (cd(12), True, "03-02 a; 03-14 o; 03-16 p", "03-16"),  # opened on a Saturday to which nothing had rolled yet
        (months(1), True, "03-02 a; 03-04 o; 03-06 p", "04-07"),  # 04-04 and two days more are holidays
        (months(1), False, "01-30 a; 02-02 o; 02-05 p", "03-03"),
        (UntilField("on"), False, "03-02 a on=2026-03-08; 03-03 o; 03-05 p", "03-10"),
        (hours(24), False, "03-02 09:00 a; 03-02 12:00 o; 03-02 15:30 p", "03-03T12:30"),
        (office(8), False, "03-02 08:30 a; 03-02 11:00 o; 03-02 14:00 p", "03-03T10:00"),  # noon is off anyway
    ],
)
def test_time_off_is_measured_in_the_clocks_own_kind(
    limit: Limit | UntilField, roll: bool, events: str, end: str
) -> None:
    assert due(events, limit, HEARING, roll=roll) == end


def test_an_interval_that_closes_before_it_opens_measures_nothing() -> None:
    procedure = law(clock(hours(24), off_clock=("g",)), HEARING)
    verdict = judged(procedure, "03-02 a; 03-02 09:00 o; 03-02 p", "03-02 10:00")
    assert dues(verdict) == ["k e1 03-03T00:00"]


def test_a_hold_known_by_its_day_only_holds_from_the_start_that_it_was_told_after() -> None:
    """It stands at midnight, before the clock began; what it holds begins with the clock."""
    procedure = law(clock(hours(24), off_clock=("g",)), HEARING)
    verdict = judged(procedure, "03-02 09:00 a; 03-02 o; 03-02 12:00 p", "03-02 13:00")
    assert dues(verdict) == ["k e1 03-03T12:00"]


def test_a_restart_and_an_extension_go_with_time_off() -> None:
    part = clock(wd(5), off_clock=("g",), restart="c", extension=extension(wd(2)))
    procedure = law(part, HEARING)
    assert dues(judged(procedure, "03-02 a; 03-03 o; 03-04 p; 03-05 c", "03-05 12:00")) == ["k e1 03-12"]
    assert dues(judged(procedure, "03-02 a; 03-03 o; 03-04 x; 03-05 p", "03-05 12:00")) == ["k e1 03-13"]
    assert dues(judged(procedure, "03-02 a; 03-03 x; 03-05 c; 03-06 x", "03-06 12:00")) == ["k e1 03-16"]


def test_one_ground_may_hold_one_clock_and_not_another() -> None:
    procedure = law(clock(wd(5), off_clock=("g",)), clock(wd(5), id="m"), HEARING)
    assert dues(judged(procedure, "03-02 a; 03-04 o; 03-05 p", "03-05 12:00")) == ["k e1 03-10", "m e1 03-09"]


def test_a_clock_deemed_to_have_started_earlier_has_the_time_off_since_then() -> None:
    silent = clock(wd(5), "a", "c", id="s", on_lapse=Lapse("c", from_start=True))
    procedure = law(silent, clock(wd(10), "c", "d", off_clock=("g",)), HEARING)
    # Deemed on 03-10 from 03-02: ten working days end on 03-16, and 03-05 was off.
    verdict = judged(procedure, "03-02 a; 03-04 o; 03-05 p", "03-11 12:00")
    assert dues(verdict) == ["k deemed:s:e1 03-17"]
    # A ground that opened after the earlier due had passed helps no more.
    quick = law(silent, clock(wd(2), "c", "d", off_clock=("g",)), HEARING)
    late = judged(quick, "03-02 a; 03-05 o; 03-06 p", "03-11 12:00")
    assert lines(late) == ["k deemed:s:e1 03-05", "s e1 03-10 03-10"]
