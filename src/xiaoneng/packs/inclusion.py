"""Whether one rule of order finds every breach that another finds, no later and about the same event.

One event of a history is tagged. Both automata run over the history, each remembering what the tagged event is to it;
the search ends at a history after which the first rule blames the tagged event and the second has not. That is exact
for every pair of automata, over all histories and all contents.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xiaoneng.packs.alphabet import any_letters, matches
from xiaoneng.packs.automata import Blame, Owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.alphabet import Letter
    from xiaoneng.packs.automata import Automaton
    from xiaoneng.packs.selector import Selectors


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rules: its automaton, its selectors, and the event kinds that its procedure declares.

    `per_case`: its breach is one of the case as a whole, whichever event it is told about (init).
    """

    automaton: Automaton
    source: Selectors
    target: Selectors
    kinds: frozenset[str]
    per_case: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """State of one automaton, and what the tagged event is to it."""

    state: int = 0
    begun: bool = False
    last: bool = False
    last_source: bool = False
    since_target: bool = False
    source: bool = False
    target: bool = False


@dataclass(frozen=True, slots=True)
class _Node:
    tagged: bool
    first: _Place
    second: _Place


def missed(first: Side, second: Side) -> tuple[str, ...] | None:
    """Shortest history after which `first` has a breach that `second` has not; None where there is none.

    Breaches of the case as a whole (too few of something, the wrong beginning) are compared among themselves.
    """
    found = [history for whole in (False, True) if (history := _search(first, second, whole=whole)) is not None]
    return min(found, key=len, default=None)


def _search(first: Side, second: Side, *, whole: bool) -> tuple[str, ...] | None:
    selectors = (first.source, first.target, second.source, second.target)
    unique: dict[tuple[int | None, int | None], str] = {}
    for letter in any_letters(sorted(first.kinds | second.kinds), selectors):
        unique.setdefault((_symbol(first, letter), _symbol(second, letter)), letter.kind)
    root = _Node(tagged=whole, first=_Place(), second=_Place())
    parents: dict[_Node, tuple[_Node, str] | None] = {root: None}
    queue = deque([root])
    while queue:
        node = queue.popleft()
        for (symbol, other), kind in unique.items():
            for tag in (False, True) if not node.tagged and symbol is not None else (False,):
                blamed, one = _step(first, node.first, symbol, tag=tag, whole=whole)
                found, two = _step(second, node.second, other, tag=tag, whole=whole)
                after = _Node(node.tagged or tag, one, two)
                if found:
                    continue  # no later history can miss it any more
                if blamed or (after.tagged and _owes(first, one, whole=whole) and not _owes(second, two, whole=whole)):
                    return (*_path(parents, node), kind)
                if after not in parents:
                    parents[after] = (node, kind)
                    queue.append(after)
    return None


def _symbol(side: Side, letter: Letter) -> int | None:
    """How an event concerns a rule; None where its procedure does not know the kind and leaves the event out."""
    if letter.kind not in side.kinds:
        return None
    return matches(side.source, letter) | matches(side.target, letter) << 1


def _step(side: Side, place: _Place, symbol: int | None, *, tag: bool, whole: bool) -> tuple[bool, _Place]:
    """Whether the event makes this rule blame the tagged one, and the place after it."""
    if symbol is None:
        return False, place
    automaton = side.automaton
    about = {Blame.THIS: tag, Blame.PREVIOUS: place.last, Blame.LAST_SOURCE: place.last_source}[automaton.blame]
    blamed = automaton.reports[place.state][symbol] and (whole if side.per_case else about)
    is_source, is_target = bool(symbol & 1), bool(symbol & 2)
    return blamed, replace(
        place,
        state=automaton.moves[place.state][symbol],
        begun=True,
        last=tag,
        last_source=tag if is_source else place.last_source,
        since_target=(tag and is_source) or (place.since_target and not is_target),
        source=place.source or (tag and is_source),
        target=place.target or (tag and is_target),
    )


def _owes(side: Side, place: _Place, *, whole: bool) -> bool:
    """Whether the rule blames the tagged event, or the case as a whole, if the case closes now."""
    if side.automaton.accepts[place.state] or not place.begun:
        return False
    owed = {
        Owed.NOTHING: False,
        Owed.FIRST: whole,
        Owed.LAST: place.last,
        Owed.LAST_SOURCE: place.last_source,
        Owed.SOURCES_SINCE_TARGET: place.since_target,
        Owed.SOURCES: place.source,
        Owed.SOURCES_OR_TARGETS: place.source or place.target,
    }
    return owed[side.automaton.owed]


def _path(parents: dict[_Node, tuple[_Node, str] | None], node: _Node) -> Iterator[str]:
    kinds: list[str] = []
    step = parents[node]
    while step is not None:
        before, kind = step
        kinds.append(kind)
        step = parents[before]
    return reversed(kinds)
