"""The verdict: every rule and clock over the sequence, once in judging order and once for each unordered pair."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from xiaoneng.packs.model import RuleKind

from .clocks import Breach, breaches_of, clock_of, clocks_of, is_past, kind_of, run
from .days import HOUR_KINDS, Days, Place
from .facts import Fact, judged_facts, unordered
from .lapses import Deemed, with_deemed
from .plain import case_of, plain_breaches
from .points import point_breaches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Procedure

PLAIN = (
    RuleKind.INIT, RuleKind.EXISTENCE, RuleKind.ABSENCE, RuleKind.EXACTLY, RuleKind.RESPONSE,
    RuleKind.ALTERNATE_RESPONSE, RuleKind.CHAIN_RESPONSE, RuleKind.PRECEDENCE, RuleKind.ALTERNATE_PRECEDENCE,
    RuleKind.CHAIN_PRECEDENCE, RuleKind.RESPONDED_EXISTENCE, RuleKind.CO_EXISTENCE, RuleKind.NOT_CO_EXISTENCE,
    RuleKind.SUCCESSION, RuleKind.NOT_SUCCESSION,
)  # fmt: skip


@dataclass
class OracleVerdict:
    """Breaches (rule, activation, since, until), deemed facts (kind, due day, effective day), and what still runs."""

    findings: list[Breach]
    deemed: list[Deemed]
    due: dict[str, list[tuple[str, Place | None]]]
    """Of each clock the activations that run at now, not expired; due None while an open ground holds it."""
    order_unknown: set[Breach] = field(default_factory=set)
    order_decides: set[str] = field(default_factory=set)
    """What changes with the order of a pair, where more than the name of the event changes."""
    order_may_be_unknown: set[Breach] = field(default_factory=set)
    order_may_decide: set[str] = field(default_factory=set)
    """The same of every pair, also of those that say the same to every rule and clock."""


def judge(
    procedure: Procedure,
    events: Sequence[Event],
    calendar: Days,
    now: datetime,
    complete: bool = False,  # noqa: FBT002  # reads best at the call
) -> OracleVerdict:
    """Judge one case; `now` is aware."""
    now = now.astimezone(UTC)
    facts = judged_facts(events, procedure.events, calendar)
    verdict = judge_as_ordered(procedure, facts, calendar, now, complete=complete)
    findings = set(verdict.findings)
    for i in range(len(facts) - 1):
        a, b = facts[i], facts[i + 1]
        if not unordered(a, b):
            continue
        swapped = set(
            judge_as_ordered(procedure, [*facts[:i], b, a, *facts[i + 2 :]], calendar, now, complete=complete).findings
        )
        lost, gained = findings - swapped, {rule for rule, *_ in swapped - findings}
        verdict.order_may_be_unknown |= lost
        verdict.order_may_decide |= gained
        renamed = [*facts[:i], under_the_name_of(b, a), under_the_name_of(a, b), *facts[i + 2 :]]
        if set(judge_as_ordered(procedure, renamed, calendar, now, complete=complete).findings) != findings:
            verdict.order_unknown |= lost
            verdict.order_decides |= gained
    return verdict


def under_the_name_of(fact: Fact, other: Fact) -> Fact:
    """What one event says, as if the other had said it."""
    return replace(fact, id=other.id, moment=other.moment)


def judge_as_ordered(
    procedure: Procedure, facts: Sequence[Fact], days: Days, now: datetime, *, complete: bool
) -> OracleVerdict:
    today = days.local(now).date()
    sequence, deemed = with_deemed(procedure, facts, days, today)
    case = case_of(sequence, procedure.ends, complete=complete)
    found: list[Breach] = []
    due: dict[str, list[tuple[str, Place | None]]] = {}
    rule_clocks = [clock for rule in procedure.rules if (clock := clock_of(rule)) is not None]
    for clock in [*clocks_of(procedure), *rule_clocks]:
        done = run(clock, sequence, procedure.grounds, days, today)
        kind = kind_of(clock.limit)
        present = now if kind in HOUR_KINDS else today
        found += breaches_of(done, present)
        due[clock.id] = [
            (activation.fact.id, end)
            for activation, end in zip(done.activations, done.dues, strict=True)
            if activation.pending and not is_past(done, activation, present)
        ]
    for rule in procedure.rules:
        if clock_of(rule) is not None:
            continue
        if rule.kind in PLAIN and rule.limit is None:
            found += plain_breaches(rule, case)
        else:
            found += point_breaches(rule, case, procedure, days, now)
    return OracleVerdict(sorted(set(found), key=repr), deemed, due)
