"""OCEL 2.0 in JSON."""

from __future__ import annotations

import gzip
from typing import IO, TYPE_CHECKING, cast

import msgspec

from xiaoneng.replay.intake.ocel import CASE
from xiaoneng.replay.intake.rows import OCEL
from xiaoneng.replay.outlet.ocel import BEGINNING, FINDING, OF_FINDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from xiaoneng.replay.outlet.ocel import Document

encode = msgspec.json.Encoder().encode


def write_ocel_json(log: Document, path: Path) -> None:
    """Write a log, packed where the name ends in .gz; events and objects are written one by one."""
    with cast("IO[bytes]", gzip.open(path, "wb")) if path.suffix == ".gz" else path.open("wb") as file:
        file.write(b'{"objectTypes":' + encode(_object_types()) + b',\n"eventTypes":' + encode(_event_types(log)))
        file.write(b',\n"objects":[\n')
        _write_all(file, _objects(log))
        file.write(b'],\n"events":[\n')
        _write_all(file, _events(log))
        file.write(b"]}\n")


def _write_all(file: IO[bytes], values: Iterable[object]) -> None:
    for i, value in enumerate(values):
        file.write((b",\n" if i else b"") + encode(value))


def _object_types() -> list[object]:
    of_case = [{"name": OCEL.zone, "type": "string"}, {"name": "xn:findings", "type": "integer"}]
    of_finding = [{"name": name, "type": "string"} for name in OF_FINDING]
    return [{"name": CASE, "attributes": of_case}, {"name": FINDING, "attributes": of_finding}]


def _event_types(log: Document) -> list[object]:
    return [
        {"name": kind, "attributes": [{"name": name, "type": type_} for name, type_ in attributes.items()]}
        for kind, attributes in log.kinds.items()
    ]


def _objects(log: Document) -> Iterator[object]:
    for case, said in log.cases():
        yield {"id": case, "type": CASE, "attributes": _timed(said), "relationships": []}
    for id_, said, case in log.found():
        related = [{"objectId": case, "qualifier": "about"}]
        yield {"id": id_, "type": FINDING, "attributes": _timed(said), "relationships": related}


def _timed(said: dict[str, object]) -> list[object]:
    return [{"name": name, "time": BEGINNING, "value": value} for name, value in said.items()]


def _events(log: Document) -> Iterator[object]:
    for event in log.events():
        yield {
            "id": event.id,
            "type": event.kind,
            "time": event.time,
            "attributes": [{"name": name, "value": value} for name, value in event.attributes.items()],
            "relationships": [
                {"objectId": event.case, "qualifier": CASE},
                *({"objectId": id_, "qualifier": "evidence"} for id_ in event.findings),
            ],
        }
