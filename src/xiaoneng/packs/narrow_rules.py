"""Whether a local rule is narrower than the national rule of the same id.

Rules of order are proved by inclusion of their automata. For the others each check is the direction in which that kind
of rule finds more, with the reason beside it where it is not plain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaoneng.packs.alphabet import covers, same_events
from xiaoneng.packs.inclusion import Side, missed
from xiaoneng.packs.machines import order
from xiaoneng.packs.model import RuleKind
from xiaoneng.packs.narrow_clocks import Trouble
from xiaoneng.packs.narrow_limits import longer, words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaoneng.packs.automata import Automaton
    from xiaoneng.packs.model import Clock, Procedure, Rule, Span
    from xiaoneng.timing.calendar import Calendar


def rule_troubles(
    local: Rule, national: Rule, procedures: tuple[Procedure, Procedure], calendars: Sequence[Calendar]
) -> Iterator[Trouble]:
    """Everything that keeps a local rule from being narrower; `procedures` are the local and the national one."""
    ours, theirs = _automaton(local), _automaton(national)
    if ours is not None and theirs is not None:
        yield from _by_inclusion(local, national, (ours, theirs), procedures)
        if national.limit is not None:
            yield from _within(local, national, calendars)
    elif local.kind is not national.kind:
        wrong = f"is {local.kind}, the national rule {national.kind}"
        yield Trouble("kind", wrong, f"write {national.kind}, or add a rule of your own id", "XN-N020")
    else:
        yield from _by_parameters(local, national, procedures, calendars)


def _automaton(rule: Rule) -> Automaton | None:
    return None if rule.same else order(rule)


def _by_inclusion(
    local: Rule, national: Rule, automata: tuple[Automaton, Automaton], procedures: tuple[Procedure, Procedure]
) -> Iterator[Trouble]:
    ours, theirs = (
        Side(
            automaton=automaton,
            source=rule.source,
            target=rule.target,
            kinds=frozenset(procedure.events),
            per_case=rule.kind is RuleKind.INIT,
        )
        for rule, automaton, procedure in zip((local, national), automata, procedures, strict=True)
    )
    history = missed(theirs, ours)
    if history is not None:
        wrong = f"misses a national breach: {' → '.join(history)}"
        yield Trouble("", wrong, "write a rule that finds it too", "XN-N021")


def _within(local: Rule, national: Rule, calendars: Sequence[Calendar], key: str = "within") -> Iterator[Trouble]:
    if local.limit is None or national.limit is None:
        yield Trouble(key, "is gone", "keep the limit, or write a shorter one", "XN-N022")
        return
    rolls = _rolls(local.limit), _rolls(national.limit)
    why = longer(local.limit, national.limit, calendars, local_rolls=rolls[0], national_rolls=rolls[1])
    if why:
        yield Trouble(key, why, "write a limit that never ends later", "XN-N022")


def _rolls(span: Span) -> bool:
    """Limits of calendar days and months end on a working day, in rules too."""
    return isinstance(span, Limit) and span.kind not in {*HOUR_KINDS, LimitKind.WORKING_DAYS}


def _by_parameters(
    local: Rule, national: Rule, procedures: tuple[Procedure, Procedure], calendars: Sequence[Calendar]
) -> Iterator[Trouble]:
    match national.kind:
        case RuleKind.RESPONSE:
            # As a clock: more starts, fewer stops, no longer.
            yield from _wider("from", local, national)
            yield from _fewer("to", local, national)
            yield from _same(local, national)
            if national.limit is not None:
                yield from _within(local, national, calendars)
            elif local.limit is not None:
                wrong = "turns a duty that closing ends into a limit"
                yield Trouble("within", wrong, "add a rule of your own id for the limit", "XN-N022")
        case RuleKind.PRECEDENCE:
            # More that must be preceded, fewer that may precede, and at least as many.
            yield from _wider("to", local, national)
            yield from _fewer("from", local, national)
            yield from _same(local, national)
            if local.n < national.n:
                yield Trouble("n", f"is {local.n}", f"write {national.n} or more", "XN-N023")
            if national.limit is not None:
                yield from _within(local, national, calendars)
        case RuleKind.ABSENCE:
            yield from _wider("of", local, national)
            if local.n > national.n:
                yield Trouble("n", f"is {local.n}", f"write {national.n} or less", "XN-N023")
            if local.same not in ("", national.same):
                yield Trouble("same", f"is {local.same}", "leave it out", "XN-N023")
        case RuleKind.DIFFERENT_HANDS:
            if not set(national.source) <= set(local.source):
                yield Trouble("of", "leaves out a national selector", "list every national one", "XN-N023")
        case RuleKind.SAME_HANDS:
            # The latest source is compared, so other sources would compare with somebody else.
            yield from _wider("to", local, national)
            if not same_events(local.source, national.source):
                yield Trouble("from", "names other events", "name the national ones", "XN-N023")
        case RuleKind.MINIMUM_GAP:
            # With more sources the latest one is nearer.
            yield from _wider("from", local, national)
            yield from _wider("to", local, national)
            yield from _gap(local, national)
        case RuleKind.RECORDED_LATE:
            yield from _wider("of", local, national)
            yield from _within(local, national, calendars, key="limit")
        case RuleKind.NOT_WHILE:
            yield from _wider("of", local, national)
            yield from _pending(local, national, *procedures)
        case _:
            # published_by; every kind of order was compared by inclusion.
            yield from _wider("from", local, national)
            yield from _fewer("to", local, national)
            if local.limit != national.limit:
                yield Trouble("by", "names another day", "write the national one", "XN-N022")


def _wider(key: str, local: Rule, national: Rule) -> Iterator[Trouble]:
    ours, theirs = (local.target, national.target) if key == "to" else (local.source, national.source)
    if not covers(ours, theirs):
        yield Trouble(key, "leaves out national events", "select every national one", "XN-N023")


def _fewer(key: str, local: Rule, national: Rule) -> Iterator[Trouble]:
    ours, theirs = (local.target, national.target) if key == "to" else (local.source, national.source)
    if not covers(theirs, ours):
        yield Trouble(key, "selects more than the national events", "select national ones only", "XN-N023")


def _same(local: Rule, national: Rule) -> Iterator[Trouble]:
    if national.same not in ("", local.same):
        wrong = f"is {local.same or 'left out'}, so that events of other matters answer"
        yield Trouble("same", wrong, f"write {national.same}", "XN-N023")


def _gap(local: Rule, national: Rule) -> Iterator[Trouble]:
    ours, theirs = local.limit, national.limit
    if not isinstance(ours, Limit) or not isinstance(theirs, Limit) or ours.kind != theirs.kind or ours.n < theirs.n:
        wrong = f"{words(ours) if ours else 'nothing'} is not at least the national gap"
        yield Trouble("gap", wrong, "write a gap of the same kind, no smaller", "XN-N022")


def _pending(local: Rule, national: Rule, ours: Procedure, theirs: Procedure) -> Iterator[Trouble]:
    """What is pending nationally must be pending here: the same clock, rule or ground, pending no shorter."""
    name = national.pending
    if local.pending != name:
        yield Trouble("pending", f"is {local.pending}", f"write {name}", "XN-N024")
        return
    mine, yours = (next((one for one in side.clocks if one.id == name), None) for side in (ours, theirs))
    why = ""
    if mine is not None and yours is not None and mine.on_lapse is not None:
        held = all(_same_ground(name, ours, theirs) for name in mine.off_clock)
        if not held or _lapsing(mine) != _lapsing(yours):
            why = "may lapse at another time, and is then no longer pending"
    elif name in theirs.grounds and not _same_ground(name, ours, theirs):
        why = "opens or closes at other events"
    if why:
        yield Trouble("pending", f"{name} {why}", "leave what is pending as the national pack has it", "XN-N024")


def _lapsing(clock: Clock) -> tuple[object, ...]:
    """All that decides when a clock lapses."""
    extension = replace(clock.extension, cite=()) if clock.extension is not None else None
    return (clock.limit, clock.roll, frozenset(clock.off_clock), extension, frozenset(clock.restart))


def _same_ground(name: str, ours: Procedure, theirs: Procedure) -> bool:
    mine, yours = ours.grounds.get(name), theirs.grounds.get(name)
    return (
        mine is not None
        and yours is not None
        and mine.cap == yours.cap
        and same_events(mine.opens, yours.opens)
        and same_events(mine.closes, yours.closes)
    )
