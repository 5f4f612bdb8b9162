"""supervise: facts, effective law, calendar and the present instant in; findings, running clocks and wake-up out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.journal.effective import effective
from xiaoneng.journal.order import in_order
from xiaoneng.supervise import layout
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.encode import days_of, encode, present, zone_of
from xiaoneng.supervise.findings import REPORTS, Reporter, judged_sequence
from xiaoneng.supervise.fold import judge_case
from xiaoneng.supervise.readings import read_clocks
from xiaoneng.supervise.unordered import mark_unordered
from xiaoneng.supervise.verdict import Deemed, Editions, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Procedure
    from xiaoneng.supervise.layout import Facts, Present
    from xiaoneng.supervise.program import Program
    from xiaoneng.supervise.sink import Row
    from xiaoneng.timing.calendar import Calendar


class Rows:
    """What one run of the kernel wrote: rows, the final variables, and activations counted."""

    __slots__ = ("out", "tally", "v")

    def __init__(self, program: Program) -> None:
        self.out: list[Row] = []
        self.v: list[int] = list(program.tables.start)
        self.tally: list[int] = [0] * len(program.provisions)


def run(program: Program, facts: Facts, keys: int, days: layout.Days, now: Present, *, complete: bool) -> Rows:
    """One case through the kernel in plain Python."""
    rows = Rows(program)
    t = program.tables
    rows.v[layout.V_KEYS] = keys
    case = layout.Case(rows.v, [0] * (keys * t.columns), [], [], [])
    judge_case(t, days, facts, 0, len(facts.letter), now, int(complete), case, rows.out, rows.tally)
    return rows


def supervise(
    procedure: Procedure,
    events: Sequence[Event],
    calendar: Calendar,
    now: dt.datetime,
    *,
    complete: bool = False,
) -> Verdict:
    """Judge one case.

    Args:
        procedure: the effective procedure (see packs.select for choosing the version).
        events: every event of the subject, corrections included, in any order.
        calendar: the working calendar of the procedure's place.
        now: aware instant of judging; nothing later is considered to have happened.
        complete: nothing more will come, so the case is closed after its last event.

    Raises:
        CalendarNotCovered: an event lies outside the calendar although days off matter.
    """
    program = program_of(procedure)
    zone = zone_of(procedure.zone)
    known = procedure.events
    ordered = in_order(effective(events), zone)
    judged = [event for event in ordered if event.kind in known]
    unknown = () if len(judged) == len(ordered) else tuple(event for event in ordered if event.kind not in known)
    facts, keys = encode(program, judged, zone, calendar)
    if program.calendar and judged:
        calendar.require(min(facts.day))
        calendar.require(max(facts.day))
    days = days_of(calendar, procedure.zone, midnights=bool(program.tables.lapses))
    at = present(now, zone, calendar)
    rows = run(program, facts, keys, days, at, complete=complete)
    sequence = judged_sequence(program, judged, rows.out, zone) if program.tables.lapses else list(judged)
    subject = events[0].subject if events else ""
    editions = Editions(procedure.edition, calendar.edition)
    reporter = Reporter(program, subject, sequence, zone, calendar, editions)
    findings = [reporter.finding(row) for row in rows.out if row[0] in REPORTS]
    findings, decides = mark_unordered(
        reporter,
        judged,
        facts,
        zone,
        findings,
        lambda other: run(program, other, keys, days, at, complete=complete).out,
    )
    clocks, warnings, wake_at = read_clocks(reporter, rows.out, at)
    findings += warnings
    return Verdict(
        subject=subject,
        findings=tuple(sorted(findings, key=_by_moment)) if len(findings) > 1 else tuple(findings),
        clocks=clocks,
        deemed=tuple(member for member in sequence if isinstance(member, Deemed)),
        wake_at=wake_at,
        closed=bool(rows.v[layout.V_CLOSED]) or (complete and bool(judged)),
        sequence=tuple(sequence),
        unknown=unknown,
        order_decides=decides,
        program=program,
        words=tuple(rows.v[layout.V_WORDS : layout.V_WORDS + 2 * program.tables.groups]),
        activations=tuple(rows.tally),
    )


def _by_moment(finding: Finding) -> tuple[int, str, str]:
    return finding.since.toordinal(), finding.rule, finding.activation
