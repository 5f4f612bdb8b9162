"""A procedure compiled: tables for the kernel, and what their numbers mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.supervise.layout import CALENDAR, ELAPSED, MONTHS, OFFICE, WORKING
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.packs.automata import Automaton
    from xiaoneng.packs.model import Clock, Procedure, Rule
    from xiaoneng.supervise.alphabet import Alphabet
    from xiaoneng.supervise.layout import Tables
    from xiaoneng.supervise.slots import Slot
    from xiaoneng.timing.limit import Limit

HOUR_MICROSECONDS = 3_600_000_000
HOUR_SECONDS = 3_600
UNITS: Mapping[LimitKind, tuple[int, int]] = {
    LimitKind.WORKING_DAYS: (WORKING, 1),
    LimitKind.CALENDAR_DAYS: (CALENDAR, 1),
    LimitKind.MONTHS: (MONTHS, 1),
    LimitKind.YEARS: (MONTHS, 12),
    LimitKind.ELAPSED_HOURS: (ELAPSED, HOUR_MICROSECONDS),
    LimitKind.WORKING_HOURS: (OFFICE, HOUR_SECONDS),
}
"""Kind of a limit → the kernel's kind of time, and its units in one of the limit's."""


BEYOND: Mapping[LimitKind, int] = {
    LimitKind.WORKING_DAYS: 1_000_000,
    LimitKind.CALENDAR_DAYS: 1_000_000,
    LimitKind.MONTHS: 60_000,
    LimitKind.YEARS: 5_000,
    LimitKind.ELAPSED_HOURS: 10_000_000,
    LimitKind.WORKING_HOURS: 10_000_000,
}
"""Numbers beyond all calendars: a limit that an event says is counted as this much at most, so that sums and dates hold."""


def in_units(limit: Limit) -> tuple[int, int]:
    """A limit as (kind of time, amount)."""
    kind, factor = UNITS[limit.kind]
    return kind, limit.n * factor


@dataclass(frozen=True, slots=True)
class Provision:
    """What one code of the tables stands for: a rule, a clock, its promise, or its extension.

    `id` is what findings name. `time` is the kind of time of its due moments (layout), -1 where it has none.
    """

    id: str
    rule: Rule | None = None
    clock: Clock | None = None
    promise: bool = False
    extension: bool = False
    time: int = -1

    @property
    def cite(self) -> tuple[str, ...]:
        """The articles it rests on."""
        if self.rule is not None:
            return self.rule.cite
        assert self.clock is not None
        if self.extension and self.clock.extension is not None:
            return self.clock.extension.cite or self.clock.cite
        if self.promise:
            return self.clock.promised_cite or self.clock.cite
        return self.clock.cite


@dataclass(frozen=True, slots=True)
class PlainRule:
    """A rule that is an automaton: its code, group and bit in the words, and which letters concern it."""

    rule: Rule
    code: int
    group: int
    bit: int
    automaton: Automaton
    sources: frozenset[int]
    targets: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A compiled procedure; two are the same only if they are one.

    `plans[letter]` lists the slots that events of a letter fill, `provisions[code]` is what a code of the tables stands for.
    `meanings[letter]` is equal for letters that every rule and clock takes alike. `instants`: the hour of events matters;
    `calendar`: working days or holidays do.
    """

    procedure: Procedure
    tables: Tables
    alphabet: Alphabet
    provisions: tuple[Provision, ...]
    plain: tuple[PlainRule, ...]
    slots: tuple[Slot, ...]
    plans: tuple[tuple[int, ...], ...]
    opening: frozenset[int]
    meanings: tuple[int, ...]
    instants: bool
    calendar: bool
