"""What a paper or a sentence can show of a case at the moment of one of its events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xiaoneng.journal.effective import effective
from xiaoneng.journal.event import Event
from xiaoneng.journal.order import in_order
from xiaoneng.packs.model import FieldType
from xiaoneng.packs.words import Words
from xiaoneng.supervise.conditions import is_given, local_date
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.packs.model import Field, Procedure
    from xiaoneng.supervise.verdict import Deemed
    from xiaoneng.timing.calendar import Calendar

YES_NO = {True: Words("是", "yes"), False: Words("否", "no")}


@dataclass(frozen=True, slots=True)
class Facts:
    """A case up to and with one event.

    `latest` is the latest event of each kind so far; `due` the day on which each running clock is due (the last
    activation counts), None while it is held off the clock.
    """

    procedure: Procedure
    zone: dt.tzinfo
    case: str
    event: Event
    latest: Mapping[str, Event]
    due: Mapping[str, dt.date | None]

    @property
    def agency(self) -> str:
        """The agency that acted: of the event, or else the last one that any event names."""
        named = [self.event.agency, *(one.agency for one in reversed(list(self.latest.values())))]
        return next((one for one in named if one), "")

    def day(self, kind: str = "") -> dt.date | None:
        """Local day of the event, or of the latest one of a kind."""
        event = self.latest.get(kind) if kind else self.event
        return local_date(event.occurred, self.zone) if event else None

    def said(self, name: str) -> Words | list[Words] | None:
        """What FIELD of the event, or KIND.FIELD, says, in words; None where nothing was said."""
        kind, _, field = name.rpartition(".")
        event = self.latest.get(kind) if kind else self.event
        if event is None or not is_given(event.data.get(field)):
            return None
        return in_words(event.data[field], self.procedure.events[event.kind].fields.get(field))

    def raw(self, name: str) -> Any:
        """What FIELD of the event, or KIND.FIELD, says, as it was said."""
        kind, _, field = name.rpartition(".")
        event = self.latest.get(kind) if kind else self.event
        return event.data.get(field) if event else None


def facts_at(procedure: Procedure, events: Sequence[Event], event: Event, calendar: Calendar) -> Facts:
    """Gather what can be shown at an effective event of a case; facts that came after it are not known to it."""
    ordered = in_order(effective(events), ZoneInfo(procedure.zone))
    until = next((i for i, one in enumerate(ordered) if one.id == event.id), len(ordered) - 1)
    return facts_of(procedure, ordered[: until + 1], event, calendar)


def facts_of(procedure: Procedure, known: Sequence[Event], event: Event, calendar: Calendar) -> Facts:
    """Gather what can be shown at an event, or at a fact that silence made, of what was known by then."""
    zone = ZoneInfo(procedure.zone)
    verdict = supervise(procedure, known, calendar, instant(event, zone))
    latest: dict[str, Event] = {}
    for one in verdict.sequence:
        latest.pop(one.kind, None)
        latest[one.kind] = as_event(one, event.subject)
    due = {running.clock: _day(running.due, zone) for running in verdict.clocks}
    return Facts(procedure, zone, event.subject, event, latest, due)


def as_event(member: Event | Deemed, subject: str) -> Event:
    """A fact that silence made as an event that says nothing; an event as it is."""
    if isinstance(member, Event):
        return member
    recorded_at = dt.datetime.combine(member.occurred, dt.time(0), dt.UTC)
    return Event(member.id, subject, member.kind, member.occurred, recorded_at, 0)


def instant(event: Event, zone: dt.tzinfo) -> dt.datetime:
    """The instant of an event; a day stands for its first."""
    if isinstance(event.occurred, dt.datetime):
        return event.occurred
    return dt.datetime.combine(event.occurred, dt.time(0), zone)


def in_words(value: object, field: Field | None) -> Words | list[Words]:
    """A value as people read it: a choice by its name, a day written out, a number without needless zeros."""
    if isinstance(value, (list, tuple)):
        return [one for each in value for one in _listed(in_words(each, field))]
    if field is not None and isinstance(value, str) and value in field.choices:
        return field.choices[value]
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, str) and field is not None and field.type is FieldType.DATE:
        return day_words(dt.datetime.fromisoformat(value).date())
    if isinstance(value, dt.date):
        return day_words(value)
    if isinstance(value, (int, float)):
        text = f"{value:,.2f}" if field is not None and field.type is FieldType.AMOUNT else f"{value:g}"
        return Words(text, text)
    return Words(str(value), str(value))


def _listed(words: Words | list[Words]) -> list[Words]:
    return words if isinstance(words, list) else [words]


def day_words(day: dt.date) -> Words:
    """2026年3月2日."""
    return Words(f"{day.year}年{day.month}月{day.day}日", day.isoformat()[:10])


def _day(due: dt.date | None, zone: dt.tzinfo) -> dt.date | None:
    return None if due is None else local_date(due, zone)
