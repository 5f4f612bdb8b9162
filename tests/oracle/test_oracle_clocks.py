"""Clocks, computed by hand. Monday 2026-03-02 starts three plain weeks; Spring Festival is 02-15 to 02-23."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xiaoneng.journal.event import Event, Reliance
from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import Binds, Extension, FieldLimit, Lapse, RuleKind, UntilField
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

from .bench import (
    at,
    cd,
    clock,
    daily,
    dues,
    event,
    ground,
    hours,
    law,
    lines,
    months,
    office,
    on,
    rule,
    sel,
    verdict,
    wd,
)  # fmt: skip


def due_of(limit: Limit, start: str, *, roll: bool = False) -> str:
    [line] = dues(verdict(law(clock(limit, roll=roll)), [event(1, "a", start)], start[:5] + " 00:00"))
    return line.removeprefix("k e1 ")


@pytest.mark.parametrize(
    ("limit", "start", "roll", "due"),
    [
        (wd(1), "03-06", False, "03-09"),
        (wd(1), "02-13", False, "02-14"),  # a make-up Saturday
        (wd(2), "02-13", False, "02-24"),
        (wd(5), "02-20", False, "02-28"),  # started in the holiday; 02-28 is a make-up Saturday
        (cd(3), "03-05", False, "03-08"),
        (cd(3), "03-05", True, "03-09"),
        (cd(2), "02-13", True, "02-24"),
        (months(1), "01-31", False, "02-28"),
        (months(1), "01-20", True, "02-24"),
        (Limit(1, LimitKind.YEARS), "03-05", False, "03-05"),
        (hours(24), "03-06 09:30", False, "03-07T09:30"),
        (hours(24), "03-06", False, "03-07T00:00"),
        (office(8), "03-06 11:00", False, "03-09T12:00"),  # one hour, four, then three on Monday
        (office(5), "03-06 11:00", False, "03-06T17:00"),
        (office(7), "02-14 16:00", False, "02-24T16:00"),
    ],
)
def test_a_due_is_counted_in_its_kind(limit: Limit, start: str, roll: bool, due: str) -> None:
    assert due_of(limit, start, roll=roll) == due


def test_the_due_day_is_on_time_and_the_next_is_late_until_the_stop() -> None:
    law_ = law(clock(wd(1)))
    start = event(1, "a", "03-02")
    assert lines(verdict(law_, [start, event(2, "b", "03-03 23:59")])) == []
    assert lines(verdict(law_, [start, event(2, "b", "03-04 08:00")])) == ["k e1 03-04 03-04T08:00"]
    assert lines(verdict(law_, [start], "03-03 23:59")) == []
    assert lines(verdict(law_, [start], "03-04 00:00")) == ["k e1 03-04"]


def test_office_time_is_late_only_when_the_office_opens_again() -> None:
    law_ = law(clock(office(5)))
    start = event(1, "a", "03-06 11:00")
    assert lines(verdict(law_, [start, event(2, "b", "03-09 09:00")])) == []
    assert lines(verdict(law_, [start, event(2, "b", "03-09 09:01")])) == ["k e1 03-06T17:00 03-09T09:01"]
    elapsed = law(clock(hours(1)))
    assert lines(verdict(elapsed, [start, event(2, "b", "03-06 12:00")])) == []
    assert lines(verdict(elapsed, [start, event(2, "b", "03-06 12:01")])) == ["k e1 03-06T12:00 03-06T12:01"]


def test_each_start_runs_and_a_stop_stops_all() -> None:
    events = [*daily("a a a"), event(4, "b", "03-05")]
    assert lines(verdict(law(clock(wd(1))), events)) == ["k e1 03-04 03-05", "k e2 03-05 03-05"]
    assert lines(verdict(law(clock(wd(1), first_only=True)), events)) == ["k e1 03-04 03-05"]
    again = [*events, event(5, "a", "03-06")]
    assert dues(verdict(law(clock(wd(1), first_only=True)), again)) == []


def test_an_event_that_stops_and_starts_stops_first() -> None:
    assert dues(verdict(law(clock(wd(30), stops="a")), daily("a a"))) == ["k e2 04-15"]


def test_a_stop_with_the_same_field_stops_its_own() -> None:
    events = [event(1, "a", "03-02", id="x"), event(2, "a", "03-02"), event(3, "b", "03-03", id="")]
    assert dues(verdict(law(clock(wd(30), same="id")), events)) == ["k e1 04-14"]


def test_a_limit_in_a_field_that_is_not_said_starts_nothing() -> None:
    events = [event(1, "a", "03-02", n=2), event(2, "a", "03-02")]
    assert dues(verdict(law(clock(FieldLimit("n", "working_days"))), events, "03-02 12:00")) == ["k e1 03-04"]
    until = law(clock(UntilField("on")))
    said = [event(1, "a", "03-02", on="2026-03-07"), event(2, "a", "03-02", on=on("03-08")), event(3, "a", "03-02")]
    assert dues(verdict(until, said, "03-02 12:00")) == ["k e1 03-07", "k e2 03-08"]
    assert dues(verdict(law(clock(UntilField("on"), roll=True)), said, "03-02 12:00")) == ["k e1 03-09", "k e2 03-09"]


def test_a_promise_is_a_second_clock() -> None:
    law_ = law(clock(wd(3), promised=wd(1), on_lapse=Lapse("d", from_start=False)))
    result = verdict(law_, daily("a"), "03-10 12:00")
    assert lines(result) == ["k e1 03-06 03-06", "k.promised e1 03-04"]
    field = law(clock(wd(3), promised=FieldLimit("p", "working_days")))
    events = [event(1, "a", "03-02", p=2), event(2, "a", "03-02")]
    assert dues(verdict(field, events, "03-02 12:00")) == ["k e1 03-05", "k e2 03-05", "k.promised e1 03-04"]


def test_the_party_breaks_nothing() -> None:
    law_ = law(clock(wd(1), binds=Binds.PARTY, extension=Extension(sel("x"), wd(1), 1)))
    assert lines(verdict(law_, [*daily("a"), event(2, "x", "03-20")])) == []


def off(limit: Limit, *events: Event, cap: Limit | None = None, roll: bool = False) -> list[str]:
    held = clock(limit, off_clock=("g", "h"), roll=roll)
    procedure = law(held, ground(cap=cap), ground("x", "y", id_="h"), kinds="a b c o x y e")
    return dues(verdict(procedure, events, "03-02 12:00"))


def test_the_day_a_ground_opens_counts_and_the_day_it_closes_does_not() -> None:
    a, o = event(1, "a", "03-02"), event(2, "o", "03-04")
    assert off(wd(4), a, o, event(3, "c", "03-06")) == ["k e1 03-10"]
    assert off(wd(4), a, o) == ["k e1 held"]
    assert off(wd(4), a, o, cap=wd(3)) == ["k e1 03-11"]
    assert off(wd(4), a, o, event(3, "c", "03-05"), cap=wd(3)) == ["k e1 03-09"]
    assert off(cd(4), a, o, event(3, "c", "03-06"), roll=True) == ["k e1 03-09"]
    assert off(months(1), a, o, event(3, "c", "03-06")) == ["k e1 04-04"]


def test_grounds_that_overlap_count_once() -> None:
    a, o, x = event(1, "a", "03-02"), event(2, "o", "03-03"), event(3, "x", "03-04")
    c, y = event(4, "c", "03-05"), event(5, "y", "03-06")
    assert off(wd(5), a, o, x, c, y) == ["k e1 03-12"]
    assert off(wd(5), a, o, event(3, "o", "03-04"), c) == ["k e1 03-11"]
    assert off(wd(5), event(1, "o", "03-02"), event(2, "a", "03-04"), event(3, "c", "03-05")) == ["k e2 03-12"]


def test_an_open_ground_holds_also_where_the_due_would_fall_before_it() -> None:
    a, o, c = event(1, "a", "03-05"), event(2, "o", "03-08"), event(3, "c", "03-11")
    assert off(cd(2), a, o, roll=True) == ["k e1 held"]
    assert off(cd(2), a, o, c, roll=True) == ["k e1 03-10"]
    held = law(clock(UntilField("on"), off_clock=("g",)), ground())
    start = [event(1, "o", "03-02"), event(2, "a", "03-05", on="2026-03-03")]
    assert dues(verdict(held, start)) == ["k e2 held"]
    assert lines(verdict(held, [*start, event(3, "c", "03-09")])) == ["k e2 03-08"]


def test_an_interval_that_closes_before_it_opens_measures_nothing() -> None:
    a, o, c = event(1, "a", "03-02 13:00"), event(2, "o", "03-02 14:00"), event(3, "c", "03-02")
    assert off(hours(24), a, o, c) == ["k e1 03-03T13:00"]


def test_hours_off_the_clock_are_exact() -> None:
    a, o, c = event(1, "a", "03-02 09:00"), event(2, "o", "03-02 10:00"), event(3, "c", "03-02 14:30")
    assert off(hours(2), a, o, c) == ["k e1 03-02T15:30"]
    assert off(office(2), a, o, c) == ["k e1 03-02T15:30"]
    assert off(office(2), a, o, c, cap=office(1)) == ["k e1 03-02T12:00"]


def test_off_clock_time_after_expiry_does_not_revive() -> None:
    a, o, c = event(1, "a", "03-02"), event(2, "o", "03-04"), event(3, "c", "03-06")
    assert off(wd(1), a, o, c) == ["k e1 03-03"]
    assert off(wd(2), a, o, c) == ["k e1 03-06"]


def extended(*events: Event, field: str = "", condition: str = "", times: int = 1) -> tuple[list[str], list[str]]:
    lawful = parse(condition) if condition else None
    part = clock(wd(2), extension=Extension(sel("x"), wd(3), times, field, lawful), promised=wd(1))
    result = verdict(law(part), [event(1, "a", "03-02"), *events], "03-02 12:00")
    return lines(result), dues(result)


def test_an_extension_lengthens_both_limits() -> None:
    assert extended(event(2, "x", "03-03")) == ([], ["k e1 03-09", "k.promised e1 03-06"])
    assert extended(event(2, "x", "03-03", days=1), field="days") == ([], ["k e1 03-05", "k.promised e1 03-04"])
    assert extended(event(2, "x", "03-03"), field="days") == ([], ["k e1 03-09", "k.promised e1 03-06"])


def test_each_refusal_and_cut_is_a_breach_once() -> None:
    x = event(2, "x", "03-03", days=4)
    assert extended(x, field="days")[0] == ["k.extension e2 03-03"]
    assert extended(x, field="days")[1] == ["k e1 03-09", "k.promised e1 03-06"]
    assert extended(x, condition="given(reason)") == (["k.extension e2 03-03"], ["k e1 03-04", "k.promised e1 03-03"])
    late = extended(event(2, "x", "03-05"))
    assert late == (["k.extension e2 03-05"], ["k e1 03-04", "k.promised e1 03-03"])
    twice = extended(x, event(3, "x", "03-03"))
    assert twice == (["k.extension e3 03-03"], ["k e1 03-09", "k.promised e1 03-06"])
    assert extended(x, event(3, "b", "03-03"), event(4, "x", "03-03")) == ([], [])


def test_a_restart_begins_anew_unless_expired() -> None:
    part = law(clock(wd(2), restart=sel("x"), extension=Extension(sel("o"), wd(3), 1)))
    begin = [event(1, "a", "03-02"), event(2, "o", "03-03"), event(3, "x", "03-05"), event(4, "o", "03-06")]
    assert dues(verdict(part, begin[:3], "03-05 12:00")) == ["k e1 03-09"]
    assert dues(verdict(part, begin, "03-05 12:00")) == ["k e1 03-12"]
    assert dues(verdict(part, [begin[0], event(2, "x", "03-05")], "03-04 12:00")) == ["k e1 03-04"]


def test_silence_makes_a_deemed_fact_on_the_day_after_the_due() -> None:
    part = clock(wd(2), on_lapse=Lapse("b", from_start=False))
    order = rule(RuleKind.CHAIN_RESPONSE, "b", "c")
    result = verdict(law(part, order), [event(1, "a", "03-02"), event(2, "x", "03-05"), event(3, "a", "03-05")])
    assert lines(result) == ["k e1 03-05 03-05", "k e3 03-10 03-10", "r deemed:k:e1 03-05"]
    assert result.deemed == [("b", on("03-04"), on("03-05")), ("b", on("03-09"), on("03-10"))]
    on_time = verdict(law(part), [event(1, "a", "03-02"), event(2, "b", "03-04")])
    assert (lines(on_time), on_time.deemed) == ([], [])
    assert verdict(law(part), [event(1, "a", "03-02")], "03-04 23:59").deemed == []


def test_a_deemed_fact_may_start_clocks_from_the_start_of_the_silent_one() -> None:
    silent = clock(wd(2), on_lapse=Lapse("d", from_start=True), binds=Binds.PARTY)
    next_ = clock(wd(4), "d", "e", id="next")
    result = verdict(law(silent, next_), [event(1, "a", "03-02")], "03-05 12:00")
    assert dues(result) == ["next deemed:k:e1 03-06"]
    assert result.deemed == [("d", on("03-04"), on("03-02"))]


def test_silent_clocks_of_one_day_all_end_on_it() -> None:
    first = clock(wd(2), on_lapse=Lapse("b", from_start=False), binds=Binds.PARTY)
    second = clock(wd(1), "c", "b", id="l", on_lapse=Lapse("d", from_start=False), binds=Binds.PARTY)
    result = verdict(law(first, second), [event(1, "a", "03-02"), event(2, "a", "03-02"), event(3, "c", "03-03")])
    assert [kind for kind, *_ in result.deemed] == ["b", "b", "d"]


def test_what_is_deemed_of_the_first_does_not_extend_the_second_of_that_day() -> None:
    part = clock(wd(2), on_lapse=Lapse("x", from_start=False), extension=Extension(sel("x"), wd(1), 1))
    result = verdict(law(part), [event(1, "a", "03-02"), event(2, "a", "03-02"), event(3, "a", "03-03")], "03-05 12:00")
    assert lines(result) == ["k e1 03-05 03-05", "k e2 03-05 03-05", "k.extension deemed:k:e2 03-05"]
    assert dues(result) == ["k e3 03-06"]


def test_a_deemed_fact_says_nothing() -> None:
    silent = clock(wd(2), on_lapse=Lapse("d", from_start=False), binds=Binds.PARTY)
    asked = "d where recorded_on > occurred_on or not (occurred_on > date('2026-01-01')), d where given(actor)"
    events = [event(1, "a", "03-02")]
    assert lines(verdict(law(silent, rule(RuleKind.ABSENCE, asked)), events)) == []
    assert lines(verdict(law(silent, rule(RuleKind.ABSENCE, "d where not given(actor)")), events)) == [
        "r deemed:k:e1 03-05"
    ]


def test_a_date_in_the_past_lapses_at_once() -> None:
    part = clock(UntilField("on"), on_lapse=Lapse("d", from_start=False))
    result = verdict(law(part, rule(RuleKind.ABSENCE, "d")), [event(1, "a", "03-05 09:00", on="2026-03-02")])
    assert lines(result) == ["k e1 03-03 03-03", "r deemed:k:e1 03-05"]


def test_the_latest_correction_replaces_or_retracts() -> None:
    part = law(rule(RuleKind.ABSENCE, "a where amount > 5"))
    wrong = event(1, "a", "03-02", amount=9)

    def mend(number: int, corrects: str, **more: object) -> Event:
        return replace(event(number, "correction", "03-09"), corrects=corrects, **more)  # type: ignore[arg-type]

    low = {"replacement": {"kind": "a", "occurred": "2026-03-04", "data": {"amount": 1}}}
    high = {"replacement": {"kind": "a", "occurred": "2026-03-05", "data": {"amount": 8}}}
    assert lines(verdict(part, [wrong])) == ["r e1 03-02"]
    assert lines(verdict(part, [wrong, mend(2, "e1", data=low)])) == []
    assert lines(verdict(part, [wrong, mend(2, "e1", data=low), mend(3, "e2", data=high)])) == ["r e1 03-05"]
    assert lines(verdict(part, [wrong, mend(3, "e1", data=low), mend(2, "e1", data=high)])) == []
    assert lines(verdict(part, [wrong, mend(2, "e1", retracted=True)])) == []
    assert lines(verdict(part, [wrong, mend(2, "e9", retracted=True)])) == ["r e1 03-02"]


def test_a_corrected_register_entry_changes_the_acts_before_it() -> None:
    part = law(rule(RuleKind.NOT_ABOVE, "a where amount > relied.fee.standard"))
    entry = {
        "register": "fee",
        "key": "k",
        "version": "2",
        "values": {"standard": 5},
        "valid_from": None,
        "valid_until": None,
    }
    act = replace(event(1, "a", "03-02", amount=7), relied_on=(Reliance("fee", "k", "1", {"standard": 9}),))
    note = replace(event(2, "reliance_corrected", "03-03"), data=entry)
    assert lines(verdict(part, [act])) == []
    assert lines(verdict(part, [act, note])) == ["r e1 03-02"]
    assert lines(verdict(part, [act, replace(note, data={**entry, "of_version": "7"})])) == []


def test_events_stand_by_day_then_clock_then_counter_then_entry() -> None:
    order = law(rule(RuleKind.CHAIN_RESPONSE, "a", "b"))
    late, early = event(1, "b", "03-02 10:00"), event(2, "a", "03-02 09:00")
    assert lines(verdict(order, [late, early])) == []
    counted = [replace(event(i, kind, "03-02"), source="hall", source_sequence=9 - i) for i, kind in enumerate("ba", 1)]
    assert lines(verdict(order, counted)) == []
    assert verdict(order, counted).order_unknown == set()


def test_what_only_the_append_number_orders_is_order_unknown() -> None:
    part = law(rule(RuleKind.PRECEDENCE, "a", "b"), replace(rule(RuleKind.NOT_SUCCESSION, "a", "b"), id="s"))
    tied = [event(1, "b", "03-02"), event(2, "a", "03-02 09:00")]
    result = verdict(part, tied)
    assert lines(result) == ["r e1 03-02"]
    assert result.order_unknown == {("r", "e1", on("03-02"), None)}
    assert result.order_decides == {"s"}
    apart = [event(1, "b", "03-02 08:00"), event(2, "a", "03-02 09:00")]
    assert verdict(part, apart).order_unknown == set()
    assert verdict(part, apart).findings == [("r", "e1", at("03-02 08:00"), None)]


def test_events_that_say_the_same_to_every_rule_are_not_unordered() -> None:
    part = rule(RuleKind.ABSENCE, "a", n=2)
    result = verdict(law(part), [event(1, "a", "03-02", amount=1), event(2, "a", "03-02", amount=2)])
    assert (lines(result), result.order_unknown) == (["r e2 03-02"], set())
