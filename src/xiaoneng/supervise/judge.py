"""supervise: facts, effective law, calendar and the present instant in; findings, running clocks and wake-up out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.journal.effective import effective
from xiaoneng.journal.order import in_order
from xiaoneng.supervise import layout
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.encode import days_of, encode, present, zone_of
from xiaoneng.supervise.findings import REPORTS, Reporter, judged_sequence
from xiaoneng.supervise.fold import judge_case
from xiaoneng.supervise.layout import MISSING, Days, Facts, Present
from xiaoneng.supervise.readings import read_clocks
from xiaoneng.supervise.slots import SlotKind
from xiaoneng.supervise.unordered import mark_unordered
from xiaoneng.supervise.verdict import Deemed, Editions, Finding, Verdict

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Procedure
    from xiaoneng.supervise.program import Program
    from xiaoneng.supervise.sink import Row
    from xiaoneng.timing.calendar import Calendar


OWING = (layout.RUNNING, layout.HELD, layout.WAITING)


class Rows:
    """What one run of the kernel wrote: rows, the final variables, and activations counted."""

    __slots__ = ("out", "tally", "v")

    def __init__(self, program: Program) -> None:
        self.out: list[Row] = []
        self.v: list[int] = list(program.tables.start)
        self.tally: list[int] = [0] * len(program.provisions)


@dataclass(slots=True)
class OpenCase:
    """A case ready to be judged: its events in order and as columns, the calendar and the present."""

    program: Program
    zone: ZoneInfo
    events: list[Event]
    unknown: tuple[Event, ...]
    facts: Facts
    keys: int
    days: Days
    now: Present
    complete: bool

    def run(self, facts: Facts) -> Rows:
        """Put columns through the kernel in plain Python."""
        rows = Rows(self.program)
        t = self.program.tables
        rows.v[layout.V_KEYS] = self.keys
        case = layout.Case(rows.v, [0] * (self.keys * t.columns), [], [], [])
        judge_case(t, self.days, facts, 0, len(facts.letter), self.now, int(self.complete), case, rows.out, rows.tally)
        return rows

    def judge_next(self, letter: int | None, actor: str = "") -> list[Row]:
        """Rows if one more event with this letter happened at the present, saying nothing else; None for no more event."""
        if letter is None:
            return self.run(self.facts).out
        saying = [MISSING] * len(self.program.slots)
        t = self.program.tables
        if t.office >= 0:
            saying[t.office] = self.now.office
        for place, slot in enumerate(self.program.slots):
            if slot.kind in (SlotKind.ACTOR, SlotKind.KEY):
                saying[place] = self.actor(actor) if slot.kind is SlotKind.ACTOR else 0
        facts = self.facts
        longer = Facts(
            [*facts.letter, letter],
            [*facts.day, self.now.day],
            [*facts.at, self.now.at],
            [[*column, said] for column, said in zip(facts.slots, saying, strict=True)],
        )
        return self.run(longer).out

    def actor(self, name: str) -> int:
        """Number of an actor within the case; 0 for somebody who has done nothing in it."""
        column = self.facts.slots[self.program.tables.actor]
        return next((column[i] for i, event in enumerate(self.events) if name and event.actor == name), 0)


def open_case(
    procedure: Procedure, events: Sequence[Event], calendar: Calendar, now: dt.datetime, *, complete: bool = False
) -> OpenCase:
    """Order and encode a case; raises CalendarNotCovered where days off matter and an event lies outside the calendar."""
    program = program_of(procedure)
    zone = zone_of(procedure.zone)
    ordered = in_order(effective(events), zone)
    judged = [event for event in ordered if event.kind in procedure.events]
    unknown: tuple[Event, ...] = ()
    if len(judged) < len(ordered):
        unknown = tuple(event for event in ordered if event.kind not in procedure.events)
    facts, keys = encode(program, judged, zone, calendar)
    if program.calendar and judged:
        calendar.require(min(facts.day))
        calendar.require(max(facts.day))
    days = days_of(calendar, procedure.zone, midnights=bool(program.tables.lapses))
    return OpenCase(program, zone, judged, unknown, facts, keys, days, present(now, zone, calendar), complete)


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
        events: every event of the subject, corrections included, in any order; all are judged, whatever `now` is.
        calendar: the working calendar of the procedure's place.
        now: aware instant of judging: what is running, late or lapsed is so at this instant.
        complete: nothing more will come, so the case is closed after its last event.

    Raises:
        CalendarNotCovered: an event lies outside the calendar although days off matter.
    """
    case = open_case(procedure, events, calendar, now, complete=complete)
    program = case.program
    rows = case.run(case.facts)
    sequence = judged_sequence(program, case.events, rows.out, case.zone) if program.tables.lapses else case.events
    require_lapses(rows.out, calendar)
    subject = events[0].subject if events else ""
    editions = Editions(procedure.edition, calendar.edition)
    reporter = Reporter(program, subject, sequence, case.zone, calendar, editions)
    findings = [reporter.finding(row) for row in rows.out if row[0] in REPORTS]
    findings, decides = mark_unordered(reporter, case.events, case.facts, findings, lambda facts: case.run(facts).out)
    clocks, warnings, wake_at = read_clocks(reporter, rows.out, case.now)
    findings += warnings
    return Verdict(
        subject=subject,
        findings=tuple(sorted(findings, key=_by_moment)) if len(findings) > 1 else tuple(findings),
        clocks=clocks,
        deemed=tuple(member for member in sequence if isinstance(member, Deemed)),
        wake_at=wake_at,
        closed=bool(rows.v[layout.V_CLOSED]) or (complete and bool(case.events)),
        sequence=tuple(sequence),
        unknown=case.unknown,
        order_decides=decides,
        owed=frozenset(program.provisions[row[1]].id for row in rows.out if row[0] in OWING),
        program=program,
        words=tuple(rows.v[layout.V_WORDS : layout.V_WORDS + 2 * program.tables.groups]),
        activations=tuple(rows.tally),
    )


def require_lapses(rows: Sequence[Row], calendar: Calendar) -> None:
    """Refuse a fact that silence makes on a day that the calendar does not cover; raises CalendarNotCovered."""
    for what, _, _, _, due in rows:
        if what == layout.DEEMED:
            calendar.require(due + 1)


def _by_moment(finding: Finding) -> tuple[int, str, str]:
    return finding.since.toordinal(), finding.rule, finding.activation
