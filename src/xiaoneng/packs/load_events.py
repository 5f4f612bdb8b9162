"""Event kinds, actions, grounds and the course of a family file as values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaoneng.packs.condition_checks import RESERVED
from xiaoneng.packs.load_outward import check_roles
from xiaoneng.packs.model import (
    Action,
    Choice,
    EventKind,
    Field,
    FieldType,
    Ground,
    Parallel,
    Repeat,
    Stage,
    Step,
    Tell,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.packs.document import Path_
    from xiaoneng.packs.model import Block, Course
    from xiaoneng.packs.place import Place
    from xiaoneng.packs.reading import Reading
    from xiaoneng.packs.schema import FamilyIn
    from xiaoneng.packs.schema_family import BlockIn, FieldIn

END = "end"
"""The step of a course that is no event: the course ends in that branch."""
BOOKKEEPING = frozenset({END, "correction", "reliance_corrected"})
CHOSEN = frozenset({FieldType.CHOICE, FieldType.LIST})


def load_events(family: FamilyIn, reading: Reading) -> None:
    """Declare the family's event kinds in the reading."""
    for kind, event in family.events.items():
        path: Path_ = ("events", kind)
        reading.plain_id(kind, path)
        if kind in BOOKKEEPING:
            reading.complain(path, "is a word of the journal", "call the event something else", "XN-P022")
        fields = {}
        for name, field in event.fields_.items():
            place = (*path, "fields", name)
            reading.plain_id(name, place)
            if name in RESERVED:
                wrong = "is a word of the condition language"
                reading.complain(place, wrong, "call the field something else", "XN-P022")
            fields[name] = _field(name, field, place, reading)
        bare = EventKind(kind, event.name.words, fields)
        tells = tuple(
            Tell(one.words, reading.condition(one.where, bare, (*path, "tells", i, "where")))
            for i, one in enumerate(event.tells)
        )
        reading.events[kind] = replace(bare, tells=tells)


def _field(name: str, field: FieldIn, path: Path_, reading: Reading) -> Field:
    if field.choices is not None and field.type not in CHOSEN:
        wrong = f"do not belong to a {field.type}"
        reading.complain((*path, "choices"), wrong, "say `type: choice`, or remove them", "XN-P027")
    if field.type is FieldType.CHOICE and not field.choices:
        reading.complain(path, "is a choice of nothing", "list its `choices`", "XN-P027")
    choices = {key: words.words for key, words in (field.choices or {}).items()}
    helped = field.help.words if field.help else None
    return Field(name, field.type, field.name.words, helped, choices, field.required, field.personal, field.public)


def load_grounds(family: FamilyIn, reading: Reading) -> Mapping[str, Ground]:
    """Build the lawful reasons for time not to count."""
    grounds = {}
    for name, ground in family.grounds.items():
        path: Path_ = ("grounds", name)
        reading.dotted_id(name, path)
        opens = reading.selectors(ground.opens, (*path, "opens"))
        closes = reading.selectors(ground.closes, (*path, "closes"))
        cap = ground.cap.limit if ground.cap else None
        grounds[name] = Ground(name, ground.name.words, opens, closes, cap, tuple(ground.cite))
    return grounds


def load_actions(family: FamilyIn, place: Place, reading: Reading) -> tuple[Action, ...]:
    """Build what may be done, and by whom."""
    actions = []
    for name, action in family.actions.items():
        reading.dotted_id(name, ("actions", name))
        reading.kind(action.event, ("actions", name, "event"))
        by = tuple(action.by)
        check_roles(by, ("actions", name, "by"), place, reading)
        actions.append(Action(name, action.name.words, action.event, by, action.refuses))
    return tuple(actions)


def load_course(family: FamilyIn, reading: Reading) -> Course:
    """Build the course: stages, and the order of events in them."""
    return _body(family.course, ("course",), reading)


def _body(blocks: list[BlockIn], path: Path_, reading: Reading) -> Course:
    return tuple(_block(block, (*path, i), reading) for i, block in enumerate(blocks))


def _block(block: BlockIn, path: Path_, reading: Reading) -> Block:
    if block.step is not None:
        if block.step != END:
            reading.kind(block.step, (*path, "step") if (*path, "step") in reading.document.lines else path)
        return Step(block.step)
    if block.repeat is not None:
        return Repeat(_body(block.repeat, (*path, "repeat"), reading))
    if block.stage is not None and block.name is not None:
        reading.dotted_id(block.stage, (*path, "stage"))
        return Stage(block.stage, block.name.words, _body(block.steps or [], (*path, "steps"), reading))
    word = "choice" if block.choice is not None else "parallel"
    branches = block.choice or block.parallel or []
    built = tuple(_body(branch, (*path, word, i), reading) for i, branch in enumerate(branches))
    return Choice(built) if word == "choice" else Parallel(built)
