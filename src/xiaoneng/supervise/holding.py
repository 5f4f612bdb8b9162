"""Who had a case in hand while a clock ran, so that a delay is attributed to whoever held it.

A hold runs as time off the clock does: the day on which it opens still belongs to whoever had the case before, the day on
which it closes to the holder. Several may hold a case at once: each then has the whole of that time. What is passed on under
the same number is held by whoever got it last. Time that the law does not count is nobody's as long as the limit runs; once
it has run out nothing stops it, so whoever held the case then has that time too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from xiaoneng.packs.model import Binds
from xiaoneng.supervise.conditions import say
from xiaoneng.supervise.encode import zone_of
from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.places import place
from xiaoneng.supervise.story import selected, tell_case
from xiaoneng.supervise.verdict import Deemed
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Clock, Procedure
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.supervise.story import CaseStory, ClockStory
    from xiaoneng.supervise.verdict import Moment, Verdict
    from xiaoneng.timing.calendar import Calendar

LEAD = ""
Spans: TypeAlias = list[tuple[int, int]]
Interval: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Share:
    """How long one holder (`LEAD`: nobody else) had the case.

    `late` is the part after the due moment, `alone` the part in which nobody else held it: what the case waited for.
    """

    holder: str
    amount: int
    late: int
    alone: int


@dataclass(frozen=True, slots=True)
class Holding:
    """One activation of a clock and who had the case meanwhile, off-clock time left out; what nobody held comes last.

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
        self.kind = kind if kind in (*HOUR_KINDS, LimitKind.WORKING_DAYS) else LimitKind.CALENDAR_DAYS
        self.verdict, self.calendar, self.told = verdict, calendar, told
        self.zone = zone_of(verdict.program.procedure.zone)
        lapsed = any((one.clock, one.activation) == (told.id, told.activation) for one in verdict.deemed)
        self.start = self.place(told.start)
        self.due = self.place(told.due) if told.due is not None and told.late else None
        ended = told.due if lapsed else told.stopped
        self.now = self.place(now)
        self.end = max(self.start, self.place(ended) if ended is not None else self.now)

    def place(self, at: Moment) -> int:
        return place(at, self.kind, self.calendar, self.zone)

    def attribute(self, clock: Clock) -> Holding:
        procedure = self.verdict.program.procedure
        off: Spans = []
        for ground in (procedure.grounds[name] for name in clock.off_clock):
            unit = 3600 if ground.cap is not None and ground.cap.kind in HOUR_KINDS else 1
            for first, last, _ in self.between(ground.opens, ground.closes):
                closed = last if ground.cap is None else min(last, first + ground.cap.n * unit)
                off.append((first, closed if self.due is None else min(closed, self.due)))
        held: dict[str, Spans] = {}
        for hold in procedure.holds:
            for first, last, holder in self.between(hold.opens, hold.closes, hold.same, hold.by):
                held.setdefault(holder or hold.name.zh, []).append((first, last))
        shares = []
        for holder, spans in held.items():
            others: Spans = [span for name, theirs in held.items() if name != holder for span in theirs]
            shares.append(Share(holder, *self.measure(spans, off), self.measure(spans, off + others)[0]))
        whole, taken = [(self.start, self.end)], [span for spans in held.values() for span in spans]
        ranked = sorted((one for one in shares if one.amount), key=lambda one: -one.amount)
        amount, late = self.measure(whole, off + taken)
        ranked.append(Share(LEAD, amount, late, amount))
        return Holding(self.told.id, self.told.activation, self.kind, *self.measure(whole, off), tuple(ranked))

    def between(self, opens: Selectors, closes: Selectors, same: str = "", by: str = "") -> Iterable[Interval]:
        """Intervals from an opening to its closing, or to the present, with what the opening says in `by`."""
        running: dict[str, tuple[int, str]] = {}
        for member in self.verdict.sequence:
            if selected(self.verdict, closes, member):
                for key in [key for key in running if not same or key == self.said(member, same)]:
                    first, holder = running.pop(key)
                    yield first, self.place(member.occurred), holder
            if selected(self.verdict, opens, member):
                holder = self.said(member, by)
                key, here = self.said(member, same) if same else holder, self.place(member.occurred)
                if running.setdefault(key, (here, holder))[1] != holder:
                    first, before = running[key]
                    yield first, here, before
                    running[key] = (here, holder)
        yield from ((first, self.now, holder) for first, holder in running.values())

    def said(self, member: Event | Deemed, field: str) -> str:
        value = None if not field or isinstance(member, Deemed) else say(member, (field,), self.zone)
        return "" if value is None else str(value)

    def measure(self, spans: Spans, without: Spans) -> tuple[int, int]:
        """What the activation has of the union of spans without others: in all, and after the due moment."""
        late = self.end if self.due is None else min(max(self.due, self.start), self.end)
        edges = sorted({x for span in spans + without for x in span} | {self.start, late, self.end})
        ran = [(a, b) for a, b in pairwise(edges) if self.start <= a and b <= self.end]
        inside = [(a, b) for a, b in ran if _in(a, spans) and not _in(a, without)]
        return sum(b - a for a, b in inside), sum(b - a for a, b in inside if a >= late)


def _in(place: int, spans: Spans) -> bool:
    return any(first <= place < last for first, last in spans)
