"""From the rows of a file to the columns of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.case_events import CaseFact, case_facts
from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.kinds import kinds_of
from xiaoneng.replay.intake.log import Log
from xiaoneng.replay.intake.moments import Moments, by_day, moments
from xiaoneng.replay.intake.order import Keys, case_major, judging_order, tied
from xiaoneng.replay.intake.rejection import Sieve
from xiaoneng.replay.intake.taken import Source, Taken, take
from xiaoneng.replay.intake.values import as_text, joined, taken, value_column

if TYPE_CHECKING:
    from xiaoneng.replay.intake.plan import Plan
    from xiaoneng.replay.intake.rows import Rows

Ints = npt.NDArray[np.int64]


def to_log(rows: Rows, plan: Plan, sieve: Sieve | None = None) -> Log:
    """Read the columns that the plan names; raises LogError where the log as a whole cannot be read."""
    sieve = Sieve() if sieve is None else sieve
    times = _times(rows, plan)
    activity = as_text(rows.column(plan.activity)).dictionary_encode()
    ids = as_text(rows.column(plan.id)) if plan.id else None
    source = Source(rows, plan, times, activity, ids, sieve)
    held = take(source)
    for case in rows.lost:
        sieve.reject("no_events", np.array([-1]), lambda _, c=case: (c, "the case has no events"))  # type: ignore[misc]
    if not len(held.row):
        reasons = ", ".join(f"{count} {code}" for code, count in sieve.counts.items())
        instead = "look at the columns that the mapping names"
        raise LogError("XN-R010", f"no event can be taken: {reasons}", where=rows.place, instead=instead)
    return _assemble(source, held)


def _times(rows: Rows, plan: Plan) -> Moments:
    found = moments(rows.column(plan.time), plan.clock, plan.time)
    if plan.is_by_day:
        return by_day(found, plan.clock)
    if plan.precision_column:
        day = np.asarray(pc.fill_null(pc.equal(as_text(rows.column(plan.precision_column)), "day"), False))  # noqa: FBT003 - pyarrow's argument
        return Moments(found.at, found.day, found.timed & ~day, found.known)
    return found


def _assemble(source: Source, held: Taken) -> Log:
    rows, plan, times, ids, activity = source.rows, source.plan, source.times, source.ids, source.activity
    facts = case_facts(source, held)
    kinds, table = kinds_of(activity.dictionary, plan, [fact.kind for fact in facts], rows.place)
    code = table[np.asarray(pc.fill_null(activity.indices, 0))[held.row]]
    row = _with(facts, [np.full(len(f.case), -1) for f in facts], held.row)
    case = _with(facts, [f.case for f in facts], held.case)
    kind = _with(facts, [np.full(len(f.case), kinds.index(f.kind), np.uint16) for f in facts], code)
    number = _with(facts, [np.full(len(f.case), -f.place, np.int32) for f in facts], held.number)
    at = _with(facts, [f.at for f in facts], times.at[held.row])
    day = _with(facts, [f.day for f in facts], times.day[held.row])
    timed = _with(facts, [f.timed for f in facts], times.timed[held.row])
    sequence = _sequence(rows, plan, row)
    keys = Keys(case, at, day, timed, *_plain(sequence))
    order = case_major(case, len(held.cases)) if facts else None
    keys = keys if order is None else keys.take(order)
    inner = judging_order(keys, plan.clock.zone)
    if inner is not None:
        keys = keys.take(inner)
        order = inner if order is None else order[inner]
    row, kind, number = (x if order is None else x[order] for x in (row, kind, number))
    counts = np.bincount(keys.case, minlength=len(held.cases))
    as_is = len(row) == rows.height and bool((row == np.arange(len(row))).all())

    def column(values: pa.Array) -> pa.Array:
        return values if as_is else taken(values, row)

    return Log(
        cases=held.cases,
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        kinds=kinds,
        kind=kind,
        day=keys.day,
        at=keys.at,
        timed=keys.timed,
        tied=tied(keys),
        number=number,
        ids=None if ids is None else column(ids),
        actor=column(as_text(rows.column(plan.actor)).dictionary_encode()) if plan.actor else None,
        agency=column(as_text(rows.column(plan.agency)).dictionary_encode()) if plan.agency else None,
        recorded_at=_recorded(rows, plan, row, keys.at),
        source_sequence=None if sequence is None else (sequence if order is None else sequence.take(pa.array(order))),
        data=_data(rows, plan, facts, held.row, order),
        rejected=tuple(source.sieve.listed),
        rejected_counts=dict(source.sieve.counts),
        zone=plan.zone,
        source=plan.source,
        complete=plan.is_complete,
    )


def _with(facts: tuple[CaseFact, ...], parts: list[npt.NDArray[np.generic]], rest: np.ndarray) -> np.ndarray:
    """Values of the case events, which come first, then those of the rows."""
    return np.concatenate([*parts, rest]) if facts else rest


def _sequence(rows: Rows, plan: Plan, row: Ints) -> pa.Array | None:
    if not plan.source_sequence:
        return None
    values = rows.column(plan.source_sequence)
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        values = value_column(values, plan.clock, plan.source_sequence, declared="number", typed=rows.typed)
    return taken(pc.cast(values, pa.int64(), safe=False), row)


def _plain(sequence: pa.Array | None) -> tuple[Ints | None, npt.NDArray[np.bool_] | None]:
    if sequence is None:
        return None, None
    return np.asarray(pc.fill_null(sequence, 0)), np.asarray(sequence.is_valid())


def _recorded(rows: Rows, plan: Plan, row: Ints, at: Ints) -> Ints | None:
    """Instants of recording; an event that says none counts as recorded when it happened."""
    if not plan.recorded_at:
        return None
    found = moments(rows.column(plan.recorded_at), plan.clock, plan.recorded_at)
    safe = np.maximum(row, 0)
    return np.where((row >= 0) & found.known[safe], found.at[safe], at)


def _data(rows: Rows, plan: Plan, facts: tuple[CaseFact, ...], row: Ints, order: Ints | None) -> dict[str, pa.Array]:
    fields = dict.fromkeys([*plan.data, *(name for fact in facts for name in fact.data)])
    result = {}
    for name in fields:
        source, declared = plan.data.get(name), plan.types.get(name, "")
        values = pa.nulls(len(row))
        if source is not None:
            values = value_column(rows.column(source), plan.clock, source, declared=declared, typed=rows.typed)
            values = values if len(row) == len(values) and bool((np.diff(row) == 1).all()) else taken(values, row)
        if facts:
            values = joined([fact.data.get(name, pa.nulls(len(fact.case))) for fact in facts] + [values])
        result[name] = values if order is None else values.take(pa.array(order))
    return result
