"""The archive of a log: a folder of Parquet files, each holding whole cases in judging order.

Every file is a table that other programs read (the columns of our own export), so work is handed out by naming files. Beside them
stand `cases.arrow`, the cases with their numbers of events, and `archive.json`, written last, which makes the folder an archive.
Nothing is sorted or checked when it is read, and what events say is read only when it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.log import Log
from xiaoneng.replay.intake.rows import TABLE
from xiaoneng.replay.outlet.whole import whole

if TYPE_CHECKING:
    from pathlib import Path

MARKER = "archive.json"
CASES = "cases.arrow"
LAYOUT = 1
PART_EVENTS = 1_000_000
KEPT = 64
"""Columns of event data held at a time; a log is judged part by part, so they are columns of a part."""
DAY, NUMBER, TIED = "xn:day", "xn:number", "xn:tied"
TEXTS = (TABLE.activity, TABLE.actor, TABLE.agency)


def is_archive(folder: Path) -> bool:
    """Whether a folder is an archive (a marker file says so)."""
    return (folder / MARKER).is_file()


def write_archive(log: Log, folder: Path, *, part_events: int = PART_EVENTS) -> None:
    """Write a log as an archive; what was rejected when it was read is kept as counts only.

    Raises LogError XN-R020 where the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise LogError("XN-R020", "holds files already", where=str(folder), instead="name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    table = _table(log)
    parts = []
    for number, (low, high) in enumerate(_ranges(log.offsets, part_events)):
        start, end = int(log.offsets[low]), int(log.offsets[high])
        name = f"part-{number:05}.parquet"
        with whole(folder / name) as copy:
            pq.write_table(table.slice(start, end - start), copy, compression="lz4", row_group_size=max(1, end - start))
        parts.append(name)
    cases = pa.table({"case": log.cases, "events": pa.array(np.diff(log.offsets))})
    with (
        whole(folder / CASES) as copy,
        pa.OSFile(str(copy), "wb") as file,
        pa.ipc.new_file(file, cases.schema) as writer,
    ):
        writer.write_table(cases)
    head = {
        "layout": LAYOUT,
        "parts": parts,
        "kinds": log.kinds,
        "fields": list(log.data),
        "columns": table.column_names,
        "zone": log.zone,
        "source": log.source,
        "complete": log.complete,
        "rejected_counts": dict(log.rejected_counts),
    }
    with whole(folder / MARKER) as copy:
        copy.write_text(json.dumps(head, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_archive(folder: Path) -> Log:
    """Read an archive; raises LogError XN-R011 where it is no whole one."""
    try:
        head = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        if head["layout"] != LAYOUT:
            what = f"has layout {head['layout']}, and {LAYOUT} is known here"
            raise LogError("XN-R011", what, where=str(folder), instead="write it again")
        return _read(folder, head)
    except (OSError, KeyError, json.JSONDecodeError, pa.ArrowInvalid) as error:
        what = f"is no whole archive: {error}"
        raise LogError("XN-R011", what, where=str(folder), instead="write it again") from error


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive, and its footer, parsed once."""

    path: Path
    footer: pq.FileMetaData

    def read(self, names: list[str]) -> pa.Table:
        """Some of the columns; one at a time they need neither threads nor a buffer before them, which would double the cost."""
        return pq.ParquetFile(self.path, metadata=self.footer, pre_buffer=False).read(columns=names, use_threads=False)


class Fields(Mapping[str, pa.Array]):
    """What the events of an archive say, by field; each column is read when it is asked for, and the last few are kept."""

    def __init__(self, parts: list[Part], names: list[str]) -> None:
        self._parts = parts
        self._names = names
        self._kept: dict[str, pa.Array] = {}

    def __getitem__(self, name: str) -> pa.Array:
        """One column."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._kept:
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = _columns(self._parts, [name])[name]
        return self._kept[name]

    def rows(self, start: int, end: int) -> Mapping[str, pa.Array]:
        """Some consecutive rows: read from the files that hold them, and no others."""
        bounds = np.concatenate([[0], np.cumsum([part.footer.num_rows for part in self._parts])])
        first = int(np.searchsorted(bounds, start, side="right")) - 1
        last = max(first + 1, int(np.searchsorted(bounds, end, side="left")))
        whole_files = Fields(self._parts[first:last], self._names)
        if (bounds[first], bounds[last]) == (start, end):
            return whole_files
        return _SomeRows(whole_files, start - int(bounds[first]), end - start)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a field; reads nothing."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Names of the fields."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many fields there are."""
        return len(self._names)


class _SomeRows(Mapping[str, pa.Array]):
    """Some rows of other columns."""

    def __init__(self, fields: Fields, start: int, size: int) -> None:
        self._fields = fields
        self._start = start
        self._size = size

    def __getitem__(self, name: str) -> pa.Array:
        """One column."""
        return self._fields[name].slice(self._start, self._size)

    def __iter__(self) -> Iterator[str]:
        """Names of the fields."""
        return iter(self._fields)

    def __len__(self) -> int:
        """How many fields there are."""
        return len(self._fields)


def _table(log: Log) -> pa.Table:
    case = pa.array(np.repeat(np.arange(len(log.cases), dtype=np.int32), np.diff(log.offsets)))
    utc = pa.timestamp("us", tz=log.zone)
    columns = {
        TABLE.case: pa.DictionaryArray.from_arrays(case, log.cases),
        TABLE.activity: pa.DictionaryArray.from_arrays(pa.array(log.kind), pa.array(log.kinds, pa.string())),
        TABLE.time: pa.array(log.at).view(utc),
        DAY: pa.array(log.day),
        TABLE.id: log.ids,
        TABLE.actor: log.actor,
        TABLE.agency: log.agency,
        TABLE.recorded_at: None if log.recorded_at is None else pa.array(log.recorded_at).view(utc),
        TABLE.source_sequence: log.source_sequence,
        TABLE.precision: None if log.timed.all() else _words(log.timed, "instant", "day"),
        NUMBER: None if _counts_up(log) else pa.array(log.number),
        TIED: pa.array(log.tied) if log.tied.any() else None,
        **log.data,
        TABLE.zone: pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(log), np.int8)), pa.array([log.zone])),
    }
    return pa.table({name: column for name, column in columns.items() if column is not None})


def _words(truth: npt.NDArray[np.bool_], yes: str, no: str) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(truth.astype(np.int8)), pa.array([no, yes]))


def _positions(offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """1, 2, 3 … within each case."""
    before = (1 - offsets[:-1]).astype(np.int32)
    positions = np.repeat(before, np.diff(offsets))
    positions += np.arange(offsets[-1], dtype=np.int32)
    return positions


def _counts_up(log: Log) -> bool:
    return bool((log.number == _positions(log.offsets)).all())


def _ranges(offsets: npt.NDArray[np.int64], most: int) -> list[tuple[int, int]]:
    """Ranges of cases of about `most` events; one empty range where there is no case."""
    cuts = np.searchsorted(offsets, np.arange(0, int(offsets[-1]), most), side="left")
    bounds = np.unique(np.append(cuts, len(offsets) - 1)).tolist()
    return list(pairwise(bounds)) or [(0, 0)]


def _read(folder: Path, head: dict[str, Any]) -> Log:
    parts = [Part(folder / name, pq.read_metadata(folder / name)) for name in head["parts"]]
    with pa.memory_map(str(folder / CASES)) as file:
        cases = pa.ipc.open_file(file).read_all()
    offsets = np.concatenate([[0], np.cumsum(np.asarray(cases["events"].combine_chunks()))]).astype(np.int64)
    aside = {TABLE.case, TABLE.zone, *head["fields"]}
    core = _columns(parts, [name for name in head["columns"] if name not in aside])
    at = np.asarray(core[TABLE.time].view(pa.int64()))
    if len(at) != offsets[-1]:
        what = f"holds {len(at)} events where its cases have {offsets[-1]}"
        raise LogError("XN-R011", what, where=str(folder), instead="write it again")
    truth = np.ones(len(at), np.bool_)
    return Log(
        cases=cases["case"].combine_chunks() if len(cases) else pa.array([], pa.string()),
        offsets=offsets,
        kinds=tuple(head["kinds"]),
        kind=_codes(core[TABLE.activity], head["kinds"]),
        day=np.asarray(core[DAY]),
        at=at,
        timed=_codes(core[TABLE.precision], ["day", "instant"]) == 1 if TABLE.precision in core else truth,
        tied=np.asarray(core[TIED].to_numpy(zero_copy_only=False)) if TIED in core else ~truth,
        number=np.asarray(core[NUMBER]) if NUMBER in core else _positions(offsets),
        ids=core.get(TABLE.id),
        actor=core.get(TABLE.actor),
        agency=core.get(TABLE.agency),
        recorded_at=np.asarray(core[TABLE.recorded_at].view(pa.int64())) if TABLE.recorded_at in core else None,
        source_sequence=core.get(TABLE.source_sequence),
        data=Fields(parts, head["fields"]),
        rejected=(),
        rejected_counts=head["rejected_counts"],
        zone=head["zone"],
        source=head["source"],
        complete=head["complete"],
    )


def _codes(column: pa.DictionaryArray, words: list[str]) -> npt.NDArray[np.uint16]:
    """Place of each value among some words."""
    places = np.array([words.index(word) for word in column.dictionary.to_pylist()], np.uint16)
    return np.asarray(places[np.asarray(column.indices)])


def _columns(parts: list[Part], names: list[str]) -> dict[str, pa.Array]:
    """Columns of all parts, one after another; each is put together before the next is read, so that memory holds it once."""
    return {name: _joined([part.read([name])[name] for part in parts]) for name in names} if parts else {}


def _joined(pieces: list[pa.ChunkedArray]) -> pa.Array:
    chunks = [chunk for piece in pieces for chunk in piece.chunks]
    if len(chunks) == 1:
        return chunks[0]
    joined = pa.chunked_array(chunks, pieces[0].type)
    return (joined.unify_dictionaries() if pa.types.is_dictionary(joined.type) else joined).combine_chunks()
