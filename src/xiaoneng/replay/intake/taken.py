"""Which rows of a file are taken as events, and to which case they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.order import case_major
from xiaoneng.replay.intake.values import as_text

if TYPE_CHECKING:
    from xiaoneng.replay.intake.moments import Moments
    from xiaoneng.replay.intake.plan import Plan
    from xiaoneng.replay.intake.rejection import Sieve
    from xiaoneng.replay.intake.rows import Rows

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Source:
    """One log on its way in: its rows, what to take from them, and what was read already."""

    rows: Rows
    plan: Plan
    times: Moments
    activity: pa.DictionaryArray
    ids: pa.Array | None
    sieve: Sieve


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows that are taken, cases together: `row` in the file, dense `case`, position `number` in the case."""

    cases: pa.Array
    case: Codes
    row: Ints
    number: Codes


def take(source: Source) -> Taken:
    """Reject what cannot be taken, and number the rest within its case."""
    rows, plan, times, sieve = source.rows, source.plan, source.times, source.sieve
    activity, ids = source.activity, source.ids
    coded = as_text(rows.column(plan.case)).dictionary_encode()
    case = np.asarray(pc.fill_null(coded.indices, -1)).astype(np.int32, copy=False)
    names = coded.dictionary
    bad = case < 0
    sieve.reject_where("no_case", bad, lambda _: ("", f"{plan.case} is empty"), rows.first)

    def named(row: int) -> str:
        return str(names[int(case[row])])

    row = np.arange(rows.height) if not bad.any() else np.flatnonzero(~bad)
    order = case_major(case[row], len(names))
    row = row if order is None else row[order]
    starts = np.searchsorted(case[row], np.arange(len(names)))
    number = (np.arange(len(row)) - starts[case[row]] + 1).astype(np.int32)

    silent = np.asarray(activity.is_null()) & ~bad
    if silent.any():
        sieve.reject_where("no_activity", silent, lambda i: (named(i), f"{plan.activity} is empty"), rows.first)
    timeless = ~times.known & ~bad & ~silent
    if timeless.any():
        raw = rows.column(plan.time)
        sieve.reject_where("no_time", timeless, lambda i: (named(i), _no_time(plan.time, raw[i].as_py())), rows.first)
    refused = bad | silent | timeless
    if ids is not None:
        again, earlier = _again(case, ids, refused)
        says = {int(a): int(b) for a, b in zip(again, earlier, strict=True)}
        sieve.reject(
            "duplicate_id",
            again,
            lambda i: (named(i), f"event id {ids[i].as_py()!r} already stands in row {says[i] + rows.first}"),
            first=rows.first,
        )
        refused[again] = True
    if refused.any():
        keep = ~refused[row]
        row, number = row[keep], number[keep]
    dense = case[row]
    present = np.zeros(len(names), dtype=bool)
    present[dense] = True
    if not present.all():
        dense = (np.cumsum(present) - 1).astype(np.int32)[dense]
        names = names.filter(pa.array(present))
    return Taken(names, dense, row, number)


def _no_time(column: str, value: object) -> str:
    return f"{column} is empty or no time" if value is None else f"{column} {value!r} is no time"


def _again(case: Codes, ids: pa.Array, refused: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Rows whose id already stands in an earlier row of the same case, and those earlier rows."""
    coded = ids.dictionary_encode()
    code = np.asarray(pc.fill_null(coded.indices, -1)).astype(np.int64)
    rows = np.flatnonzero((code >= 0) & ~refused)
    if len(rows) == 0 or np.bincount(code[rows]).max() == 1:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    key = code[rows] * (int(case.max()) + 1) + case[rows]
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    again = first[back] != np.arange(len(rows))
    return rows[again], rows[first[back]][again]
