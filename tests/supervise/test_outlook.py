"""What comes next: lawful actions, what if, the four verdicts, and cases that are lost before the breach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.automata import Standing
from xiaoneng.packs.model import Action, EventKind, Field, FieldType, Lapse, Procedure, RuleKind
from xiaoneng.supervise.outlook import doomed, prospects, standings, what_if

from .bench import W, at, calendar, clock, event, ground, history, hours, judged, law, office, rule, wd

if TYPE_CHECKING:
    from xiaoneng.packs.model import Clock, Ground, Rule

GOOD, NOW, NOT_NOW, NEVER = Standing


def desk(*parts: Clock | Rule | Ground, ends: str = "", refuses: str = "") -> Procedure:
    actions = tuple(Action(f"do_{kind}", W, kind, ("counter",), refuses=kind in refuses) for kind in "abc")
    return law(*parts, ends=ends, actions=actions)


def asked(procedure: Procedure, events: str, now: str = "03-03 10:00", actor: str = "") -> dict[str, tuple[str, ...]]:
    found = prospects(procedure, history(events), calendar(), at(now), actor)
    return {one.action.event: one.breaches for one in found}


def test_every_action_is_told_with_what_it_would_breach_the_lawful_first() -> None:
    procedure = desk(rule(RuleKind.PRECEDENCE, "b", "a"), refuses="a")
    assert list(asked(procedure, "03-02 d").items()) == [("b", ()), ("c", ()), ("a", ("r",))]
    first = prospects(procedure, history("03-02 d"), calendar(), at("03-03"))
    assert [(one.lawful, one.refused) for one in first] == [(True, False), (True, False), (False, True)]
    assert asked(procedure, "03-02 b")["a"] == ()


def test_what_is_wrong_already_is_not_held_against_the_next_act() -> None:
    procedure = desk(rule(RuleKind.ABSENCE, "d"), clock(wd(1), "d", "b"))
    assert asked(procedure, "03-02 d", "03-20 10:00") == {"a": (), "b": (), "c": ()}


def test_contents_are_taken_at_their_best() -> None:
    part = rule(RuleKind.ABSENCE, "a where reason == 'none'")
    procedure = desk(part, rule(RuleKind.ABSENCE, "b where given(reason) or not given(reason)", id="s"))
    fields = {"reason": Field("reason", FieldType.TEXT, W)}
    events = {kind: EventKind(kind, W, fields) for kind in procedure.events}
    from dataclasses import replace

    assert asked(replace(procedure, events=events), "03-02 d") == {"a": (), "c": (), "b": ("s",)}


def test_hands_gaps_and_holds_are_seen_beforehand() -> None:
    procedure = desk(
        rule(RuleKind.DIFFERENT_HANDS, "d, a"),
        rule(RuleKind.MINIMUM_GAP, "d", "b", id="s", limit=office(4)),
        rule(RuleKind.NOT_WHILE, "c", id="t", pending="g"),
        ground(),
    )
    events = "03-02 09:00 o; 03-02 16:00 d actor=ann"
    assert asked(procedure, events, "03-03 08:30", "ann") == {"a": ("r",), "b": ("s",), "c": ("t",)}
    assert asked(procedure, events, "03-03 10:30", "bob") == {"a": (), "b": (), "c": ("t",)}
    assert asked(procedure, events, "03-03 10:30") == {"a": (), "b": (), "c": ("t",)}


def test_a_first_act_of_an_empty_case_can_be_asked_about() -> None:
    assert asked(desk(rule(RuleKind.INIT, "a")), "") == {"a": (), "b": ("r",), "c": ("r",)}


def test_what_if_tells_what_is_raised_withdrawn_and_started() -> None:
    procedure = law(clock(wd(1)), clock(wd(3), "c", "d", id="m"), rule(RuleKind.PRECEDENCE, "a", "b"))
    known = history("03-02 a")
    change = what_if(procedure, known, event(2, "c", "03-05"), calendar(), at("03-05 12:00"))
    assert (change.raised, change.withdrawn, [one.clock for one in change.clocks]) == ((), (), ["m"])
    stopped = what_if(procedure, known, event(2, "b", "03-05"), calendar(), at("03-05 12:00"))
    assert [one.until for one in stopped.raised] == [event(2, "b", "03-05").occurred]
    assert [one.until for one in stopped.withdrawn] == [None]
    wrong = what_if(procedure, [], event(1, "b", "03-05"), calendar(), at("03-05 12:00"))
    assert [one.rule for one in wrong.raised] == ["r"]


@pytest.mark.parametrize(
    ("part", "events", "standing"),
    [
        (rule(RuleKind.RESPONSE, "a", "b"), "03-02 a", NOT_NOW),
        (rule(RuleKind.RESPONSE, "a", "b"), "03-02 a; 03-02 b", NOW),
        (rule(RuleKind.PRECEDENCE, "a", "b"), "03-02 a", GOOD),
        (rule(RuleKind.PRECEDENCE, "a", "b"), "03-02 b", NEVER),
        (rule(RuleKind.EXISTENCE, "a"), "03-02 a", GOOD),
        (rule(RuleKind.EXISTENCE, "a"), "03-02 b", NOT_NOW),
        (rule(RuleKind.RESPONSE, "a", "b", limit=wd(3)), "03-02 a", NOT_NOW),
        (rule(RuleKind.RESPONSE, "a", "b", limit=wd(3)), "03-02 b", NOW),
        (rule(RuleKind.RESPONSE, "a", "b", limit=hours(1)), "03-02 a", NEVER),
        (rule(RuleKind.EXISTENCE, "a", n=5), "03-02 a", NOT_NOW),
        (rule(RuleKind.EXACTLY, "a", n=5), "03-02 a", NOT_NOW),
        (rule(RuleKind.RESPONSE, "a", "b", same="file"), "03-02 a file=p", NOT_NOW),
        (rule(RuleKind.CHAIN_RESPONSE, "a", "b", limit=wd(3)), "03-02 a", NOT_NOW),
        (rule(RuleKind.ABSENCE, "a", n=9), "03-02 a", NOW),
    ],
)
def test_a_rule_stands_in_one_of_four_verdicts(part: Rule, events: str, standing: Standing) -> None:
    assert standings(judged(law(part), events, "03-02 12:00"))["r"] is standing


def test_a_clock_stands_as_it_runs() -> None:
    procedure = law(clock(wd(3)))
    assert standings(judged(procedure, "03-02 a", "03-02 12:00")) == {"k": NOT_NOW}
    assert standings(judged(procedure, "03-02 d", "03-02 12:00")) == {"k": NOW}
    assert standings(judged(procedure, "03-02 a", "03-20 12:00")) == {"k": NEVER}


def test_a_case_is_lost_before_the_breach_that_it_cannot_avoid() -> None:
    """After b no c may come; c is owed before the end."""
    parts = (rule(RuleKind.NOT_SUCCESSION, "b", "c"), rule(RuleKind.RESPONSE, "a", "c", id="s"))
    procedure = law(*parts, ends="end")
    assert doomed(judged(procedure, "03-02 a", "03-03")) is False
    assert doomed(judged(procedure, "03-02 a; 03-03 b", "03-03")) is True
    assert doomed(judged(procedure, "03-02 a; 03-03 c; 03-04 b", "03-04")) is False
    assert doomed(judged(procedure, "03-02 a; 03-03 b", "03-03"), bound=1) is None


def test_a_case_that_cannot_end_is_lost_and_one_that_has_ended_well_is_not() -> None:
    assert doomed(judged(law(rule(RuleKind.ABSENCE, "a")), "03-02 b", "03-03")) is True
    ended = law(rule(RuleKind.RESPONSE, "a", "b"), ends="end")
    assert doomed(judged(ended, "03-02 a; 03-03 b; 03-04 end", "03-04")) is False
    assert doomed(judged(ended, "03-02 a; 03-04 end", "03-04")) is False  # b may still come


def test_silence_that_is_still_to_come_is_no_fact_yet() -> None:
    silent = clock(wd(5), "d", "e", on_lapse=Lapse("c", from_start=False))
    procedure = desk(silent, rule(RuleKind.PRECEDENCE, "c", "a"))
    assert asked(procedure, "03-02 d", "03-09 12:00")["a"] == ("r",)
    assert asked(procedure, "03-02 d", "03-10 12:00")["a"] == ()
