"""A log as the kernel's columns: letters, days, instants and slots, for every case at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.conditions import Columns, epoch_days
from xiaoneng.replay.kernel import COMPILE_FROM, kernel
from xiaoneng.replay.keys import number_keys
from xiaoneng.replay.scratch import scratch
from xiaoneng.supervise.layout import CALENDAR, ELAPSED, MISSING, MONTHS, WORKING
from xiaoneng.supervise.slots import Slot, SlotKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.program import Program
    from xiaoneng.timing.calendar import Calendar

DAY_SECONDS = 86_400
SECOND_MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Encoded:
    """The judged events of a log: those of kinds that the procedure declares.

    `row` is the place of each in the log, `tied` whether only its position orders it after its predecessor; `keys` counts,
    per case, the values that fields and actors take (0 included).
    """

    letter: npt.NDArray[np.uint16]
    day: npt.NDArray[np.int32]
    at: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]
    keys: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    tied: npt.NDArray[np.bool_]


def encode_log(log: Log, program: Program, calendar: Calendar) -> Encoded:
    """Encode every case of a log for a program; `slots` is memory that the next call of this thread uses again."""
    first = np.array([program.alphabet.first.get(kind, -1) for kind in log.kinds], dtype=np.int64)
    known = first >= 0
    everything = bool(known.all())
    row = np.arange(len(log), dtype=np.int64) if everything else np.flatnonzero(known[log.kind])
    kind = log.kind if everything else log.kind[row]
    offsets = log.offsets if everything else np.searchsorted(row, log.offsets).astype(np.int64)
    letter = first.astype(np.uint16)[kind]
    for place, name in enumerate(log.kinds):
        conditions = program.alphabet.conditions.get(name, ())
        if conditions:
            mine = np.flatnonzero(kind == place)
            columns = Columns(log, row[mine])
            for bit, condition in enumerate(conditions):
                letter[mine] += (columns.fulfils(condition).astype(np.uint16) << bit).astype(np.uint16)
    encoded = Encoded(
        letter=letter,
        day=log.day if everything else log.day[row],
        at=log.at if everything else log.at[row],
        slots=np.empty((0, len(row)), np.int64),
        offsets=offsets,
        keys=np.ones(len(log.cases), np.int64),
        row=row,
        tied=_ties(log, row, offsets),
    )
    return _with_slots(encoded, log, program, calendar) if program.slots else encoded


def _ties(log: Log, row: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether only the position in the log orders an event after the one before it in its case."""
    if len(row) == len(log):
        return log.tied
    day, at, timed = log.day[row], log.at[row], log.timed[row]
    tied = np.zeros(len(row), np.bool_)
    same_instant = (at[1:] == at[:-1]) | ~(timed[1:] & timed[:-1])
    tied[1:] = (day[1:] == day[:-1]) & same_instant
    if log.source_sequence is not None:
        numbered = np.asarray(log.source_sequence.is_valid().to_numpy(zero_copy_only=False))[row]
        number = np.asarray(pc.fill_null(log.source_sequence, 0).to_numpy(zero_copy_only=False))[row]
        tied[1:] &= ~(numbered[1:] & numbered[:-1] & (number[1:] != number[:-1]))
    tied[offsets[:-1][offsets[:-1] < len(row)]] = False
    return tied


def _with_slots(encoded: Encoded, log: Log, program: Program, calendar: Calendar) -> Encoded:
    size = len(encoded.row)
    columns = scratch("slots", len(program.slots) * size, np.int64).reshape(len(program.slots), size)
    columns[:] = MISSING
    keys = np.ones(len(log.cases), np.int64)
    for s, slot in enumerate(program.slots):
        filled = np.array([s in plan for plan in program.plans], dtype=np.bool_)
        mine = np.flatnonzero(filled[encoded.letter])
        view = Columns(log, encoded.row[mine])
        if slot.kind in (SlotKind.ACTOR, SlotKind.KEY):
            codes = np.full(len(encoded.row), -1, np.int64)
            codes[mine] = _codes(view.say(("actor",) if slot.kind is SlotKind.ACTOR else (slot.field,)))
            columns[s], most = dense_keys(codes, encoded.offsets)
            keys = np.maximum(keys, most)
        else:
            columns[s, mine] = _numbers(slot, view, encoded, mine, calendar)
    return Encoded(encoded.letter, encoded.day, encoded.at, columns, encoded.offsets, keys, encoded.row, encoded.tied)


def _codes(column: pa.Array) -> npt.NDArray[np.int64]:
    """Equal values get equal numbers; -1 for nothing said."""
    if pa.types.is_null(column.type):
        return np.full(len(column), -1, np.int64)
    if pa.types.is_list(column.type):
        column = pa.array([str(value) if value else None for value in column.to_pylist()], pa.string())
    text = column.cast(pa.string()) if not pa.types.is_string(column.type) else column
    codes = pc.fill_null(text.dictionary_encode().indices.cast(pa.int64()), -1)
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=np.int64)


def _numbers(slot: Slot, view: Columns, encoded: Encoded, mine: npt.NDArray[np.int64], calendar: Calendar) -> Any:
    if slot.kind is SlotKind.AMOUNT:
        return _amounts(view.say((slot.field,)), slot.factor, slot.most)
    if slot.kind is SlotKind.UNTIL:
        return epoch_days(view.dates(view.say((slot.field,))), MISSING)
    log = view.log
    if slot.kind is SlotKind.OFFICE:
        at = np.where(log.timed[view.rows], log.at[view.rows], MISSING)
        return _office(at, encoded.day[mine], log.zone, calendar)
    recorded = (log.at if log.recorded_at is None else log.recorded_at)[view.rows]
    if slot.time == ELAPSED:
        return recorded
    day = _local(recorded, log.zone) // DAY_SECONDS
    return day if slot.time in (WORKING, CALENDAR, MONTHS) else _office(recorded, day, log.zone, calendar)


def _amounts(column: pa.Array, factor: int, most: int) -> npt.NDArray[np.int64]:
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        return np.full(len(column), MISSING, np.int64)
    values = np.asarray(pc.fill_null(column.cast(pa.float64(), safe=False), -1.0).to_numpy(zero_copy_only=False))
    whole = np.isfinite(values) & (values >= 0) & (values == np.floor(values))
    counted = np.minimum(np.where(whole, values, 0), most).astype(np.int64)
    return np.where(whole, counted * factor, MISSING)


def _local(at: npt.NDArray[np.int64], zone: str) -> npt.NDArray[np.int64]:
    """Seconds since 1970 on the wall clock of a zone."""
    wall = pc.local_timestamp(pa.array(at, pa.timestamp("us", zone)))
    micros = np.asarray(wall.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)
    return micros // SECOND_MICROSECONDS


def _office(at: npt.NDArray[np.int64], day: npt.NDArray[Any], zone: str, calendar: Calendar) -> npt.NDArray[np.int64]:
    """Office seconds elapsed before each instant; before the day where only the day is known (MISSING)."""
    timed = at != MISSING
    second = np.where(timed, _local(np.where(timed, at, 0), zone) % DAY_SECONDS, 0)
    prefix = np.concatenate([[0], np.array(calendar.prefix, np.int64)])
    place = np.clip(day.astype(np.int64) - calendar.first_day + 1, 0, len(prefix) - 1)
    before = prefix[np.maximum(place - 1, 0)]
    elapsed = before * calendar.per_day
    works = prefix[place] > before
    for opens, closes in zip(calendar.hours[::2], calendar.hours[1::2], strict=True):
        elapsed += np.where(works, np.clip(second, opens, closes) - opens, 0)
    return elapsed


def dense_keys(
    codes: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number values within each case from 1, in order of first appearance; 0 for none (-1). Also the count per case, 0 included."""
    numbered = np.zeros(len(codes), np.int64)
    counts = np.ones(len(offsets) - 1, np.int64)
    width = int(codes.max(initial=-1)) + 1
    seen, number = np.zeros(width, np.int64), np.zeros(width, np.int64)
    number_them = kernel()["number_keys"] if len(codes) >= COMPILE_FROM else number_keys
    number_them(codes, offsets, seen, number, numbered, counts)
    return numbered, counts
