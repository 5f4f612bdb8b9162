"""The small safe language in which a pack speaks of an event's contents.

Python's own grammar is read with `ast.parse` and every node outside a closed list is refused; nothing is ever executed.

    granted == false and not given(reasons)
    amount > relied.fee_schedule.standard
    channel in ("internet", "counter")

Names are fields of the event's data; `actor`, `agency`, `source` come from the envelope; `occurred_on` and
`recorded_on` are local dates; `relied.REGISTER.FIELD` is a value of the register entry relied on
(`relied.REGISTER.valid_from` and `valid_until` its validity); `date("2021-07-15")` is a date; `given(x)` says whether
the event says x.
"""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

Constant: TypeAlias = str | int | float | bool | dt.date
COMPARISONS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
ENVELOPE = ("actor", "agency", "source", "occurred_on", "recorded_on")


class ConditionError(ValueError):
    """A condition cannot be read; the text says what is wrong and what to write instead."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: Constant | tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """Something the event says: ('amount',), ('actor',) or ('relied', register, field)."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Whether the event says the named thing; never unknown."""

    name: Name


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; unknown when a side is unknown or the two cannot be compared."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Arithmetic on two numbers; unknown when a side is."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction:
    """`and` or `or` over parts, in Kleene's logic."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """`not`: unknown stays unknown."""

    part: Node


Node: TypeAlias = Literal | Name | Given | Compare | Sum | Junction | Negation


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition and the text it was read from."""

    source: str
    tree: Node

    def __str__(self) -> str:
        return self.source


def parse(text: str) -> Condition:
    """Read a condition; raises ConditionError where the text leaves the language."""
    try:
        return Condition(text.strip(), _node(ast.parse(text.strip(), mode="eval").body))
    except ConditionError:
        raise
    except (SyntaxError, ValueError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else error
        raise ConditionError(f"cannot be read: {reason}; write something like: amount > 30") from error
    except (RecursionError, MemoryError) as error:
        raise ConditionError("is nested too deep; split it into two rules") from error


def negated(condition: Condition) -> Condition:
    """The opposite condition."""
    return Condition(f"not ({condition.source})", Negation(condition.tree))


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """Both conditions together; None stands for no condition."""
    if first is None or second is None:
        return first or second
    return Condition(f"({first.source}) and ({second.source})", Junction("and", (first.tree, second.tree)))


def names(node: Node) -> frozenset[tuple[str, ...]]:
    """Everything a condition asks of an event."""
    match node:
        case Name(path):
            return frozenset((path,))
        case Given(name):
            return frozenset((name.path,))
        case Compare(_, left, right) | Sum(_, left, right):
            return names(left) | names(right)
        case Junction(_, parts):
            return frozenset().union(*(names(part) for part in parts))
        case Negation(part):
            return names(part)
        case _:
            return frozenset()


def _node(node: ast.expr) -> Node:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return Literal(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return Literal(-number)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return Literal(tuple(_constant(item) for item in items))
        case ast.Name(id=name):
            return Literal(name == "true") if name in ("true", "false") else Name((name,))
        case ast.Attribute():
            return Name(_path(node))
        case ast.BoolOp(op=op, values=values):
            return Junction("and" if isinstance(op, ast.And) else "or", tuple(_node(value) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Negation(_node(operand))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return Sum(ARITHMETIC[type(op)], _node(left), _node(right))
        case ast.Compare(left=left, ops=ops, comparators=rights):
            return _comparison(left, ops, rights)
        case ast.Call(func=ast.Name(id="given"), args=[ast.Name() | ast.Attribute() as asked], keywords=[]):
            return Given(Name(_path(asked)))
        case ast.Call(func=ast.Name(id="date"), args=[ast.Constant(value=str() as text)], keywords=[]):
            return Literal(_date(text))
    raise ConditionError(
        f"uses something this language does not have: {ast.unparse(node)}; "
        "use comparisons, and, or, not, in, + - *, given(field), date('2021-07-15')"
    )


def _comparison(left: ast.expr, ops: list[ast.cmpop], rights: list[ast.expr]) -> Node:
    """`a < b < c` means `a < b and b < c`."""
    sides = [left, *rights]
    parts = []
    for i, op in enumerate(ops):
        if type(op) not in COMPARISONS:
            raise ConditionError("compares with `is`; write == or !=")
        parts.append(Compare(COMPARISONS[type(op)], _node(sides[i]), _node(sides[i + 1])))
    return parts[0] if len(parts) == 1 else Junction("and", tuple(parts))


def _path(node: ast.expr) -> tuple[str, ...]:
    path: list[str] = []
    while isinstance(node, ast.Attribute):
        path.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        raise ConditionError(f"asks for {ast.unparse(node)}; name a field of the event")
    path.insert(0, node.id)
    if len(path) > 1 and (path[0] != "relied" or len(path) != 3):
        raise ConditionError(f"asks for {'.'.join(path)}; write a field of the event, or relied.REGISTER.FIELD")
    return tuple(path)


def _constant(node: ast.expr) -> Constant:
    literal = _node(node)
    if isinstance(literal, Literal) and not isinstance(literal.value, tuple):
        return literal.value
    raise ConditionError(
        f"lists something that is not a plain value: {ast.unparse(node)}; list numbers, words or dates"
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ConditionError(f"{text!r} is no date; write date('2021-07-15')") from error
