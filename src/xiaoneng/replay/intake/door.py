"""Read any log: the format is known by the end of the file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.replay.intake.build import to_log
from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.journal_file import read_journal_file
from xiaoneng.replay.intake.ocel_json import read_ocel_json
from xiaoneng.replay.intake.ocel_sqlite import read_ocel_sqlite
from xiaoneng.replay.intake.plan import mapped, own
from xiaoneng.replay.intake.tables import read_csv, read_parquet
from xiaoneng.replay.intake.xes import read_xes

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from pathlib import Path

    from xiaoneng.packs.mappings import Mapping
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.intake.rows import Rows

XES = (".xes", ".xes.gz")
CSV = (".csv", ".csv.gz")
PARQUET = (".parquet", ".arrow", ".feather")
OCEL_JSON = (".jsonocel", ".json", ".jsonocel.gz", ".json.gz")
OCEL_SQLITE = (".sqlite", ".sqlite3", ".db")
JOURNAL = (".jsonl", ".jsonl.gz")
ENDINGS = (*XES, *CSV, *PARQUET, *OCEL_JSON, *OCEL_SQLITE, *JOURNAL)


def read_log(
    path: Path,
    mapping: Mapping | None = None,
    *,
    zone: str = "",
    types: MappingOf[str, str] | None = None,
    case_type: str = "",
) -> Log:
    """Read a log by a mapping, or by the names of our own export where there is none.

    `zone` is the procedure's, for local days where neither mapping nor log names one; `types` the types of the
    pack's fields (text, number, amount, date, boolean, choice, list); `case_type` the object type of an OCEL log that
    is the case, where it has several. Raises LogError.
    """
    rows = read_rows(path, zone=zone, case_type=case_type)
    if rows.height == 0:
        instead = "give a log with at least one event"
        raise LogError("XN-R010", "has no events", where=rows.place, instead=instead)
    types = types or {}
    return to_log(rows, mapped(rows, mapping, zone, types) if mapping else own(rows, zone, types))


def read_rows(path: Path, *, zone: str = "", case_type: str = "") -> Rows:
    """Read the rows of a file or of a folder of Parquet files."""
    if not path.exists():
        raise LogError("XN-R002", "is not there", where=str(path), instead="check the path")
    if path.is_dir():
        return read_parquet(path)
    name = path.name.lower()
    if name.endswith(XES):
        return read_xes(path)
    if name.endswith(PARQUET):
        return read_parquet(path)
    if name.endswith(CSV):
        return read_csv(path)
    if name.endswith(OCEL_JSON):
        return read_ocel_json(path, case_type)
    if name.endswith(OCEL_SQLITE):
        return read_ocel_sqlite(path, case_type)
    if name.endswith(JOURNAL):
        return read_journal_file(path, zone)
    instead = f"name it by its format: {', '.join(ENDINGS)}, or a folder of .parquet files"
    raise LogError("XN-R001", "is of no known format", where=path.name, instead=instead)
