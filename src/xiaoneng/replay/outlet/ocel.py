"""A log and its findings as objects and events: what both files of OCEL 2.0 say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.rows import OCEL
from xiaoneng.replay.outlet.moments import iso, midnights
from xiaoneng.replay.outlet.row import as_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.outlet.marks import Marks
    from xiaoneng.replay.outlet.row import FindingRow

FINDING = "finding"
OF_FINDING = ("rule", "kind", "level", "since", "until", "explanation", "cite")
BEGINNING = "1970-01-01T00:00:00Z"
AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with its case and the findings it is evidence of."""

    id: str
    kind: str
    time: str
    attributes: Mapping[str, object]
    case: str
    findings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Document:
    """A log in the terms of OCEL 2.0; `kinds` gives the attributes (name, type) of each type of event."""

    log: Log
    marks: Marks
    findings: Sequence[FindingRow]
    kinds: Mapping[str, Mapping[str, str]]

    def cases(self) -> Iterator[tuple[str, dict[str, object]]]:
        """Objects of the type `case` with their attributes."""
        for case, count in zip(self.log.cases.to_pylist(), self.marks.of_case.tolist(), strict=True):
            yield case, {OCEL.zone: self.log.zone, "xn:findings": count}

    def found(self) -> Iterator[tuple[str, dict[str, object], str]]:
        """Objects of the type `finding`, with their attributes and the case they are about."""
        for row in self.findings:
            said = as_record(row) | {"cite": " ".join(row.cite)}
            yield row.id, {name: said[name] for name in OF_FINDING if said[name] is not None}, row.case

    def events(self) -> Iterator[Happened]:
        """Events in the order of the log."""
        borders = np.searchsorted(self.marks.event, np.arange(len(self.log) + 1))
        ids = [row.id for row in self.findings]
        evidence = self.marks.finding.tolist()
        unique = _unique_ids(self.log)
        case_of = np.repeat(np.arange(len(self.log.cases)), np.diff(self.log.offsets))
        columns = _columns(self.log)
        for start in range(0, len(self.log), AT_ONCE):
            end = min(start + AT_ONCE, len(self.log))
            values = {name: _plain(column.slice(start, end - start), self.log.zone) for name, column in columns.items()}
            times = iso(self.log.at[start:end], "UTC").to_pylist()
            names = unique.slice(start, end - start).to_pylist()
            cases = self.log.cases.take(pa.array(case_of[start:end])).to_pylist()
            for i in range(end - start):
                said = {name: column[i] for name, column in values.items() if column[i] is not None}
                marked = evidence[borders[start + i] : borders[start + i + 1]]
                kind = self.log.kinds[self.log.kind[start + i]]
                yield Happened(names[i], kind, times[i], said, cases[i], [ids[k] for k in marked])


def document(log: Log, marks: Marks, findings: Sequence[FindingRow]) -> Document:
    """Say a log in the terms of OCEL 2.0."""
    kinds: dict[str, dict[str, str]] = {kind: {} for kind in log.kinds}
    for name, column in _columns(log).items():
        for code in np.unique(log.kind[np.asarray(column.is_valid())]).tolist():
            kinds[log.kinds[code]][name] = _type(column.type)
    return Document(log, marks, findings, kinds)


def _columns(log: Log) -> dict[str, pa.Array]:
    columns = {
        OCEL.actor: log.actor,
        OCEL.agency: log.agency,
        OCEL.source_sequence: log.source_sequence,
        OCEL.recorded_at: None if log.recorded_at is None else iso(log.recorded_at, "UTC"),
        OCEL.precision: None if log.timed.all() else pc.if_else(pa.array(log.timed), None, "day"),
        **log.data,
    }
    return {name: column for name, column in columns.items() if column is not None}


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "float"
    if pa.types.is_date(kind):
        return "time"
    return "boolean" if pa.types.is_boolean(kind) else "string"


def _plain(values: pa.Array, zone: str) -> list[object]:
    if pa.types.is_date(values.type):
        values = midnights(values, zone)
    elif pa.types.is_list(values.type):
        values = pc.binary_join(values, "|")
    listed: list[object] = values.to_pylist()
    return listed


def _unique_ids(log: Log) -> pa.Array:
    """Ids of events; with the case before them where two cases use the same."""
    ids = log.event_ids()
    if pc.count_distinct(ids).as_py() == len(ids):
        return ids
    cases = log.cases.take(pa.array(np.repeat(np.arange(len(log.cases)), np.diff(log.offsets))))
    return pc.binary_join_element_wise(cases, ids, "/")
