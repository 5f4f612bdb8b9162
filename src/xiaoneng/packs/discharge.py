"""A lawful end proved by paying what is owed, one debt after another, without exploring the whole product.

Of every two machines the states that they can have together are explored (at most sixteen); a real state of the case
shows itself in each pair. Where for every debt (a machine that does not accept, the open case among them) some event
pays it that no state of any other machine forbids, and that puts nobody deeper into debt, then from every reachable
state the debts can be paid one by one, and the case ends lawfully. Several events may share the work: it is enough
that no state, as far as pairs can tell, forbids all of them at once. Machines that are at rest before another one is
paid restrict only as they are then. What cannot be shown so is not refuted; it is left to exploring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaoneng.packs.alphabet import Letter
    from xiaoneng.packs.machines import Machine

TRIES = 20_000
"""Combinations of obstacles looked at for one debt before it is left open."""
UNPAYABLE = 1 << 20
Obstacle = tuple[int, int]
"""A machine and a state of it in which an event is a breach, or makes a new debt."""


def always_ends(machines: Sequence[Machine], letters: Sequence[Letter], opening: Iterable[Letter]) -> bool:
    """Whether from every state that lawful moves reach a lawful end is proved to be within reach; False is no refutation."""
    return _Debts(machines, letters, opening).all_payable()


class _Debts:
    """Machines by number, their symbols by letter class, and the states that every two of them can have together."""

    def __init__(self, machines: Sequence[Machine], letters: Sequence[Letter], opening: Iterable[Letter]) -> None:
        self.machines = tuple(machines)
        self.symbols = sorted({tuple(machine.symbol(letter) for machine in machines) for letter in letters})
        self.opening = sorted({tuple(machine.symbol(letter) for machine in machines) for letter in opening})
        count = range(len(self.machines))
        self.together = {(i, j): self._pair(i, j) for i in count for j in count if i < j}
        self.states = [self._single(i) for i in count]
        self.rank = [self._ranks(i) for i in count]

    def _pair(self, i: int, j: int) -> frozenset[tuple[int, int]]:
        one, other = self.machines[i], self.machines[j]
        moves = {(symbols[i], symbols[j]) for symbols in self.symbols}
        found = {(one.moves[0][symbols[i]], other.moves[0][symbols[j]]) for symbols in self.opening}
        frontier = list(found)
        while frontier:
            s, t = frontier.pop()
            for a, b in moves:
                if not one.reports[s][a] and not other.reports[t][b]:
                    after = one.moves[s][a], other.moves[t][b]
                    if after not in found:
                        found.add(after)
                        frontier.append(after)
        return frozenset(found)

    def _single(self, i: int) -> frozenset[int]:
        """States of a machine that pairs leave to it."""
        left = [frozenset(s for s, _ in self.together[i, j]) for j in range(i + 1, len(self.machines))]
        left += [frozenset(t for _, t in self.together[j, i]) for j in range(i)]
        own = frozenset(self.machines[i].moves[0][symbols[i]] for symbols in self.opening)
        return frozenset.intersection(*left) if left else own | frozenset(range(len(self.machines[i].moves)))

    def _ranks(self, i: int) -> list[int]:
        """How many events a machine is from accepting, at least; UNPAYABLE where none leads there."""
        machine = self.machines[i]
        symbols = {one[i] for one in self.symbols}
        rank = [0 if accepts else UNPAYABLE for accepts in machine.accepts]
        for _ in rank:
            for s, row in enumerate(machine.moves):
                paths = [rank[row[a]] + 1 for a in symbols if not machine.reports[s][a]]
                rank[s] = min([rank[s], *paths])
        return rank

    def can_be(self, one: Obstacle, other: Obstacle) -> bool:
        """Whether two machines can have two states at once, as far as pairs can tell."""
        (i, s), (j, t) = one, other
        if i == j:
            return s == t
        return (s, t) in self.together[i, j] if i < j else (t, s) in self.together[j, i]

    def all_payable(self) -> bool:
        """Pay every machine's debts in some order; those paid before are at rest when the next one is paid."""
        paid: set[int] = set()
        left = [i for i in range(len(self.machines)) if any(self.rank[i][s] for s in self.states[i])]
        while left:
            payable = [i for i in left if self._is_payable(i, paid)]
            if not payable:
                return False
            paid.update(payable[:1])
            left.remove(payable[0])
        return True

    def _is_payable(self, i: int, paid: set[int]) -> bool:
        return all(self._is_paid(i, s, paid) for s in self.states[i] if self.rank[i][s])

    def _is_paid(self, i: int, s: int, paid: set[int]) -> bool:
        """Whether in every state around a debt some event pays it."""
        machine, rank = self.machines[i], self.rank[i]
        paying = [
            symbols
            for symbols in self.symbols
            if not machine.reports[s][symbols[i]] and rank[machine.moves[s][symbols[i]]] < rank[s]
        ]
        obstacles = sorted((self._obstacles(i, s, symbols, paid) for symbols in paying), key=len)
        if not obstacles:
            return False
        return not self._all_obstructed(obstacles, [(i, s)], [TRIES])

    def _obstacles(self, i: int, s: int, symbols: tuple[int, ...], paid: set[int]) -> list[Obstacle]:
        found = []
        for j, machine in enumerate(self.machines):
            if j == i:
                continue
            for t in self.states[j]:
                if (j in paid and self.rank[j][t]) or not self._stands((i, s), (j, t), paid):
                    continue
                after = machine.moves[t][symbols[j]]
                if machine.reports[t][symbols[j]] or self.rank[j][after] > self.rank[j][t]:
                    found.append((j, t))
        return found

    def _stands(self, debt: Obstacle, other: Obstacle, paid: set[int]) -> bool:
        """Whether a machine can have a state beside a debt when the machines paid before are at rest."""
        return self.can_be(debt, other) and all(
            any(
                not self.rank[p][u] and self.can_be(debt, (p, u)) and self.can_be(other, (p, u)) for u in self.states[p]
            )
            for p in paid
        )

    def _all_obstructed(self, obstacles: list[list[Obstacle]], state: list[Obstacle], tries: list[int]) -> bool:
        """Whether some state, as far as pairs can tell, has an obstacle for every event; out of tries, assume so."""
        if not obstacles:
            return True
        for one in obstacles[0]:
            tries[0] -= 1
            if tries[0] < 0:
                return True
            if all(self.can_be(one, other) for other in state):
                rest = [listed for listed in obstacles[1:] if one not in listed]
                if self._all_obstructed(rest, [*state, one], tries):
                    return True
        return False
