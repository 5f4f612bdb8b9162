"""How much working memory a case can need at most: the compiled kernel is given it beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xiaoneng.supervise import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.supervise.program import Program


@dataclass(frozen=True, slots=True)
class Needs:
    """`facts[letter]`: an event of that letter and all that silence can make of it.

    `once` is what clocks that start once per case can add; `starts` and `changes` bound the activations begun, and the
    off-clock changes kept, at one event or fact.
    """

    facts: tuple[int, ...]
    once: int
    starts: int
    changes: int


@lru_cache(maxsize=64)
def needs_of(program: Program) -> Needs:
    """Bounds from the tables alone: silence begins clocks, which may lapse in turn; the loader lets no such chain come back."""
    t = program.tables
    ops = [_ops(program, letter) for letter in range(program.alphabet.size)]
    known: dict[int, int] = {}

    def silent(letter: int) -> int:
        """A fact that silence made and what it makes in turn; it says nothing, so it starts no clock that asks for a number."""
        if letter not in known:
            known[letter] = 1
            known[letter] = 1 + sum(silent(t.clocks[k + layout.K_LAPSE]) for k in _lapsing(program, letter, said=False))
        return known[letter]

    facts = tuple(
        1 + sum(silent(t.clocks[k + layout.K_LAPSE]) for k in _lapsing(program, letter, said=True))
        for letter in range(program.alphabet.size)
    )
    first = [k for k in t.lapses if t.clocks[k + layout.K_FIRST]]
    return Needs(
        facts=facts,
        once=sum(silent(t.clocks[k + layout.K_LAPSE]) for k in first),
        starts=max((sum(op == layout.START for op, _ in one) for one in ops), default=0),
        changes=max((sum(_changes(program, op, k) for op, k in one) for one in ops), default=0),
    )


def _ops(program: Program, letter: int) -> list[tuple[int, int]]:
    t = program.tables
    at = letter * layout.LETTER
    places = range(t.letters[at + layout.L_FROM], t.letters[at + layout.L_TO], layout.OP)
    return [(t.ops[o], t.ops[o + 1]) for o in places]


def _lapsing(program: Program, letter: int, *, said: bool) -> Iterator[int]:
    """Clocks that lapse and that a letter starts each time it comes."""
    t = program.tables
    for op, k in _ops(program, letter):
        lapses = op == layout.START and t.clocks[k + layout.K_LAPSE] >= 0 and not t.clocks[k + layout.K_FIRST]
        if lapses and (said or t.clocks[k + layout.K_SLOT] < 0):
            yield k


def _changes(program: Program, op: int, k: int) -> int:
    ground = op in (layout.OPEN_GROUND, layout.CLOSE_GROUND)
    return int(ground and program.tables.clocks[k + layout.K_HISTORY])
