"""Conditions on one event, as functions that answer true, false or unknown (None), in Kleene's logic."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from xiaoneng.packs.condition import Compare, Condition, Given, Junction, Literal, Name, Negation, Node, Sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaoneng.journal.event import Event

Value: TypeAlias = object
Reader: TypeAlias = "Callable[[Event, dt.tzinfo], Value]"
Test: TypeAlias = "Callable[[Event, dt.tzinfo], bool | None]"
"""An event and the zone of its local days in; true, false or unknown out."""


def compile_condition(condition: Condition) -> Test:
    """Make a condition callable."""
    return _test(condition.tree)


def say(event: Event, path: tuple[str, ...], zone: dt.tzinfo) -> Value:
    """What an event says under a name of the condition language; None if it does not say it."""
    if path[0] == "relied":
        return _relied(event, path[1], path[2])
    name = path[0]
    if name in event.data:
        value = event.data[name]
        return value if is_given(value) else None
    if name in ("actor", "agency", "source"):
        return getattr(event, name) or None
    if name == "occurred_on":
        return local_date(event.occurred, zone)
    if name == "recorded_on":
        return local_date(event.recorded_at, zone)
    return None


def local_date(moment: dt.date, zone: dt.tzinfo) -> dt.date:
    """The date on the wall in `zone`; a date is what it says."""
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment


def is_given(value: Value) -> bool:
    """Whether something was said at all: nothing, null, the empty text and the empty list are not."""
    return value is not None and value not in ("", (), [])


def _relied(event: Event, register: str, field: str) -> Value:
    for entry in event.relied_on:
        if entry.register == register:
            if field in ("valid_from", "valid_until"):
                return getattr(entry, field)
            value = entry.values.get(field)
            return value if is_given(value) else None
    return None


def _test(node: Node) -> Test:
    match node:
        case Given(name):
            path = name.path
            return lambda event, zone: say(event, path, zone) is not None
        case Compare(operator, left, right):
            return _compare(operator, _reader(left), _reader(right))
        case Negation(part):
            inner = _test(part)

            def negation(event: Event, zone: dt.tzinfo) -> bool | None:
                answer = inner(event, zone)
                return None if answer is None else not answer

            return negation
        case Junction(operator, parts):
            return _junction([_test(part) for part in parts], decisive=operator == "or")
    reader = _reader(node)

    def truth(event: Event, zone: dt.tzinfo) -> bool | None:
        value = reader(event, zone)
        return value if isinstance(value, bool) else None

    return truth


def _junction(parts: list[Test], *, decisive: bool) -> Test:
    """`or` is decided by a true part, `and` by a false one; else any unknown part makes it unknown."""

    def junction(event: Event, zone: dt.tzinfo) -> bool | None:
        unknown = False
        for part in parts:
            answer = part(event, zone)
            if answer is decisive:
                return decisive
            unknown = unknown or answer is None
        return None if unknown else not decisive

    return junction


def _reader(node: Node) -> Reader:
    match node:
        case Literal(value):
            return lambda _event, _zone: value
        case Name(path):
            return lambda event, zone: say(event, path, zone)
        case Sum(operator, left, right):
            return _sum(operator, _reader(left), _reader(right))
    return _test(node)


def _sum(operator: str, left: Reader, right: Reader) -> Reader:
    def total(event: Event, zone: dt.tzinfo) -> Value:
        a, b = left(event, zone), right(event, zone)
        if not (is_number(a) and is_number(b)):
            return None
        return a + b if operator == "+" else a - b if operator == "-" else a * b  # type: ignore[operator]

    return total


def is_number(value: Value) -> bool:
    """Whether a value is a number; true and false are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _compare(operator: str, left: Reader, right: Reader) -> Test:
    order = ORDERS.get(operator)

    def compare(event: Event, zone: dt.tzinfo) -> bool | None:
        a, b = left(event, zone), right(event, zone)
        if a is None or b is None:
            return None
        if order is None:
            if not isinstance(b, (tuple, list)):
                return None
            found = any(_alike(a, item, zone) for item in b)
            return found if operator == "in" else not found
        pair = comparable(a, b, zone)
        return None if pair is None else order(*pair)

    return compare


ORDERS: dict[str, Callable[..., bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _alike(a: Value, b: Value, zone: dt.tzinfo) -> bool:
    pair = comparable(a, b, zone)
    return pair is not None and pair[0] == pair[1]


def comparable(a: Value, b: Value, zone: dt.tzinfo) -> tuple[Value, Value] | None:
    """Two values as values of one type; None if they have none in common. Dates may be written as ISO text."""
    if is_number(a) and is_number(b):
        return a, b
    if isinstance(a, dt.date) or isinstance(b, dt.date):
        one, other = as_date(a, zone), as_date(b, zone)
        return None if one is None or other is None else (one, other)
    return (a, b) if type(a) is type(b) else None


def as_date(value: Value, zone: dt.tzinfo) -> dt.date | None:
    """A date from a date, an instant (its local date) or ISO text; None from anything else."""
    if isinstance(value, dt.date):
        return local_date(value, zone)
    if isinstance(value, str):
        try:
            return local_date(dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value), zone)
        except ValueError:
            return None
    return None
