"""Who had a case in hand while a clock ran, so that a delay is attributed to whoever held it.

A hold runs as time off the clock does: the day on which it opens still belongs to whoever had the case before, the day on
which it closes to the holder. Several may hold a case at once; each then has the whole of that time, so that shares can
add up to more than the clock has run. What nobody held is the share of whoever leads the case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.model import Binds
from xiaoneng.supervise.conditions import local_date, say
from xiaoneng.supervise.encode import zone_of
from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.story import selected, tell_case
from xiaoneng.supervise.verdict import Deemed
from xiaoneng.timing.arithmetic import office_before, working_index
from xiaoneng.timing.dates import to_day
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS, MIDNIGHT, local_time, second_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Clock, Procedure, Selectors
    from xiaoneng.supervise.story import CaseStory, ClockStory
    from xiaoneng.supervise.verdict import Moment, Verdict
    from xiaoneng.timing.calendar import Calendar

LEAD = ""
"""The holder of what nobody else held."""
Spans = list[tuple[int, int]]
COUNTED_AS = {LimitKind.MONTHS: LimitKind.CALENDAR_DAYS, LimitKind.YEARS: LimitKind.CALENDAR_DAYS}


@dataclass(frozen=True, slots=True)
class Share:
    """How long one holder (`LEAD`: nobody else) had the case: `amount` in all, `late` of it after the due moment."""

    holder: str
    amount: int
    late: int


@dataclass(frozen=True, slots=True)
class Holding:
    """One activation of a clock and who had the case meanwhile, time off the clock left out; the lead's share comes last.

    Amounts are days of the clock's own kind (calendar days for months, years and dates), or seconds of its hours.
    """

    clock: str
    activation: str
    kind: LimitKind
    amount: int
    late: int
    shares: tuple[Share, ...]


def holdings(
    procedure: Procedure, events: Sequence[Event], calendar: Calendar, now: dt.datetime, *, complete: bool = False
) -> tuple[Holding, ...]:
    """Attribute the time of each activation of each clock that binds the agency; none where no hold is declared."""
    verdict = supervise(procedure, events, calendar, now, complete=complete)
    return attributed(verdict, tell_case(verdict, calendar, now), calendar, now)


def attributed(verdict: Verdict, story: CaseStory, calendar: Calendar, now: dt.datetime) -> tuple[Holding, ...]:
    """Attribute the time of a case that is judged and told already."""
    procedure = verdict.program.procedure
    clocks = {clock.id: clock for clock in procedure.clocks if clock.binds is Binds.AGENCY}
    told = [(clocks.get(one.id.removesuffix(".promised")), one) for one in story.clocks if procedure.holds]
    return tuple(_Measure(verdict, calendar, now, one).attribute(clock) for clock, one in told if clock is not None)


class _Measure:
    """One activation, in the coordinates of its own kind of time."""

    def __init__(self, verdict: Verdict, calendar: Calendar, now: dt.datetime, told: ClockStory) -> None:
        kind = told.limit.kind if told.limit is not None else LimitKind.CALENDAR_DAYS
        self.kind = COUNTED_AS.get(kind, kind)
        self.verdict, self.calendar, self.told = verdict, calendar, told
        self.zone = zone_of(verdict.program.procedure.zone)
        lapsed = any((one.clock, one.activation) == (told.id, told.activation) for one in verdict.deemed)
        self.start = self.place(told.start)
        self.due = self.place(told.due) if told.due is not None else None
        self.now = self.place(now)
        ended = told.due if lapsed else told.stopped
        self.end = max(self.start, self.place(ended) if ended is not None else self.now)

    def place(self, at: Moment) -> int:
        """Working days so far, the day, or the seconds (of office time) so far."""
        table = (self.calendar.prefix, self.calendar.first_day)
        if self.kind not in HOUR_KINDS:
            day = to_day(local_date(at, self.zone))
            return working_index(*table, day) if self.kind == LimitKind.WORKING_DAYS else day
        instant = at if isinstance(at, dt.datetime) else dt.datetime.combine(at, MIDNIGHT, self.zone)
        if self.kind == LimitKind.ELAPSED_HOURS:
            return int(instant.timestamp())
        local = local_time(instant, self.calendar)
        office = (self.calendar.hours, self.calendar.per_day)
        return office_before(*table, *office, to_day(local.date()), second_of_day(local))

    def attribute(self, clock: Clock) -> Holding:
        grounds = [self.verdict.program.procedure.grounds[name] for name in clock.off_clock]
        off: Spans = []
        for ground in grounds:
            unit = 3600 if ground.cap is not None and ground.cap.kind in HOUR_KINDS else 1
            for first, last, _ in self.between(ground.opens, ground.closes):
                off.append((first, last if ground.cap is None else min(last, first + ground.cap.n * unit)))
        held: dict[str, Spans] = {}
        for hold in self.verdict.program.procedure.holds:
            for first, last, holder in self.between(hold.opens, hold.closes, hold.same, hold.by):
                held.setdefault(holder or hold.name.zh, []).append((first, last))
        others: Spans = [span for spans in held.values() for span in spans]
        shares = [Share(holder, *self.measure(spans, off)) for holder, spans in held.items()]
        whole: Spans = [(self.start, self.end)]
        lead = Share(LEAD, *self.measure(whole, off + others))
        shares = [*sorted((one for one in shares if one.amount), key=lambda one: -one.amount), lead]
        told = self.told
        return Holding(told.id, told.activation, self.kind, *self.measure(whole, off), tuple(shares))

    def between(
        self, opens: Selectors, closes: Selectors, same: str = "", by: str = ""
    ) -> Iterable[tuple[int, int, str]]:
        """Intervals from an opening to its closing, or to the present, with what the opening says in `by`."""
        running: dict[str, tuple[int, str]] = {}
        for member in self.verdict.sequence:
            if selected(self.verdict, closes, member):
                for key in [key for key in running if not same or key == self.said(member, same)]:
                    first, holder = running.pop(key)
                    yield first, self.place(member.occurred), holder
            if selected(self.verdict, opens, member):
                holder = self.said(member, by)
                running.setdefault(self.said(member, same) if same else holder, (self.place(member.occurred), holder))
        yield from ((first, self.now, holder) for first, holder in running.values())

    def said(self, member: Event | Deemed, field: str) -> str:
        value = None if not field or isinstance(member, Deemed) else say(member, (field,), self.zone)
        return "" if value is None else str(value)

    def measure(self, spans: Spans, without: Spans) -> tuple[int, int]:
        """What the activation has of the union of spans without others: in all, and after the due moment."""
        late = self.end if self.due is None else max(self.due, self.start)
        return _length(spans, without, self.start, self.end), _length(spans, without, late, self.end)


def _length(spans: Spans, without: Spans, start: int, end: int) -> int:
    """Length of (start, end] that lies in one of the spans and in none of the others."""
    edges = sorted({start, end, *(x for span in spans + without for x in span if start < x < end)})
    return sum(
        b - a
        for a, b in zip(edges, edges[1:], strict=False)
        if b <= end and any(s <= a < e for s, e in spans) and not any(s <= a < e for s, e in without)
    )
