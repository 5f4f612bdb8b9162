"""Facts as they come: corrected, late, unheard of, after the end, and from the cases below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.journal.event import Reliance
from xiaoneng.packs.model import RuleKind

from .bench import clock, dues, event, history, judged, law, lines, rule, wd

if TYPE_CHECKING:
    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Procedure


def correction(number: int, of: str, **replacement: Any) -> Event:
    return event(number, "correction", "03-20", corrects=of, replacement=replacement)


def test_a_corrected_date_is_judged_anew_under_the_same_finding() -> None:
    procedure = law(clock(wd(5)))
    events = history("03-02 a; 03-12 b")
    before = judged(procedure, events)
    assert lines(before) == ["k e1 03-10 03-12"]
    mended = judged(procedure, [*events, correction(3, "e2", kind="b", occurred="2026-03-09")])
    assert lines(mended) == []
    worse = judged(procedure, [*events, correction(3, "e1", kind="a", occurred="2026-02-27")])
    assert lines(worse) == ["k e1 03-06 03-12"]
    assert worse.findings[0].id == before.findings[0].id


def test_a_retracted_entry_was_never_there_and_the_latest_correction_counts() -> None:
    procedure = law(rule(RuleKind.ABSENCE, "a", n=2))
    events = history("03-02 a; 03-03 a")
    gone = event(3, "correction", "03-20", corrects="e2", retracted=True)
    assert lines(judged(procedure, [*events, gone])) == []
    back = correction(4, "e2", kind="a", occurred="2026-03-04")
    assert lines(judged(procedure, [*events, gone, back])) == ["r e2 03-04"]


def test_a_corrected_register_entry_changes_what_relied_on_it() -> None:
    procedure = law(rule(RuleKind.ABSENCE, "a where amount > relied.fee.standard"))
    old = Reliance("fee", "f", "1", {"standard": 30}, None, None)
    paid = event(1, "a", "03-02", amount=25, relied_on=(old,))
    note = event(2, "reliance_corrected", "03-20", register="fee", key="f", version="1", values={"standard": 20})
    assert lines(judged(procedure, [paid])) == []
    assert lines(judged(procedure, [paid, note])) == ["r e1 03-02"]


def test_a_fact_that_is_learned_late_takes_its_place_by_when_it_happened() -> None:
    procedure = law(rule(RuleKind.PRECEDENCE, "a", "b"), clock(wd(5)))
    events = [event(1, "b", "03-05"), event(2, "a", "03-02", recorded="03-20 09:00")]
    assert lines(judged(procedure, events[:1])) == ["r e1 03-05"]
    verdict = judged(procedure, events)
    assert (lines(verdict), [one.id for one in verdict.sequence]) == ([], ["e2", "e1"])


def test_no_case_is_ever_done_being_watched() -> None:
    procedure = law(rule(RuleKind.NOT_SUCCESSION, "end", "c"), clock(wd(5)), ends="end")
    assert lines(judged(procedure, "03-02 a; 03-03 b; 03-04 end")) == []
    after = judged(procedure, "03-02 a; 03-03 b; 03-04 end; 05-06 c; 05-06 a")
    assert lines(after) == ["k e5 05-13", "r e4 05-06"]
    assert after.closed


def test_a_clock_runs_on_after_the_end_until_it_is_stopped() -> None:
    procedure = law(clock(wd(5)), ends="end")
    assert dues(judged(procedure, "03-02 a; 03-04 end", "03-05 12:00")) == ["k e1 03-09"]
    assert lines(judged(procedure, "03-02 a; 03-04 end", "03-10 12:00")) == ["k e1 03-10"]


def test_the_order_in_which_facts_are_given_does_not_matter() -> None:
    procedure = law(clock(wd(5)), rule(RuleKind.RESPONSE, "a", "b", limit=wd(2)))
    events = history("03-02 a; 03-05 d; 03-12 b")
    assert judged(procedure, events[::-1]).findings == judged(procedure, events).findings


KINDS = "opened child_opened child_reported decided end"
REPORTED = "child_reported where outcome == 'approved'"


def parent(*parts: Any) -> Procedure:
    return law(*parts, kinds=KINDS, opens="opened", ends="end")


def children(*outcomes: str) -> str:
    """Three children sent out on Monday; the first reports on Tuesday, the next on Wednesday, …"""
    sent = [f"03-02 child_opened child=c{i}" for i in range(3)]
    back = [f"03-0{i + 3} child_reported child=c{i} outcome={outcome}" for i, outcome in enumerate(outcomes)]
    return "; ".join(["03-02 opened", *sent, *back, "03-06 decided granted=1", "03-09 end"])


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        (("approved", "refused", "approved"), []),
        (("approved", "approved"), ["all e4 03-09"]),
        ((), ["all e2 03-09", "all e3 03-09", "all e4 03-09"]),
    ],
)
def test_all_children_report_before_the_end(outcomes: tuple[str, ...], found: list[str]) -> None:
    part = rule(RuleKind.RESPONSE, "child_opened", "child_reported", id="all", same="child")
    assert lines(judged(parent(part), children(*outcomes))) == found


def test_nothing_is_decided_while_a_child_is_out() -> None:
    parts = (
        rule(RuleKind.RESPONSE, "child_opened", "child_reported", id="all", same="child"),
        rule(RuleKind.NOT_WHILE, "decided", id="wait", pending="all"),
    )
    assert lines(judged(parent(*parts), children("approved", "refused", "approved"))) == []
    assert lines(judged(parent(*parts), children("approved"))) == ["all e3 03-09", "all e4 03-09", "wait e6 03-06"]


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        (("approved", "refused", "approved"), []),
        (("approved", "refused"), ["two e7 03-06"]),
        (("approved", "approved"), []),
    ],
)
def test_two_of_three_children_approve_before_the_grant(outcomes: tuple[str, ...], found: list[str]) -> None:
    part = rule(RuleKind.PRECEDENCE, REPORTED, "decided where granted == 1", id="two", n=2)
    assert lines(judged(parent(part), children(*outcomes))) == found


@pytest.mark.parametrize(("second", "found"), [("approved", []), ("refused", ["veto e8 03-06"])])
def test_one_refusal_vetoes_the_grant(second: str, found: list[str]) -> None:
    refused = "child_reported where outcome == 'refused'"
    part = rule(RuleKind.NOT_SUCCESSION, refused, "decided where granted == 1", id="veto")
    assert lines(judged(parent(part), children("approved", second, "approved"))) == found


def test_each_child_has_a_clock_of_its_own() -> None:
    part = clock(wd(2), "child_opened", "child_reported", same="child")
    assert lines(judged(parent(part), children("approved", "approved", "approved"))) == ["k e4 03-05 03-05"]
