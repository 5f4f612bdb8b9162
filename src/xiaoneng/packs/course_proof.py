"""Walking a course against the law: every path, for some choice of contents.

The walk is over pairs of the course that is left and the set of lawful states that contents chosen so far can have led
to; interleavings that come to the same pair are walked once, so that all of them are looked at.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from xiaoneng.packs.machines import ENDS
from xiaoneng.packs.paths import ending_kinds, outlook
from xiaoneng.packs.product import UNLAWFUL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaoneng.packs.alphabet import Letter
    from xiaoneng.packs.model import Course, Procedure
    from xiaoneng.packs.product import Product

OPENING = "opens"
"""Given as the reason where a course begins with something that opens no case."""
MOST = 5
_Node: TypeAlias = "tuple[Course, frozenset[int] | None]"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A path, or the part of one, that no contents make lawful, and the rules that it breaches or leaves open."""

    path: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """Outcome of walking a course; at most MOST troubles are told."""

    troubles: tuple[Trouble, ...]
    explored: int
    complete: bool


def walk_course(procedure: Procedure, product: Product, opening: Sequence[Letter], bound: int) -> Walk:
    """Walk every path, repeats once and twice, until `bound` lawful states were looked at."""
    ending = ending_kinds(procedure.ends)
    by_kind: dict[str, list[int]] = {}
    for letter, letter_class in product.of.items():
        by_kind.setdefault(letter.kind, []).append(letter_class)
    root: _Node = (procedure.course, None)
    parents: dict[_Node, tuple[_Node, str] | None] = {root: None}
    troubles: list[Trouble] = []
    queue, explored = deque([root]), 0
    while queue and len(troubles) < MOST:
        node = queue.popleft()
        course, states = node
        explored += len(states or ())
        if explored > bound:
            return Walk(tuple(troubles), explored, complete=False)
        ahead = outlook(course, ending)
        if ahead.through or ahead.ends:
            owed = _owed(product, states)
            if owed:
                troubles.append(Trouble(_path(parents, node), owed))
        for kind, rest in ahead.moves:
            if states is None:
                classes = [product.of[letter] for letter in opening if letter.kind == kind]
                after, before = _after(product, (0,), classes), frozenset((0,))
            else:
                classes = by_kind.get(kind, [])
                after, before = _after(product, states, classes), states
            if not after:
                because = _because(product, before, classes) or (OPENING,)
                troubles.append(Trouble((*_path(parents, node), kind), because))
                continue
            following: _Node = (rest, after)
            if following not in parents:
                parents[following] = (node, kind)
                queue.append(following)
    return Walk(tuple(troubles[:MOST]), explored, complete=True)


def _after(product: Product, states: Iterable[int], classes: Sequence[int]) -> frozenset[int]:
    found = {product.step(state, letter_class) for state in states for letter_class in classes}
    return frozenset(found - {UNLAWFUL})


def _because(product: Product, states: Iterable[int], classes: Sequence[int]) -> tuple[str, ...]:
    """Rules that even the best choice of contents breaches."""
    breached = (product.breached(state, one) for state in sorted(states) for one in classes)
    return min(breached, key=len, default=())


def _owed(product: Product, states: frozenset[int] | None) -> tuple[str, ...]:
    """What the best of these states still owes before the case may close; nothing if one of them is at rest."""
    if states is None:
        return (ENDS,)
    return min((product.open(state) for state in sorted(states)), key=len)


def _path(parents: dict[_Node, tuple[_Node, str] | None], node: _Node) -> tuple[str, ...]:
    kinds: list[str] = []
    step = parents[node]
    while step is not None:
        before, kind = step
        kinds.append(kind)
        step = parents[before]
    return tuple(reversed(kinds))
