"""One clock over one sequence of facts, simulated from the beginning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from xiaoneng.packs.model import Binds, Clock, FieldLimit, RuleKind, UntilField, Yearly

from .conditions import holds, matches
from .days import HOUR, HOUR_KINDS, ROLLED_KINDS, Days, Place, after, between, counted, late

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.packs.model import Ground, Procedure, Rule, Span
    from xiaoneng.timing.limit import Limit

    from .facts import Fact

Breach = tuple[str, str, Place, Place | None]


@dataclass
class Activation:
    """One start of a clock and what became of it."""

    fact: Fact
    start: Place
    n: int
    until: date | None
    begun: int = 0
    """Index of the event that started it, or started it anew."""
    backdated: bool = False
    """Started by a deemed fact from an earlier day: a ground may have opened after the start and before that fact."""
    ext: int = 0
    times: int = 0
    expired: Place | None = None
    """The due that stood when it was found to have passed."""
    stopped: Fact | None = None
    lapsed: date | None = None

    @property
    def pending(self) -> bool:
        return self.stopped is None and self.lapsed is None


@dataclass
class Interval:
    """A ground that held: indexes of the events that opened and closed it."""

    opened: int
    closed: int | None
    cap: int | None


def clocks_of(procedure: Procedure) -> list[Clock]:
    """The clocks of the pack, each with its promised twin."""
    found = []
    for clock in procedure.clocks:
        found.append(clock)
        if clock.promised is not None:
            twin = f"{clock.id}.promised"
            found.append(replace(clock, id=twin, limit=clock.promised, promised=None, on_lapse=None))
    return found


def clock_of(rule: Rule) -> Clock | None:
    """The clock that a rule is: `response within` and `published_by`."""
    if rule.limit is None or rule.kind not in (RuleKind.RESPONSE, RuleKind.PUBLISHED_BY):
        return None
    return Clock(
        id=rule.id, name=rule.says, says=rule.says, starts=rule.source, stops=rule.target, limit=rule.limit,
        roll=kind_of(rule.limit) in ROLLED_KINDS, cite=rule.cite, same=rule.same,
    )  # fmt: skip


def kind_of(limit: Span) -> str:
    return "date" if isinstance(limit, UntilField | Yearly) else str(limit.kind)


def place_of(fact: Fact, kind: str) -> Place:
    return fact.instant if kind in HOUR_KINDS else fact.day


def read_date(value: object) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None


def activation_of(clock: Clock, fact: Fact, days: Days) -> Activation | None:
    """A new activation; None where the limit stands in a field that the event does not say."""
    kind = kind_of(clock.limit)
    start = place_of(fact, kind)
    if fact.start_day is not None:
        start = days.midnight(fact.start_day) if kind in HOUR_KINDS else fact.start_day
    match clock.limit:
        case UntilField(name):
            until = read_date(fact.value(name))
            return None if until is None else Activation(fact, start, 0, until)
        case Yearly(month, day):
            assert not isinstance(start, datetime)
            years = [date(start.year, month, day), date(start.year + 1, month, day)]
            return Activation(fact, start, 0, min(on for on in years if on > start))
        case FieldLimit(name, _):
            n = fact.value(name)
            return Activation(fact, start, n, None) if isinstance(n, int) and n >= 0 else None
        case limit:
            return Activation(fact, start, limit.n, None)


def intervals_of(ground: Ground, sequence: Sequence[Fact]) -> list[Interval]:
    cap = None if ground.cap is None else amount_of(ground.cap)
    found: list[Interval] = []
    for i, fact in enumerate(sequence):
        if found and found[-1].closed is None and matches(ground.closes, fact):
            found[-1].closed = i
        if matches(ground.opens, fact) and not (found and found[-1].closed is None):
            found.append(Interval(i, None, cap))
    return found


def amount_of(limit: Limit) -> int:
    return limit.n * HOUR if str(limit.kind) in HOUR_KINDS else limit.n


@dataclass
class Simulation:
    """A clock, its grounds and the sequence, with the questions asked of them."""

    clock: Clock
    sequence: Sequence[Fact]
    intervals: list[Interval]
    days: Days

    @property
    def kind(self) -> str:
        return kind_of(self.clock.limit)

    def off(self, activation: Activation, held: Sequence[Interval], now: int) -> int | None:
        """Measure of the union of the intervals from the start on, as known after event `now`; None for no end."""
        spans = []
        for interval in held:
            opened = place_of(self.sequence[interval.opened], self.kind)
            s = between(self.days, self.kind, activation.start, opened)
            ends = []
            if interval.closed is not None and interval.closed <= now:
                closed = place_of(self.sequence[interval.closed], self.kind)
                ends.append(between(self.days, self.kind, activation.start, closed))
            if interval.cap is not None:
                ends.append(s + interval.cap)
            if not ends:
                return None
            spans.append((max(s, 0), min(ends)))
        edges = sorted({edge for span in spans for edge in span})
        return sum(b - a for a, b in pairwise(edges) if any(s <= a and b <= e for s, e in spans))

    def formula(self, activation: Activation, held: Sequence[Interval], now: int) -> Place | None:
        off = self.off(activation, held, now)
        if off is None:
            return None
        if activation.until is not None:
            return counted(
                self.days, "calendar_days", activation.until, 0, more=activation.ext, off=off, roll=self.clock.roll
            )
        return counted(
            self.days, self.kind, activation.start, activation.n, more=activation.ext, off=off, roll=self.clock.roll
        )

    def kept(self, activation: Activation, now: int) -> tuple[list[Interval], bool]:
        """The intervals that count after event `now`, and whether the activation expired before another opened."""
        kept: list[Interval] = []
        for interval in sorted(self.intervals, key=lambda one: one.opened):
            if interval.opened > now:
                break
            opens = place_of(self.sequence[interval.opened], self.kind)
            later = interval.opened > activation.begun or (activation.backdated and opens > activation.start)
            if later and self.passed(activation, kept, opens, interval.opened):
                return kept, True
            kept.append(interval)
        return kept, False

    def passed(self, activation: Activation, kept: Sequence[Interval], place: Place, now: int) -> bool:
        """Whether the due is past at a place where no ground holds the clock."""
        due = self.formula(activation, kept, now)
        return due is not None and late(self.days, self.kind, place, due) and not self.holds(kept, place, now)

    def holds(self, kept: Sequence[Interval], place: Place, now: int) -> bool:
        """Whether a ground is open, and not yet at its cap."""
        return any(
            (interval.closed is None or interval.closed > now)
            and interval.cap is not None
            and between(self.days, self.kind, place_of(self.sequence[interval.opened], self.kind), place)
            <= interval.cap
            for interval in kept
        )

    def due(self, activation: Activation, now: int) -> Place | None:
        """The due as known after event `now`; None while a ground without a cap holds the clock.

        A ground that opens after the start, when the activation has expired, does not count.
        """
        if activation.expired is not None:
            return activation.expired
        return self.formula(activation, self.kept(activation, now)[0], now)

    def past(self, activation: Activation, place: Place, now: int) -> bool:
        """Whether an activation has expired at a place, as known after event `now`."""
        if activation.expired is not None:
            return True
        kept, expired = self.kept(activation, now)
        return expired or self.passed(activation, kept, place, now)

    def note_expiry(self, activation: Activation, place: Place, now: int) -> None:
        if self.past(activation, place, now):
            activation.expired = self.due(activation, now)

    def lapse(self, activations: Sequence[Activation], day: date, now: int) -> None:
        """End the activations whose due day is before a day, where the clock lapses."""
        if self.clock.on_lapse is None:
            return
        for activation in activations:
            if activation.pending and self.past(activation, day, now):
                due = self.due(activation, now)
                assert due is not None
                assert not isinstance(due, datetime)
                activation.lapsed = due


@dataclass
class Run:
    """What one clock did over one sequence."""

    clock: Clock
    sim: Simulation
    activations: list[Activation] = field(default_factory=list)
    dues: list[Place | None] = field(default_factory=list)
    """The due of each activation at the end; None while an open ground holds it."""
    extension_breaches: list[Breach] = field(default_factory=list)


def run(
    clock: Clock, sequence: Sequence[Fact], grounds: Mapping[str, Ground], days: Days, horizon: date | None = None
) -> Run:
    """Simulate a clock over a sequence; afterwards what is due before `horizon` has lapsed too."""
    intervals = [one for name in clock.off_clock for one in intervals_of(grounds[name], sequence)]
    sim = Simulation(clock, sequence, intervals, days)
    done = Run(clock, sim)
    started = False
    for i, fact in enumerate(sequence):
        sim.lapse(done.activations, fact.day, i - 1)
        pending = [activation for activation in done.activations if activation.pending]
        place = place_of(fact, sim.kind)
        moved = any(i in (interval.opened, interval.closed) for interval in intervals)
        extended = clock.extension is not None and matches(clock.extension.by, fact)
        restarted = matches(clock.restart, fact)
        for activation in pending if moved or restarted else []:
            sim.note_expiry(activation, place, i - 1)
        for activation in pending if moved or restarted else []:
            sim.note_expiry(activation, place, i)
        if extended:
            reasons = [extend(clock, one, fact, expired=sim.past(one, place, i)) for one in pending]
            if any(reasons):
                done.extension_breaches.append((f"{clock.id}.extension", fact.id, fact.moment, None))
        if restarted:
            for activation in pending:
                if activation.expired is None:
                    activation.start, activation.begun, activation.backdated = place, i, False
                    activation.ext, activation.times = 0, 0
        if matches(clock.stops, fact):
            for activation in pending:
                if not clock.same or activation.fact.value(clock.same) == fact.value(clock.same):
                    sim.note_expiry(activation, place, i)
                    activation.stopped = fact
        if matches(clock.starts, fact) and not (clock.first_only and started):
            started = True
            new = activation_of(clock, fact, days)
            if new is not None:
                new.begun, new.backdated = i, fact.start_day is not None
                done.activations.append(new)
    if horizon is not None:
        sim.lapse(done.activations, horizon, len(sequence) - 1)
    done.dues = [sim.due(activation, len(sequence) - 1) for activation in done.activations]
    return done


def extend(clock: Clock, activation: Activation, fact: Fact, *, expired: bool) -> str:
    """Lengthen one activation; says why not, or that it was too long."""
    extension = clock.extension
    assert extension is not None
    if expired:
        return "after expiry"
    if activation.times >= extension.times:
        return "too often"
    if extension.lawful is not None and not holds(extension.lawful, fact):
        return "not approved"
    granted = fact.value(extension.granted) if extension.granted else None
    amount = granted if isinstance(granted, int) and granted >= 0 else extension.most.n
    activation.ext += min(amount, extension.most.n)
    activation.times += 1
    return "too long" if amount > extension.most.n else ""


def is_past(done: Run, activation: Activation, now: Place) -> bool:
    """Whether a pending activation has expired by now."""
    if activation.expired is not None:
        return late(done.sim.days, done.sim.kind, now, activation.expired)
    return done.sim.past(activation, now, len(done.sim.sequence) - 1)


def breaches_of(done: Run, now: Place) -> list[Breach]:
    """Breaches of a clock that binds the agency."""
    clock, kind = done.clock, kind_of(done.clock.limit)
    if clock.binds is not Binds.AGENCY:
        return []
    found: list[Breach] = []
    for activation, due in zip(done.activations, done.dues, strict=True):
        if activation.lapsed is not None:
            since = after(kind, activation.lapsed)
            found.append((clock.id, activation.fact.id, since, since))
        elif activation.stopped is not None:
            if activation.expired is not None:
                found.append((clock.id, activation.fact.id, after(kind, activation.expired), activation.stopped.moment))
        elif due is not None and is_past(done, activation, now):
            found.append((clock.id, activation.fact.id, after(kind, due), None))
    if not clock.id.endswith(".promised"):
        found += done.extension_breaches
    return found
