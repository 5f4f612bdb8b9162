"""What a family says outward, checked against its events, clocks and place, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.model import FieldType
from xiaoneng.packs.outward import Hold, Notice, Publication, RemedyChoice, Schedule
from xiaoneng.packs.reading import nearest
from xiaoneng.packs.spoken import fits, placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xiaoneng.packs.document import Path_
    from xiaoneng.packs.model import EventKind, Field
    from xiaoneng.packs.place import Place
    from xiaoneng.packs.reading import Reading
    from xiaoneng.packs.schema import FamilyIn
    from xiaoneng.packs.schema_outward import NoticeIn

TEMPLATES = "notices"
DUE_ON = "due_on"


def load_notices(family: FamilyIn, folders: Iterable[Path], place: Place, reading: Reading) -> tuple[Notice, ...]:
    """Build the notices; `folders` are those of the family and, after it, of the packs that it narrows."""
    return tuple(_notice(name, one, tuple(folders), place, reading) for name, one in family.notices.items())


def _notice(name: str, given: NoticeIn, folders: tuple[Path, ...], place: Place, reading: Reading) -> Notice:
    path: Path_ = ("notices", name)
    reading.dotted_id(name, path)
    on = reading.selectors(given.on, (*path, "on"))
    kinds = [reading.events[one.kind] for one in on if one.kind in reading.events]
    check_roles(given.to, (*path, "to"), place, reading)
    for i, shown in enumerate(given.shows):
        if not all(fits(shown, kind, reading.events, reading.clock_ids) for kind in kinds):
            wrong = f"{shown} is nothing that this notice could show"
            instead = "name FIELD, KIND.FIELD, on, on.KIND, due.CLOCK, remedies, cites, agency or case"
            reading.complain((*path, "shows", i), wrong, instead, "XN-P124")
    choices = []
    for i, one in enumerate(given.remedies):
        where = [reading.condition(one.where, kind, (*path, "remedies", i, "where")) for kind in kinds]
        choices.append(RemedyChoice(one.act, where[0] if where else None))
        if place.acts is not None and one.act not in place.acts:
            near = nearest(one.act, place.acts)
            instead = f"mend it to {near}" if near else f"add it to packs/{place.name}/_remedies"
            reading.complain((*path, "remedies", i), f"there is no act {one.act}", instead, "XN-P121")
    template = next((file for folder in folders if (file := folder / TEMPLATES / f"{name}.typ").is_file()), None)
    if template is None:
        wrong, instead = "has no template", f"add {TEMPLATES}/{name}.typ beside the family's file"
        reading.complain(path, wrong, instead, "XN-P122")
    return Notice(
        id=name,
        name=given.name.words,
        on=on,
        to=tuple(given.to),
        shows=tuple(given.shows),
        remedies=tuple(choices),
        cite=tuple(given.cite),
        template=template.relative_to(place.root).as_posix() if template else "",
        line=reading.document.line(path),
    )


def check_roles(roles: Iterable[str], path: Path_, place: Place, reading: Reading) -> None:
    """Complain about roles that the place does not know; a place without a file of roles takes any."""
    for i, role in enumerate(roles):
        if place.roles is not None and role not in place.roles:
            near = nearest(role, place.roles)
            instead = f"mend it to {near}" if near else f"add it to packs/{place.name}/_roles/roles.yaml"
            reading.complain((*path, i), f"there is no role {role}", instead, "XN-P120")


def check_rows(family: FamilyIn, place: Place, reading: Reading) -> None:
    """Complain about rows of the mission that it does not have."""
    for i, row in enumerate(family.carries):
        if place.rows is not None and row not in place.rows:
            wrong, instead = f"there is no row {row}", f"name one of packs/{place.name}/_mission/rows.yaml"
            reading.complain(("carries", i), wrong, instead, "XN-P128")


def check_tells(family: FamilyIn, reading: Reading) -> None:
    """Complain about gaps in what is told to the party that nothing could fill."""
    for kind, event in family.events.items():
        for text in (text for one in event.tells for text in (one.zh, one.en)):
            for gap in placeholders(text):
                if not fits(gap, reading.events[kind], reading.events, reading.clock_ids) or gap in (
                    "remedies",
                    "cites",
                ):
                    wrong = f"{{{gap}}} is nothing that could be told here"
                    instead = "write {on}, {FIELD}, {KIND.FIELD}, {due.CLOCK}, {agency} or {case}"
                    reading.complain(("events", kind, "tells"), wrong, instead, "XN-P125")


def load_publications(family: FamilyIn, reading: Reading) -> tuple[Publication, ...]:
    """Build what the public may see; a field that is personal, or not public, is refused."""
    built = []
    known = {*reading.clock_ids, *family.rules}
    for name, one in family.publishes.items():
        path: Path_ = ("publishes", name)
        reading.dotted_id(name, path)
        for i, text in enumerate(one.fields_):
            field = _field(text, reading)
            if field is None or field.personal or not field.public:
                wrong = f"{text} may not be published" if field else f"{text} is no field"
                instead = "name KIND.FIELD, which says `public: true` and is not personal"
                reading.complain((*path, "fields", i), wrong, instead, "XN-P126")
        if one.clock is not None and one.clock not in known:
            near = nearest(one.clock, known)
            instead = f"mend it to {near}" if near else "name a clock or rule of this procedure"
            reading.complain((*path, "clock"), f"{one.clock} is no clock or rule", instead, "XN-P126")
        of = reading.selectors(one.of, (*path, "of"))
        built.append(Publication(name, one.name.words, of, tuple(one.fields_), one.clock or "", tuple(one.cite)))
    return tuple(built)


def _field(text: str, reading: Reading) -> Field | None:
    kind, _, name = text.partition(".")
    declared = reading.events.get(kind)
    return declared.fields.get(name) if declared else None


def load_schedules(family: FamilyIn, reading: Reading) -> tuple[Schedule, ...]:
    """Build the duty's occurrences; the opening event must be able to say what they say."""
    opening = reading.events.get(family.opens[0].kind)
    built = []
    for name, one in family.schedule.items():
        path: Path_ = ("schedule", name)
        reading.dotted_id(name, path)
        if opening is not None:
            _check_opening(opening, tuple(one.data), path, reading)
        built.append(
            Schedule(
                name, one.name.words, one.every, one.opens.value, one.due.value, one.each, tuple(one.cite), one.data
            )
        )
    return tuple(built)


def _check_opening(opening: EventKind, said: tuple[str, ...], path: Path_, reading: Reading) -> None:
    due = opening.fields.get(DUE_ON)
    if due is None or due.type is not FieldType.DATE:
        instead = f"give it `{DUE_ON}: {{type: date, …}}`"
        reading.complain(path, f"{opening.id} cannot say when it is due", instead, "XN-P133")
    for key in said:
        if key not in opening.fields:
            instead = f"declare it under `events.{opening.id}.fields`"
            reading.complain((*path, "data", key), f"{opening.id} has no field {key}", instead, "XN-P133")


def load_holds(family: FamilyIn, reading: Reading) -> tuple[Hold, ...]:
    """Build who has the case in hand between which events."""
    built = []
    for name, one in family.holds.items():
        path: Path_ = ("holds", name)
        reading.dotted_id(name, path)
        opens = reading.selectors(one.opens, (*path, "opens"))
        closes = reading.selectors(one.closes, (*path, "closes"))
        same = reading.field(one.same, (*opens, *closes), (*path, "same"))
        by = reading.field(one.by, opens, (*path, "by"))
        built.append(Hold(name, one.name.words, opens, closes, same, by))
    return tuple(built)
