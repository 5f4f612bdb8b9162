"""Whether two events say the same to every rule and clock, so that their order decides only which of them is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xiaoneng.packs.model import FieldLimit, RuleKind, UntilField

from .clocks import clock_of, kind_of
from .conditions import holds, matches
from .days import HOUR_KINDS, between

if TYPE_CHECKING:
    from xiaoneng.packs.model import Clock, Procedure, Rule

    from .days import Days
    from .facts import Fact


def alike(procedure: Procedure, days: Days, a: Fact, b: Fact) -> bool:
    return meaning(procedure, days, a) == meaning(procedure, days, b)


def meaning(procedure: Procedure, days: Days, fact: Fact) -> list[Any]:
    """Everything that any part of the procedure asks of an event, with the answers."""
    found: list[Any] = [matches(procedure.ends, fact)]
    used = {name for clock in procedure.clocks for name in clock.off_clock} | {rule.pending for rule in procedure.rules}
    for name in sorted(used & procedure.grounds.keys()):
        ground = procedure.grounds[name]
        found += [matches(ground.opens, fact), matches(ground.closes, fact)]
    for clock in procedure.clocks:
        found += for_clock(clock, fact)
    for rule in procedure.rules:
        found += for_rule(rule, fact, days)
    spans = [clock.limit for clock in procedure.clocks] + [rule.limit for rule in procedure.rules if rule.limit]
    kinds = {kind_of(span) for span in spans}
    if "elapsed_hours" in kinds:
        found.append(fact.instant)
    if "working_hours" in kinds:
        found.append(between(days, "working_hours", days.midnight(fact.day), fact.instant))
    return found


def for_clock(clock: Clock, fact: Fact) -> list[Any]:
    starts, stops = matches(clock.starts, fact), matches(clock.stops, fact)
    found: list[Any] = [starts, stops, matches(clock.restart, fact)]
    if clock.same and (starts or stops):
        found.append(fact.value(clock.same))
    for limit in (clock.limit, clock.promised):
        if starts and isinstance(limit, FieldLimit | UntilField):
            found.append(fact.value(limit.field))
    if clock.extension is not None and matches(clock.extension.by, fact):
        lawful = clock.extension.lawful
        found += ["extends", lawful is None or holds(lawful, fact), fact.value(clock.extension.granted)]
    return found


def for_rule(rule: Rule, fact: Fact, days: Days) -> list[Any]:
    found: list[Any] = [matches((selector,), fact) for selector in rule.source] + [matches(rule.target, fact)]
    if rule.kind is not RuleKind.DIFFERENT_HANDS:
        found = [matches(rule.source, fact), matches(rule.target, fact)]
    if not any(found):
        return found
    clock = clock_of(rule)
    if clock is not None:
        return for_clock(clock, fact)
    if rule.same:
        found.append(fact.value(rule.same))
    if rule.kind in (RuleKind.DIFFERENT_HANDS, RuleKind.SAME_HANDS):
        found.append(fact.actor)
    if rule.kind is RuleKind.RECORDED_LATE and fact.recorded_at is not None:
        in_hours = rule.limit is not None and kind_of(rule.limit) in HOUR_KINDS
        found.append(fact.recorded_at if in_hours else days.local(fact.recorded_at).date())
    return found
