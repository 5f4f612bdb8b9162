"""Several machines run side by side, explored as far as a stated bound."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaoneng.packs.alphabet import Letter
    from xiaoneng.packs.machines import Machine

UNLAWFUL = -1
IDLE = -1
STEPS_PER_STATE = 20
"""Moves tried for each state of the bound, so that the bound also bounds the time."""


class Product:
    """The states of machines packed into one integer; letters that no machine tells apart are one class.

    `of` gives the class of each letter, IDLE where no machine moves or reports on it.
    """

    def __init__(self, machines: Sequence[Machine], letters: Iterable[Letter]) -> None:
        self.machines = tuple(machines)
        widths = [max(1, (len(machine.moves) - 1).bit_length()) for machine in self.machines]
        self.shifts = tuple(sum(widths[:place]) for place in range(len(widths)))
        self.masks = tuple((1 << width) - 1 for width in widths)
        self.of: dict[Letter, int] = {}
        self.symbols: list[tuple[int, ...]] = []
        self.kinds: list[str] = []
        self.watched: list[tuple[tuple[int, int], ...]] = []
        self.rows: list[tuple[int, dict[int, int]]] = []
        known: dict[tuple[int, ...], int] = {}
        for letter in letters:
            symbols = tuple(machine.symbol(letter) for machine in self.machines)
            moved = [
                (place, symbol) for place, symbol in enumerate(symbols) if not self.machines[place].is_idle(symbol)
            ]
            if not moved:
                self.of[letter] = IDLE
                continue
            if symbols not in known:
                known[symbols] = len(self.symbols)
                self.symbols.append(symbols)
                self.kinds.append(letter.kind)
                self.watched.append(tuple(moved))
                self.rows.append((sum(self.masks[place] << self.shifts[place] for place, _ in moved), {}))
            self.of[letter] = known[symbols]

    def part(self, state: int, place: int) -> int:
        """State of one machine."""
        return state >> self.shifts[place] & self.masks[place]

    def step(self, state: int, letter_class: int) -> int:
        """State after a letter of this class; UNLAWFUL where it breaches a rule."""
        if letter_class == IDLE:
            return state
        mask, known = self.rows[letter_class]
        at = state & mask
        moved = known.get(at)
        if moved is None:
            moved = known[at] = self._moved(at, letter_class)
        return state - at + moved if moved >= 0 else UNLAWFUL

    def _moved(self, state: int, letter_class: int) -> int:
        after = 0
        for place, symbol in self.watched[letter_class]:
            at = self.part(state, place)
            if self.machines[place].reports[at][symbol]:
                return UNLAWFUL
            after |= self.machines[place].moves[at][symbol] << self.shifts[place]
        return after

    def breached(self, state: int, letter_class: int) -> tuple[str, ...]:
        """Rules that a letter of this class breaches in a state."""
        watched = self.watched[letter_class] if letter_class != IDLE else ()
        return tuple(
            self.machines[place].id
            for place, symbol in watched
            if self.machines[place].reports[self.part(state, place)][symbol]
        )

    def open(self, state: int) -> tuple[str, ...]:
        """Machines that do not accept in a state: what is still owed before the case may close."""
        return tuple(
            machine.id for place, machine in enumerate(self.machines) if not machine.accepts[self.part(state, place)]
        )

    def at_rest(self, state: int) -> bool:
        """Whether every machine accepts: nothing is owed and the case may close."""
        return all(
            machine.accepts[state >> shift & mask]
            for machine, shift, mask in zip(self.machines, self.shifts, self.masks, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Explored:
    """What lawful moves reach: states in order of distance, how each was first reached, and every move between them."""

    product: Product
    states: tuple[int, ...]
    parents: tuple[tuple[int, str], ...]
    fired: frozenset[int]
    edges: tuple[array[int], array[int]]
    complete: bool

    def witness(self, place: int) -> tuple[str, ...]:
        """Shortest sequence of event kinds to the state at a place; idle letters are left out."""
        kinds: list[str] = []
        while place >= 0:
            place, kind = self.parents[place]
            kinds.append(kind)
        return tuple(reversed(kinds))

    def stuck(self) -> int | None:
        """Place of the nearest state from which nothing leads to one where every machine accepts."""
        before: dict[int, list[int]] = {}
        for origin, target in zip(*self.edges, strict=True):
            before.setdefault(target, []).append(origin)
        frontier = [place for place, state in enumerate(self.states) if self.product.at_rest(state)]
        good = set(frontier)
        while frontier:
            for origin in before.get(frontier.pop(), ()):
                if origin not in good:
                    good.add(origin)
                    frontier.append(origin)
        return next((place for place in range(len(self.states)) if place not in good), None)


def explore(product: Product, starts: Iterable[tuple[int, str]], bound: int) -> Explored:
    """Explore breadth first from start states, each with the event that led there, up to `bound` states."""
    states: list[int] = []
    parents: list[tuple[int, str]] = []
    known: dict[int, int] = {}
    for state, kind in starts:
        if state not in known:
            known[state] = len(states)
            states.append(state)
            parents.append((-1, kind))
    fired: set[int] = set()
    origins, targets = array("l"), array("l")
    moves = list(enumerate(product.rows))
    place, complete, budget = 0, True, bound * STEPS_PER_STATE
    while place < len(states):
        budget -= len(moves)
        if len(states) > bound or budget < 0:
            complete = False
            break
        state = states[place]
        reached = set()
        for letter_class, (mask, cache) in moves:
            at = state & mask
            moved = cache.get(at)
            after = (
                product.step(state, letter_class) if moved is None else state - at + moved if moved >= 0 else UNLAWFUL
            )
            if after == UNLAWFUL:
                continue
            fired.add(letter_class)
            if after == state:
                continue
            if after not in known:
                known[after] = len(states)
                states.append(after)
                parents.append((place, product.kinds[letter_class]))
            reached.add(known[after])
        origins.extend([place] * len(reached))
        targets.extend(reached)
        place += 1
    return Explored(product, tuple(states), tuple(parents), frozenset(fired), (origins, targets), complete)


def components(machines: Sequence[Machine], letters: Sequence[Letter]) -> tuple[tuple[Machine, ...], ...]:
    """Group machines so that no letter concerns two groups: those run independently of each other."""
    group = list(range(len(machines)))

    def root(place: int) -> int:
        while group[place] != place:
            place = group[place]
        return place

    for letter in letters:
        concerned = [place for place, one in enumerate(machines) if not one.is_idle(one.symbol(letter))]
        for place in concerned[1:]:
            group[root(place)] = root(concerned[0])
    found: dict[int, list[Machine]] = {}
    for place, machine in enumerate(machines):
        found.setdefault(root(place), []).append(machine)
    return tuple(tuple(part) for part in found.values())
