"""Rules of order, each a transcription of its row in the table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from xiaoneng.packs.model import RuleKind

from .conditions import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.packs.model import Rule
    from xiaoneng.packs.selector import Selectors

    from .clocks import Breach
    from .days import Place
    from .facts import Fact


@dataclass(frozen=True)
class Case:
    """The judged sequence; `closing` is the index of the event that closes it, None while it is open."""

    sequence: Sequence[Fact]
    closing: int | None

    def where(self, selectors: Selectors) -> list[int]:
        return [i for i, fact in enumerate(self.sequence) if matches(selectors, fact)]

    def closing_moment(self, activation: int) -> Place:
        assert self.closing is not None
        return self.sequence[max(self.closing, activation)].moment


def case_of(sequence: Sequence[Fact], ends: Selectors, *, complete: bool) -> Case:
    ending = [i for i, fact in enumerate(sequence) if matches(ends, fact)]
    if ending:
        return Case(sequence, ending[0])
    return Case(sequence, len(sequence) - 1 if complete and sequence else None)


def plain_breaches(rule: Rule, case: Case) -> list[Breach]:
    """Breaches of a rule without `within`."""
    if not case.sequence:
        return []
    seq = case.sequence
    source, target = case.where(rule.source), case.where(rule.target)
    breaches: list[Breach] = []

    def at_once(indexes: Sequence[int]) -> None:
        breaches.extend((rule.id, seq[i].id, seq[i].moment, None) for i in indexes)

    def at_closing(indexes: Sequence[int]) -> None:
        if case.closing is not None:
            breaches.extend((rule.id, seq[i].id, case.closing_moment(i), None) for i in indexes)

    def found_at(pairs: Sequence[tuple[int, int]]) -> None:
        breaches.extend((rule.id, seq[i].id, seq[j].moment, None) for i, j in pairs)

    def alike(i: int, j: int) -> bool:
        return not rule.same or seq[i].value(rule.same) == seq[j].value(rule.same)

    unanswered = [s for s in source if not any(t > s and alike(s, t) for t in target)]
    without_cause = [t for t in target if len([s for s in source if s < t and alike(s, t)]) < 1]

    match rule.kind:
        case RuleKind.INIT:
            at_once([0] if 0 not in source else [])
        case RuleKind.EXISTENCE:
            at_closing([0] if len(source) < rule.n else [])
        case RuleKind.ABSENCE:
            at_once([s for s in source if len([r for r in source if r <= s and alike(r, s)]) >= rule.n])
        case RuleKind.EXACTLY:
            at_once(source[rule.n :])
            at_closing([0] if len(source) < rule.n else [])
        case RuleKind.RESPONSE:
            at_closing(unanswered)
        case RuleKind.ALTERNATE_RESPONSE:
            found_at([(s, r) for s, r in pairwise(source) if not any(s < t <= r for t in target)])
            at_closing([s for s in source[-1:] if not any(t > s for t in target)])
        case RuleKind.CHAIN_RESPONSE:
            found_at([(s, s + 1) for s in source if s + 1 < len(seq) and s + 1 not in target])
            at_closing([s for s in source if s + 1 == len(seq)])
        case RuleKind.PRECEDENCE:
            at_once([t for t in target if len([s for s in source if s < t and alike(s, t)]) < rule.n])
        case RuleKind.ALTERNATE_PRECEDENCE:
            since = {t: max([r for r in target if r < t], default=0) for t in target}
            at_once([t for t in target if not any(since[t] <= s < t for s in source)])
        case RuleKind.CHAIN_PRECEDENCE:
            at_once([t for t in target if t - 1 not in source])
        case RuleKind.RESPONDED_EXISTENCE:
            at_closing(source if not target else [])
        case RuleKind.CO_EXISTENCE:
            at_closing(source if not target else [])
            at_closing(target if not source else [])
        case RuleKind.NOT_CO_EXISTENCE:
            at_once([max(source[0], target[0])] if source and target else [])
        case RuleKind.SUCCESSION:
            at_once(without_cause)
            at_closing(unanswered)
        case RuleKind.NOT_SUCCESSION:
            at_once([t for t in target if any(s < t for s in source)])
        case _:
            raise AssertionError(rule.kind)
    return breaches
