"""Rules over one or two events: hands, gaps, counts, what must not be while something is pending, and late records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.journal.event import Reliance
from xiaoneng.packs.condition import negated, parse
from xiaoneng.packs.model import Lapse, Rule, RuleKind, UntilField, Yearly
from xiaoneng.packs.selector import Selector

from .bench import (
    W,
    breaches,
    cd,
    clock,
    dues,
    event,
    ground,
    hours,
    judged,
    law,
    lines,
    months,
    office,
    rule,
    wd,
)

if TYPE_CHECKING:
    from xiaoneng.timing.limit import Limit


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ("03-02 a actor=ann; 03-03 b actor=bob", []),
        ("03-02 a actor=ann; 03-03 b actor=ann", ["r e2 03-03"]),
        ("03-02 b actor=ann; 03-03 a actor=ann", ["r e2 03-03"]),
        ("03-02 a actor=ann; 03-03 a actor=ann", []),  # the same act twice is one hand's right
        ("03-02 a; 03-03 b", []),  # nobody is not somebody
        ("03-02 a actor=ann; 03-03 b actor=bob; 03-04 c actor=ann; 03-05 c actor=bob", ["r e3 03-04", "r e4 03-05"]),
        ("03-02 a actor=ann; 03-03 b; 03-04 b actor=ann; 03-05 a actor=ann", ["r e3 03-04", "r e4 03-05"]),
    ],
)
def test_different_hands_do_the_different_acts(events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.DIFFERENT_HANDS, "a, b, c"), events) == found


def test_one_event_of_two_selectors_is_two_acts_only_with_another() -> None:
    part = rule(RuleKind.DIFFERENT_HANDS, "a where n > 1, a where n > 2")
    assert breaches(part, "03-02 a n=3 actor=ann") == []
    assert breaches(part, "03-02 a n=3 actor=ann; 03-03 a n=2 actor=ann") == ["r e2 03-03"]


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ("03-02 a actor=ann; 03-03 b actor=ann", []),
        ("03-02 a actor=ann; 03-03 b actor=bob", ["r e2 03-03"]),
        ("03-02 b actor=bob", []),
        ("03-02 a; 03-03 b actor=bob", []),
        ("03-02 a actor=ann; 03-03 b", []),
        ("03-02 a actor=ann; 03-03 a; 03-04 b actor=bob", ["r e3 03-04"]),  # the latest that has an actor
        ("03-02 a actor=ann; 03-03 a actor=bob; 03-04 b actor=bob", []),
    ],
)
def test_the_same_hands_finish_what_they_began(events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.SAME_HANDS, "a", "b"), events) == found


@pytest.mark.parametrize(
    ("gap", "events", "found"),
    [
        (wd(3), "03-02 a; 03-05 b", []),
        (wd(3), "03-02 a; 03-04 b", ["r e2 03-04"]),
        (wd(1), "03-06 a; 03-08 b", ["r e2 03-08"]),
        (wd(1), "03-06 a; 03-09 b", []),
        (cd(7), "03-02 a; 03-08 b", ["r e2 03-08"]),
        (cd(7), "03-02 a; 03-09 b", []),
        (months(1), "01-31 a; 02-27 b", ["r e2 02-27"]),
        (months(1), "01-31 a; 02-28 b", []),
        (hours(2), "03-02 09:00 a; 03-02 10:59 b", ["r e2 03-02T10:59"]),
        (hours(2), "03-02 09:00 a; 03-02 11:00 b", []),
        (office(2), "03-02 17:00 a; 03-03 09:00 b", ["r e2 03-03T09:00"]),
        (office(2), "03-02 17:00 a; 03-03 09:30 b", []),
        (wd(1), "03-02 b", []),
        (cd(3), "03-02 a; 03-05 a; 03-06 b", ["r e3 03-06"]),  # from the latest
    ],
)
def test_too_fast_to_be_real_is_a_gap_from_the_latest(gap: Limit, events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.MINIMUM_GAP, "a", "b", limit=gap), events) == found


def test_an_act_that_is_both_sides_is_held_against_the_one_before() -> None:
    part = rule(RuleKind.MINIMUM_GAP, "a", "a", limit=cd(3))
    assert breaches(part, "03-02 a; 03-04 a; 03-07 a") == ["r e2 03-04"]


def test_nothing_is_done_while_a_clock_runs_late_or_in_time() -> None:
    parts = (rule(RuleKind.NOT_WHILE, "c", pending="k"), clock(wd(2)))
    assert lines(judged(law(*parts), "03-02 a; 03-03 c; 03-03 b; 03-04 c")) == ["r e2 03-03"]
    assert lines(judged(law(*parts), "03-02 a; 03-20 c; 03-20 b")) == ["k e1 03-05 03-20", "r e2 03-20"]
    stops_itself = law(rule(RuleKind.NOT_WHILE, "b", pending="k"), clock(wd(2)))
    assert lines(judged(stops_itself, "03-02 a; 03-03 b; 03-04 b")) == ["r e2 03-03"]  # the state before the act counts


def test_nothing_is_done_while_a_clock_of_one_file_is_pending() -> None:
    parts = (rule(RuleKind.NOT_WHILE, "c", pending="k"), clock(wd(20), same="file"))
    events = "03-02 a file=p; 03-02 a file=q; 03-03 b file=p; 03-03 c; 03-04 b file=q; 03-05 c"
    assert lines(judged(law(*parts), events)) == ["r e4 03-03"]


@pytest.mark.parametrize("limit", [None, wd(5)])
def test_nothing_is_done_while_an_answer_is_owed(limit: Limit | None) -> None:
    parts = (rule(RuleKind.NOT_WHILE, "c", pending="s"), rule(RuleKind.RESPONSE, "a", "b", id="s", limit=limit))
    assert lines(judged(law(*parts), "03-02 a; 03-03 c; 03-04 b; 03-05 c")) == ["r e2 03-03"]


def test_an_answer_without_a_limit_is_owed_at_closing() -> None:
    parts = (rule(RuleKind.NOT_WHILE, "c", pending="s"), rule(RuleKind.RESPONSE, "a", "b", id="s"))
    assert lines(judged(law(*parts, ends="end"), "03-02 a; 03-03 a; 03-05 end")) == ["s e1 03-05", "s e2 03-05"]
    still_open = judged(law(*parts), "03-02 a")
    assert (lines(still_open), still_open.clocks, still_open.wake_at) == ([], (), None)


def test_nothing_is_done_while_a_ground_is_open() -> None:
    parts = (rule(RuleKind.NOT_WHILE, "c, o, p", pending="g"), ground())
    found = lines(judged(law(*parts), "03-02 c; 03-03 o; 03-04 c; 03-05 o; 03-06 p; 03-09 c; 03-10 o"))
    assert found == ["r e3 03-04", "r e4 03-05", "r e5 03-06"]


def test_two_rules_may_watch_one_ground() -> None:
    parts = (
        rule(RuleKind.NOT_WHILE, "c", pending="g"),
        rule(RuleKind.NOT_WHILE, "d", pending="g", id="s"),
        ground(),
    )
    assert lines(judged(law(*parts), "03-02 o; 03-03 c; 03-04 d")) == ["r e2 03-03", "s e3 03-04"]


@pytest.mark.parametrize(
    ("limit", "events", "found"),
    [
        (wd(1), "03-02 a recorded=03-03T23:59", []),
        (wd(1), "03-02 a recorded=03-04T00:00", ["r e1 03-02"]),
        (wd(1), "03-06 a recorded=03-09T23:00", []),
        (cd(1), "03-06 a recorded=03-09T23:00", []),  # rolled over the weekend
        (cd(1), "03-06 a recorded=03-10T00:00", ["r e1 03-06"]),
        (months(1), "01-20 a recorded=02-24T09:00", []),
        (hours(2), "03-02 09:00 a recorded=03-02T11:00", []),
        (hours(2), "03-02 09:00 a recorded=03-02T11:01", ["r e1 03-02T09:00"]),
        (hours(2), "03-02 a recorded=03-02T02:01", ["r e1 03-02"]),  # a day begins at its midnight
        (office(2), "03-02 17:00 a recorded=03-03T09:30", []),
        (office(2), "03-02 17:00 a recorded=03-03T09:31", ["r e1 03-02T17:00"]),
    ],
)
def test_what_is_recorded_after_the_limit_is_recorded_late(limit: Limit, events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.RECORDED_LATE, "a", limit=limit), events) == found


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        (RuleKind.WITHIN_LIST, "channel in ('web', 'hall')"),
        (RuleKind.NOT_ABOVE, "amount <= relied.fee.standard"),
        (RuleKind.CREDENTIAL_VALID, "given(relied.card.valid_from)"),
    ],
)
def test_a_rule_on_contents_breaks_where_they_say_otherwise(kind: RuleKind, where: str) -> None:
    part = Rule("r", kind, W, (), (Selector("a", negated(parse(where))),))
    fee = Reliance("fee", "f", "1", {"standard": 20}, None, None)
    bad = event(1, "a", "03-02", channel="street", amount=21, relied_on=(fee,))
    silent = event(2, "a", "03-03")
    found = lines(judged(law(part), [bad, silent]))
    # What is not said is unknown and breaks nothing, except where being said is what is asked.
    assert found == (["r e1 03-02", "r e2 03-03"] if kind is RuleKind.CREDENTIAL_VALID else ["r e1 03-02"])


def test_a_precedence_may_ask_for_several() -> None:
    part = rule(RuleKind.PRECEDENCE, "a", "b", n=2)
    assert breaches(part, "a b a b b") == ["r e2 03-03"]
    assert breaches(rule(RuleKind.PRECEDENCE, "a", "a", n=2), "a a a") == ["r e1 03-02", "r e2 03-03"]


def test_a_precedence_or_absence_by_file_counts_each_file() -> None:
    before = rule(RuleKind.PRECEDENCE, "a", "b", same="file")
    assert breaches(before, "03-02 a file=p; 03-03 b file=q; 03-04 b file=p; 03-05 b") == ["r e2 03-03", "r e4 03-05"]
    once = rule(RuleKind.ABSENCE, "a", n=2, same="file")
    found = breaches(once, "03-02 a file=p; 03-03 a file=q; 03-04 a file=p; 03-05 a; 03-06 a")
    assert found == ["r e3 03-04", "r e5 03-06"]


def test_a_response_by_file_is_owed_at_closing_for_each_file() -> None:
    part = rule(RuleKind.RESPONSE, "a", "b", same="file")
    assert breaches(part, "03-02 a file=p; 03-03 a file=q; 03-04 b file=p", complete=True) == ["r e2 03-04"]


@pytest.mark.parametrize(
    ("limit", "events", "found"),
    [
        (wd(2), "03-02 a; 03-04 b", []),
        (wd(2), "03-02 a; 03-05 b", ["r e1 03-05 03-05"]),
        (cd(3), "03-05 a; 03-09 b", []),  # ends on a Sunday and rolls
        (months(1), "03-04 a; 04-07 b", []),  # 04-04 to 04-06 are holidays
        (hours(2), "03-02 09:00 a; 03-02 11:01 b", ["r e1 03-02T11:00 03-02T11:01"]),
        (office(2), "03-02 17:00 a; 03-03 09:30 b", []),
        (wd(2), "03-02 a", ["r e1 03-05"]),
        (wd(2), "03-02 a; 03-03 a; 03-06 b", ["r e1 03-05 03-06", "r e2 03-06 03-06"]),
    ],
)
def test_a_response_within_a_limit_is_a_clock_of_each_source(limit: Limit, events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.RESPONSE, "a", "b", limit=limit), events) == found


@pytest.mark.parametrize(
    ("limit", "events", "found"),
    [
        (wd(2), "03-02 a; 03-04 b", []),
        (wd(2), "03-02 a; 03-05 b", ["r e1 03-05 03-05"]),
        (wd(2), "03-02 a; 03-03 d; 03-03 b", ["r e1 03-03"]),
        (wd(2), "03-02 a; 03-09 d", ["r e1 03-09"]),
        (hours(2), "03-02 09:00 a; 03-02 11:01 b", ["r e1 03-02T11:00 03-02T11:01"]),
        (office(2), "03-02 17:00 a; 03-03 09:31 b", ["r e1 03-03T09:30 03-03T09:31"]),
        (cd(3), "03-05 a; 03-09 b", []),
        (months(1), "03-04 a; 04-07 b", []),
        (wd(2), "03-02 a; 03-03 a; 03-04 b", ["r e1 03-03"]),
        (wd(2), "03-02 a", ["r e1 03-05"]),
    ],
)
def test_a_chain_response_within_asks_for_the_very_next_in_time(limit: Limit, events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.CHAIN_RESPONSE, "a", "b", limit=limit), events) == found


def test_a_chain_response_that_waits_is_owed_when_the_case_closes_or_the_due_passes_whichever_is_first() -> None:
    part = rule(RuleKind.CHAIN_RESPONSE, "a", "b", limit=wd(2))
    assert breaches(part, "03-02 a", "03-04 23:59") == []
    assert breaches(part, "03-02 a", "03-03 12:00", complete=True) == ["r e1 03-02"]
    assert breaches(part, "03-02 a", "03-10 12:00", complete=True) == ["r e1 03-02"]
    assert breaches(part, "03-02 end; 03-03 a", "03-10 12:00", ends="end") == ["r e2 03-03"]
    by_hour = rule(RuleKind.CHAIN_RESPONSE, "a", "b", limit=hours(0))
    assert breaches(by_hour, "03-02 09:00 a", "03-10 12:00", complete=True) == ["r e1 03-02T09:00"]


@pytest.mark.parametrize(
    ("limit", "events", "found"),
    [
        (wd(2), "03-02 a; 03-04 b", []),
        (wd(2), "03-02 a; 03-05 b", ["r e2 03-05"]),
        (wd(2), "03-02 b", ["r e1 03-02"]),
        (wd(2), "03-02 a; 03-06 a; 03-09 b", []),  # from the latest
        (cd(3), "03-05 a; 03-09 b", []),
        (months(1), "03-04 a; 04-07 b", []),
        (hours(2), "03-02 09:00 a; 03-02 11:01 b", ["r e2 03-02T11:01"]),
        (office(2), "03-02 17:00 a; 03-03 09:30 b", []),
    ],
)
def test_a_precedence_within_asks_for_a_source_not_long_ago(limit: Limit, events: str, found: list[str]) -> None:
    assert breaches(rule(RuleKind.PRECEDENCE, "a", "b", limit=limit), events) == found


def test_published_by_a_date_in_a_field_or_a_day_of_the_year() -> None:
    by_field = rule(RuleKind.PUBLISHED_BY, "a", "b", limit=UntilField("on"))
    assert breaches(by_field, "03-02 a on=2026-03-05; 03-05 b") == []
    assert breaches(by_field, "03-02 a on=2026-03-05; 03-06 b") == ["r e1 03-06 03-06"]
    yearly = rule(RuleKind.PUBLISHED_BY, "a", "b", limit=Yearly(3, 31))
    assert breaches(yearly, "03-02 a; 04-01 b") == ["r e1 04-01 04-01"]
    assert dues(judged(law(yearly), "03-31 a", "03-31 12:00")) == ["r e1 2027-03-31"]


def test_a_yearly_duty_that_a_deemed_fact_starts_counts_from_its_day() -> None:
    silent = clock(wd(5), "c", "d", on_lapse=Lapse("a", from_start=False))
    yearly = rule(RuleKind.PUBLISHED_BY, "a", "b", limit=Yearly(3, 31))
    verdict = judged(law(silent, yearly), "03-02 c", "03-10 12:00")
    assert dues(verdict) == ["r deemed:k:e1 03-31"]
