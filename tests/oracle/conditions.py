"""Conditions in Kleene's logic: None is unknown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from xiaoneng.packs.condition import Compare, Given, Junction, Literal, Name, Negation, Sum

if TYPE_CHECKING:
    from xiaoneng.packs.condition import Condition, Node
    from xiaoneng.packs.selector import Selectors

    from .facts import Fact


def matches(selectors: Selectors, fact: Fact) -> bool:
    return any(
        selector.kind == fact.kind and (selector.where is None or holds(selector.where, fact)) for selector in selectors
    )


def holds(condition: Condition, fact: Fact) -> bool:
    return value_of(condition.tree, fact) is True


def value_of(node: Node, fact: Fact) -> Any:
    match node:
        case Literal(value):
            return list(value) if isinstance(value, tuple) else value
        case Name(path):
            return said(fact, path)
        case Given(name):
            return said(fact, name.path) is not None
        case Compare(operator, left, right):
            return compared(operator, value_of(left, fact), value_of(right, fact))
        case Sum(operator, left, right):
            return summed(operator, value_of(left, fact), value_of(right, fact))
        case Negation(part):
            value = value_of(part, fact)
            return None if value is None else not value
        case Junction("and", parts):
            return conjunction([value_of(part, fact) for part in parts])
        case Junction(_, parts):
            return disjunction([value_of(part, fact) for part in parts])
    raise AssertionError(node)


def conjunction(values: list[Any]) -> bool | None:
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def disjunction(values: list[Any]) -> bool | None:
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def said(fact: Fact, path: tuple[str, ...]) -> Any:
    """What the event says, or None: absent, null, "" and empty lists say nothing."""
    if len(path) == 3:
        value = None
        for entry in fact.relied_on:
            if entry.register == path[1]:
                own = {"valid_from": entry.valid_from, "valid_until": entry.valid_until}
                value = {**entry.values, **own}.get(path[2])
                break
    elif path[0] in fact.envelope:
        value = fact.envelope[path[0]]
    else:
        value = fact.data.get(path[0])
    return None if value is None or value == "" or value in ([], ()) else value


def sort_of(value: Any) -> str:
    """What a value can be compared with."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, date):
        return "date"
    return "text" if isinstance(value, str) else "list"


def compared(operator: str, left: Any, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    if operator in ("in", "not in"):
        if sort_of(right) != "list":
            return None
        found = any(compared("==", left, item) is True for item in right)
        return found if operator == "in" else not found
    left, right = dated(left, right), dated(right, left)
    if sort_of(left) != sort_of(right):
        return None
    if operator in ("==", "!="):
        return bool(left == right) if operator == "==" else bool(left != right)
    if sort_of(left) in ("truth", "list"):
        return None
    orders = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}
    return bool(orders[operator])


def dated(value: Any, other: Any) -> Any:
    """A text that is a day, beside a date; everything else as it is."""
    if sort_of(value) == "text" and sort_of(other) == "date" and len(value) == len("2026-03-02"):
        year, month, day = (part.isdigit() and int(part) for part in (value[:4], value[5:7], value[8:]))
        return date(year, month, day) if value[4] == value[7] == "-" and year and month and day else value
    return value


def summed(operator: str, left: Any, right: Any) -> Any:
    if left is None or right is None or sort_of(left) != "number" or sort_of(right) != "number":
        return None
    return {"+": left + right, "-": left - right, "*": left * right}[operator]
