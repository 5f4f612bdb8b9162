"""Letters: an event kind together with which of the procedure's conditions the event fulfils.

A rule on `decision_made where granted == false` is then a rule on some letters, and plain automata serve it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.journal.event import Event
from xiaoneng.supervise.conditions import Test, compile_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.selector import Selector


@dataclass(frozen=True, slots=True)
class Alphabet:
    """`first[kind]` is the letter of a kind that fulfils none of its conditions; condition j adds 2**j to it."""

    first: Mapping[str, int]
    conditions: Mapping[str, tuple[Condition, ...]]
    tests: Mapping[str, tuple[Test, ...]]
    size: int

    def letters(self, selectors: Iterable[Selector]) -> frozenset[int]:
        """Letters of the events that match one of the selectors."""
        return frozenset(letter for selector in selectors for letter in self._matching(selector.kind, selector.where))

    def fulfilling(self, kind: str, condition: Condition | None) -> frozenset[int]:
        """Letters of a kind whose events fulfil a condition."""
        return frozenset(self._matching(kind, condition))

    def silent(self, kind: str) -> int:
        """Letter of a deemed fact, which has no actor and says nothing, not even its days."""
        nothing = Event("", "", kind, None, None, 0)  # type: ignore[arg-type]
        answers = (test(nothing, dt.UTC) is True for test in self.tests[kind])
        return self.first[kind] + sum(answer << place for place, answer in enumerate(answers))

    def _matching(self, kind: str, condition: Condition | None) -> Iterable[int]:
        first, conditions = self.first[kind], self.conditions[kind]
        mask = 0 if condition is None else 1 << [known.tree for known in conditions].index(condition.tree)
        return (first + bits for bits in range(1 << len(conditions)) if bits & mask == mask)


def build_alphabet(kinds: Iterable[str], used: Iterable[tuple[str, Condition | None]]) -> Alphabet:
    """Number the letters of a procedure's event kinds, given every (kind, condition) that it speaks of."""
    conditions: dict[str, dict[object, Condition]] = {kind: {} for kind in kinds}
    for kind, condition in used:
        if condition is not None:
            conditions[kind].setdefault(condition.tree, condition)
    first: dict[str, int] = {}
    size = 0
    for kind, known in conditions.items():
        first[kind] = size
        size += 1 << len(known)
    by_kind = {kind: tuple(known.values()) for kind, known in conditions.items()}
    tests = {kind: tuple(compile_condition(one) for one in known) for kind, known in by_kind.items()}
    return Alphabet(first, by_kind, tests, size)
