"""A case walked through by hand: pick what happens and when, and see clocks and findings move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xiaoneng.journal.event import Event
from xiaoneng.supervise.encode import zone_of
from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.outlook import prospects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.packs.model import Procedure
    from xiaoneng.supervise.outlook import Prospect
    from xiaoneng.supervise.verdict import Finding, Running, Verdict
    from xiaoneng.timing.calendar import Calendar

SUBJECT = "walk"
NIGHT = dt.time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Walk:
    """What has happened so far, and the day it is; each step gives a new walk."""

    procedure: Procedure
    calendar: Calendar
    on: dt.date
    events: tuple[Event, ...] = ()

    @property
    def now(self) -> dt.datetime:
        """The last second of the day: what is late is late on the day after its due day."""
        return dt.datetime.combine(self.on, NIGHT, zone_of(self.procedure.zone))

    @property
    def verdict(self) -> Verdict:
        """How the case stands at the end of the day."""
        return supervise(self.procedure, self.events, self.calendar, self.now)

    def prospects(self, actor: str = "") -> tuple[Prospect, ...]:
        """What may be done now, the lawful first."""
        return prospects(self.procedure, self.events, self.calendar, self.now, actor)

    def act(self, kind: str, data: Mapping[str, object], actor: str = "") -> Walk:
        """Let something happen today."""
        number = len(self.events) + 1
        event = Event(f"e{number}", SUBJECT, kind, self.on, self.now, number, actor=actor, data=dict(data))
        return replace(self, events=(*self.events, event))

    def go(self, on: dt.date) -> Walk:
        """Go on to another day; a day before the last thing that happened is refused with ValueError."""
        last = max((event.occurred for event in self.events), default=on)
        if on < last:
            raise ValueError(f"{on} is before {last}, when the last thing happened; undo it first")
        return replace(self, on=on)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step changed: findings that came and went, and clocks that start, stop or move."""

    raised: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    clocks: tuple[Running, ...]
    stopped: tuple[Running, ...]


def moved(before: Verdict, after: Verdict) -> Moved:
    """Compare two steps of a walk."""
    old = {(one.id, one.kind, one.until): one for one in before.findings}
    new = {(one.id, one.kind, one.until): one for one in after.findings}
    running = {(one.clock, one.activation) for one in after.clocks}
    return Moved(
        tuple(one for name, one in new.items() if name not in old),
        tuple(one for name, one in old.items() if name not in new),
        tuple(clock for clock in after.clocks if clock not in before.clocks),
        tuple(clock for clock in before.clocks if (clock.clock, clock.activation) not in running),
    )
