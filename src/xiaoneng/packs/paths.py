"""The paths of a declared course: every order of its steps that the course allows.

A course is walked by its derivatives (Brzozowski 1964): after a step stands the course that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xiaoneng.packs.model import Choice, Parallel, Repeat, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.model import Course
    from xiaoneng.packs.selector import Selectors

END = "end"
"""The step that says that the course ends here."""
ENDED: Course = (Step(END),)


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths as sequences of event kinds, shortest branches first as listed; `complete` says whether they are all."""

    found: tuple[tuple[str, ...], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a course allows next.

    `moves` are steps with the course left after each; `through` says that nothing need come, `ends` that the whole
    course may end here.
    """

    moves: tuple[tuple[str, Course], ...]
    through: bool
    ends: bool


def ending_kinds(ends: Selectors) -> frozenset[str]:
    """Event kinds that end a case whatever they contain, and so end the course where they stand."""
    return frozenset(one.kind for one in ends if one.where is None)


def paths(course: Course, ends: Selectors, bound: int) -> Paths:
    """Walk every path, up to `bound` of them.

    Each branch of a choice is taken; parallel branches are interleaved in every way; what may repeat is done once and
    twice. An event all of whose occurrences end the case ends the path, and so does the step `end`.
    """
    found: list[tuple[str, ...]] = []
    for path in _walk(course, ending_kinds(ends), ()):
        if path in found:
            continue
        if len(found) == bound:
            return Paths(tuple(found), complete=False)
        found.append(path)
    return Paths(tuple(found), complete=True)


def _walk(course: Course, ending: frozenset[str], behind: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    ahead = outlook(course, ending)
    for kind, rest in ahead.moves:
        yield from _walk(rest, ending, (*behind, kind))
    if ahead.through or ahead.ends:
        yield behind


@lru_cache(maxsize=4096)
def outlook(course: Course, ending: frozenset[str]) -> Outlook:
    """What may come next in a course; moves that leave the same course are listed once."""
    if not course:
        return Outlook((), through=True, ends=False)
    first, rest = course[0], course[1:]
    match first:
        case Step(kind) if kind == END:
            return Outlook((), through=False, ends=True)
        case Step(kind):
            return Outlook(((kind, ENDED if kind in ending else rest),), through=False, ends=False)
        case Stage(_, _, body):
            return outlook(body + rest, ending)
        case Repeat(body):
            return outlook((*body, Choice(((), body)), *rest), ending)
        case Choice(branches):
            return _joined(*(outlook(branch + rest, ending) for branch in branches))
        case _:
            return _interleaved(first.branches, rest, ending)


def _joined(*parts: Outlook) -> Outlook:
    moves = dict.fromkeys(move for part in parts for move in part.moves)
    return Outlook(tuple(moves), any(part.through for part in parts), any(part.ends for part in parts))


def _interleaved(branches: tuple[Course, ...], rest: Course, ending: frozenset[str]) -> Outlook:
    """One step of one branch, or, when every branch is through, what comes after them."""
    ahead = [outlook(branch, ending) for branch in branches]
    moves = []
    for place, one in enumerate(ahead):
        for kind, left in one.moves:
            if left == ENDED:
                moves.append((kind, ENDED))
                continue
            remaining = tuple(part for part in (*branches[:place], left, *branches[place + 1 :]) if part)
            moves.append((kind, (Parallel(remaining), *rest) if remaining else rest))
    stepping = Outlook(tuple(moves), through=False, ends=any(one.ends for one in ahead))
    return _joined(stepping, outlook(rest, ending)) if all(one.through for one in ahead) else stepping
