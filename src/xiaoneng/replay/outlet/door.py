"""Write a log with its findings for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.outlet.flat import write_csv, write_parquet
from xiaoneng.replay.outlet.marks import mark
from xiaoneng.replay.outlet.ocel import document
from xiaoneng.replay.outlet.ocel_json import write_ocel_json
from xiaoneng.replay.outlet.ocel_sqlite import write_ocel_sqlite
from xiaoneng.replay.outlet.whole import whole
from xiaoneng.replay.outlet.xes import write_xes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.outlet.row import FindingRow

ENDINGS = {
    "xes": (".xes.gz", ".xes"),
    "ocel": (".jsonocel", ".json", ".sqlite"),
    "csv": (".csv", ".csv.gz"),
    "parquet": (".parquet",),
}


def export(log: Log, findings: Iterable[FindingRow], to: str, path: Path) -> None:
    """Write a log as `xes`, `ocel`, `csv` or `parquet`; the end of the name must fit. Raises LogError XN-R020.

    Findings are attributes (or columns) `xn:findings`, `xn:finding_ids` and `xn:rules` of the events that are their
    evidence; in OCEL they are objects of their own.
    """
    if to not in ENDINGS:
        raise LogError("XN-R020", f"{to!r} is no format", instead=f"use one of {', '.join(ENDINGS)}")
    if not path.name.lower().endswith(ENDINGS[to]):
        instead = f"end the name in {' or '.join(ENDINGS[to])}"
        raise LogError("XN-R020", f"is no name for {to}", where=path.name, instead=instead)
    rows = tuple(findings)
    marks = mark(log, rows)
    with whole(path) as copy:
        if to == "xes":
            write_xes(log, marks, copy)
        elif to == "csv":
            write_csv(log, marks, copy)
        elif to == "parquet":
            write_parquet(log, marks, copy)
        elif path.suffix == ".sqlite":
            write_ocel_sqlite(document(log, marks, rows), copy)
        else:
            write_ocel_json(document(log, marks, rows), copy)
