"""Levels and warnings. Twenty working days from Monday 03-02 end on 03-30, five on 03-09."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.model import Binds, Ladder, Level, Nature, RuleKind, UntilField

from .bench import (
    at,
    cd,
    clock,
    ground,
    hours,
    judged,
    ladder,
    law,
    lines,
    months,
    office,
    rule,
    rung,
    warnings,
    wd,
)

if TYPE_CHECKING:
    from xiaoneng.timing.limit import Limit

DAY_BEFORE = ladder(rung("blue", "before", 1, "working_days"))
CARDS = ladder(
    rung("blue", "before", 1, "working_days", (Nature.PROMISED, Nature.STATUTORY)),
    rung("yellow", "used", 900, natures=(Nature.STATUTORY,)),
    rung("yellow", "passed", natures=(Nature.PROMISED,)),
    rung("red", "passed", natures=(Nature.STATUTORY,)),
)


def shown(limit: Limit | UntilField, steps: Ladder, events: str, now: str) -> list[str]:
    return warnings(judged(law(clock(limit), ladder=steps), events, now))


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("03-05 23:59:59.999999", []),
        ("03-06 00:00", ["k e1 blue 03-06"]),  # a working day before Monday is Friday
        ("03-09 23:59:59.999999", ["k e1 blue 03-06"]),
        ("03-10 00:00", []),
    ],
)
def test_a_warning_begins_and_ends_at_midnight(now: str, found: list[str]) -> None:
    assert shown(wd(5), DAY_BEFORE, "03-02 a", now) == found


@pytest.mark.parametrize(
    ("limit", "steps", "events", "before", "since"),
    [
        (wd(20), ladder(rung("yellow", "used", 900)), "03-02 a", "03-25 23:59", "03-26"),  # eighteen of twenty
        (wd(5), ladder(rung("yellow", "used", 500)), "03-02 a", "03-04 23:59", "03-05"),  # two and a half: on the third
        (cd(10), ladder(rung("blue", "before", 3, "calendar_days")), "03-02 a", "03-08 23:59", "03-09"),
        (cd(10), ladder(rung("blue", "used", 500)), "03-02 a", "03-06 23:59", "03-07"),
        (months(1), ladder(rung("blue", "before", 3, "calendar_days")), "03-02 a", "03-29 23:59", "03-30"),
        (
            UntilField("on"),
            ladder(rung("blue", "before", 3, "calendar_days")),
            "03-02 a on=2026-03-20",
            "03-16 23:59",
            "03-17",
        ),
        (
            hours(24),
            ladder(rung("blue", "before", 2, "elapsed_hours")),
            "03-02 09:00 a",
            "03-03 06:59:59",
            "03-03T07:00",
        ),
        (hours(24), ladder(rung("blue", "used", 500)), "03-02 09:00 a", "03-02 20:59:59", "03-02T21:00"),
        (
            office(8),
            ladder(rung("blue", "before", 2, "working_hours")),
            "03-02 14:00 a",
            "03-03 10:29:59",
            "03-03T10:30",
        ),
        (wd(5), ladder(rung("blue", "before", 1, "calendar_days")), "03-02 a", "03-07 23:59", "03-08"),
    ],
)
def test_a_threshold_is_reached_at_its_moment_and_not_before(
    limit: Limit | UntilField, steps: Ladder, events: str, before: str, since: str
) -> None:
    assert shown(limit, steps, events, before) == []
    [level] = [one.level for one in steps.rungs]
    assert shown(limit, steps, events, since.replace("T", " ")) == [f"k e1 {level} {since}"]


def test_a_share_of_months_is_a_share_of_their_days() -> None:
    half = ladder(rung("yellow", "used", 500))
    # Ten months from 03-02 end on 2027-01-02: half of them are not used up before August.
    assert shown(months(10), half, "03-02 a", "07-20 12:00") == []
    [warning] = judged(law(clock(months(10)), ladder=half), "03-02 a", "09-01 12:00").findings
    assert dt.date(2026, 7, 29) <= warning.since <= dt.date(2026, 8, 5)


def test_a_date_in_a_field_has_no_share_that_is_used_before_it_began() -> None:
    half = ladder(rung("yellow", "used", 500))
    assert shown(UntilField("on"), half, "03-02 a on=2026-03-22", "03-02 12:00") == []


def test_steps_in_days_do_not_fit_a_clock_of_hours() -> None:
    for limit in (hours(24), office(8)):
        assert shown(limit, DAY_BEFORE, "03-02 09:00 a", "03-02 17:59") == []
    assert shown(wd(5), ladder(rung("blue", "before", 2, "working_hours")), "03-02 a", "03-09 12:00") == []
    assert shown(office(8), ladder(rung("blue", "before", 2, "elapsed_hours")), "03-02 08:30 a", "03-02 17:59") == []


def test_the_highest_level_that_is_reached_stands() -> None:
    assert shown(wd(20), CARDS, "03-02 a", "03-26 12:00") == ["k e1 yellow 03-26"]
    assert shown(wd(20), CARDS, "03-02 a", "03-27 12:00") == ["k e1 yellow 03-26"]  # blue on 03-27 is less


def test_a_rung_stands_only_on_clocks_of_its_nature() -> None:
    procedure = law(clock(wd(20), promised=wd(5)), clock(wd(5), id="s", nature=Nature.STAGE), ladder=CARDS)
    assert warnings(judged(procedure, "03-02 a", "03-06 12:00")) == ["k.promised e1 blue 03-06"]


def test_a_breach_has_the_level_of_what_has_passed() -> None:
    procedure = law(clock(wd(20), promised=wd(5)), clock(wd(5), id="s", nature=Nature.STAGE), ladder=CARDS)
    verdict = judged(procedure, "03-02 a", "04-20 12:00")
    assert {one.rule: one.level for one in verdict.breaches} == {
        "k": Level.RED,
        "k.promised": Level.YELLOW,
        "s": Level.RED,  # no rung says otherwise: as a rule
    }
    rules = law(rule(RuleKind.ABSENCE, "a"), ladder=ladder(rules="yellow"))
    assert judged(rules, "03-02 a").breaches[0].level is Level.YELLOW


def test_without_a_ladder_there_are_breaches_and_no_warnings() -> None:
    assert shown(wd(5), None, "03-02 a", "03-09 12:00") == []  # type: ignore[arg-type]  # a law may have none
    [breach] = judged(law(clock(wd(5))), "03-02 a", "03-10 12:00").findings
    assert (breach.kind, breach.level) == ("breach", Level.NONE)


def test_what_binds_the_party_or_is_held_or_answered_warns_nobody() -> None:
    party = law(clock(wd(5), binds=Binds.PARTY), ladder=DAY_BEFORE)
    assert warnings(judged(party, "03-02 a", "03-09 12:00")) == []
    held = law(clock(wd(5), off_clock=("g",)), ground(), ladder=DAY_BEFORE)
    assert warnings(judged(held, "03-02 a; 03-04 o", "12-31 12:00")) == []
    assert warnings(judged(held, "03-02 a; 03-04 b", "03-09 12:00")) == []
    endless = law(clock(wd(9000)), ladder=DAY_BEFORE)
    assert warnings(judged(endless, "03-02 a", "2036-12-30 12:00")) == []
    answered = law(
        rule(RuleKind.NOT_WHILE, "c", pending="r"), rule(RuleKind.RESPONSE, "a", "b", id="r"), ladder=DAY_BEFORE
    )
    assert warnings(judged(answered, "03-02 a")) == []


def test_rules_with_a_limit_have_no_steps_of_the_ladder() -> None:
    procedure = law(rule(RuleKind.RESPONSE, "a", "b", limit=wd(5)), ladder=CARDS)
    verdict = judged(procedure, "03-02 a", "03-09 12:00")
    assert (warnings(verdict), verdict.wake_at) == ([], at("03-10"))


def test_time_off_moves_the_steps_with_the_due_date() -> None:
    procedure = law(clock(wd(5), off_clock=("g",)), ground(), ladder=DAY_BEFORE)
    assert warnings(judged(procedure, "03-02 a; 03-04 o; 03-06 p", "03-09 12:00")) == []
    assert warnings(judged(procedure, "03-02 a; 03-04 o; 03-06 p", "03-10 12:00")) == ["k e1 blue 03-10"]


def test_a_zero_limit_has_no_share() -> None:
    assert shown(wd(0), ladder(rung("blue", "used", 500)), "03-02 a", "03-02 12:00") == []


def test_a_warning_says_what_it_rests_on() -> None:
    [warning] = judged(law(clock(wd(5)), ladder=DAY_BEFORE), "03-02 a", "03-06 12:00").findings
    assert warning.kind == "warning"
    assert (warning.due, warning.until, warning.evidence) == (dt.date(2026, 3, 9), None, ("e1",))
    assert lines(judged(law(clock(wd(5)), ladder=DAY_BEFORE), "03-02 a", "03-06 12:00")) == []
