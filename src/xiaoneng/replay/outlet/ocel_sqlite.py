"""OCEL 2.0 in SQLite."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from xiaoneng.replay.intake.ocel import CASE
from xiaoneng.replay.intake.rows import OCEL
from xiaoneng.replay.outlet.ocel import BEGINNING, FINDING, OF_FINDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from xiaoneng.replay.outlet.ocel import Document

COLUMN = {"string": "TEXT", "integer": "INTEGER", "float": "REAL", "boolean": "BOOLEAN", "time": "TIMESTAMP"}
TABLES = """
create table event_map_type (ocel_type text primary key, ocel_type_map text);
create table object_map_type (ocel_type text primary key, ocel_type_map text);
create table event (ocel_id text primary key, ocel_type text);
create table object (ocel_id text primary key, ocel_type text);
create table event_object (ocel_event_id text, ocel_object_id text, ocel_qualifier text,
    primary key (ocel_event_id, ocel_object_id, ocel_qualifier));
create table object_object (ocel_source_id text, ocel_target_id text, ocel_qualifier text,
    primary key (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


def write_ocel_sqlite(log: Document, path: Path) -> None:
    """Write a log into a new database; the file must be empty or not there."""
    with closing(sqlite3.connect(path)) as base:
        base.executescript(TABLES)
        with base:
            _objects(base, log)
            _events(base, log)


def _objects(base: sqlite3.Connection, log: Document) -> None:
    of_case = {OCEL.zone: "string", "xn:findings": "integer"}
    _table(base, "object", CASE, CASE, of_case)
    _table(base, "object", FINDING, FINDING, dict.fromkeys(OF_FINDING, "string"))
    for case, said in log.cases():
        base.execute("insert into object values (?, ?)", (case, CASE))
        _insert(base, f"object_{CASE}", {"ocel_id": case, "ocel_time": _time(BEGINNING), **said})
    for id_, said, case in log.found():
        base.execute("insert into object values (?, ?)", (id_, FINDING))
        _insert(base, f"object_{FINDING}", {"ocel_id": id_, "ocel_time": _time(BEGINNING), **said})
        base.execute("insert into object_object values (?, ?, 'about')", (id_, case))


def _events(base: sqlite3.Connection, log: Document) -> None:
    names = _map_names(log.kinds)
    for kind, attributes in log.kinds.items():
        _table(base, "event", kind, names[kind], attributes)
    for event in log.events():
        base.execute("insert into event values (?, ?)", (event.id, event.kind))
        row = {"ocel_id": event.id, "ocel_time": _time(event.time), **event.attributes}
        _insert(base, f"event_{names[event.kind]}", row)
        related = [(event.id, event.case, CASE), *((event.id, id_, "evidence") for id_ in event.findings)]
        base.executemany("insert into event_object values (?, ?, ?)", related)


def _map_names(kinds: Iterable[str]) -> dict[str, str]:
    """Names for tables: letters and digits, each once whatever the case of its letters."""
    names: dict[str, str] = {}
    for kind in kinds:
        name = re.sub(r"\W", "", kind.title()) or "Kind"
        while name.lower() in {known.lower() for known in names.values()}:
            name += "X"
        names[kind] = name
    return names


def _table(base: sqlite3.Connection, of: str, type_: str, name: str, attributes: Mapping[str, str]) -> None:
    changed = ", ocel_changed_field text" if of == "object" else ""
    columns = "".join(f", {_quoted(column)} {COLUMN[kind]}" for column, kind in attributes.items())
    base.execute(f"create table {_quoted(f'{of}_{name}')} (ocel_id text, ocel_time timestamp{changed}{columns})")
    base.execute(f"insert into {of}_map_type values (?, ?)", (type_, name))  # noqa: S608 - our own two words


def _insert(base: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    columns = ", ".join(_quoted(name) for name in row)
    marks = ", ".join("?" * len(row))
    base.execute(f"insert into {_quoted(table)} ({columns}) values ({marks})", tuple(row.values()))  # noqa: S608 - quoted


def _time(text: str) -> str:
    return text.replace("+00:00", "Z")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
