"""Judging many cases: chunks of columns through the kernel, in plain Python or compiled, with the same rows out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from xiaoneng.replay.kernel import COMPILE_FROM, kernel
from xiaoneng.replay.needs import needs_of
from xiaoneng.replay.scratch import scratch
from xiaoneng.supervise.encode import days_of
from xiaoneng.supervise.fold import judge_case
from xiaoneng.supervise.layout import ACTIVATION, HISTORY, V_KEYS, Case, Days, Facts, Tables
from xiaoneng.supervise.plain import judge_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from xiaoneng.replay.columns import Encoded
    from xiaoneng.supervise.layout import Present
    from xiaoneng.supervise.program import Program
    from xiaoneng.timing.calendar import Calendar

CHUNK_EVENTS = 1_000_000
COLUMNS = (
    ("what", np.uint8),
    ("code", np.uint16),
    ("case", np.int32),
    ("event", np.int32),
    ("cause", np.int32),
    ("due", np.int64),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The kernel's rows for many cases, in order of cases; positions count from the case's first judged event."""

    what: npt.NDArray[np.uint8]
    code: npt.NDArray[np.uint16]
    case: npt.NDArray[np.int32]
    event: npt.NDArray[np.int32]
    cause: npt.NDArray[np.int32]
    due: npt.NDArray[np.int64]
    tally: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.what)

    def where(self, chosen: Any) -> Rows:
        """Some of the rows."""
        return rows_of([getattr(self, name)[chosen] for name, _ in COLUMNS], self.tally)


def rows_of(columns: Sequence[Any], tally: npt.NDArray[np.int64]) -> Rows:
    """Rows from their columns, in the order of COLUMNS."""
    return Rows(*columns, tally)  # type: ignore[call-arg]


def judge_columns(
    program: Program,
    encoded: Encoded,
    calendar: Calendar,
    now: Present,
    *,
    complete: bool,
    compiled: bool | None = None,
) -> Rows:
    """Judge every case of the columns; the same rows at either speed. `compiled` None chooses by size."""
    if compiled is None:
        compiled = len(encoded.letter) >= COMPILE_FROM
    days = days_of(calendar, program.procedure.zone, midnights=bool(program.tables.lapses))
    run = _compiled_chunk if compiled else _plain_chunk
    if compiled:
        days = Days(*(_array(part) for part in days))
    plain_only = not program.tables.ops
    chunks = chunks_of(encoded.offsets)
    return _joined(
        [run(program, encoded, days, now, one, complete=complete, plain_only=plain_only) for one in chunks], program
    )


def chunks_of(offsets: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Ranges of cases of about a million events; fixed by the log alone, so that rows never depend on the workers."""
    cuts = np.searchsorted(offsets, np.arange(0, int(offsets[-1]), CHUNK_EVENTS), side="left")
    bounds = np.unique(np.append(cuts, len(offsets) - 1)).tolist()
    return [(low, high) for low, high in pairwise(bounds) if high > low]


def _joined(parts: list[Rows], program: Program) -> Rows:
    tally = np.zeros(len(program.provisions), np.int64)
    for part in parts:
        tally += part.tally
    columns: Any = [
        np.concatenate([getattr(part, name) for part in parts]) if parts else np.empty(0, dtype)
        for name, dtype in COLUMNS
    ]
    return rows_of(columns, tally)


def _plain_chunk(
    program: Program,
    encoded: Encoded,
    days: Days,
    now: Present,
    bounds: tuple[int, int],
    *,
    complete: bool,
    plain_only: bool,
) -> Rows:
    low, high = bounds
    offsets = encoded.offsets[low : high + 1].tolist()
    first, last = offsets[0], offsets[-1]
    t = program.tables
    letters = encoded.letter[first:last].tolist()
    facts = Facts(
        letters,
        encoded.day[first:last].tolist(),
        encoded.at[first:last].tolist(),
        encoded.slots[:, first:last].tolist(),
    )
    most_keys = encoded.keys[low:high].tolist()
    tally = [0] * len(program.provisions)
    found: list[tuple[int, ...]] = []
    for c in range(high - low):
        out: list[Any] = []
        begin, end = offsets[c] - first, offsets[c + 1] - first
        if plain_only:
            judge_plain(t, letters, begin, end, int(complete), out)
        else:
            v = list(t.start)
            v[V_KEYS] = most_keys[c]
            case = Case(v, [0] * (most_keys[c] * t.columns), [], [], [])
            judge_case(t, days, facts, begin, end, now, int(complete), case, out, tally)
        found += [(what, code, low + c, event, cause, due) for what, code, event, cause, due in out]
    table = np.array(found, np.int64).reshape(len(found), len(COLUMNS))
    columns: Any = [table[:, place].astype(dtype) for place, (_, dtype) in enumerate(COLUMNS)]
    return rows_of(columns, np.array(tally, np.int64))


def _compiled_chunk(
    program: Program,
    encoded: Encoded,
    days: Days,
    now: Present,
    bounds: tuple[int, int],
    *,
    complete: bool,
    plain_only: bool,
) -> Rows:
    from xiaoneng.replay.compiled import Out

    low, high = bounds
    t = arrays(program.tables)
    events = int(encoded.offsets[high] - encoded.offsets[low])
    room = 2 * events + 1000
    while True:
        blank: Any = [scratch(name, room, dtype) for name, dtype in COLUMNS]
        out = Out(*blank, np.zeros(2, np.int64))  # type: ignore[call-arg]
        tally = np.zeros(len(program.provisions), np.int64)
        if plain_only:
            kernel()["plain_chunk"](t, encoded.letter, encoded.offsets, low, high, int(complete), out)
        else:
            columns: Any = (encoded.letter, encoded.day, encoded.at, encoded.slots)
            facts = Facts(*columns)
            memory = _memory(program, encoded, bounds)
            kernel()["chunk"](
                t, days, facts, encoded.offsets, encoded.keys, low, high, now, int(complete), memory, out, tally
            )
        written = int(out.n[0])
        if written <= room:
            break
        room = written
    written_columns: Any = [getattr(out, name)[:written].copy() for name, _ in COLUMNS]
    return rows_of(written_columns, tally)


def arrays(tables: Tables) -> Tables:
    """Tables with arrays in place of tuples."""
    return Tables(*(_array(part) for part in tables))


def _array(part: Any) -> Any:
    return part if isinstance(part, int) else np.asarray(part, np.int64)


def _memory(program: Program, encoded: Encoded, bounds: tuple[int, int]) -> Case:
    """Working memory for the neediest case of a chunk; pages that no case touches cost nothing."""
    low, high = bounds
    need = needs_of(program)
    start, end = int(encoded.offsets[low]), int(encoded.offsets[high])
    grown = np.concatenate([[0], np.cumsum(np.array(need.facts, np.int64)[encoded.letter[start:end]])])
    cuts = encoded.offsets[low : high + 1] - start
    length = int(np.diff(grown[cuts]).max(initial=0)) + need.once + 1
    most_keys = int(encoded.keys[low:high].max(initial=1))
    sizes = (
        len(program.tables.start),
        max(1, most_keys * program.tables.columns),
        length,
        length * max(1, need.starts) * ACTIVATION,
        length * max(1, need.changes) * HISTORY,
    )
    memory: Any = [np.zeros(size, np.int64) for size in sizes]
    return Case(*memory)
