"""Histories of real procedures: their case files, changed by chance until nobody has thought of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xiaoneng.journal.event import CORRECTION, Event
from xiaoneng.packs.model import FieldType
from xiaoneng.timing.dates import to_date

from .days import Days
from .journals import History

if TYPE_CHECKING:
    import random

    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Procedure
    from xiaoneng.timing.calendar import Calendar

    from .compare import Both

ACTORS = ("甲", "乙", "丙", "")


def both_of(calendar: Calendar) -> Both:
    """The oracle's days made from a calendar's, one day at a time."""
    days = [(day, to_date(day).weekday() < 5) for day in range(calendar.first_day, calendar.last_day + 1)]
    off = frozenset(to_date(day) for day, weekday in days if weekday and not calendar.is_working(day))
    make_up = frozenset(to_date(day) for day, weekday in days if not weekday and calendar.is_working(day))
    hours = [time(second // 3600, second % 3600 // 60) for second in calendar.hours]
    pairs = tuple((hours[i], hours[i + 1]) for i in range(0, len(hours), 2))
    return Days(off, make_up, calendar.zone, pairs), calendar


def changed(case: CaseFile, chance: random.Random) -> History:
    """A case file's history with some things otherwise; it need not make sense."""
    procedure = case.procedure
    zone = ZoneInfo(procedure.zone)
    events = list(case.events)
    for _ in range(chance.randint(1, 5)):
        events = chance.choice(CHANGES)(events, procedure, chance)
    events = [replace(event, sequence=number) for number, event in enumerate(events, 1)]
    last = max((_day(event.occurred, zone) for event in events), default=date(2026, 3, 2))
    now = datetime.combine(
        last + timedelta(days=chance.choice((0, 1, 3, 8, 25, 70, 200))), time(chance.randrange(24)), zone
    )
    return History(events, now, chance.random() < 0.2)


def _dropped(events: list[Event], _: Procedure, chance: random.Random) -> list[Event]:
    gone = chance.choice(events).id if events else ""
    return [event for event in events if gone not in (event.id, event.corrects)]


def _again(events: list[Event], _: Procedure, chance: random.Random) -> list[Event]:
    if not events:
        return events
    one = chance.choice(events)
    if one.kind == CORRECTION:
        return events
    copy = replace(one, id=f"c{len(events)}-{chance.randrange(10**6)}", source_sequence=None)
    place = chance.randrange(len(events) + 1)
    return [*events[:place], copy, *events[place:]]


def _later(events: list[Event], _: Procedure, chance: random.Random) -> list[Event]:
    """Everything from some event on happens some days later or earlier."""
    first, by = chance.randrange(len(events) + 1), timedelta(days=chance.choice((-3, -1, 1, 2, 5, 9, 15, 30, 61)))
    return [
        event
        if i < first or event.kind == CORRECTION
        else replace(event, occurred=event.occurred + by, recorded_at=event.recorded_at + by)
        for i, event in enumerate(events)
    ]


def _moved(events: list[Event], _: Procedure, chance: random.Random) -> list[Event]:
    """One event happens on another one's day."""
    if not events:
        return events
    one, other = chance.choice(events), chance.choice(events)
    if CORRECTION in (one.kind, other.kind):
        return events
    return [replace(event, occurred=other.occurred) if event.id == one.id else event for event in events]


def _timed(events: list[Event], procedure: Procedure, chance: random.Random) -> list[Event]:
    """Days become instants."""
    zone = ZoneInfo(procedure.zone)
    return [
        event
        if isinstance(event.occurred, datetime) or chance.random() < 0.5
        else replace(
            event, occurred=datetime.combine(event.occurred, time(chance.randrange(24), chance.randrange(60)), zone)
        )
        for event in events
    ]


def _said(events: list[Event], procedure: Procedure, chance: random.Random) -> list[Event]:
    """One field says something else, or nothing."""
    able = [event for event in events if event.kind in procedure.events and procedure.events[event.kind].fields]
    if not able:
        return events
    one = chance.choice(able)
    field = chance.choice(list(procedure.events[one.kind].fields.values()))
    values: dict[FieldType, tuple[Any, ...]] = {
        FieldType.BOOLEAN: (True, False, None),
        FieldType.CHOICE: (*field.choices, None),
        FieldType.NUMBER: (0, 1, 2, 5, 20, 45, None),
        FieldType.AMOUNT: (0, 50, 200, 201, 100_000, None),
        FieldType.DATE: ("2026-01-05", "2026-03-20", "2020-01-01", None),
        FieldType.TEXT: ("某事", "", None),
        FieldType.LIST: (["一"], [], None),
    }
    data = {**one.data, field.id: chance.choice(values[field.type])}
    return [replace(event, data=data) if event.id == one.id else event for event in events]


def _by(events: list[Event], _: Procedure, chance: random.Random) -> list[Event]:
    return [replace(event, actor=chance.choice(ACTORS)) if chance.random() < 0.5 else event for event in events]


CHANGES = (_dropped, _again, _later, _later, _moved, _timed, _said, _said, _by)


def _day(moment: date, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
