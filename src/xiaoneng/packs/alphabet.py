"""The letters of a procedure's histories: event kinds with the conditions that their contents fulfil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.outcomes import key, on_nothing, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.selector import Selectors


@dataclass(frozen=True, slots=True)
class Letter:
    """One way in which an event can happen; `holds` names the conditions that it fulfils.

    `lapses` are the clocks by whose expiry it is deemed to happen; empty for an act.
    """

    kind: str
    holds: frozenset[str] = frozenset()
    lapses: frozenset[str] = frozenset()


def matches(selectors: Selectors, letter: Letter) -> bool:
    """Whether an event that happens in this way is among the selected ones."""
    return any(one.kind == letter.kind and (one.where is None or key(one.where) in letter.holds) for one in selectors)


def letters(procedure: Procedure, selectors: Iterable[Selectors]) -> tuple[Letter, ...]:
    """Every way in which the declared events can happen, as far as these selectors tell them apart."""
    asked = conditions(selectors)
    lapses: dict[str, frozenset[str]] = {}
    for clock in procedure.clocks:
        if clock.on_lapse is not None:
            lapses[clock.on_lapse.deemed] = lapses.get(clock.on_lapse.deemed, frozenset()) | {clock.id}
    found = []
    for kind in procedure.events.values():
        mine = asked.get(kind.id, ())
        found += [Letter(kind.id, held) for held in outcomes(mine, kind)]
        if kind.id in lapses:
            found.append(Letter(kind.id, on_nothing(mine), lapses[kind.id]))
    return tuple(found)


def any_letters(kinds: Iterable[str], selectors: Iterable[Selectors]) -> Iterator[Letter]:
    """Letters of these kinds with any contents, whatever the procedure declares of them."""
    asked = conditions(selectors)
    for kind in kinds:
        for held in outcomes(asked.get(kind, ())):
            yield Letter(kind, held)


def conditions(selectors: Iterable[Selectors]) -> dict[str, tuple[Condition, ...]]:
    """Conditions that selectors ask of each event kind."""
    asked: dict[str, dict[str, Condition]] = {}
    for group in selectors:
        for one in group:
            if one.where is not None:
                asked.setdefault(one.kind, {})[key(one.where)] = one.where
    return {kind: tuple(found.values()) for kind, found in asked.items()}


def covers(wide: Selectors, narrow: Selectors) -> bool:
    """Whether every event, whatever its contents, that `narrow` selects is selected by `wide` too."""
    return all(
        matches(wide, letter) or not matches(narrow, letter)
        for letter in any_letters(sorted({one.kind for one in narrow}), (wide, narrow))
    )


def same_events(first: Selectors, second: Selectors) -> bool:
    """Whether both select the same events."""
    return covers(first, second) and covers(second, first)
