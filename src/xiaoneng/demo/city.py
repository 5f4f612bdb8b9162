"""Makes the facts of the demonstration city: pure and deterministic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.demo.deal import deal
from xiaoneng.demo.desk import Desk
from xiaoneng.demo.families import FAMILIES
from xiaoneng.demo.record import record
from xiaoneng.demo.retold import Retelling
from xiaoneng.demo.telling import Scene
from xiaoneng.journal.event import Event
from xiaoneng.timing.dates import to_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.demo.telling import Case, Draft
    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Procedure
    from xiaoneng.timing.calendar import Calendar

UNTIL = dt.date(2026, 11, 20)
LIVED = dt.timedelta(days=426)
"""Fourteen months."""
MARGIN = dt.timedelta(days=200)
"""So far beyond the last day cases are told; what lies there is then cut off."""
CASES = 3000
NO_FILES: Mapping[str, Sequence[CaseFile]] = {}
CLOSES = dt.time(18)
"""The hour at which the city's last day ends."""


@dataclass(frozen=True, slots=True)
class City:
    """Facts in order of recording, and which procedure each case follows. `until` is the end of what is known."""

    events: tuple[Event, ...]
    procedure_of: Mapping[str, str]
    until: dt.datetime

    @property
    def procedures(self) -> tuple[str, ...]:
        """Ids of the procedures of which the city has cases; those whose cases are made up one by one come first."""
        made = (family.procedure for family in FAMILIES)
        return tuple(dict.fromkeys((*made, *sorted(set(self.procedure_of.values())))))

    def facts_of(self, procedure: str) -> tuple[Event, ...]:
        """Facts of the cases of one procedure."""
        return tuple(event for event in self.events if self.procedure_of[event.subject] == procedure)


def make_city(
    procedures: Mapping[str, Procedure],
    calendar: Calendar,
    until: dt.date = UNTIL,
    *,
    files: Mapping[str, Sequence[CaseFile]] = NO_FILES,
    seed: int = 1,
    cases: int = CASES,
) -> City:
    """Make a city that has lived fourteen months up to `until`; the same arguments give the same facts.

    Args:
        procedures: by id, at least those of `families.FAMILIES` and of `files`; their limits decide what is late.
        files: case files by procedure, of the packs whose cases are retold from them.
        calendar: the working calendar of the city.
        until: last day of which anything is known.
        seed: another number makes another city.
        cases: how many are made up, about; those retold come beside them.

    Raises:
        CalendarNotCovered: the calendar does not reach from the first day to well after the last.
    """
    for edge in (until - LIVED, until + MARGIN):
        calendar.require(to_day(edge))
    desk = Desk(calendar)
    end = dt.datetime.combine(until, CLOSES, ZoneInfo(calendar.zone))
    known: list[tuple[dt.datetime, str, int, Draft]] = []
    procedure_of: dict[str, str] = {}
    for family in FAMILIES:
        scene = Scene(seed, desk, procedures[family.procedure], until)
        for case in deal(scene, family, round(cases * family.share), until - LIVED):
            procedure_of[case.subject] = family.procedure
            known += _known(case, end)
    for name, listed in sorted(files.items()):
        for subject, drafts in Retelling(procedures[name], calendar, until - LIVED, until, seed).cases(listed):
            procedure_of[subject] = name
            known += _before(subject, drafts, end)
    known.sort(key=lambda one: one[:3])
    return City(tuple(_numbered(known)), procedure_of, end)


def _known(case: Case, end: dt.datetime) -> list[tuple[dt.datetime, str, int, Draft]]:
    return _before(case.subject, record(case), end)


def _before(subject: str, drafts: list[Draft], end: dt.datetime) -> list[tuple[dt.datetime, str, int, Draft]]:
    return [
        (draft.recorded_at, subject, number, draft) for number, draft in enumerate(drafts) if draft.recorded_at <= end
    ]


def _numbered(known: list[tuple[dt.datetime, str, int, Draft]]) -> list[Event]:
    """Give each fact its number within its case, in order of recording, and an id that rests on it."""
    numbers: dict[str, int] = {}
    ids: dict[int, str] = {}
    events = []
    for recorded_at, subject, _, draft in known:
        numbers[subject] = number = numbers.get(subject, 0) + 1
        ids[id(draft)] = name = f"{subject}-{number:02d}"
        events.append(
            Event(
                id=name,
                subject=subject,
                kind=draft.kind,
                occurred=draft.occurred,
                recorded_at=recorded_at,
                sequence=number,
                source=draft.source,
                source_sequence=draft.source_sequence,
                actor=draft.actor,
                agency=draft.agency,
                data=draft.data,
                relied_on=draft.relied_on,
                corrects=ids[id(draft.corrects)] if draft.corrects is not None else "",
                retracted=draft.retracted,
            )
        )
    return events
