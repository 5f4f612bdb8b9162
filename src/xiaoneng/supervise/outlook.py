"""What comes next: which actions are lawful now, what each would breach, and what would happen if."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.automata import Standing
from xiaoneng.packs.outcomes import key, outcomes
from xiaoneng.supervise import layout
from xiaoneng.supervise.fold import step_plain
from xiaoneng.supervise.judge import open_case, supervise
from xiaoneng.supervise.plain import still_open

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Action, Procedure
    from xiaoneng.supervise.program import Program
    from xiaoneng.supervise.sink import Row
    from xiaoneng.supervise.verdict import Finding, Running, Verdict
    from xiaoneng.timing.calendar import Calendar

BOUND = 20_000
"""States looked at before the question whether a case is doomed is left open."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One action as it would stand now: the rules and clocks that it would breach at best, whatever is said in it.

    `refused` says that the pack refuses it outright because it would breach.
    """

    action: Action
    breaches: tuple[str, ...]

    @property
    def lawful(self) -> bool:
        """Whether it can be done without a breach."""
        return not self.breaches

    @property
    def refused(self) -> bool:
        """Whether the pack refuses it."""
        return self.action.refuses and not self.lawful


@dataclass(frozen=True, slots=True)
class Change:
    """What a verdict would be after one more fact, against before."""

    verdict: Verdict
    raised: tuple[Finding, ...]
    withdrawn: tuple[Finding, ...]
    clocks: tuple[Running, ...]


def what_if(
    procedure: Procedure, events: Sequence[Event], event: Event, calendar: Calendar, now: dt.datetime
) -> Change:
    """Judge a case as if one more event had happened; `now` should not lie before it."""
    before = supervise(procedure, events, calendar, now)
    after = supervise(procedure, (*events, event), calendar, now)
    old = {(one.id, one.since, one.until): one for one in before.findings}
    new = {(one.id, one.since, one.until): one for one in after.findings}
    return Change(
        verdict=after,
        raised=tuple(one for name, one in new.items() if name not in old),
        withdrawn=tuple(one for name, one in old.items() if name not in new),
        clocks=tuple(clock for clock in after.clocks if clock not in before.clocks),
    )


def prospects(
    procedure: Procedure, events: Sequence[Event], calendar: Calendar, now: dt.datetime, actor: str = ""
) -> tuple[Prospect, ...]:
    """Every action of the procedure as it would stand now, the lawful ones first, in the pack's order.

    What would be said in the event is taken at its best; `actor` is who would do it ("" for somebody new).
    """
    opened = open_case(procedure, events, calendar, now)
    before = _breaches(opened.program, opened.judge_next(None))
    found = []
    for action in procedure.actions:
        letters = possible_letters(opened.program, action.event)
        outcomes_of = [_breaches(opened.program, opened.judge_next(letter, actor)) for letter in letters]
        added = [tuple(sorted(_added(before, after))) for after in outcomes_of]
        found.append(Prospect(action, min(added, key=len, default=())))
    return tuple(sorted(found, key=lambda one: not one.lawful))


def possible_letters(program: Program, kind: str) -> list[int]:
    """Letters of a kind that an event with some contents can have."""
    conditions = program.alphabet.conditions[kind]
    place = {key(condition): 1 << bit for bit, condition in enumerate(conditions)}
    sets = outcomes(conditions, program.procedure.events[kind])
    return sorted(program.alphabet.first[kind] + sum(place[name] for name in held) for held in sets)


def _breaches(program: Program, rows: Iterable[Row]) -> list[tuple[str, int]]:
    silent = (layout.DEEMED, layout.RUNNING, layout.HELD, layout.WAITING)
    return [(program.provisions[row[1]].id, row[2]) for row in rows if row[0] not in silent]


def _added(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> Iterator[str]:
    left = list(before)
    for breach in after:
        if breach in left:
            left.remove(breach)
        else:
            yield breach[0]


def standings(verdict: Verdict) -> dict[str, Standing]:
    """The four verdicts: how every rule and clock stands, for now or for good."""
    program = verdict.program
    broken = {one.rule for one in verdict.breaches}
    found = {}
    for provision in program.provisions:
        if provision.id in broken:
            found[provision.id] = Standing.VIOLATED_FOR_GOOD
        elif provision.id in verdict.owed:
            found[provision.id] = Standing.VIOLATED_FOR_NOW
        else:
            found[provision.id] = Standing.SATISFIED_FOR_NOW
    for plain in program.plain:
        if plain.rule.id not in broken:
            low, high = verdict.words[2 * plain.group], verdict.words[2 * plain.group + 1]
            state = bool(low & plain.bit) + 2 * bool(high & plain.bit)
            symbols = frozenset(
                (letter in plain.sources) + 2 * (letter in plain.targets) for letter in range(program.alphabet.size)
            )
            found[plain.rule.id] = plain.automaton.standing(state, symbols)
    return found


def doomed(verdict: Verdict, bound: int = BOUND) -> bool | None:
    """Whether no continuation leads to a lawful end without a further breach of a plain rule; None if the bound was reached.

    A case is known to be lost before the breach that it cannot avoid.
    """
    program = verdict.program
    t = program.tables
    letters = [letter for kind in program.procedure.events for letter in possible_letters(program, kind)]
    meaning = {program.meanings[letter]: letter for letter in letters}
    start = (verdict.words, verdict.closed)
    seen, frontier = {start}, deque([start])
    while frontier:
        words, closed = frontier.popleft()
        if closed and not any(still_open(t, g, words[2 * g], words[2 * g + 1]) for g in range(t.groups)):
            return False
        if len(seen) > bound:
            return None
        for letter in meaning.values():
            moved = _step(program, words, letter)
            if moved is not None:
                state = moved, closed or bool(t.letters[letter * layout.LETTER + layout.L_ENDS])
                if state not in seen:
                    seen.add(state)
                    frontier.append(state)
    return True


def _step(program: Program, words: tuple[int, ...], letter: int) -> tuple[int, ...] | None:
    """The words after a letter; None if it breaches a plain rule."""
    v = list(program.tables.start)
    v[layout.V_WORDS : layout.V_WORDS + len(words)] = words
    out: list[Row] = []
    step_plain(program.tables, letter, 0, layout.Case(v, [], [], [], []), out)
    return None if out else tuple(v[layout.V_WORDS : layout.V_WORDS + len(words)])
