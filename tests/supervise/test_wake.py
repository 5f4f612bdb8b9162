"""When to look again: between now and then nothing may change, and then something does or the next moment is told."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.oracle.compare import calendars
from tests.oracle.journals import History, some_history
from tests.oracle.procedures import some_procedure

from xiaoneng.packs.model import Lapse, Nature, Procedure, RuleKind
from xiaoneng.supervise.judge import supervise

from .bench import at, cd, clock, ground, hours, judged, ladder, law, office, rule, rung, wd

if TYPE_CHECKING:
    from xiaoneng.supervise.verdict import Verdict
    from xiaoneng.timing.calendar import Calendar
    from xiaoneng.timing.limit import Limit

STEPS = ladder(
    rung("blue", "before", 1, "working_days"),
    rung("blue", "before", 1, "elapsed_hours"),
    rung("yellow", "used", 800),
    rung("blue", "before", 1, "working_hours"),
    rung("yellow", "passed", natures=(Nature.PROMISED,)),
)


@pytest.mark.parametrize(
    ("limit", "events", "now", "wake"),
    [
        (wd(20), "03-02 a", "03-02 12:00", "03-24"),  # sixteen of twenty are used
        (wd(20), "03-02 a", "03-24 00:00", "03-27"),  # one day before
        (wd(20), "03-02 a", "03-27 00:00", "03-31"),
        (wd(20), "03-02 a", "03-30 23:59", "03-31"),  # the due day is over
        (wd(20), "03-02 a; 03-25 a", "03-30 00:00", "03-31"),
        (wd(20), "03-02 a; 03-03 b", "03-03 12:00", None),
        (wd(20), "03-02 a", "03-31 00:00", None),
        (hours(10), "03-02 09:00 a", "03-02 09:00", "03-02 17:00"),
        (hours(10), "03-02 09:00 a", "03-02 17:00", "03-02 18:00"),
        (hours(10), "03-02 09:00 a", "03-02 18:00", "03-02 19:00:00.000001"),
    ],
)
def test_the_next_look_is_at_the_next_threshold_or_when_the_due_has_passed(
    limit: Limit, events: str, now: str, wake: str | None
) -> None:
    verdict = judged(law(clock(limit), ladder=STEPS), events, now)
    assert verdict.wake_at == (None if wake is None else at(wake))


def test_the_earliest_of_many_clocks_is_told() -> None:
    assert judged(law(clock(wd(20)), clock(cd(9), id="m")), "03-02 a", "03-02 12:00").wake_at == at("03-12")


def test_a_lapse_is_a_moment_to_look_again() -> None:
    silent = clock(wd(5), on_lapse=Lapse("c", from_start=False))
    assert judged(law(silent), "03-02 a", "03-02 12:00").wake_at == at("03-10")


def test_a_capped_hold_is_known_to_end() -> None:
    procedure = law(clock(wd(5), off_clock=("g",)), ground(cap=wd(2)))
    assert judged(procedure, "03-02 a; 03-04 o", "03-05 12:00").wake_at == at("03-12")


def test_a_clock_of_office_hours_wakes_when_office_time_goes_on_again() -> None:
    """Eight office hours from 03-02 09:00 are over with the first second after 09:00 of the next day."""
    procedure = law(clock(office(8)))
    assert judged(procedure, "03-02 09:00 a", "03-02 12:00").wake_at is not None
    wake = judged(procedure, "03-02 09:00 a", "03-02 12:00").wake_at
    assert wake is not None
    assert at("03-03 09:00") < wake <= at("03-03 09:00:01")
    # Due at closing time on Friday: late from Monday's opening, and never asked to look at a moment that has passed.
    friday = judged(procedure, "03-05 18:00 a", "03-06 18:00:30")
    assert friday.breaches == ()
    assert friday.wake_at is not None
    assert friday.wake_at > at("03-06 18:00:30")


def test_a_next_event_that_is_waited_for_wakes_when_its_due_has_passed() -> None:
    procedure = law(rule(RuleKind.CHAIN_RESPONSE, "a", "b", limit=wd(5)))
    assert judged(procedure, "03-02 a", "03-09 12:00").breaches == ()
    assert len(judged(procedure, "03-02 a", "03-10 00:00").breaches) == 1
    assert judged(procedure, "03-02 a", "03-09 12:00").wake_at == at("03-10")


def gist(verdict: Verdict) -> object:
    """What a person is shown of a case and its clocks.

    Not whether another order of ties would change it: that other case has moments of its own, at which nobody looks.
    """
    findings = {(one.id, one.kind, one.level, one.since, one.until) for one in verdict.findings}
    return findings, verdict.clocks, verdict.deemed, verdict.closed


def walk(procedure: Procedure, calendar: Calendar, history: History, steps: int) -> str:
    """Follow `wake_at`; words for the first thing that changes unannounced, "" for none."""
    chance = random.Random(7)
    events, now, complete = history.events, history.now, history.complete
    verdict = supervise(procedure, events, calendar, now, complete=complete)
    for _ in range(steps):
        last = verdict.wake_at
        end = now + dt.timedelta(days=40) if last is None else last
        if end <= now:
            return f"asked at {now} to look at {last}"
        span = end - now
        inside = [now + span * chance.random() for _ in range(2)] + [end - dt.timedelta(microseconds=1)]
        for moment in sorted(one for one in inside if now < one < end):
            then = supervise(procedure, events, calendar, moment, complete=complete)
            if gist(then) != gist(verdict):
                return f"changed at {moment}, between {now} and {end}"
            if then.wake_at != last:
                return f"at {moment} another moment than at {now}: {then.wake_at}, not {last}"
        if last is None:
            return ""
        now = last
        verdict = supervise(procedure, events, calendar, now, complete=complete)
    return ""


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_nothing_changes_by_itself_before_the_moment_told(first: int) -> None:
    for seed in range(first, first + 20):
        chance = random.Random(seed)
        procedure = replace(some_procedure(chance), ladder=STEPS if seed % 4 else None)
        days, calendar = calendars(procedure.zone)
        for number in range(4):
            found = walk(procedure, calendar, some_history(chance, days), 6)
            assert not found, f"seed {seed}, history {number}: {found}"
