"""A log and its findings as one table: CSV and Parquet."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from xiaoneng.replay.intake.rows import TABLE
from xiaoneng.replay.outlet.moments import iso, occurred

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.outlet.marks import Marks


def write_csv(log: Log, marks: Marks, path: Path) -> None:
    """Write a CSV file, packed where the name ends in .gz; moments are text with their offset."""
    table = _table(log, marks, occurred(log), None if log.recorded_at is None else iso(log.recorded_at, log.zone))
    lists = [i for i, field in enumerate(table.schema) if pa.types.is_list(field.type)]
    for i in lists:
        table = table.set_column(i, table.schema.field(i).name, pc.binary_join(table.column(i), "|"))
    plain = [pc.cast(column, pa.string()) if pa.types.is_dictionary(column.type) else column for column in table]
    table = pa.table(plain, names=table.column_names)
    with gzip.open(path, "wb", compresslevel=6) if path.suffix == ".gz" else path.open("wb") as file:
        pc_csv.write_csv(table, file)


def write_parquet(log: Log, marks: Marks, path: Path) -> None:
    """Write a Parquet file; instants keep the zone of the log in their type."""
    kind = pa.timestamp("us", tz=log.zone)
    recorded = None if log.recorded_at is None else pa.array(log.recorded_at).view(kind)
    table = _table(log, marks, pa.array(log.at).view(kind), recorded)
    if not log.timed.all():
        precision = pa.array(["day", "instant"]).take(pa.array(log.timed.astype(np.int32)))
        table = table.append_column(TABLE.precision, precision.dictionary_encode())
    pq.write_table(table, path, compression="zstd")


def _table(log: Log, marks: Marks, moments: pa.Array, recorded: pa.Array | None) -> pa.Table:
    case = pa.array(np.repeat(np.arange(len(log.cases), dtype=np.int32), np.diff(log.offsets)))
    columns = {
        TABLE.case: pa.DictionaryArray.from_arrays(case, log.cases),
        TABLE.activity: pa.DictionaryArray.from_arrays(pa.array(log.kind), pa.array(log.kinds, pa.string())),
        TABLE.time: moments,
        TABLE.id: log.event_ids(),
        TABLE.recorded_at: recorded,
        TABLE.actor: log.actor,
        TABLE.agency: log.agency,
        TABLE.source_sequence: log.source_sequence,
        **log.data,
        TABLE.zone: pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(log), np.int8)), pa.array([log.zone])),
        "xn:findings": marks.count,
        "xn:finding_ids": marks.ids,
        "xn:rules": marks.rules,
    }
    return pa.table({name: column for name, column in columns.items() if column is not None})
