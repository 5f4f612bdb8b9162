"""Object-centric logs (OCEL 2.0) seen from one type of object: each object of it is a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.error import LogError, missing
from xiaoneng.replay.intake.rows import OCEL, Rows
from xiaoneng.replay.intake.written import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

CASE = "case"


@dataclass(slots=True)
class Objects:
    """Events, objects and how they relate, from either file format.

    Events are numbered in the order of the file; `attributes` by name, then by number of the event.
    `related` are (number of the event, object id). `says` are (time, attribute, value) of an object, the latest
    value being the one that holds. `times` are the attributes declared as times, those of objects as `case:…`.
    """

    place: str
    types: dict[str, str] = field(default_factory=dict)  # object id → type
    says: dict[str, list[tuple[str, str, object]]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    moments: list[object] = field(default_factory=list)
    attributes: dict[str, dict[int, object]] = field(default_factory=dict)
    related: list[tuple[int, str]] = field(default_factory=list)
    times: set[str] = field(default_factory=set)


def rows_of(log: Objects, case_type: str) -> Rows:
    """Events related to an object of the case's type, each once per such object.

    Attributes of the object are `case:…`, as they stand at the end of the log; those of the event keep their
    names. The type is `case_type`, or "case", or the only one there is. Raises LogError XN-R007, XN-R013.
    """
    wanted = _case_type(log, case_type)
    pairs = dict.fromkeys(pair for pair in log.related if log.types.get(pair[1]) == wanted)
    events, cases = [event for event, _ in pairs], [case for _, case in pairs]
    told = set(cases)
    lost = tuple(thing for thing, kind in log.types.items() if kind == wanted and thing not in told)
    last = _last_values(log, told)

    @cache
    def column(name: str) -> pa.Array:
        if name == OCEL.case:
            return pa.array(cases, pa.string())
        if name == OCEL.id:
            return pa.array(log.ids, pa.string()).take(pa.array(events, pa.int64()))
        if name == OCEL.activity:
            return pa.array(log.kinds, pa.string()).take(pa.array(events, pa.int64()))
        if name == OCEL.time:
            return mixed(log.moments[event] for event in events)
        if name.startswith("case:"):
            values = mixed(last[case].get(name[5:]) for case in cases)
        else:
            said = log.attributes[name]
            values = mixed(said.get(event) for event in events)
        return _times(values) if name in log.times and pa.types.is_string(values.type) else values

    fixed = (OCEL.case, OCEL.activity, OCEL.time, OCEL.id)
    traits = sorted({f"case:{name}" for case in told for name in last[case]})
    return Rows(log.place, (*fixed, *log.attributes, *traits), column, OCEL, len(events), lost=lost)


def _times(values: pa.Array) -> pa.Array:
    """Text that is declared to be times, as instants where all have an offset and as wall clock where none has."""
    found = parse(values)
    if found.has_offset[found.known].all():
        return pa.array(found.local - found.offset, mask=~found.known).view(pa.timestamp("us", tz="UTC"))
    if not found.has_offset.any():
        return pa.array(found.local, mask=~found.known).view(pa.timestamp("us"))
    return values


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
