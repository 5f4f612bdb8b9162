"""Rules over one or two events, and the rules of order with `within`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.model import RuleKind

from .clocks import Breach, clock_of, clocks_of, intervals_of, kind_of, place_of, run
from .conditions import matches
from .days import HOUR, HOUR_KINDS, ROLLED_KINDS, Days, Place, after, between, counted, late

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xiaoneng.packs.model import Procedure, Rule
    from xiaoneng.timing.limit import Limit

    from .facts import Fact
    from .plain import Case


def limit_of(rule: Rule) -> Limit:
    limit: Limit = rule.limit  # type: ignore[assignment]  # these rules take no other span
    return limit


def due_from(fact: Fact, limit: Limit, days: Days) -> Place:
    """The due of a limit counted from an event: days of the calendar, months and years are rolled."""
    kind = kind_of(limit)
    return counted(days, kind, place_of(fact, kind), limit.n, roll=kind in ROLLED_KINDS)


def answers_late(rule: Rule, first: Fact, second: Fact, days: Days) -> bool:
    kind = kind_of(limit_of(rule))
    return late(days, kind, place_of(second, kind), due_from(first, limit_of(rule), days))


def point_breaches(rule: Rule, case: Case, procedure: Procedure, days: Days, now: datetime) -> list[Breach]:
    seq = case.sequence
    if rule.kind is RuleKind.CHAIN_RESPONSE:
        return [one for s in case.where(rule.source) for one in chain_within(rule, case, s, days, now)]

    def broken(i: int) -> bool:
        match rule.kind:
            case RuleKind.PRECEDENCE:
                return precedence_within(rule, case, i, days)
            case RuleKind.DIFFERENT_HANDS:
                return different_hands(rule, seq, i)
            case RuleKind.SAME_HANDS:
                return same_hands(rule, case, i)
            case RuleKind.MINIMUM_GAP:
                return minimum_gap(rule, case, i, days)
            case RuleKind.NOT_WHILE:
                return not_while(rule, case, i, procedure, days)
            case RuleKind.RECORDED_LATE:
                return recorded_late(rule, seq[i], days)
            case RuleKind.WITHIN_LIST | RuleKind.NOT_ABOVE | RuleKind.CREDENTIAL_VALID:
                return matches(rule.source, seq[i])
        raise AssertionError(rule.kind)

    return [(rule.id, seq[i].id, seq[i].moment, None) for i in range(len(seq)) if broken(i)]


def chain_within(rule: Rule, case: Case, s: int, days: Days, now: datetime) -> list[Breach]:
    seq, kind = case.sequence, kind_of(limit_of(rule))
    due = due_from(seq[s], limit_of(rule), days)
    today: Place = now if kind in HOUR_KINDS else days.local(now).date()
    since: Place
    until: Place | None = None
    if s + 1 < len(seq):
        if not matches(rule.target, seq[s + 1]):
            since = seq[s + 1].moment
        elif answers_late(rule, seq[s], seq[s + 1], days):
            since, until = after(kind, due), seq[s + 1].moment
        else:
            return []
    elif case.closing is not None:
        since = case.closing_moment(s)
    elif late(days, kind, today, due):
        since = after(kind, due)
    else:
        return []
    return [(rule.id, seq[s].id, since, until)]


def precedence_within(rule: Rule, case: Case, t: int, days: Days) -> bool:
    if not matches(rule.target, case.sequence[t]):
        return False
    earlier = [s for s in case.where(rule.source) if s < t]
    return not earlier or answers_late(rule, case.sequence[earlier[-1]], case.sequence[t], days)


def different_hands(rule: Rule, seq: Sequence[Fact], i: int) -> bool:
    if not seq[i].actor:
        return False
    return any(
        matches((mine,), seq[i]) and matches((other,), fact) and fact.actor == seq[i].actor
        for mine in rule.source
        for other in rule.source
        if mine is not other
        for fact in seq[:i]
    )


def same_hands(rule: Rule, case: Case, t: int) -> bool:
    fact = case.sequence[t]
    if not matches(rule.target, fact) or not fact.actor:
        return False
    actors = [case.sequence[s].actor for s in case.where(rule.source) if s < t and case.sequence[s].actor]
    return bool(actors) and actors[-1] != fact.actor


def minimum_gap(rule: Rule, case: Case, t: int, days: Days) -> bool:
    if not matches(rule.target, case.sequence[t]):
        return False
    earlier = [s for s in case.where(rule.source) if s < t]
    if not earlier:
        return False
    limit, kind = limit_of(rule), kind_of(limit_of(rule))
    first, second = place_of(case.sequence[earlier[-1]], kind), place_of(case.sequence[t], kind)
    if kind in ("months", "years"):
        return second < counted(days, kind, first, limit.n)
    gap = limit.n * HOUR if kind in HOUR_KINDS else limit.n
    return between(days, kind, first, second) < gap


def not_while(rule: Rule, case: Case, i: int, procedure: Procedure, days: Days) -> bool:
    """Whether what the rule names is pending just before event i."""
    fact, before = case.sequence[i], case.sequence[:i]
    if not matches(rule.source, fact):
        return False
    if rule.pending in procedure.grounds:
        intervals = intervals_of(procedure.grounds[rule.pending], before)
        return any(interval.closed is None for interval in intervals)
    for clock in clocks_of(procedure):
        if clock.id == rule.pending:
            done = run(clock, before, procedure.grounds, days, fact.day)
            return any(activation.pending for activation in done.activations)
    [named] = [other for other in procedure.rules if other.id == rule.pending]
    clock_rule = clock_of(named)
    if clock_rule is not None:
        return any(activation.pending for activation in run(clock_rule, before, {}, days).activations)
    sources = [s for s in case.where(named.source) if s < i]
    targets = [t for t in case.where(named.target) if t < i]

    def alike(s: int, t: int) -> bool:
        return not named.same or before[s].value(named.same) == before[t].value(named.same)

    return any(not any(t > s and alike(s, t) for t in targets) for s in sources)


def recorded_late(rule: Rule, fact: Fact, days: Days) -> bool:
    if not matches(rule.source, fact) or fact.recorded_at is None:
        return False
    limit, kind = limit_of(rule), kind_of(limit_of(rule))
    recorded: Place = fact.recorded_at if kind in HOUR_KINDS else days.local(fact.recorded_at).date()
    return late(days, kind, recorded, due_from(fact, limit, days))
