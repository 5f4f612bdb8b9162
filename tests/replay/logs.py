"""Logs made of events, through the door by which every file comes in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from xiaoneng.replay.intake.build import to_log
from xiaoneng.replay.intake.plan import own
from xiaoneng.replay.intake.rows import TABLE, Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.replay.intake.log import Log


def log_of(cases: Mapping[str, Sequence[Event]], zone: str = "Asia/Shanghai", *, complete: bool = False) -> Log:
    """A log of these events, case by case; their data and what they relied on become columns."""
    rows: list[dict[str, Any]] = []
    for case, events in cases.items():
        for event in events:
            said = {name: value for name, value in event.data.items() if value is not None}
            for entry in event.relied_on:
                said |= {f"relied.{entry.register}.{name}": value for name, value in entry.values.items()}
                dates = {"valid_from": entry.valid_from, "valid_until": entry.valid_until}
                said |= {f"relied.{entry.register}.{name}": on for name, on in dates.items() if on is not None}
            rows.append(said | _envelope(case, event))
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: _column([row.get(name) for row in rows]) for name in names}
    return log_from(columns, zone, complete=complete)


def log_from(columns: Mapping[str, pa.Array], zone: str = "Asia/Shanghai", *, complete: bool = False) -> Log:
    """A log of columns that are named as in our own export; a column `deadline` holds dates."""
    types = {"deadline": "date"} if "deadline" in columns else {}
    made = Rows("made", tuple(columns), columns.__getitem__, TABLE, len(columns["case"]))
    return to_log(made, replace(own(made, zone, types), is_complete=complete))


def _envelope(case: str, event: Event) -> dict[str, Any]:
    occurred = event.occurred
    row: dict[str, Any] = {
        "case": case,
        "kind": event.kind,
        "occurred": occurred.astimezone(dt.UTC).isoformat()
        if isinstance(occurred, dt.datetime)
        else occurred.isoformat(),
        "recorded_at": event.recorded_at.astimezone(dt.UTC).isoformat(),
        "id": event.id,
    }
    for name in ("actor", "agency", "source_sequence"):
        if getattr(event, name) not in ("", None):
            row[name] = getattr(event, name)
    return row


def _column(values: list[Any]) -> pa.Array:
    """Values of one type; where types differ, those of the most frequent one."""
    kinds = [type(value) for value in values if value is not None and value != ""]
    most = max(set(kinds), key=kinds.count, default=str)
    return pa.array([value if type(value) is most else None for value in values])
