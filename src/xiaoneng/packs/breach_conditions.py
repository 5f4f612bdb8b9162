"""Conditions under which one event is a breach, for rules that look at a single event.

Each tree is never unknown where the rule has an answer: Kleene's logic then gives what the rule means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xiaoneng.packs.condition import Compare, Condition, Given, Junction, Literal, Name, Negation

if TYPE_CHECKING:
    from xiaoneng.packs.condition import Constant

RELIED = re.compile(r"relied\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
OCCURRED = Name(("occurred_on",))


def outside(field: str, values: tuple[Constant, ...]) -> Condition:
    """The field says something that is not in the list; where it says nothing, nothing is wrong."""
    name = Name((field,))
    tree = Junction("and", (Given(name), Compare("not in", name, Literal(values))))
    return Condition(f"{field} not in ({', '.join(map(str, values))})", tree)


def above(field: str, standard: float | tuple[str, ...]) -> Condition:
    """The field is above a number, or above the named thing; unknown where one of both is not said."""
    other = Name(standard) if isinstance(standard, tuple) else Literal(standard)
    text = ".".join(standard) if isinstance(standard, tuple) else standard
    return Condition(f"{field} > {text}", Compare(">", Name((field,)), other))


def invalid(register: str) -> Condition:
    """No entry of the register is relied on, or the event's day is outside its validity.

    An entry says from when it is valid; one that does not say until when is valid without end.
    """
    first, last = Name(("relied", register, "valid_from")), Name(("relied", register, "valid_until"))
    missing = Negation(Given(first))
    early = Compare("<", OCCURRED, first)
    late = Junction("and", (Given(last), Compare(">", OCCURRED, last)))
    entry = f"relied.{register}"
    text = (
        f"not given({entry}.valid_from) or occurred_on < {entry}.valid_from "
        f"or (given({entry}.valid_until) and occurred_on > {entry}.valid_until)"
    )
    return Condition(text, Junction("or", (missing, early, late)))
