"""Where only our append number orders two events, and the other order would change the verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaoneng.journal.order import ties
from xiaoneng.supervise.findings import REPORTS, Reporter, judged_sequence
from xiaoneng.supervise.layout import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.supervise.program import Program
    from xiaoneng.supervise.sink import Row
    from xiaoneng.supervise.verdict import Finding

MOST_SWAPS = 64
"""Pairs of one case that are tried; with more, every finding about an event of a pair is marked unseen."""


def mark_unordered(
    reporter: Reporter,
    events: Sequence[Event],
    facts: Facts,
    findings: list[Finding],
    judge: Callable[[Facts], list[Row]],
) -> tuple[list[Finding], frozenset[str]]:
    """Mark the findings that do not survive the swap of a pair, and name the rules that gain one."""
    pairs = [i for i in ties(events, reporter.zone) if not _alike(reporter.program, facts, i)]
    if not pairs:
        return findings, frozenset()
    if len(pairs) > MOST_SWAPS:
        tied = {events[i + j].id for i in pairs for j in (0, 1)}
        return [replace(one, order_unknown=not tied.isdisjoint(one.evidence)) for one in findings], frozenset()
    doubtful: set[object] = set()
    decides: set[str] = set()
    known = {_gist(finding): finding for finding in findings}
    for i in pairs:
        swapped = list(events)
        swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
        rows = judge(_swap(facts, i))
        other = Reporter(
            reporter.program,
            reporter.subject,
            judged_sequence(reporter.program, swapped, rows, reporter.zone),
            reporter.zone,
            reporter.calendar,
            reporter.editions,
        )
        found = {_gist(other.finding(row)) for row in rows if row[0] in REPORTS}
        doubtful |= known.keys() - found
        decides |= {gist[0] for gist in found - known.keys()}
    marked = [replace(one, order_unknown=True) if _gist(one) in doubtful else one for one in findings]
    return marked, frozenset(decides)


def _gist(finding: Finding) -> tuple[str, str, object, object]:
    return finding.rule, finding.activation, finding.since, finding.until


def _alike(program: Program, facts: Facts, i: int) -> bool:
    """Whether two neighbours say the same to every rule and clock: their order decides only which of them is named."""
    return (
        program.meanings[facts.letter[i]] == program.meanings[facts.letter[i + 1]]
        and facts.at[i] == facts.at[i + 1]
        and all(column[i] == column[i + 1] for column in facts.slots)
    )


def _swap(facts: Facts, i: int) -> Facts:
    columns = [list(column) for column in (facts.letter, facts.day, facts.at, *facts.slots)]
    for column in columns:
        column[i], column[i + 1] = column[i + 1], column[i]
    return Facts(columns[0], columns[1], columns[2], columns[3:])
