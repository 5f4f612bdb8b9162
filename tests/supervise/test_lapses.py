"""What silence means: five working days from Monday 03-02 end on 03-09, so a fact is deemed on 03-10."""

from __future__ import annotations

import datetime as dt

import pytest

from xiaoneng.packs.model import Binds, Lapse, RuleKind, UntilField
from xiaoneng.supervise.verdict import Deemed
from xiaoneng.timing.errors import CalendarNotCovered

from .bench import (
    at,
    breaches,
    cd,
    clock,
    dues,
    extension,
    ground,
    hours,
    judged,
    law,
    lines,
    office,
    rule,
    wd,
)

START = Lapse("c", from_start=True)
DAY = Lapse("c", from_start=False)
SILENT = clock(wd(5), "a", "b, c", on_lapse=START)


def test_silence_makes_a_fact_on_the_day_after_the_due() -> None:
    verdict = judged(law(SILENT), "03-02 a", "03-10 00:00")
    assert lines(verdict) == ["k e1 03-10 03-10"]
    assert verdict.deemed == (Deemed("deemed:k:e1", "c", "k", "e1", dt.date(2026, 3, 9), dt.date(2026, 3, 10), 1),)
    assert dues(verdict) == []


def test_until_the_due_day_is_over_nothing_is_deemed() -> None:
    verdict = judged(law(SILENT), "03-02 a", "03-09 23:59:59")
    assert (verdict.deemed, lines(verdict), dues(verdict)) == ((), [], ["k e1 03-09"])
    assert verdict.wake_at == at("03-10")


def test_an_act_on_the_due_day_is_no_silence_and_one_after_it_comes_after_the_fact() -> None:
    assert judged(law(SILENT), "03-02 a; 03-09 23:59 b").deemed == ()
    late = judged(law(SILENT), "03-02 a; 03-10 b")
    assert [one.id for one in late.sequence] == ["e1", "deemed:k:e1", "e2"]


def test_what_is_deemed_accepted_counts_from_the_day_of_receipt() -> None:
    follows = clock(wd(10), "c", "d", id="m")
    effective = judged(law(SILENT, follows), "03-02 a", "03-10 12:00")
    assert dues(effective) == ["m deemed:k:e1 03-16"]
    assert lines(judged(law(SILENT, follows), "03-02 a; 03-18 d")) == ["k e1 03-10 03-10", "m deemed:k:e1 03-17 03-18"]
    plain = law(clock(wd(5), "a", "b", on_lapse=DAY), follows)
    assert dues(judged(plain, "03-02 a", "03-10 12:00")) == ["m deemed:k:e1 03-24"]


def test_hours_begin_at_the_midnight_of_the_deemed_or_the_start_day() -> None:
    by_hour, by_office = clock(hours(12), "c", "d", id="m"), clock(office(9), "c", "d", id="n")
    day = judged(law(clock(wd(5), "a", "b", on_lapse=DAY), by_hour, by_office), "03-02 a", "03-10 00:00")
    assert dues(day) == ["m deemed:k:e1 03-10T12:00", "n deemed:k:e1 03-11T09:30"]
    start = judged(law(SILENT, by_hour, by_office), "03-02 17:00 a", "03-10 12:00")
    assert lines(start) == [
        "k e1 03-10 03-10",
        "m deemed:k:e1 03-02T12:00",
        "n deemed:k:e1 03-03T09:30",
    ]


def test_silence_of_the_party_is_no_breach_but_makes_a_fact() -> None:
    part = clock(wd(5), "a", "b", on_lapse=DAY, binds=Binds.PARTY)
    verdict = judged(law(part), "03-02 a", "03-20 12:00")
    assert (lines(verdict), [one.kind for one in verdict.deemed]) == ([], ["c"])


def test_a_deemed_fact_is_judged_by_every_rule_and_may_end_the_case() -> None:
    absence = rule(RuleKind.ABSENCE, "c")
    assert lines(judged(law(SILENT, absence), "03-02 a")) == ["k e1 03-10 03-10", "r deemed:k:e1 03-10"]
    owed = rule(RuleKind.EXISTENCE, "d")
    ended = judged(law(SILENT, owed, ends="c"), "03-02 a; 03-20 e")
    assert lines(ended) == ["k e1 03-10 03-10", "r e1 03-10"]
    assert ended.closed


def test_a_deemed_fact_has_no_actor_and_says_nothing() -> None:
    parts = (
        rule(RuleKind.DIFFERENT_HANDS, "a, c"),
        rule(RuleKind.SAME_HANDS, "a", "c", id="s"),
        rule(RuleKind.ABSENCE, "c where given(amount) or actor == 'ann' or occurred_on > date('2020-01-01')", id="t"),
        rule(RuleKind.RECORDED_LATE, "c", limit=wd(0), id="u"),
        rule(RuleKind.ABSENCE, "c", n=2, same="file", id="v"),
        clock(UntilField("on"), "c", "d", id="w"),
    )
    assert lines(judged(law(SILENT, *parts), "03-02 a actor=ann amount=1 file=p")) == ["k e1 03-10 03-10"]
    unsaid = rule(RuleKind.ABSENCE, "c where not given(reason)")
    assert lines(judged(law(SILENT, unsaid), "03-02 a")) == ["k e1 03-10 03-10", "r deemed:k:e1 03-10"]


def test_time_off_and_extension_put_the_lapse_off() -> None:
    part = clock(wd(5), "a", "b", on_lapse=DAY, off_clock=("g",), extension=extension(wd(2)))
    procedure = law(part, ground())
    assert lines(judged(procedure, "03-02 a; 03-04 o; 03-06 p; 03-09 x")) == ["k e1 03-14 03-14"]
    held = judged(procedure, "03-02 a; 03-04 o")
    assert (held.deemed, held.wake_at) == ((), None)
    much_later = judged(procedure, "03-02 a; 03-04 o; 03-20 e; 03-23 p; 03-27 e")
    assert [one.id for one in much_later.sequence] == ["e1", "e2", "e3", "e4", "deemed:k:e1", "e5"]


def test_every_activation_lapses_for_itself_in_order_of_its_due() -> None:
    part = clock(wd(5), "a", "b", on_lapse=DAY)
    verdict = judged(law(part), "03-02 a; 03-04 a; 03-04 a", "03-12 12:00")
    assert [(one.activation, one.occurred.day) for one in verdict.deemed] == [("e1", 10), ("e2", 12), ("e3", 12)]


def test_lapses_of_one_day_stand_by_the_clocks_place_and_neither_stops_the_other() -> None:
    first = clock(wd(5), "a", "b", id="k", on_lapse=DAY)
    second = clock(wd(5), "a", "c", id="m", on_lapse=Lapse("d", from_start=False))
    verdict = judged(law(first, second), "03-02 a", "03-10 12:00")
    assert [one.id for one in verdict.deemed] == ["deemed:k:e1", "deemed:m:e1"]
    assert lines(verdict) == ["k e1 03-10 03-10", "m e1 03-10 03-10"]
    extended = clock(wd(5), "a", "b", id="m", on_lapse=Lapse("d", from_start=False), extension=extension(wd(3), by="c"))
    assert [one.due_on.day for one in judged(law(first, extended), "03-02 a").deemed] == [9, 9]


def test_a_lapse_may_lead_to_the_next() -> None:
    chain = law(
        clock(wd(1), "a", "b", id="k", on_lapse=Lapse("c", from_start=False)),
        clock(wd(1), "c", "b", id="m", on_lapse=Lapse("d", from_start=False)),
        clock(cd(3), "d", "b", id="n", on_lapse=Lapse("e", from_start=False)),
    )
    verdict = judged(chain, "03-02 a; 03-20 b")
    assert [(one.id, f"{one.occurred:%m-%d}") for one in verdict.deemed] == [
        ("deemed:k:e1", "03-04"),
        ("deemed:m:deemed:k:e1", "03-06"),
        ("deemed:n:deemed:m:deemed:k:e1", "03-10"),
    ]


def test_a_date_that_had_passed_lapses_at_once() -> None:
    part = clock(UntilField("on"), "a", "b", on_lapse=DAY)
    verdict = judged(law(part), "03-12 a on=2026-03-05; 03-12 d", "03-12 23:00")
    assert [one.id for one in verdict.sequence] == ["e1", "deemed:k:e1", "e2"]
    assert verdict.deemed[0].occurred == dt.date(2026, 3, 12)
    assert lines(verdict) == ["k e1 03-06 03-06"]


def test_a_restart_begins_the_silence_anew() -> None:
    part = clock(wd(5), "a", "b", on_lapse=DAY, restart="e")
    assert lines(judged(law(part), "03-02 a; 03-05 e")) == ["k e1 03-13 03-13"]


def test_a_stop_of_a_silent_clock_leaves_nothing_to_lapse() -> None:
    part = clock(wd(5), "a", "b", on_lapse=DAY)
    assert breaches(part, "03-02 a; 03-03 a; 03-04 b") == []


def test_a_lapse_on_a_day_that_no_calendar_covers_is_refused_in_words() -> None:
    part = clock(cd(20_000), "a", "b", on_lapse=DAY)
    with pytest.raises(CalendarNotCovered):
        judged(law(part), "03-02 a", "2090-01-01 12:00")


def test_silence_past_the_end_of_the_calendar_is_never_deemed() -> None:
    verdict = judged(law(clock(wd(9000), "a", "b", on_lapse=DAY)), "03-02 a", "2036-12-30 12:00")
    assert (verdict.deemed, dues(verdict)) == ((), ["k e1 held"])
