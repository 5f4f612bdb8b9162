"""Each row of the tables of rules, computed by hand. One event a day from Monday 2026-03-02; ids e1, e2, …"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from xiaoneng.packs.model import RuleKind, UntilField, Yearly

from .bench import (
    at,
    breaches,
    cd,
    clock,
    daily,
    event,
    ground,
    hours,
    law,
    lines,
    months,
    office,
    on,
    rule,
    verdict,
    wd,
)

K = RuleKind
OPEN, CLOSED = False, True


@pytest.mark.parametrize(
    ("kind", "more", "history", "complete", "expected"),
    [
        (K.INIT, {}, "b a", OPEN, ["r e1 03-02"]),
        (K.INIT, {}, "a b", CLOSED, []),
        (K.EXISTENCE, {"n": 2}, "b a", OPEN, []),
        (K.EXISTENCE, {"n": 2}, "b a", CLOSED, ["r e1 03-03"]),
        (K.ABSENCE, {"n": 2}, "a b a a", OPEN, ["r e3 03-04", "r e4 03-05"]),
        (K.EXACTLY, {"n": 1}, "a a a", OPEN, ["r e2 03-03", "r e3 03-04"]),
        (K.EXACTLY, {"n": 2}, "b a", CLOSED, ["r e1 03-03"]),
        (K.RESPONSE, {}, "a a b a c", OPEN, []),
        (K.RESPONSE, {}, "a a b a c", CLOSED, ["r e4 03-06"]),
        (K.ALTERNATE_RESPONSE, {}, "a a b a", OPEN, ["r e1 03-03"]),
        (K.ALTERNATE_RESPONSE, {}, "a a b a", CLOSED, ["r e1 03-03", "r e4 03-05"]),
        (K.CHAIN_RESPONSE, {}, "a b a c a", OPEN, ["r e3 03-05"]),
        (K.CHAIN_RESPONSE, {}, "a b a c a", CLOSED, ["r e3 03-05", "r e5 03-06"]),
        (K.PRECEDENCE, {}, "b b a b", OPEN, ["r e1 03-02", "r e2 03-03"]),
        (K.PRECEDENCE, {"n": 2}, "a b a b", OPEN, ["r e2 03-03"]),
        (K.ALTERNATE_PRECEDENCE, {}, "b a b b", OPEN, ["r e1 03-02", "r e4 03-05"]),
        (K.CHAIN_PRECEDENCE, {}, "b a b c b", OPEN, ["r e1 03-02", "r e5 03-06"]),
        (K.RESPONDED_EXISTENCE, {}, "a c a", OPEN, []),
        (K.RESPONDED_EXISTENCE, {}, "a c a", CLOSED, ["r e1 03-04", "r e3 03-04"]),
        (K.RESPONDED_EXISTENCE, {}, "b a", CLOSED, []),
        (K.CO_EXISTENCE, {}, "a c a", CLOSED, ["r e1 03-04", "r e3 03-04"]),
        (K.CO_EXISTENCE, {}, "c b", CLOSED, ["r e2 03-03"]),
        (K.NOT_CO_EXISTENCE, {}, "b b a b", OPEN, ["r e3 03-04"]),
        (K.SUCCESSION, {}, "b a", CLOSED, ["r e1 03-02", "r e2 03-03"]),
        (K.NOT_SUCCESSION, {}, "b a b b", OPEN, ["r e3 03-04", "r e4 03-05"]),
    ],
)
def test_a_plain_rule_breaks_as_its_row_says(
    kind: RuleKind, more: dict[str, int], history: str, complete: bool, expected: list[str]
) -> None:
    assert breaches(rule(kind, "a", "b", **more), history, complete=complete) == expected


def test_an_event_never_answers_itself() -> None:
    both = "a, b"
    assert breaches(rule(K.RESPONSE, both, both), "a", complete=True) == ["r e1 03-02"]
    assert breaches(rule(K.PRECEDENCE, both, both), "a b") == ["r e1 03-02"]
    assert breaches(rule(K.ALTERNATE_RESPONSE, both, "b"), "a b", complete=True) == ["r e2 03-03"]
    assert breaches(rule(K.ALTERNATE_PRECEDENCE, "b", both), "b b") == ["r e1 03-02"]
    assert breaches(rule(K.RESPONDED_EXISTENCE, "a", "a"), "a", complete=True) == []
    assert breaches(rule(K.NOT_CO_EXISTENCE, "a", "a"), "c a") == ["r e2 03-03"]
    assert breaches(rule(K.NOT_SUCCESSION, "a", "a"), "a a") == ["r e2 03-03"]


def test_the_closing_moment_is_the_first_end_but_never_before_the_activation() -> None:
    part = rule(K.RESPONSE, "a", "b")
    assert breaches(part, "a end c a", ends="end") == ["r e1 03-03", "r e4 03-05"]
    assert breaches(part, "a end c b", ends="end") == []
    assert breaches(part, "a c", ends="end") == []


def test_no_events_break_nothing() -> None:
    for kind in (K.INIT, K.EXISTENCE, K.EXACTLY):
        assert breaches(rule(kind, "a"), "", complete=True) == []


def test_an_undeclared_kind_is_left_out() -> None:
    assert breaches(rule(K.CHAIN_RESPONSE, "a", "b"), "a z b") == []


def test_a_condition_that_cannot_be_answered_is_not_fulfilled() -> None:
    part = rule(K.ABSENCE, "a where amount > 5, b where not (amount > 5), c where not given(amount)")
    events = [event(i, kind, "03-02") for i, kind in enumerate("abc", 1)]
    assert lines(verdict(law(part), events)) == ["r e3 03-02"]
    said = [event(i, kind, "03-02", amount=6) for i, kind in enumerate("abc", 1)]
    assert lines(verdict(law(part), said)) == ["r e1 03-02"]
    kleene = rule(K.ABSENCE, "a where amount > 5 or actor == 'ann', b where amount > 5 and actor == 'ann'")
    acts = [event(1, "a", "03-02", "ann"), event(2, "b", "03-02", "ann")]
    assert lines(verdict(law(kleene), acts)) == ["r e1 03-02"]


def test_missing_values_of_the_same_field_are_one_value() -> None:
    keys = ("p", None, "q", "", "p")
    events = [event(i, "a", f"03-0{i + 1}", key=key) for i, key in enumerate(keys, 1)]
    assert lines(verdict(law(rule(K.ABSENCE, "a", n=2, same="key")), events)) == ["r e4 03-05", "r e5 03-06"]
    pair = [event(1, "a", "03-02", key="p"), event(2, "b", "03-03", key="q")]
    assert lines(verdict(law(rule(K.PRECEDENCE, "a", "b", same="key")), pair)) == ["r e2 03-03"]
    assert lines(verdict(law(rule(K.RESPONSE, "a", "b", same="key")), pair, complete=True)) == ["r e1 03-03"]


def test_response_within_is_a_clock_that_is_rolled_for_calendar_days_only() -> None:
    late = [event(1, "a", "03-05"), event(2, "b", "03-09"), event(3, "b", "03-10")]
    assert lines(verdict(law(rule(K.RESPONSE, "a", "b", limit=cd(2))), late)) == []
    assert lines(verdict(law(rule(K.RESPONSE, "a", "b", limit=wd(1))), late)) == ["r e1 03-07 03-09"]
    assert lines(verdict(law(rule(K.RESPONSE, "a", "b", limit=hours(24))), late)) == ["r e1 03-06T00:00 03-09"]
    assert lines(verdict(law(rule(K.RESPONSE, "a", "b", limit=cd(2))), late[:1], "03-10 00:00")) == ["r e1 03-10"]


def test_chain_response_within_asks_for_the_next_event_in_time() -> None:
    part = law(rule(K.CHAIN_RESPONSE, "a", "b", limit=wd(1)))
    start = event(1, "a", "03-02")
    assert lines(verdict(part, [start, event(2, "b", "03-03")])) == []
    assert lines(verdict(part, [start, event(2, "b", "03-05")])) == ["r e1 03-04 03-05"]
    assert lines(verdict(part, [start, event(2, "c", "03-05")])) == ["r e1 03-05"]
    assert lines(verdict(part, [start], "03-03 23:00")) == []
    assert lines(verdict(part, [start], "03-04 00:00")) == ["r e1 03-04"]
    assert lines(verdict(part, [start], "03-04 00:00", complete=True)) == ["r e1 03-02"]


def test_precedence_within_counts_from_the_latest_source() -> None:
    events = [event(1, "a", "03-02"), event(2, "b", "03-04"), event(3, "a", "03-04"), event(4, "b", "03-05")]
    assert lines(verdict(law(rule(K.PRECEDENCE, "a", "b", limit=wd(1))), events)) == ["r e2 03-04"]
    assert lines(verdict(law(rule(K.PRECEDENCE, "a", "b", limit=wd(1))), events[1:2])) == ["r e2 03-04"]


def test_different_hands_are_those_of_another_selector() -> None:
    acts = [("a", "ann"), ("b", "bob"), ("a", "ann"), ("b", "ann"), ("c", ""), ("a", "bob")]
    events = [event(i, kind, f"03-0{i + 1}", actor) for i, (kind, actor) in enumerate(acts, 1)]
    assert lines(verdict(law(rule(K.DIFFERENT_HANDS, "a, b, c")), events)) == ["r e4 03-05", "r e6 03-07"]


def test_same_hands_are_those_of_the_latest_source_with_an_actor() -> None:
    acts = [("b", "eve"), ("a", "ann"), ("a", ""), ("b", "ann"), ("b", ""), ("b", "bob")]
    events = [event(i, kind, f"03-0{i + 1}", actor) for i, (kind, actor) in enumerate(acts, 1)]
    assert lines(verdict(law(rule(K.SAME_HANDS, "a", "b")), events)) == ["r e6 03-07"]


def test_a_minimum_gap_is_measured_from_the_latest_source() -> None:
    def gap(limit: object, first: str, second: str) -> list[str]:
        events = [event(1, "b", first), event(2, "a", first), event(3, "b", second)]
        return lines(verdict(law(rule(K.MINIMUM_GAP, "a", "b", limit=limit)), events))

    assert gap(wd(1), "03-06", "03-08") == ["r e3 03-08"]
    assert gap(wd(1), "03-06", "03-09") == []
    assert gap(cd(3), "03-06", "03-09") == []
    assert gap(months(1), "01-31", "02-27") == ["r e3 02-27"]
    assert gap(months(1), "01-31", "02-28") == []
    assert gap(hours(2), "03-06 09:00", "03-06 11:00") == []
    assert gap(office(2), "03-06 11:30", "03-06 14:00") == ["r e3 03-06T14:00"]


def test_not_while_looks_at_clocks_rules_and_grounds_before_the_event() -> None:
    part = rule(K.NOT_WHILE, "x", pending="k")
    two = [event(1, "a", "03-02"), event(2, "x", "03-03"), event(3, "b", "03-04"), event(4, "x", "03-05")]
    assert lines(verdict(law(clock(wd(5)), part), two)) == ["r e2 03-03"]
    assert lines(verdict(law(clock(wd(5), stops="x"), part), two[:2])) == ["r e2 03-03"]
    response = replace(rule(K.RESPONSE, "a", "b"), id="q")
    assert lines(verdict(law(response, rule(K.NOT_WHILE, "x", pending="q")), two)) == ["r e2 03-03"]
    timed = replace(rule(K.RESPONSE, "a", "b", limit=wd(9)), id="q")
    assert lines(verdict(law(timed, rule(K.NOT_WHILE, "x", pending="q")), two)) == ["r e2 03-03"]
    held = law(ground("a", "b"), rule(K.NOT_WHILE, "x, a", pending="g"))
    assert lines(verdict(held, two)) == ["r e2 03-03"]


def test_recorded_late_counts_from_the_day_or_the_instant() -> None:
    fact = replace(event(1, "a", "03-05"), recorded_at=at("03-09 23:00"))
    assert lines(verdict(law(rule(K.RECORDED_LATE, "a", limit=wd(2))), [fact])) == []
    assert lines(verdict(law(rule(K.RECORDED_LATE, "a", limit=wd(1))), [fact])) == ["r e1 03-05"]
    assert lines(verdict(law(rule(K.RECORDED_LATE, "a", limit=cd(2))), [fact])) == []
    timed = replace(event(1, "a", "03-05 09:00"), recorded_at=at("03-05 11:00"))
    assert lines(verdict(law(rule(K.RECORDED_LATE, "a", limit=hours(2))), [timed])) == []
    later = replace(timed, recorded_at=timed.recorded_at + timedelta(seconds=1))
    assert lines(verdict(law(rule(K.RECORDED_LATE, "a", limit=hours(2))), [later])) == ["r e1 03-05T09:00"]


@pytest.mark.parametrize("kind", [K.WITHIN_LIST, K.NOT_ABOVE, K.CREDENTIAL_VALID])
def test_a_rule_with_a_negated_condition_breaks_at_each_match(kind: RuleKind) -> None:
    events = [event(1, "a", "03-02", amount=31), event(2, "a", "03-03", amount=30), event(3, "a", "03-04")]
    assert lines(verdict(law(rule(kind, "a where not (amount <= 30)")), events)) == ["r e1 03-02"]


def test_published_by_is_due_on_a_date_said_or_the_next_of_the_year() -> None:
    by_field = rule(K.PUBLISHED_BY, "a", "b", limit=UntilField("deadline"))
    events = [event(1, "a", "03-02", deadline="2026-03-07"), event(2, "a", "03-03"), event(3, "b", "03-09")]
    assert lines(verdict(law(by_field), events)) == ["r e1 03-08 03-09"]
    yearly = rule(K.PUBLISHED_BY, "a", "b", limit=Yearly(3, 3))
    result = verdict(law(yearly), daily("a a"), "03-05 00:00")
    assert lines(result) == ["r e1 03-04"]
    assert result.due["r"] == [("e2", on("03-03").replace(year=2027))]
