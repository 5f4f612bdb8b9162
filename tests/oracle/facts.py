"""Facts in judging order: corrections applied, deemed facts not yet among them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from xiaoneng.journal.event import Event, Reliance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.packs.model import Clock

    from .days import Days, Place

CORRECTION = "correction"
RELIANCE_CORRECTED = "reliance_corrected"


@dataclass(frozen=True)
class Fact:
    """One event as it is judged; `start_day` only where a deemed fact has effect from an earlier day."""

    id: str
    kind: str
    day: date
    instant: datetime
    moment: Place
    actor: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    relied_on: tuple[Reliance, ...] = ()
    envelope: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None
    start_day: date | None = None
    event: Event | None = None

    def value(self, name: str) -> Any:
        """The value by which events belong together; all missing ones are one value."""
        value = self.data.get(name)
        return None if value is None or value == "" or value in ([], ()) else value


def fact_of(event: Event, days: Days) -> Fact:
    if isinstance(event.occurred, datetime):
        day = days.local(event.occurred).date()
        instant = days.utc(days.local(event.occurred))
        moment: Place = instant
    else:
        day, instant, moment = event.occurred, days.midnight(event.occurred), event.occurred
    envelope = {
        "actor": event.actor,
        "agency": event.agency,
        "source": event.source,
        "occurred_on": day,
        "recorded_on": days.local(event.recorded_at).date(),
    }
    return Fact(
        id=event.id, kind=event.kind, day=day, instant=instant, moment=moment, actor=event.actor, data=event.data,
        relied_on=event.relied_on, envelope=envelope, recorded_at=event.recorded_at, event=event,
    )  # fmt: skip


def deemed_fact(clock: Clock, activation: str, day: date, days: Days, *, start_day: date | None) -> Fact:
    assert clock.on_lapse is not None
    envelope = {"actor": "", "agency": "", "source": "", "occurred_on": None, "recorded_on": None}
    return Fact(
        id=f"deemed:{clock.id}:{activation}", kind=clock.on_lapse.deemed, day=day, instant=days.midnight(day),
        moment=day, envelope=envelope, start_day=start_day,
    )  # fmt: skip


def judged_facts(events: Sequence[Event], declared: Mapping[str, object], days: Days) -> list[Fact]:
    """Effective events of the declared kinds in judging order."""
    ordered = in_order([fact_of(event, days) for event in corrected(events)])
    return [fact for fact in ordered if fact.kind in declared]


def corrected(events: Sequence[Event]) -> list[Event]:
    """What stands after corrections; the latest correction of an event or of a correction of it wins."""
    by_id = {event.id: event for event in events}

    def about(event: Event, seen: tuple[str, ...] = ()) -> str | None:
        if event.kind != CORRECTION:
            return event.id
        if event.corrects not in by_id or event.id in seen:
            return None
        return about(by_id[event.corrects], (*seen, event.id))

    standing: list[tuple[int, Event]] = []
    for event in events:
        if event.kind == CORRECTION:
            continue
        corrections = [other for other in events if other.kind == CORRECTION and about(other) == event.id]
        if not corrections:
            standing.append((event.sequence, event))
            continue
        last = max(corrections, key=lambda other: other.sequence)
        if not last.retracted:
            standing.append((last.sequence, replacement(event, last)))
    facts = [(written, event) for written, event in standing if event.kind != RELIANCE_CORRECTED]
    notes = [event for _, event in standing if event.kind == RELIANCE_CORRECTED]
    for note in sorted(notes, key=lambda event: event.sequence):
        facts = [(written, relied_anew(event, note) if written < note.sequence else event) for written, event in facts]
    return [event for _, event in facts]


def replacement(event: Event, correction: Event) -> Event:
    new: Any = correction.data["replacement"]
    if event.kind == RELIANCE_CORRECTED:
        return replace(event, data=new["data"])
    occurred = new["occurred"]
    if isinstance(occurred, str):
        occurred = datetime.fromisoformat(occurred) if "T" in occurred else date.fromisoformat(occurred)
    return replace(
        event,
        kind=new["kind"],
        occurred=occurred,
        actor=new.get("actor", ""),
        agency=new.get("agency", ""),
        data=new.get("data", {}),
        relied_on=tuple(new.get("relied_on", ())),
        zone=new.get("zone", event.zone),
    )


def relied_anew(event: Event, note: Event) -> Event:
    said: Any = note.data
    entry = Reliance(
        said["register"], said["key"], said["version"], said["values"], said["valid_from"], said["valid_until"]
    )

    def concerned(old: Reliance) -> bool:
        same = (old.register, old.key) == (entry.register, entry.key)
        return same and said.get("of_version") in (None, old.version)

    return replace(event, relied_on=tuple(entry if concerned(old) else old for old in event.relied_on))


def by_clock(a: Event, b: Event) -> bool:
    """Whether clock times put a before b."""
    return isinstance(a.occurred, datetime) and isinstance(b.occurred, datetime) and a.occurred < b.occurred


def by_source(a: Event, b: Event) -> bool:
    """Whether the counter of their common source puts a before b."""
    if a.source != b.source or not a.source or a.source_sequence is None or b.source_sequence is None:
        return False
    return a.source_sequence < b.source_sequence


def comes_before(a: Event, b: Event) -> bool:
    return by_clock(a, b) or (by_source(a, b) and not by_clock(b, a))


def in_order(facts: list[Fact]) -> list[Fact]:
    """Day by day; within a day always the lowest append number among those that none of the others must precede."""
    ordered: list[Fact] = []
    for day in sorted({fact.day for fact in facts}):
        left = [fact for fact in facts if fact.day == day]
        while left:
            free = [fact for fact in left if not any(before(other, fact) for other in left)]
            assert free, "clock and counters run in a circle: the tests make no such journals"
            first = min(free, key=sequence)
            ordered.append(first)
            left.remove(first)
    return ordered


def before(a: Fact, b: Fact) -> bool:
    return comes_before(written(a), written(b))


def written(fact: Fact) -> Event:
    assert fact.event is not None
    return fact.event


def sequence(fact: Fact) -> int:
    return written(fact).sequence


def runs_in_circles(events: Sequence[Event], days: Days) -> bool:
    """Whether clock times and counters of one day contradict each other."""
    facts = [fact_of(event, days) for event in corrected(events)]
    left = list(facts)
    while left:
        free = [f for f in left if not any(o.day == f.day and before(o, f) for o in left)]
        if not free:
            return True
        left = [fact for fact in left if fact not in free]
    return False


def unordered(a: Fact, b: Fact) -> bool:
    """Whether only our append number orders two neighbours."""
    one, other = written(a), written(b)
    return a.day == b.day and not comes_before(one, other) and not comes_before(other, one)
