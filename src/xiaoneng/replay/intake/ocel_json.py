"""OCEL 2.0 in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.ocel import Objects, rows_of
from xiaoneng.replay.intake.xes_look import unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.replay.intake.rows import Rows

TIMES = frozenset({"time", "date"})


class Said(msgspec.Struct, gc=False):
    """An attribute; `time` where it is an object's."""

    name: str
    value: Any
    time: str = ""


class Related(msgspec.Struct, gc=False):
    """A relation to an object."""

    object_id: str = msgspec.field(name="objectId")


class Thing(msgspec.Struct, gc=False):
    """An object."""

    id: str
    type: str
    attributes: list[Said] = []


class Happened(msgspec.Struct, gc=False):
    """An event."""

    id: str
    type: str
    time: str
    attributes: list[Said] = []
    relationships: list[Related] = []


class Declared(msgspec.Struct, gc=False):
    """An attribute that a type declares."""

    name: str
    type: str = "string"


class Kind(msgspec.Struct, gc=False):
    """A type of events or of objects."""

    name: str
    attributes: list[Declared] = []


class Document(msgspec.Struct, rename="camel"):
    """The whole file."""

    objects: list[Thing]
    events: list[Happened]
    event_types: list[Kind] = []
    object_types: list[Kind] = []


def read_ocel_json(path: Path, case_type: str) -> Rows:
    """Rows of an OCEL 2.0 log; raises LogError XN-R006, XN-R012."""
    raw = b"".join(unpacked(path))
    try:
        document = msgspec.json.decode(raw, type=Document)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        instead = "give OCEL 2.0: an object with objectTypes, eventTypes, objects and events"
        raise LogError("XN-R012", f"is no OCEL 2.0 in JSON: {error}", where=path.name, instead=instead) from error
    log = Objects(path.name)
    for thing in document.objects:
        log.types[thing.id] = thing.type
        log.says[thing.id] = [(said.time, said.name, said.value) for said in thing.attributes]
    for number, event in enumerate(document.events):
        log.ids.append(event.id)
        log.kinds.append(event.type)
        log.moments.append(event.time)
        for said in event.attributes:
            log.attributes.setdefault(said.name, {})[number] = said.value
        for related in event.relationships:
            log.related.append((number, related.object_id))
    log.times.update(one.name for kind in document.event_types for one in kind.attributes if one.type in TIMES)
    log.times.update(
        f"case:{one.name}" for kind in document.object_types for one in kind.attributes if one.type in TIMES
    )
    return rows_of(log, case_type)
