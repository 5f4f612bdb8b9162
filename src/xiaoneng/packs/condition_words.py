"""A condition as a lawyer would say it: fields and choices by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.condition import Compare, Given, Junction, Literal, Name, Negation, Sum
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from xiaoneng.packs.condition import Condition, Node
    from xiaoneng.packs.model import EventKind

SIGNS = {
    "==": Words("为", "is"),
    "!=": Words("不为", "is not"),
    "<": Words("小于", "is below"),
    "<=": Words("不超过", "is at most"),
    ">": Words("超过", "is above"),
    ">=": Words("不少于", "is at least"),
    "in": Words("属于", "is one of"),
    "not in": Words("不属于", "is none of"),
}
ENVELOPE = {
    "actor": Words("行为人", "who acts"),
    "agency": Words("行政机关", "agency"),
    "source": Words("来源", "source"),
    "occurred_on": Words("发生日", "day of the event"),
    "recorded_on": Words("记录日", "day of the record"),
}


def condition_words(condition: Condition, kind: EventKind | None) -> Words:
    """Say a condition on an event of this kind."""
    return _said(condition.tree, kind)


def _said(node: Node, kind: EventKind | None) -> Words:
    match node:
        case Junction("and", parts):
            return _joined([_inner(part, kind) for part in parts], "且", "and")
        case Junction(_, parts):
            return _joined([_said(part, kind) for part in parts], "或者", "or")
        case Negation(Given(name)):
            said = _name(name, kind)
            return Words(f"未说明{said.zh}", f"{said.en} is not said")
        case Negation(part):
            said = _said(part, kind)
            return Words(f"并非（{said.zh}）", f"not ({said.en})")
        case Given(name):
            said = _name(name, kind)
            return Words(f"说明了{said.zh}", f"{said.en} is said")
        case Compare(sign, left, right):
            first, second = _side(left, right, kind), _side(right, left, kind)
            between = SIGNS[sign]
            return Words(f"{first.zh}{between.zh}{second.zh}", f"{first.en} {between.en} {second.en}")
        case _:
            return _side(node, node, kind)


def _inner(node: Node, kind: EventKind | None) -> Words:
    """A part of `and`: alternatives in it need brackets."""
    said = _said(node, kind)
    return Words(f"（{said.zh}）", f"({said.en})") if isinstance(node, Junction) and node.operator == "or" else said


def _joined(parts: list[Words], zh: str, en: str) -> Words:
    return Words(f"，{zh}".join(one.zh for one in parts), f" {en} ".join(one.en for one in parts))


def _side(node: Node, other: Node, kind: EventKind | None) -> Words:
    match node:
        case Name():
            return _name(node, kind)
        case Literal(tuple() as values):
            said = [_side(Literal(value), other, kind) for value in values]
            return Words("、".join(one.zh for one in said), ", ".join(one.en for one in said))
        case Literal(bool() as value):
            return Words("是", "true") if value else Words("否", "false")
        case Literal(value):
            return _choice(str(value), other, kind)
        case Sum(sign, left, right):
            first, second = _side(left, right, kind), _side(right, left, kind)
            return Words(f"{first.zh}{sign}{second.zh}", f"{first.en} {sign} {second.en}")
        case _:
            return _said(node, kind)


def _choice(value: str, other: Node, kind: EventKind | None) -> Words:
    """A constant; by its name where it is a choice of the field it is compared with."""
    if isinstance(other, Name) and kind is not None and other.path[0] in kind.fields:
        name = kind.fields[other.path[0]].choices.get(value)
        if name is not None:
            return Words(f"“{name.zh}”", f"“{name.en or name.zh}”")
    return Words(value, value)


def _name(name: Name, kind: EventKind | None) -> Words:
    if len(name.path) == 3:
        _, register, field = name.path
        return Words(f"所依据的{register}的{field}", f"{field} of the {register} relied on")
    (field,) = name.path
    if kind is not None and field in kind.fields:
        known = kind.fields[field].name
        return Words(f"“{known.zh}”", f"“{known.en or known.zh}”")
    return ENVELOPE.get(field, Words(field, field))
