"""A case as a person would tell it: what happened, how each clock ran day by day, and what is wrong.

The clocks here are told anew from the facts, apart from the kernel's running sums: a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.model import FieldLimit, UntilField, Yearly
from xiaoneng.packs.words import Words
from xiaoneng.supervise import layout
from xiaoneng.supervise.conditions import as_date, compile_condition, is_number, local_date, say
from xiaoneng.supervise.encode import zone_of
from xiaoneng.supervise.explain import tell
from xiaoneng.supervise.verdict import Deemed
from xiaoneng.timing.explain import explain
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS, Limit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import Clock, Procedure, Span
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.supervise.verdict import Finding, Moment, Verdict
    from xiaoneng.timing.calendar import Calendar
    from xiaoneng.timing.explain import DayLine

DEEMED = Words("依法视为", "deemed by law")
UNKNOWN = Words("本程序未规定的事件，不参与判断", "not declared by this procedure, not judged")


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened; `note` says if it was deemed, or is not judged."""

    id: str
    on: Moment
    name: Words
    kind: str
    actor: str
    agency: str
    note: Words | None


@dataclass(frozen=True, slots=True)
class ClockStory:
    """One activation of a clock: when it started, what held or lengthened it, when it is due and how it ended.

    `off` are intervals (opened, closed, ground): the day of opening counts, the day of closing does not. `days` explains every day,
    empty for limits in hours. `stopped` is None while it runs.
    """

    id: str
    name: Words
    says: Words
    cite: tuple[str, ...]
    activation: str
    start: Moment
    due: Moment | None
    stopped: Moment | None
    late: bool
    held: bool
    provisional: bool
    limit: Limit | None
    off: tuple[tuple[dt.date, dt.date, Words], ...]
    extension: int
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class FindingStory:
    """A finding and its text."""

    finding: Finding
    text: Words


@dataclass(frozen=True, slots=True)
class CaseStory:
    """Everything worth telling of one case."""

    subject: str
    lines: tuple[StoryLine, ...]
    clocks: tuple[ClockStory, ...]
    findings: tuple[FindingStory, ...]


def tell_case(verdict: Verdict, calendar: Calendar, now: dt.datetime) -> CaseStory:
    """Tell a judged case; `now` closes intervals that are still open."""
    procedure = verdict.program.procedure
    teller = _Teller(verdict, calendar, now)
    lines = [teller.line(member) for member in verdict.sequence]
    lines += [teller.line(event, UNKNOWN) for event in verdict.unknown]
    return CaseStory(
        subject=verdict.subject,
        lines=tuple(sorted(lines, key=lambda line: local_date(line.on, teller.zone))),
        clocks=tuple(story for clock in procedure.clocks for story in teller.clock(clock)),
        findings=tuple(FindingStory(finding, tell(finding, procedure)) for finding in verdict.findings),
    )


def selected(verdict: Verdict, selectors: Selectors, member: Event | Deemed) -> bool:
    """Whether a judged fact is one of those selected; a deemed fact says nothing, so only what asks nothing fits."""
    alphabet, zone = verdict.program.alphabet, zone_of(verdict.program.procedure.zone)
    fitting = tuple(selector for selector in selectors if selector.kind == member.kind)
    if isinstance(member, Deemed):
        return bool(fitting) and alphabet.silent(member.kind) in alphabet.letters(fitting)
    return any(
        selector.where is None or compile_condition(selector.where)(member, zone) is True for selector in fitting
    )


class _Teller:
    """Reads one case again, clock by clock."""

    def __init__(self, verdict: Verdict, calendar: Calendar, now: dt.datetime) -> None:
        self.procedure: Procedure = verdict.program.procedure
        self.verdict = verdict
        self.calendar = calendar
        self.zone = zone_of(self.procedure.zone)
        self.today = local_date(now, self.zone)

    def line(self, member: Event | Deemed, note: Words | None = None) -> StoryLine:
        kind = self.procedure.events.get(member.kind)
        name = kind.name if kind else Words(member.kind)
        if isinstance(member, Deemed):
            return StoryLine(member.id, member.occurred, name, member.kind, "", "", DEEMED)
        return StoryLine(member.id, member.occurred, name, member.kind, member.actor, member.agency, note)

    def matches(self, selectors: Selectors, member: Event | Deemed) -> bool:
        return selected(self.verdict, selectors, member)

    def day(self, member: Event | Deemed) -> dt.date:
        return local_date(member.occurred, self.zone)

    def clock(self, clock: Clock) -> list[ClockStory]:
        """Every activation of a clock, the promised twin beside it."""
        stories = []
        starts = [i for i, member in enumerate(self.verdict.sequence) if self.matches(clock.starts, member)]
        for i in starts[:1] if clock.first_only else starts:
            for span, promise in ((clock.limit, False), (clock.promised, True)):
                story = self.activation(clock, i, span, promise=promise) if span is not None else None
                if story is not None:
                    stories.append(story)
        return stories

    def activation(self, clock: Clock, i: int, span: Span, *, promise: bool) -> ClockStory | None:
        sequence = self.verdict.sequence
        member = sequence[i]
        limit, until = self.limit(span, member)
        if limit is None and until is None:
            return None
        end = self.end(clock, i)
        lapse = self.lapse(clock, member.id)
        origin = self.start_day(clock, member)
        restarts = [j for j in range(i + 1, end) if self.matches(clock.restart, sequence[j])]
        if restarts:
            i, origin = restarts[-1], self.day(sequence[restarts[-1]])
        name = f"{clock.id}.promised" if promise else clock.id
        finding = next((f for f in self.verdict.breaches if (f.rule, f.activation) == (name, member.id)), None)
        running = next((r for r in self.verdict.clocks if (r.clock, r.activation) == (name, member.id)), None)
        stopped = sequence[end].occurred if end < len(sequence) and lapse is None else None
        off = self.off(clock, i, end)
        extension = self.extension(clock, i, end, limit, finding)
        days: tuple[DayLine, ...] = ()
        if limit is not None and limit.kind not in HOUR_KINDS and not (running and running.held):
            days = explain(origin, limit, self.calendar, off, extension, roll=clock.roll)
        due: Moment | None = finding.due if finding else running.due if running else None
        if due is None and lapse is not None:
            due = lapse.due_on
        if due is None and not (running and running.held):
            due = days[-1].on if days else self.rolled(until, clock)
        return ClockStory(
            id=name,
            name=clock.name,
            says=clock.says,
            cite=clock.cite,
            activation=member.id,
            start=member.occurred if origin == self.day(member) else origin,
            due=due,
            stopped=lapse.occurred if lapse else stopped,
            late=finding is not None,
            held=bool(running and running.held),
            provisional=bool((running and running.provisional) or (finding and finding.provisional)),
            limit=limit,
            off=off,
            extension=extension,
            days=days,
        )

    def rolled(self, until: dt.date | None, clock: Clock) -> dt.date | None:
        """A date until which a clock runs, rolled off days off where the pack says so."""
        if until is None or not clock.roll:
            return until
        return Limit(0, LimitKind.CALENDAR_DAYS).due_on(until, self.calendar).on

    def limit(self, span: Span, member: Event | Deemed) -> tuple[Limit | None, dt.date | None]:
        """The limit of an activation, or the date until which it runs."""
        if isinstance(span, Limit):
            return span, None
        if isinstance(member, Deemed) or isinstance(span, Yearly):
            return None, None
        value = say(member, (span.field,), self.zone)
        if isinstance(span, UntilField):
            return None, as_date(value, self.zone)
        assert isinstance(span, FieldLimit)
        whole = is_number(value) and value >= 0 and value == int(value)  # type: ignore[operator, call-overload]
        return (Limit(int(value), LimitKind(span.kind)) if whole else None), None  # type: ignore[call-overload]

    def start_day(self, clock: Clock, member: Event | Deemed) -> dt.date:
        """Day zero: for what a deemed fact starts, the earlier day from which it has effect."""
        if isinstance(member, Deemed):
            source = next(other for other in self.procedure.clocks if other.id == member.clock)
            if source.on_lapse is not None and source.on_lapse.from_start:
                cause = next(one for one in self.verdict.sequence if one.id == member.activation)
                return self.start_day(clock, cause)
        return self.day(member)

    def end(self, clock: Clock, i: int) -> int:
        """Position of the event that stops the activation, else the length of the sequence."""
        sequence = self.verdict.sequence
        key = self.value(clock.same, sequence[i])
        for j in range(i + 1, len(sequence)):
            if self.matches(clock.stops, sequence[j]) and self.value(clock.same, sequence[j]) == key:
                return j
        return len(sequence)

    def value(self, field: str, member: Event | Deemed) -> object:
        return None if not field or isinstance(member, Deemed) else say(member, (field,), self.zone)

    def lapse(self, clock: Clock, activation: str) -> Deemed | None:
        return next((d for d in self.verdict.deemed if (d.clock, d.activation) == (clock.id, activation)), None)

    def off(self, clock: Clock, i: int, end: int) -> tuple[tuple[dt.date, dt.date, Words], ...]:
        """Off-clock intervals that touch the activation; open ones last until today."""
        intervals = []
        sequence: Sequence[Event | Deemed] = self.verdict.sequence
        for name in clock.off_clock:
            ground, opened = self.procedure.grounds[name], None
            for j, member in enumerate(sequence[: min(end + 1, len(sequence))]):
                if opened is not None and self.matches(ground.closes, member):
                    intervals.append((opened, self.day(member), ground))
                    opened = None
                if opened is None and j < end and self.matches(ground.opens, member):
                    opened = self.day(member)
            if opened is not None:
                intervals.append((opened, self.day(sequence[end]) if end < len(sequence) else self.today, ground))
        start = self.day(sequence[i])
        touching = []
        for opened_on, closed, ground in intervals:
            closed_on = closed
            if ground.cap is not None and ground.cap.kind not in HOUR_KINDS:
                closed_on = min(closed, ground.cap.due_on(opened_on, self.calendar, roll=False).on)
            if closed_on > start and closed_on > opened_on:
                touching.append((max(opened_on, start), closed_on, ground.name))
        return tuple(sorted(touching, key=lambda one: one[:2]))

    def extension(self, clock: Clock, i: int, end: int, limit: Limit | None, finding: Finding | None) -> int:
        """How much was validly added, in the clock's own units."""
        rule = clock.extension
        if rule is None or limit is None:
            return 0
        refused = {
            f.activation
            for f in self.verdict.breaches
            if f.rule == f"{clock.id}.extension" and f.reason != layout.TOO_LONG
        }
        added = times = 0
        for member in self.verdict.sequence[i + 1 : min(end, len(self.verdict.sequence))]:
            if isinstance(member, Deemed) or not self.matches(rule.by, member) or member.id in refused:
                continue
            lawful = rule.lawful is None or compile_condition(rule.lawful)(member, self.zone) is True
            expired = finding is not None and self.day(member) >= local_date(finding.since, self.zone)
            if times < rule.times and lawful and not expired:
                granted = say(member, (rule.granted,), self.zone) if rule.granted else None
                more = int(granted) if is_number(granted) and granted >= 0 else rule.most.n  # type: ignore[call-overload, operator]
                added += min(more, rule.most.n)
                times += 1
        return added
