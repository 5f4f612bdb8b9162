"""OCEL 2.0 in SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.ocel import Objects, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xiaoneng.replay.intake.rows import Rows

KEYS = frozenset({"ocel_id", "ocel_time", "ocel_changed_field"})


def read_ocel_sqlite(path: Path, case_type: str) -> Rows:
    """Rows of an OCEL 2.0 log; raises LogError XN-R012."""
    log = Objects(path.name)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
            _read(base, log)
    except sqlite3.DatabaseError as error:
        instead = "give OCEL 2.0 with its tables event, object, event_object and *_map_type"
        raise LogError("XN-R012", f"is no OCEL 2.0 in SQLite: {error}", where=path.name, instead=instead) from error
    return rows_of(log, case_type)


def _read(base: sqlite3.Connection, log: Objects) -> None:
    log.types.update(base.execute("select ocel_id, ocel_type from object"))
    for values in _rows(base, "object"):
        time = str(values.get("ocel_time") or "")
        said = log.says.setdefault(str(values["ocel_id"]), [])
        said.extend((time, name, value) for name, value in _attributes(values).items())
    happened = {str(values["ocel_id"]): values for values in _rows(base, "event")}
    for event, kind in base.execute("select ocel_id, ocel_type from event order by rowid"):
        values = happened.get(event, {})
        for name, value in _attributes(values).items():
            log.attributes.setdefault(name, {})[len(log.ids)] = value
        log.ids.append(event)
        log.kinds.append(kind)
        log.moments.append(values.get("ocel_time"))
    number = {event: i for i, event in enumerate(log.ids)}
    query = "select ocel_event_id, ocel_object_id from event_object order by rowid"
    related = ((number[event], thing) for event, thing in base.execute(query) if event in number)
    log.related.extend(sorted(related, key=lambda pair: pair[0]))
    for of, start in (("event", ""), ("object", "case:")):
        log.times.update(start + name for name in _declared_times(base, of))


def _declared_times(base: sqlite3.Connection, of: str) -> set[str]:
    declared = "select i.name from sqlite_master m join pragma_table_info(m.name) i where m.type = 'table'"
    query = f"{declared} and m.name like ? and lower(i.type) in ('timestamp', 'date', 'datetime')"
    return {name for (name,) in base.execute(query, (f"{of}_%",)) if name not in KEYS}


def _attributes(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in KEYS and value is not None}


def _rows(base: sqlite3.Connection, of: str) -> Iterator[dict[str, object]]:
    """Rows of the tables of all types of events or objects."""
    for (suffix,) in base.execute(f"select ocel_type_map from {of}_map_type").fetchall():  # noqa: S608 - our own two words
        table = f"{of}_{suffix}".replace('"', '""')
        cursor = base.execute(f'select * from "{table}"')  # noqa: S608 - a quoted name out of the log itself
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))
