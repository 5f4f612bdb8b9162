"""Where only our append number orders two events."""

from __future__ import annotations

import pytest

from xiaoneng.packs.model import Lapse, RuleKind
from xiaoneng.supervise.unordered import MOST_SWAPS

from .bench import clock, ground, hours, judged, law, lines, rule, wd

BEFORE = law(rule(RuleKind.PRECEDENCE, "a", "b"))


@pytest.mark.parametrize(
    ("events", "found", "unknown", "decides"),
    [
        ("03-02 b; 03-02 a", ["r e1 03-02"], True, set()),
        ("03-02 a; 03-02 b", [], False, {"r"}),
        ("03-02 09:00 b; 03-02 10:00 a", ["r e1 03-02T09:00"], False, set()),
        ("03-02 09:00 b; 03-02 09:00 a", ["r e1 03-02T09:00"], True, set()),
        ("03-02 b; 03-02 09:00 a", ["r e1 03-02"], True, set()),  # the day alone is no order
        ("03-02 b; 03-03 a", ["r e1 03-02"], False, set()),
        ("03-02 b; 03-02 d", ["r e1 03-02"], False, set()),  # the swap changes nothing
        ("03-02 b source=web source_sequence=1; 03-02 a source=web source_sequence=2", ["r e1 03-02"], False, set()),
        ("03-02 b source=web source_sequence=1; 03-02 a source=hall source_sequence=2", ["r e1 03-02"], True, set()),
        ("03-02 b; 03-02 b; 03-02 a", ["r e1 03-02", "r e2 03-02"], True, set()),
    ],
)
def test_a_finding_that_another_order_would_not_give_says_so(
    events: str, found: list[str], unknown: bool, decides: set[str]
) -> None:
    verdict = judged(BEFORE, events)
    assert lines(verdict) == found
    assert any(one.order_unknown for one in verdict.findings) is unknown
    assert verdict.order_decides == decides


def test_a_finding_that_only_moves_to_another_day_or_event_is_in_doubt() -> None:
    procedure = law(clock(wd(1), stops="b, c"))
    sure = judged(procedure, "03-02 a; 03-05 b; 03-05 c")
    assert [(one.until, one.order_unknown) for one in sure.findings] == [(sure.findings[0].until, False)]
    twice = judged(law(rule(RuleKind.ABSENCE, "a where n > 0", n=2)), "03-02 a n=1; 03-02 a n=2")
    assert [(one.activation, one.order_unknown) for one in twice.findings] == [("e2", False)]
    named = judged(law(rule(RuleKind.ABSENCE, "a, b", n=2), rule(RuleKind.ABSENCE, "d", id="s")), "03-02 a; 03-02 b")
    assert not any(
        one.order_unknown for one in named.findings
    )  # they say the same: only which of them is named differs


def test_a_hold_opened_and_the_stop_of_one_day_are_told_apart_by_order() -> None:
    procedure = law(rule(RuleKind.NOT_WHILE, "c", pending="g"), ground())
    inside = judged(procedure, "03-02 o; 03-04 c; 03-04 p")
    assert (lines(inside), [one.order_unknown for one in inside.findings]) == (["r e2 03-04"], [True])
    after = judged(procedure, "03-02 o; 03-04 p; 03-04 c")
    assert lines(after) == []
    assert after.order_decides == {"r"}


def test_an_extension_of_the_day_of_the_stop_is_in_doubt() -> None:
    from .bench import extension

    procedure = law(clock(wd(1), extension=extension(wd(1))))
    verdict = judged(procedure, "03-02 a; 03-05 x; 03-05 b")
    assert [(one.rule, one.order_unknown) for one in verdict.findings] == [("k", False), ("k.extension", True)]


def test_deemed_facts_between_the_events_do_not_confuse_the_names() -> None:
    silent = clock(wd(1), "a", "b", on_lapse=Lapse("d", from_start=False))
    procedure = law(silent, rule(RuleKind.PRECEDENCE, "e", "f"))
    verdict = judged(procedure, "03-02 a; 03-05 f; 03-05 e")
    assert [(one.rule, one.activation, one.order_unknown) for one in verdict.findings] == [
        ("k", "e1", False),
        ("r", "e2", True),
    ]


def test_hours_between_events_of_one_day_do_not_matter_where_none_counts_hours() -> None:
    procedure = law(rule(RuleKind.PRECEDENCE, "a", "b"), clock(hours(1), "d", "e"))
    verdict = judged(procedure, "03-02 b; 03-02 10:00 a")
    assert [one.order_unknown for one in verdict.findings] == [True]


@pytest.mark.parametrize(("pairs", "tried"), [(MOST_SWAPS, True), (MOST_SWAPS + 1, False)])
def test_beyond_a_number_of_pairs_every_finding_about_one_is_in_doubt(pairs: int, tried: bool) -> None:
    procedure = law(rule(RuleKind.ABSENCE, "b"), rule(RuleKind.PRECEDENCE, "c", "d", id="s"))
    events = "; ".join(("b", "d")[i % 2] for i in range(pairs + 1)).replace("b", "03-02 b").replace("d", "03-02 d")
    verdict = judged(procedure, f"03-01 b; {events}")
    doubt = {one.activation for one in verdict.findings if one.order_unknown}
    everyone = {f"e{i + 2}" for i in range(pairs + 1)}
    assert doubt == (set() if tried else everyone)
    assert "e1" not in doubt
