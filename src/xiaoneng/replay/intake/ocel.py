"""Object-centric logs (OCEL 2.0) seen from one type of object: each object of it is a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.error import LogError, missing
from xiaoneng.replay.intake.rows import OCEL, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CASE = "case"


@dataclass(slots=True)
class Objects:
    """Events, objects and how they relate, from either file format.

    `events` by id: (type, time, attributes). `related` are (event id, object id) in the order of the file.
    `says` are (time, attribute, value) of an object, the latest value being the one that holds.
    """

    place: str
    types: dict[str, str] = field(default_factory=dict)  # object id → type
    says: dict[str, list[tuple[str, str, object]]] = field(default_factory=dict)
    events: dict[str, tuple[str, object, Mapping[str, object]]] = field(default_factory=dict)
    related: list[tuple[str, str]] = field(default_factory=list)


def rows_of(log: Objects, case_type: str) -> Rows:
    """Events related to an object of the case's type, each once per such object.

    Attributes of the object are `case:…`, as they stand at the end of the log; those of the event keep their
    names. The type is `case_type`, or "case", or the only one there is. Raises LogError XN-R007, XN-R013.
    """
    wanted = _case_type(log, case_type)
    events, cases, seen = [], [], set[tuple[str, str]]()
    for event, thing in log.related:
        if log.types.get(thing) == wanted and (event, thing) not in seen and event in log.events:
            seen.add((event, thing))
            events.append(event)
            cases.append(thing)
    told = {thing for _, thing in seen}
    lost = tuple(thing for thing, kind in log.types.items() if kind == wanted and thing not in told)
    names, last = _names(log, events), _last_values(log, told)

    @cache
    def column(name: str) -> pa.Array:
        if name == OCEL.case:
            return pa.array(cases, pa.string())
        if name == OCEL.id:
            return pa.array(events, pa.string())
        if name == OCEL.activity:
            return pa.array([log.events[event][0] for event in events], pa.string())
        if name == OCEL.time:
            return mixed(log.events[event][1] for event in events)
        if name.startswith("case:"):
            return mixed(last[case].get(name[5:]) for case in cases)
        return mixed(log.events[event][2].get(name) for event in events)

    fixed = (OCEL.case, OCEL.activity, OCEL.time, OCEL.id)
    traits = sorted({f"case:{name}" for case in told for name in last[case]})
    return Rows(log.place, (*fixed, *names, *traits), column, OCEL, len(events), lost=lost)


def _case_type(log: Objects, case_type: str) -> str:
    known = set(log.types.values())
    if case_type:
        if case_type not in known:
            raise missing("object type", case_type, known, log.place)
        return case_type
    if CASE in known:
        return CASE
    if len(known) == 1:
        return known.pop()
    instead = f"name one of them as `case_type`: {', '.join(sorted(known)) or 'there are none'}"
    what = f"has {len(known)} object types, and none is named as the case"
    raise LogError("XN-R013", what, where=log.place, instead=instead)


def _names(log: Objects, events: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for event in events for name in log.events[event][2]))


def _last_values(log: Objects, cases: Iterable[str]) -> dict[str, dict[str, object]]:
    return {
        case: {name: value for _, name, value in sorted(log.says.get(case, ()), key=lambda said: said[0])}
        for case in cases
    }


def mixed(values: Iterable[object]) -> pa.Array:
    """A column of what JSON or SQLite gives; of several types as text."""
    listed = [None if value == "" else value for value in values]
    kinds = {type(value) for value in listed if value is not None}
    if kinds <= {int, float} and float in kinds:
        return pc.cast(pa.array(listed, pa.float64(), from_pandas=False), pa.float64())
    if len(kinds) > 1:
        listed = [None if value is None else str(value) for value in listed]
    return pa.array(listed) if kinds else pa.nulls(len(listed))
