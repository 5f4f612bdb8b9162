"""From the kernel's rows to findings: positions become event ids, due moments become dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.supervise import layout
from xiaoneng.supervise.conditions import local_date
from xiaoneng.supervise.encode import EPOCH_ORDINAL, date_of, micros, midnight, moment_of, office_instant
from xiaoneng.supervise.ladder import level_of_breach
from xiaoneng.supervise.verdict import Deemed, Finding, FindingKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from xiaoneng.journal.event import Event
    from xiaoneng.supervise.program import Program, Provision
    from xiaoneng.supervise.sink import Row
    from xiaoneng.supervise.verdict import Editions, Moment
    from xiaoneng.timing.calendar import Calendar

REPORTS = frozenset((layout.BREACH, layout.CLOSED, layout.OVERDUE, layout.REFUSED, layout.LAPSED, layout.CHAIN))


def judged_sequence(
    program: Program, events: Sequence[Event], rows: Sequence[Row], zone: ZoneInfo
) -> list[Event | Deemed]:
    """Events with the deemed facts put where they stand."""
    sequence: list[Event | Deemed] = list(events)
    for what, code, position, cause, due in rows:
        if what == layout.DEEMED:
            clock = program.provisions[code].clock
            assert clock is not None
            assert clock.on_lapse is not None
            activation = sequence[cause].id
            name = f"deemed:{clock.id}:{activation}"
            before = local_date(sequence[position - 1].occurred, zone)
            stands = max(date_of(due + 1), before)
            fact = Deemed(name, clock.on_lapse.deemed, clock.id, activation, date_of(due), stands, position)
            sequence.insert(position, fact)
    return sequence


class Reporter:
    """Builds the findings of one case."""

    def __init__(
        self,
        program: Program,
        subject: str,
        sequence: Sequence[Event | Deemed],
        zone: ZoneInfo,
        calendar: Calendar,
        editions: Editions,
    ) -> None:
        self.program = program
        self.subject = subject
        self.sequence = sequence
        self.zone = zone
        self.calendar = calendar
        self.editions = editions

    def finding(self, row: Row) -> Finding:
        """The finding that a reporting row stands for."""
        what, code, event, cause, due = row
        provision = self.program.provisions[code]
        since, until = self._moments(what, provision, event, cause, due)
        evidence = [self.sequence[event].id]
        if cause >= 0 and cause != event:
            evidence.append(self.sequence[cause].id)
        timed = what in (layout.OVERDUE, layout.LAPSED)
        return Finding(
            subject=self.subject,
            rule=provision.id,
            kind=FindingKind.BREACH,
            level=level_of_breach(self.program.procedure.ladder, provision),
            activation=evidence[0],
            since=since,
            until=until,
            evidence=tuple(evidence),
            provision=provision,
            editions=self.editions,
            due=self.due_moment(provision, due) if timed else None,
            reason=due if what == layout.REFUSED else 0,
            provisional=timed and self.provisional(provision, due),
        )

    def provisional(self, provision: Provision, due: int) -> bool:
        """Whether a due moment rests on a day whose holiday notice is not out."""
        return provision.time < layout.UNTIL and self.program.calendar and due > self.calendar.last_published

    def due_moment(self, provision: Provision, due: int) -> Moment:
        """A due moment as people say it: a date for days, an instant (UTC) for hours."""
        if provision.time == layout.ELAPSED:
            return moment_of(due)
        if provision.time == layout.OFFICE:
            return moment_of(office_instant(due, self.calendar, self.zone))
        return date_of(due)

    def passed_moment(self, provision: Provision, due: int) -> Moment:
        """The moment from which an activation is late: the next day for days, the instant itself for hours."""
        return self.due_moment(provision, due if provision.time >= layout.ELAPSED else due + 1)

    def _moments(
        self, what: int, provision: Provision, event: int, cause: int, due: int
    ) -> tuple[Moment, Moment | None]:
        if what == layout.OVERDUE:
            return self.passed_moment(provision, due), self.sequence[cause].occurred if cause >= 0 else None
        if what == layout.LAPSED:
            passed = self.passed_moment(provision, due)
            return passed, passed
        if what == layout.CLOSED:
            return self.sequence[max(cause, event)].occurred, None
        if what == layout.CHAIN:
            passed, closing = self.passed_moment(provision, due), self.sequence[max(cause, event)].occurred
            return (passed if self._earlier(passed, closing) else closing), None
        return self.sequence[cause].occurred, None

    def _earlier(self, one: Moment, other: Moment) -> bool:
        """Whether one moment comes before another; a date stands at its local midnight."""
        return self._instant(one) < self._instant(other)

    def _instant(self, moment: Moment) -> int:
        if isinstance(moment, dt.datetime):
            return micros(moment)
        return midnight(moment.toordinal() - EPOCH_ORDINAL, self.zone)
