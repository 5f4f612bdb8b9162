"""What can only be seen when all clocks and rules of a procedure stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.condition_checks import can_hold_on_nothing
from xiaoneng.packs.model import FieldLimit, RuleKind, UntilField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xiaoneng.packs.model import Clock, Ground, Rule
    from xiaoneng.packs.reading import Reading
    from xiaoneng.packs.selector import Selector, Selectors

MOST_CONDITIONS = 8
"""Distinct conditions on one event kind; the kernel looks each combination of them up in a table."""


def check_ids(clocks: tuple[Clock, ...], rules: tuple[Rule, ...], reading: Reading) -> None:
    """One id, one clock or rule; CLOCK.promised and CLOCK.extension are taken by findings."""
    taken = {clock.id for clock in clocks}
    derived = {f"{clock.id}.{word}" for clock in clocks for word in ("promised", "extension")}
    for group, ids in (("rules", [rule.id for rule in rules]), ("clocks", sorted(taken))):
        for name in ids:
            if group == "rules" and name in taken:
                reading.complain((group, name), "is the id of a clock too", "rename one of them", "XN-P063")
            if name in derived:
                wrong = f"is what findings about {name.rpartition('.')[0]} are called"
                reading.complain((group, name), wrong, "call it something else", "XN-P063")


def check_pending(
    clocks: tuple[Clock, ...], rules: tuple[Rule, ...], grounds: Mapping[str, Ground], reading: Reading
) -> None:
    """A not_while names one clock, response rule or ground."""
    answers = {rule.id for rule in rules if rule.kind is RuleKind.RESPONSE}
    for rule in rules:
        if rule.kind is not RuleKind.NOT_WHILE or not rule.pending:
            continue
        path = ("rules", rule.id, "pending")
        found = sum(rule.pending in ids for ids in ({clock.id for clock in clocks}, answers, set(grounds)))
        if not found:
            instead = "name a clock, a response rule or a ground"
            reading.complain(path, f"{rule.pending} is nothing that can be pending", instead, "XN-P076")
        elif found > 1:
            wrong = f"{rule.pending} is both a clock or rule and a ground"
            reading.complain(path, wrong, "rename one of them", "XN-P076")


def check_conditions(
    selectors: Selectors, clocks: tuple[Clock, ...], rules: tuple[Rule, ...], reading: Reading
) -> None:
    """Complain about an event kind on which the whole procedure puts too many distinct conditions."""
    asked: dict[str, set[str]] = {}
    for one in (*selectors, *_selected(clocks, rules)):
        if one.where is not None:
            asked.setdefault(one.kind, set()).add(one.where.source)
    for kind, conditions in sorted(asked.items()):
        if len(conditions) > MOST_CONDITIONS:
            wrong = f"{len(conditions)} distinct conditions are asked of it"
            instead = f"split the event kind; {MOST_CONDITIONS} is the most"
            reading.complain(("events", kind), wrong, instead, "XN-P036")


def _selected(clocks: tuple[Clock, ...], rules: tuple[Rule, ...]) -> Iterator[Selector]:
    for clock in clocks:
        yield from (*clock.starts, *clock.stops, *clock.restart)
        if clock.extension is not None:
            yield from clock.extension.by
    for rule in rules:
        yield from (*rule.source, *rule.target)


def check_lapses(clocks: tuple[Clock, ...], reading: Reading) -> None:
    """Refuse clocks whose lapses would start each other for ever without any new fact."""
    follows = {clock.id: [other.id for other in clocks if _starts(clock, other)] for clock in clocks}
    for clock in clocks:
        if clock.id in _after(clock.id, follows):
            wrong = "lapses for ever: what it deems starts it again"
            instead = "say `activations: first`, or start it from another event"
            reading.complain(("clocks", clock.id, "on_lapse"), wrong, instead, "XN-P064")


def _starts(clock: Clock, other: Clock) -> bool:
    """Whether the fact that a lapse deems can start another clock again and again."""
    reads = isinstance(other.limit, (FieldLimit, UntilField))
    if clock.on_lapse is None or other.on_lapse is None or other.first_only or reads:
        return False
    return any(
        one.kind == clock.on_lapse.deemed and (one.where is None or can_hold_on_nothing(one.where.tree))
        for one in other.starts
    )


def _after(clock: str, follows: Mapping[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    frontier = [clock]
    while frontier:
        for follower in follows[frontier.pop()]:
            if follower not in reached:
                reached.add(follower)
                frontier.append(follower)
    return reached
