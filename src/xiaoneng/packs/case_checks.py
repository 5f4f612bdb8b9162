"""Whether a case file speaks of its procedure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.journal.event import CORRECTION, RELIANCE_CORRECTED
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.model import FieldType
from xiaoneng.packs.reading import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xiaoneng.packs.document import Document, Path_
    from xiaoneng.packs.model import EventKind, Field, Procedure
    from xiaoneng.packs.schema_cases import CaseIn, ContentsIn

NUMBER = (int, float)
TYPES: dict[FieldType, tuple[type, ...]] = {
    FieldType.TEXT: (str,),
    FieldType.NUMBER: NUMBER,
    FieldType.AMOUNT: NUMBER,
    FieldType.DATE: (dt.date,),
    FieldType.BOOLEAN: (bool,),
    FieldType.CHOICE: (str,),
    FieldType.LIST: (list,),
}
PROMISED, EXTENSION = ".promised", ".extension"


def check_case(case: CaseIn, folder: str, procedure: Procedure, document: Document) -> None:
    """Raise PackError where a case file names what the procedure does not know, or lies in the wrong folder."""
    found = [document.complain(*one) for one in _problems(case, folder, procedure)]
    if found:
        raise PackError(found)


def _problems(case: CaseIn, folder: str, procedure: Procedure) -> Iterator[tuple[Path_, str, str, str]]:
    if folder != "story" and not case.proves:
        yield ("proves",), "missing", "name the clocks and rules it is about", "XN-P010"
    if folder == "good" and case.findings:
        yield ("findings",), "a good case has findings", "move it to cases/bad, or mend it", "XN-P093"
    if folder == "bad" and not case.findings:
        yield ("findings",), "a bad case has no findings", "move it to cases/good, or mend it", "XN-P093"
    clocks = {clock.id for clock in procedure.clocks}
    promised = {clock.id + PROMISED for clock in procedure.clocks if clock.promised}
    extended = {clock.id + EXTENSION for clock in procedure.clocks if clock.extension}
    known = clocks | {rule.id for rule in procedure.rules}
    for i, name in enumerate(case.proves):
        yield from _named(name, known, ("proves", i), "clock or rule")
    for i, finding in enumerate(case.findings):
        yield from _named(finding.rule, known | promised | extended, ("findings", i, "rule"), "clock or rule")
    for name in case.due:
        yield from _named(name, clocks | promised, ("due", name), "clock")
    for i, deemed in enumerate(case.deemed):
        yield from _named(deemed.kind, procedure.events, ("deemed", i, "kind"), "event kind")
    ids: set[str] = set()
    for i, event in enumerate(case.events):
        path: Path_ = ("events", i)
        name = event.id or f"e{i + 1}"
        if name in ids:
            yield (*path, "id"), f"{name} is taken by an earlier event", "give it another id", "XN-P095"
        if event.corrects and event.corrects not in ids:
            yield (*path, "corrects"), f"{event.corrects} is no earlier event", "name one above it", "XN-P095"
        ids.add(name)
        contents, place = event.replacement or event, (*path, "replacement") if event.replacement else path
        if contents.kind not in (CORRECTION, RELIANCE_CORRECTED):
            yield from _contents(contents, procedure.events, place)


def _named(name: str, known: Iterable[str], path: Path_, what: str) -> Iterator[tuple[Path_, str, str, str]]:
    if name not in known:
        near = nearest(name, known)
        instead = f"mend it to {near}" if near else f"name a {what} of the procedure"
        yield path, f"{name} is no {what} of this procedure", instead, "XN-P094"


def _contents(event: ContentsIn, kinds: Mapping[str, EventKind], path: Path_) -> Iterator[tuple[Path_, str, str, str]]:
    kind = kinds.get(event.kind)
    if kind is None:
        yield from _named(event.kind, kinds, (*path, "kind"), "event kind")
        return
    for name, value in event.data.items():
        field = kind.fields.get(name)
        if field is None:
            near = nearest(name, kind.fields)
            instead = f"mend it to {near}" if near else f"declare it under `events.{kind.id}.fields`"
            yield (*path, "data", name), f"{kind.id} has no field {name}", instead, "XN-P094"
        elif value is not None and not _fits(value, field):
            wanted = f"one of {', '.join(field.choices)}" if field.choices else f"a value of type {field.type}"
            wrong = f"{value!r} does not fit {kind.id}.{name}"
            yield (*path, "data", name), wrong, f"write {wanted}", "XN-P096"


def _fits(value: object, field: Field) -> bool:
    if isinstance(value, bool) and field.type is not FieldType.BOOLEAN:
        return False
    if isinstance(value, str) and field.type is FieldType.DATE:
        return _is_day(value)
    if not isinstance(value, TYPES[field.type]):
        return False
    chosen = value if isinstance(value, list) else [value]
    return not field.choices or all(one in field.choices for one in chosen)


def _is_day(text: str) -> bool:
    """Whether a text is a day as journals write it."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
