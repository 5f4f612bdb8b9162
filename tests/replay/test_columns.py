"""A log's columns say what its events say one by one: conditions, keys, amounts, dates, office time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.oracle.compare import calendars
from tests.oracle.journals import some_history
from tests.oracle.procedures import CONDITIONS
from tests.supervise.bench import SHANGHAI, at, calendar, clock, event, history, law, rule, told, wd

from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import FieldLimit, RuleKind, UntilField
from xiaoneng.replay.columns import encode_log
from xiaoneng.replay.conditions import Columns
from xiaoneng.replay.judge import judge_log
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.conditions import compile_condition
from xiaoneng.supervise.encode import encode, zone_of
from xiaoneng.supervise.judge import supervise

from .logs import log_of

if TYPE_CHECKING:
    from xiaoneng.packs.model import Clock, Rule
    from xiaoneng.replay.intake.log import Log

MORE = (
    "flag", "not flag", "amount", "flag == flag", "flag < true", "handling == amount", "handling < 'y'", "actor != handling",
    "amount in (1, 2, 'x')", "handling in ('x', 3)", "deadline in (date('2026-02-12'), 'x')", "amount not in (1, 2)",
    "deadline <= occurred_on", "deadline == '2026-02-12'", "recorded_on == occurred_on", "occurred_on > '2026-02-12'",
    "amount - limit > 0", "amount + handling == 1", "given(tags)", "'s' in tags or amount > 3", "handling in tags",
    "not ('t' in tags)", "relied.fee.standard - amount > 0", "given(relied.fee.valid_from)", "relied.fee.version == '1'",
    "occurred_on >= relied.fee.valid_from", "given(relied.none.x)", "none == 1", "given(none)", "source == 'made'",
    "agency == 'o' and (amount > 1 or flag)", "true", "1 < 2", "amount == 1.0", "(amount > 3) == flag", "actor in ('ann', 'bob')",
    "date('2026-02-12') < deadline", "amount > flag", "given(deadline) and deadline > occurred_on", "-1 < amount",
)  # fmt: skip


def chance_log(seed: int) -> Log:
    chance = random.Random(seed)
    days, _ = calendars(SHANGHAI)
    histories = {f"c{number}": some_history(chance, days).events for number in range(25)}
    kept = {case: [one for one in events if not one.kind.endswith("ed")] for case, events in histories.items()}
    return log_of({case: [one for one in events if one.kind != "correction"] for case, events in kept.items()})


@pytest.fixture(scope="module")
def log() -> Log:
    return chance_log(4)


@pytest.mark.parametrize("text", [*CONDITIONS, *MORE])
def test_a_condition_is_fulfilled_by_the_same_events_in_columns_and_one_by_one(log: Log, text: str) -> None:
    condition = parse(text)
    test, zone = compile_condition(condition), zone_of(log.zone)
    alone = [test(event, zone) is True for case in range(len(log.cases)) for event in log.events(case)]
    together = Columns(log, np.arange(len(log))).fulfils(condition)
    assert together.tolist() == alone


def test_a_condition_on_no_rows_has_no_answers(log: Log) -> None:
    assert Columns(log, np.arange(0)).fulfils(parse("amount > 3 and actor == 'ann'")).tolist() == []


def said(part: Clock | Rule, **data: Any) -> list[str]:
    """What one case says online, and in a log at either speed alike."""
    procedure = law(part)
    log = log_of({"case": [event(1, "a", "03-02", **data), event(2, "b", "03-20", **data)]})
    verdict = supervise(procedure, log.events(0), calendar(), at("03-31"))
    alone = [f"{one.rule} {one.activation} {told(one.since)}" for one in verdict.findings]
    for compiled in (False, True):
        found = judge_log(log, [procedure], {"cn": calendar()}, at("03-31"), compiled=compiled).findings()
        together = [f"{one.rule} {one.activation} {told(one.since)}" for one in found]
        assert together == alone
    return alone


@pytest.mark.parametrize("value", [2, 2.0, 2.5, "2", True, 0, -1, None, 10**6, ["x"]])
@pytest.mark.parametrize("kind", ["working_days", "calendar_days", "months", "elapsed_hours", "working_hours"])
def test_a_limit_in_a_field_is_read_alike(kind: str, value: object) -> None:
    found = said(clock(FieldLimit("n", kind)), n=value)
    counts = (type(value) in (int, float) and value in (0, 2) and kind != "months") or (kind, value) == ("months", 0)
    assert bool(found) is counts


@pytest.mark.parametrize("value", [10**10, 1e30, 2**62, float("inf"), float("nan")])
@pytest.mark.parametrize("kind", ["working_days", "elapsed_hours"])
def test_a_number_beyond_all_calendars_is_late_for_nobody(kind: str, value: float) -> None:
    assert said(clock(FieldLimit("n", kind)), n=value) == []


@pytest.mark.parametrize("value", ["2026-03-05", "soon", 5, True, None, ["2026-03-05"]])
def test_a_date_in_a_field_is_read_alike(value: object) -> None:
    assert said(clock(UntilField("on")), on=value) == (["k e1 03-06"] if value == "2026-03-05" else [])


@pytest.mark.parametrize("value", ["p", 1, 1.5, True, "", None, ["p", "q"]])
def test_a_field_in_common_is_read_alike(value: object) -> None:
    assert said(clock(wd(2), same="file"), file=value) == ["k e1 03-05"]


def test_slots_are_the_same_numbers_as_online() -> None:
    parts = (
        clock(FieldLimit("n", "elapsed_hours"), same="file"),
        clock(FieldLimit("n", "working_hours"), id="m"),
        clock(UntilField("on"), id="u"),
        rule(RuleKind.DIFFERENT_HANDS, "a, b"),
        rule(RuleKind.RECORDED_LATE, "a", id="s", limit=wd(1)),
    )
    program = program_of(law(*parts))
    events = history(
        "03-01 a n=1 file=p; 03-02 08:29 a n=2 file=q on=2026-03-05 actor=ann; 03-02 12:30 b file=p actor=bob; "
        "03-02 18:01 a n=3 file=q actor=ann; 03-03 b file=q actor=ann; 03-07 10:00 a"
    )
    log = log_of({"case": events})
    together = encode_log(log, program, calendar())
    alone, keys = encode(program, log.events(0), zone_of(SHANGHAI), calendar())
    assert together.letter.tolist() == list(alone.letter)
    assert together.day.tolist() == list(alone.day)
    assert together.at.tolist() == list(alone.at)
    # Actors and files are numbered apart in columns: what matters is which are equal, and that nothing said is 0.
    for ours, theirs, slot in zip(together.slots.tolist(), alone.slots, program.slots, strict=True):
        if slot.kind.name in ("ACTOR", "KEY"):
            assert [one > 0 for one in ours] == [one > 0 for one in theirs]
            assert len(set(zip(ours, theirs, strict=True))) == len(set(ours)) == len(set(theirs))
        else:
            assert ours == list(theirs), slot
    assert together.keys.tolist() <= [keys]


def test_a_log_of_kinds_that_no_rule_knows_breaks_nothing() -> None:
    procedure = law(rule(RuleKind.ABSENCE, "a"), kinds="a")
    log = log_of({"one": history("03-02 unheard; 03-03 unheard"), "two": history("03-02 unheard; 03-03 a")})
    judgement = judge_log(log, [procedure], {"cn": calendar()}, at("03-31"))
    assert [(one.subject, one.activation) for one in judgement.findings()] == [("two", "e2")]
