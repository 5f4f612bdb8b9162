"""Findings as a Parquet file."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.replay.outlet.row import as_record
from xiaoneng.replay.outlet.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xiaoneng.replay.outlet.row import FindingRow

AT_ONCE = 50_000
NAME = "findings.parquet"
SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "case": pa.string(),
        "rule": pa.string(),
        "kind": pa.string(),
        "level": pa.string(),
        "since": pa.string(),
        "until": pa.string(),
        "evidence": pa.list_(pa.string()),
        "explanation": pa.string(),
        "cite": pa.list_(pa.string()),
    }
)


def write_findings(folder: Path, findings: Iterable[FindingRow]) -> int:
    """Write FOLDER/findings.parquet and give the number of findings; they are read once, and never all held."""
    rows = iter(findings)
    count = 0
    with whole(folder / NAME) as copy, pq.ParquetWriter(copy, SCHEMA, compression="zstd") as writer:
        while batch := [as_record(row) for row in islice(rows, AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
            count += len(batch)
    return count
