"""Which conditions on one event can hold together: finitely many samples stand for all contents.

A comparison of one field with constants depends only on where the field lies among them, so samples at, between and
around the constants are exact. Every other comparison is taken both ways, and as unknown.
"""

from __future__ import annotations

import datetime as dt
import operator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, TypeAlias

from xiaoneng.packs.condition import Compare, Given, Junction, Literal, Name, Negation, Sum, names
from xiaoneng.packs.model import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from xiaoneng.packs.condition import Condition, Constant, Node
    from xiaoneng.packs.model import EventKind, Field

SAMPLES = 4096
"""Valuations tried before conditions are taken as independent of each other."""
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_READ = (Name, Literal, Sum)
"""Sides that are unknown where something they name is not said (whether it is given never is)."""
Value: TypeAlias = "Constant | _Something | None"


@dataclass(frozen=True, slots=True)
class _Something:
    """A value of which only is known that the event says it, and whether it is of the constants' own type."""

    alike: bool


def key(condition: Condition) -> str:
    """Name of a condition: two conditions with equal trees mean the same (1 and true are different words)."""
    return repr(condition.tree)


def outcomes(
    conditions: Iterable[Condition], kind: EventKind | None = None, *, empty: bool = False
) -> tuple[frozenset[str], ...]:
    """Every set of these conditions (by `key`) that an event can fulfil while it fulfils none of the others.

    With a `kind`, contents are as it declares: required fields are said and choices are among its own; `empty` adds the
    event that says nothing at all (a deemed fact). Without, any contents are possible.
    """
    trees = {key(one): one.tree for one in conditions}
    if not trees:
        return (frozenset(),)
    comparisons = {repr(c): c for tree in trees.values() for c in _comparisons(tree)}
    asked = sorted(frozenset[tuple[str, ...]]().union(*(names(tree) for tree in trees.values())))
    domains: list[Sequence[Value]] = [_domain(path, comparisons.values(), kind) for path in asked]
    free = sorted(name for name, one in comparisons.items() if not _is_sampled(one, kind))
    guesses: list[Sequence[bool | None]] = [(False, True, None)] * len(free)
    if _size(domains) * _size(guesses) > SAMPLES:
        found = {
            frozenset(n for n, bit in zip(trees, bits, strict=True) if bit)
            for bits in product((0, 1), repeat=len(trees))
        }
        return tuple(sorted(found, key=sorted))
    found = set()
    for values in product(*domains):
        said = dict(zip(asked, values, strict=True))
        for bits in product(*guesses):
            guessed = dict(zip(free, bits, strict=True))
            found.add(frozenset(name for name, tree in trees.items() if _truth(tree, said, guessed)))
    if empty:
        nothing: dict[tuple[str, ...], Value] = dict.fromkeys(asked)
        found.add(frozenset(name for name, tree in trees.items() if _truth(tree, nothing, {})))
    return tuple(sorted(found, key=sorted))


def on_nothing(conditions: Iterable[Condition]) -> frozenset[str]:
    """Which conditions hold on an event that says nothing: on a deemed fact."""
    held = set()
    for one in conditions:
        if _truth(one.tree, dict.fromkeys(names(one.tree)), {}):
            held.add(key(one))
    return frozenset(held)


def _size(parts: Sequence[Sequence[object]]) -> int:
    size = 1
    for part in parts:
        size *= len(part)
    return size


def _comparisons(node: Node) -> Iterator[Compare]:
    match node:
        case Compare():
            yield node
        case Junction(_, parts):
            for part in parts:
                yield from _comparisons(part)
        case Negation(part):
            yield from _comparisons(part)


def _field(path: tuple[str, ...], kind: EventKind | None) -> Field | None:
    return kind.fields.get(path[0]) if kind is not None and len(path) == 1 else None


def _is_sampled(compare: Compare, kind: EventKind | None) -> bool:
    """Whether it compares one field with constants, so that samples of the field decide it."""
    match compare:
        case Compare(_, Name(path), Literal()):
            field = _field(path, kind)
            return field is None or field.type is not FieldType.LIST
        case Compare(name, Literal(), Name()):
            return name in _OPERATORS
        case _:
            return False


def _domain(path: tuple[str, ...], comparisons: Iterable[Compare], kind: EventKind | None) -> tuple[Value, ...]:
    field = _field(path, kind)
    samples: dict[str, Value] = {} if field is not None and field.required else {repr(None): None}
    if field is not None and field.type is FieldType.BOOLEAN:
        found: Iterable[Value] = (False, True)
    elif field is not None and field.type is FieldType.CHOICE and field.choices:
        found = field.choices
    else:
        constants = [value for one in comparisons for value in _constants(one, path)]
        unsure = field is None or field.type is FieldType.LIST or not constants
        found = (
            *((_Something(alike=True), _Something(alike=False), False, True) if unsure else ()),
            *_around(constants),
        )
    samples |= {repr(value): value for value in found}
    return tuple(samples.values())


def _constants(compare: Compare, path: tuple[str, ...]) -> tuple[Constant, ...]:
    match compare:
        case Compare(_, Name(asked), Literal(value)) | Compare(_, Literal(value), Name(asked)) if asked == path:
            return value if isinstance(value, tuple) else (value,)
        case _:
            return ()


def _around(constants: Sequence[Constant]) -> Iterator[Value]:
    """Samples at, between and around the constants, each type on its own."""
    numbers = sorted({one for one in constants if isinstance(one, (int, float)) and not isinstance(one, bool)})
    if numbers:
        yield from (numbers[0] - 1, *numbers, numbers[-1] + 1)
        yield from ((a + b) / 2 for a, b in pairwise(numbers))
    texts = {one for one in constants if isinstance(one, str)}
    for text in sorted(texts):
        yield from (text, text + "\0")
    if texts:
        yield "\0"
    for day in sorted({one for one in constants if isinstance(one, dt.date)}):
        near = (day - dt.timedelta(days=1), day, day + dt.timedelta(days=1))
        yield from near
        if texts:
            yield from map(str, near)


def _truth(node: Node, said: Mapping[tuple[str, ...], Value], guessed: Mapping[str, bool | None]) -> bool | None:
    """Kleene truth of a condition; None is unknown."""
    match node:
        case Junction(joined, parts):
            decisive = joined == "or"
            truths = [_truth(part, said, guessed) for part in parts]
            if decisive in truths:
                return decisive
            return None if None in truths else not decisive
        case Negation(part):
            truth = _truth(part, said, guessed)
            return None if truth is None else not truth
        case Given(Name(path)):
            return said[path] is not None
        case Compare(sign, left, right):
            if all(isinstance(side, _READ) for side in (left, right)) and None in {said[path] for path in names(node)}:
                return None
            if repr(node) in guessed:
                return guessed[repr(node)]
            return _compared(sign, _value(left, said), _value(right, said))
        case _:
            value = _value(node, said)
            return value if isinstance(value, bool) else None


def _value(node: Node, said: Mapping[tuple[str, ...], Value]) -> Value | tuple[Constant, ...]:
    """What a side is; None for one that is not read but guessed."""
    if isinstance(node, Literal):
        return node.value
    return said[node.path] if isinstance(node, Name) else None


def _compared(sign: str, left: Value | tuple[Constant, ...], right: Value | tuple[Constant, ...]) -> bool | None:
    if sign in ("in", "not in"):
        listed = isinstance(right, tuple) and any(_compared("==", left, one) for one in right)
        return listed == (sign == "in")
    for side in (left, right):
        if isinstance(side, _Something):
            # A value apart from every constant: only equality has an answer, and only among values of one type.
            return {"==": False, "!=": True}.get(sign) if side.alike else None
    one, other = _as_dates(left, right)
    return bool(_OPERATORS[sign](one, other)) if _alike(one, other) else None


def _as_dates(left: object, right: object) -> tuple[object, object]:
    """Where one side is a date the other may be its ISO text."""
    if isinstance(left, dt.date) and isinstance(right, str):
        return left, _date(right)
    if isinstance(left, str) and isinstance(right, dt.date):
        return _date(left), right
    return left, right


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _alike(left: object, right: object) -> bool:
    def sort(value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return type(value).__name__
        return "number"

    return sort(left) == sort(right)
