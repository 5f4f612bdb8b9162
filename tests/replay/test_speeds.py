"""One answer at every speed: plain Python, compiled, in chunks, by threads, and one case online."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from tests.oracle.compare import calendars
from tests.oracle.journals import some_history
from tests.oracle.procedures import some_procedure
from tests.supervise.bench import PACKS, at, calendar, clock, ground, history, ladder, law, rule, rung, wd

from xiaoneng.packs.folder import Packs
from xiaoneng.packs.model import Extension, Lapse, Procedure, RuleKind
from xiaoneng.replay import engine, judge
from xiaoneng.replay.engine import COLUMNS
from xiaoneng.replay.judge import LogJudgement, judge_log
from xiaoneng.supervise.judge import supervise

from .logs import log_from, log_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.verdict import Finding
    from xiaoneng.timing.calendar import Calendar

STEPS = ladder(rung("blue", "before", 1, "working_days"), rung("yellow", "before", 2, "elapsed_hours"))


def written(judgement: LogJudgement) -> list[Any]:
    """Every row, count and mark of a judgement, so that two can be compared whole, however they were cut."""
    rows: list[Any] = []
    tally: Counter[str] = Counter()
    decides: dict[str, Any] = {}
    for part in judgement.parts:
        cases = part.log.cases.to_pylist()
        columns = [getattr(part.rows, name).tolist() for name, _ in COLUMNS if name != "case"]
        owners = [cases[case] for case in part.rows.case.tolist()]
        rows += [(part.procedure.file, *row) for row in zip(owners, *columns, part.order_unknown.tolist(), strict=True)]
        for provision, count in zip(part.program.provisions, part.rows.tally.tolist(), strict=True):
            tally[f"{part.procedure.file} {provision.id}"] += count
        decides |= {cases[case]: rules for case, rules in part.order_decides.items()}
    return [rows, dict(tally), decides, judgement.by_rule()]


def both_speeds(log: Log, laws: Sequence[Procedure], places: Mapping[str, Calendar], now: dt.datetime) -> LogJudgement:
    plain = judge_log(log, laws, places, now, compiled=False)
    compiled = judge_log(log, laws, places, now, compiled=True)
    assert written(plain) == written(compiled)
    assert plain.not_in_force == compiled.not_in_force
    return compiled


def said(finding: Finding) -> tuple[Any, ...]:
    """A finding without its doubt about order."""
    return (
        finding.id,
        str(finding.kind),
        str(finding.level),
        finding.since,
        finding.until,
        finding.evidence,
        finding.due,
        finding.provisional,
        finding.reason,
    )


def chance_log(seed: int, cases: int = 12) -> tuple[Procedure, Calendar, Log, dt.datetime]:
    """A random procedure and a log of random histories, all judged at the latest of their presents."""
    chance = random.Random(seed)
    procedure = replace(some_procedure(chance), ladder=STEPS)
    days, places = calendars(procedure.zone)
    histories = [some_history(chance, days) for _ in range(cases)]
    known = {
        f"c{number}": [event for event in one.events if event.kind not in ("correction", "reliance_corrected")]
        for number, one in enumerate(histories)
    }
    log = log_of({case: events for case, events in known.items() if events}, procedure.zone, complete=seed % 3 == 0)
    return procedure, places, log, max(one.now for one in histories)


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_plain_and_compiled_write_the_same_rows_for_any_procedure(first: int) -> None:
    for seed in range(first, first + 20):
        procedure, places, log, now = chance_log(seed)
        both_speeds(log, [procedure], {"test": places}, now)


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_a_log_and_its_cases_one_by_one_have_the_same_findings(first: int) -> None:
    for seed in range(first, first + 40):
        procedure, places, log, now = chance_log(seed)
        found: dict[str, list[Any]] = {}
        for finding in judge_log(log, [procedure], {"test": places}, now).findings():
            found.setdefault(finding.subject, []).append(said(finding))
        for index, case in enumerate(log.cases.to_pylist()):
            verdict = supervise(procedure, log.events(index), places, now, complete=log.complete)
            alone = sorted(map(repr, map(said, verdict.findings)))
            assert sorted(map(repr, found.get(case, []))) == alone, f"seed {seed}, {case}"


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_a_log_and_its_cases_one_by_one_doubt_the_same_findings(first: int) -> None:
    for seed in range(first, first + 40):
        procedure, places, log, now = chance_log(seed)
        judgement = judge_log(log, [procedure], {"test": places}, now)
        doubted = {finding.id for finding in judgement.findings() if finding.order_unknown}
        alone: set[str] = set()
        decided: dict[int, frozenset[str]] = {}
        for index in range(len(log.cases)):
            verdict = supervise(procedure, log.events(index), places, now, complete=log.complete)
            alone |= {finding.id for finding in verdict.findings if finding.order_unknown}
            if verdict.order_decides:
                decided[index] = verdict.order_decides
        assert doubted == alone, f"seed {seed}"
        assert [part.order_decides for part in judgement.parts] == [decided], f"seed {seed}"


def test_a_deemed_fact_before_a_tie_leaves_it_as_it_is() -> None:
    silent = clock(wd(1), "a", "b", on_lapse=Lapse("d", from_start=False))
    procedure = law(silent, rule(RuleKind.ABSENCE, "e"))
    log = log_of({"case": history("03-02 a; 03-09 e; 03-09 b")})
    verdict = supervise(procedure, log.events(0), calendar(), at("03-31"))
    assert [one.order_unknown for one in verdict.findings] == [False, False]
    found = judge_log(log, [procedure], {"cn": calendar()}, at("03-31")).findings()
    assert [(one.rule, one.order_unknown) for one in found] == [("k", False), ("r", False)]


def test_a_next_event_that_breaks_by_kind_or_by_closing_at_one_moment_is_not_in_doubt() -> None:
    procedure = law(rule(RuleKind.CHAIN_RESPONSE, "a", "b", limit=wd(200)))
    log = log_of({"case": history("03-02 a; 03-02 c")}, complete=True)
    verdict = supervise(procedure, log.events(0), calendar(), at("03-31"), complete=True)
    found = judge_log(log, [procedure], {"cn": calendar()}, at("03-31")).findings()
    assert [one.order_unknown for one in found] == [one.order_unknown for one in verdict.findings] == [False]


BUSY = law(
    clock(wd(5), "a", "b", off_clock=("g",), extension=Extension(law(opens="x").opens, wd(2), 1)),
    clock(wd(3), "c", "d", id="s", on_lapse=Lapse("e", from_start=True)),
    clock(wd(10), "e", "f", id="t"),
    clock(wd(4), "a", "b", id="u", same="file"),
    rule(RuleKind.DIFFERENT_HANDS, "a, b"),
    rule(RuleKind.PRECEDENCE, "a", "b", id="q"),
    rule(RuleKind.RESPONSE, "c", "d", id="p"),
    ground(),
    ladder=STEPS,
)


def busy_log(cases: int, seed: int = 1) -> Log:
    chance = random.Random(seed)
    made = {}
    for number in range(cases):
        day, parts = 2, []
        for _ in range(chance.randint(1, 12)):
            day += chance.choice((0, 0, 1, 2, 6))
            kind = chance.choice("aabbccdefopx")
            who, file = chance.choice(("ann", "bob")), chance.choice("pq")
            parts.append(f"03-{day:02} {kind} actor={who} file={file}" if day <= 31 else f"04-30 {kind}")
        made[f"c{number}"] = history("; ".join(parts))
    return log_of(made)


def test_the_same_rows_come_out_for_any_number_of_workers_and_any_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    log = busy_log(60)
    whole = written(judge_log(log, [BUSY], {"cn": calendar()}, at("05-20")))
    for size in (1, 7, 50):
        monkeypatch.setattr(engine, "CHUNK_EVENTS", size)
        assert written(judge_log(log, [BUSY], {"cn": calendar()}, at("05-20"), compiled=False)) == whole
        for workers in (1, 2, 4):
            parts = judge_log(log, [BUSY], {"cn": calendar()}, at("05-20"), compiled=True, workers=workers)
            assert written(parts) == whole


def test_progress_tells_every_event_once(monkeypatch: pytest.MonkeyPatch) -> None:
    log = busy_log(30)
    monkeypatch.setattr(engine, "CHUNK_EVENTS", 20)
    for compiled in (False, True):
        told: list[int] = []
        judge_log(
            log,
            [law(rule(RuleKind.ABSENCE, "a"))],
            {"cn": calendar()},
            at("05-20"),
            compiled=compiled,
            progress=told.append,
        )
        assert sum(told) == len(log)
        assert len(told) > 5


def test_a_case_longer_than_a_chunk_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_of({"short": history("03-02 a"), "long": history("; ".join(["03-02 a", "03-03 b"] * 9)), "last": []})
    whole = written(judge_log(log, [BUSY], {"cn": calendar()}, at("05-20")))
    monkeypatch.setattr(engine, "CHUNK_EVENTS", 3)
    assert written(judge_log(log, [BUSY], {"cn": calendar()}, at("05-20"), compiled=True)) == whole


def test_small_logs_are_judged_without_a_compiler_and_large_ones_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    log, asked = busy_log(3), []
    monkeypatch.setattr(engine, "_compiled_chunk", lambda *_, **__: asked.append("compiled"))
    judge_log(log, [BUSY], {"cn": calendar()}, at("05-20"))
    assert asked == []
    monkeypatch.setattr(judge, "COMPILE_FROM", len(log))
    with pytest.raises(AttributeError):  # what stands in for the compiled kernel gives no rows
        judge_log(log, [BUSY], {"cn": calendar()}, at("05-20"))
    assert asked == ["compiled"]


@pytest.mark.parametrize(
    "name",
    [
        "cn.licensing",
        "cn.license-renewal",
        "it.traffic-fine",
        "it.traffic-fine-law",
        "nl.wabo-receipt",
        "nl.wabo-receipt-statutory",
    ],
)
def test_the_shipped_packs_are_judged_alike_at_both_speeds_and_online(name: str) -> None:
    packs = Packs(PACKS)
    versions = packs.versions(name)
    places = packs.calendar(versions[-1].calendar)
    log = pack_log(versions[-1], cases=120, seed=len(name))
    now = dt.datetime(2015, 6, 1, tzinfo=dt.UTC) if versions[-1].calendar != "cn" else at("2026-06-01")
    judgement = both_speeds(log, versions[-1:], {versions[-1].calendar: places}, now)
    found: dict[str, list[Any]] = {}
    for finding in judgement.findings():
        found.setdefault(finding.subject, []).append(said(finding))
    assert found
    for index, case in enumerate(log.cases.to_pylist()):
        verdict = supervise(versions[-1], log.events(index), places, now)
        assert sorted(map(repr, found.get(case, []))) == sorted(repr(said(one)) for one in verdict.findings), case


VALUES: dict[str, Any] = {
    "number": (1, 5, 20, 45),
    "amount": (10.0, 25.0, 40.0),
    "text": ("甲", "乙", ""),
    "boolean": (True, False),
}


def pack_log(procedure: Procedure, cases: int, seed: int) -> Log:
    """Cases of random events of a pack's own kinds with random contents of the declared types."""
    chance = random.Random(seed)
    start = dt.date(2012, 3, 5) if procedure.calendar != "cn" else dt.date(2026, 1, 5)
    rows: list[dict[str, Any]] = []
    opening = [one.kind for one in procedure.opens]
    for number in range(cases):
        day = start + dt.timedelta(days=chance.randint(0, 60))
        for place in range(chance.randint(1, 14)):
            day += dt.timedelta(days=chance.choice((0, 0, 1, 2, 5, 12)))
            kind = chance.choice(opening) if not place else chance.choice(list(procedure.events))
            row = {"case": f"c{number}", "kind": kind, "actor": chance.choice(("甲", "乙", ""))}
            row["occurred"] = (
                f"{day.isoformat()}T{chance.choice(('09:00', '11:30', '16:00'))}:00Z"
                if chance.random() < 0.5
                else day.isoformat()
            )
            for field in procedure.events[kind].fields.values():
                if chance.random() < 0.8:
                    row[field.id] = some_value(chance, field, day)
            rows.append(row)
    names = dict.fromkeys(name for row in rows for name in row)
    return log_from({name: one_type([row.get(name) for row in rows]) for name in names}, procedure.zone)


def some_value(chance: random.Random, field: Any, day: dt.date) -> Any:
    if field.type == "choice":
        return chance.choice([*field.choices])
    if field.type == "date":
        return day + dt.timedelta(days=chance.choice((-1, 3, 30)))
    if field.type == "list":
        return chance.choice((["身份证"], ["营业执照", "申请书"]))
    return chance.choice(VALUES[field.type])


def one_type(values: list[Any]) -> pa.Array:
    kinds = [type(value) for value in values if value is not None]
    most = max(kinds, key=kinds.count)
    return pa.array([value if type(value) is most else None for value in values])


@pytest.mark.parametrize("compiled", [False, True])
def test_a_case_of_a_hundred_thousand_events_is_judged(compiled: bool) -> None:
    """A start and a stop every half hour, nine in ten of the stops by another hand."""
    size = 100_000
    number = np.arange(size)
    first = np.datetime64("2020-01-06T01:00:00", "us")
    moments = first + (number * 15).astype("timedelta64[m]")
    kinds = np.where(number % 2 == 0, "a", "b")
    actors = np.where(number % 20 == 1, "ann", np.where(number % 2 == 0, "ann", "bob"))
    columns = {
        "case": pa.array(np.full(size, "one")),
        "kind": pa.array(kinds),
        "occurred": pa.array(moments, pa.timestamp("us", "UTC")),
        "actor": pa.array(actors),
    }
    procedure = law(
        clock(wd(1)),
        rule(RuleKind.CHAIN_RESPONSE, "a", "b"),
        rule(RuleKind.SAME_HANDS, "a", "b", id="s"),
        rule(RuleKind.ABSENCE, "a", id="t", n=99),
    )
    judgement = judge_log(log_from(columns), [procedure], {"cn": calendar()}, at("2026-01-05"), compiled=compiled)
    counts = judgement.by_rule()
    assert {name: (one.breaches, one.activations) for name, one in counts.items()} == {
        "k": (0, 50_000),
        "r": (0, 50_000),
        "s": (45_000, 50_000),
        "t": (49_902, 50_000),
    }


def test_fifty_thousand_activations_run_side_by_side() -> None:
    """All start on one day and no one stops them: each is late, and each is told once."""
    size = 50_000
    columns = {
        "case": pa.array(np.full(size, "one")),
        "kind": pa.array(np.full(size, "a")),
        "occurred": pa.array([dt.date(2026, 3, 2) + dt.timedelta(days=i * 20 // size) for i in range(size)]),
    }
    for compiled in (False, True):
        counts = judge_log(
            log_from(columns), [law(clock(wd(5)))], {"cn": calendar()}, at("12-31"), compiled=compiled
        ).by_rule()
        assert (counts["k"].breaches, counts["k"].activations, counts["k"].violated_cases) == (size, size, 1)
