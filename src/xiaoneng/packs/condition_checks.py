"""Whether a condition speaks of what events of a kind can say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.packs.condition import ENVELOPE, Compare, Given, Junction, Literal, Name, Negation, Node, names
from xiaoneng.packs.model import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.model import EventKind

RESERVED = frozenset(
    {*ENVELOPE, "relied", "given", "date", "true", "false", "and", "or", "not", "in", "is"}
    | {"case", "kind", "occurred", "id", "recorded_at", "source_sequence", "precision", "zone"}
)
"""Words of the condition language and columns of a log, which no field may be called."""
SAYS = {
    FieldType.TEXT: (str,),
    FieldType.CHOICE: (str,),
    FieldType.NUMBER: (int, float),
    FieldType.AMOUNT: (int, float),
    FieldType.DATE: (dt.date,),
    FieldType.BOOLEAN: (bool,),
}
"""What a field's values can be compared with."""
DATES = frozenset({"occurred_on", "recorded_on"})


def problems(condition: Condition, kind: EventKind) -> Iterator[tuple[str, str, str]]:
    """Give each problem as what is wrong, what to write instead, code."""
    for path in sorted(names(condition.tree)):
        if len(path) == 1 and path[0] not in kind.fields and path[0] not in ENVELOPE:
            instead = f"declare it under `events.{kind.id}.fields`, or quote it if it is a word"
            yield f"{kind.id} has no field {path[0]}", instead, "XN-P031"
    yield from impossible(condition, kind)


def impossible(condition: Condition, kind: EventKind) -> Iterator[tuple[str, str, str]]:
    """Give each comparison of a field with a value that it never has, in the same form."""
    for compare in _comparisons(condition.tree):
        for name, literal in ((compare.left, compare.right), (compare.right, compare.left)):
            if isinstance(name, Name) and isinstance(literal, Literal) and name.path[0] in kind.fields:
                yield from _compared(name.path[0], literal, kind)


def _compared(name: str, literal: Literal, kind: EventKind) -> Iterator[tuple[str, str, str]]:
    """A comparison that can never hold is a slip: a choice that does not exist, a word against a number."""
    field = kind.fields[name]
    for value in literal.value if isinstance(literal.value, tuple) else (literal.value,):
        if field.choices and value not in field.choices:
            yield f"{name} is never {value!r}", f"write one of {', '.join(field.choices)}", "XN-P033"
        elif field.type in SAYS and not _fits(value, SAYS[field.type]):
            wrong = f"compares {name}, which is of type {field.type}, with {value!r}"
            yield wrong, "write a value of the field's type", "XN-P034"


def _fits(value: object, types: tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return bool in types
    return isinstance(value, types)


def _comparisons(node: Node) -> Iterator[Compare]:
    match node:
        case Compare():
            yield node
        case Junction(_, parts):
            for part in parts:
                yield from _comparisons(part)
        case Negation(part):
            yield from _comparisons(part)


def can_hold_on_nothing(node: Node) -> bool:
    """Whether a condition may be fulfilled by an event without actor and data, as deemed facts are."""
    return True in _on_nothing(node)


def _on_nothing(node: Node) -> frozenset[bool | None]:
    """Truth values a condition may have on a deemed fact; None is unknown."""
    match node:
        case Given(Name(path)):
            return frozenset({path[0] in DATES})
        case Negation(part):
            return frozenset(None if value is None else not value for value in _on_nothing(part))
        case Junction(operator, parts):
            return _joined(operator == "and", [_on_nothing(part) for part in parts])
        case Literal(bool() as value):
            return frozenset({value})
        case _:
            said = {path[0] for path in names(node)}
            return frozenset({True, False}) if said <= DATES else frozenset({None})


def _joined(every: bool, parts: list[frozenset[bool | None]]) -> frozenset[bool | None]:  # noqa: FBT001 - and, or
    joined = parts[0]
    for part in parts[1:]:
        joined = frozenset(_kleene(every, a, b) for a in joined for b in part)
    return joined


def _kleene(every: bool, a: bool | None, b: bool | None) -> bool | None:  # noqa: FBT001 - truth values
    decisive = not every
    if decisive in (a, b):
        return decisive
    return None if None in (a, b) else every
