"""Cases of the city that retell the packs' own stories and case files on other days, with other people.

A story is moved by whole weeks to a time whose working days fall as in the original, so that what it proves of the law
it also shows in the city. So each family that has case files is part of the city.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xiaoneng.demo.agencies import AGENCIES, CITY
from xiaoneng.demo.people import enterprise, person
from xiaoneng.demo.telling import Draft
from xiaoneng.journal.event import RELIANCE_CORRECTED
from xiaoneng.packs.model import FieldType
from xiaoneng.timing.dates import to_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaoneng.journal.event import Event, Reliance
    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Field, Procedure
    from xiaoneng.timing.calendar import Calendar

WEEK = dt.timedelta(days=7)
STORIES = 16
"""How often each whole story in which nothing goes wrong is retold at least."""
GOOD_TO_BAD = 4
"""So many cases in which nothing goes wrong there are for each case file with a breach."""
SAD_STORIES = 4
"""How often a story with a breach is retold."""
STILL = 0.15
"""The share of retellings that are still going on on the last day."""
OTHERS = 1
"""How often each other case file is."""
OPENS = dt.time(9, 5)
STEP = dt.timedelta(minutes=17)
SHORT_NAMES = frozenset(agency.name for agency in AGENCIES)
SHORT = 4
"""So many characters a person's name has at most."""


class Retelling:
    """How the case files of one procedure become cases between two days."""

    def __init__(self, procedure: Procedure, calendar: Calendar, first: dt.date, until: dt.date, seed: int) -> None:
        self.procedure, self.calendar, self.first, self.until, self.seed = procedure, calendar, first, until, seed
        self.zone = ZoneInfo(procedure.zone)
        self.prefix = procedure.name.zh.replace("（", "").replace("）", "")

    def cases(self, files: Sequence[CaseFile]) -> Iterator[tuple[str, list[Draft]]]:
        """Give case numbers and drafts, in order of the day on which they begin."""
        told: list[tuple[dt.date, str, int, list[Draft]]] = []
        good = sum(file.story and file.good for file in files)
        often = max(STORIES, GOOD_TO_BAD * (len(files) - good) // max(good, 1))
        for file in files:
            times = often if file.story and file.good else SAD_STORIES if file.story else OTHERS
            for number in range(times):
                chance = Random(f"{self.seed}/{self.procedure.id}/{file.path.stem}/{number}")  # noqa: S311 - seeded, to repeat
                shift = self.shift(file, chance, still=number < int(times * STILL))
                if shift is not None:
                    drafts = list(self.retell(file, shift, chance))
                    told.append((_day(drafts[0].occurred), file.path.stem, number, drafts))
        numbers: dict[int, int] = {}
        for on, _, _, drafts in sorted(told, key=lambda one: one[:3]):
            numbers[on.year] = number = numbers.get(on.year, 0) + 1
            yield f"{self.prefix}-{on.year}-{number:04d}", drafts

    def shift(self, file: CaseFile, chance: Random, *, still: bool = False) -> dt.timedelta | None:
        """By how many weeks to move a file: as its working days fall, if that can be; None where the law was another.

        A case that is `still` going on begins before the last day and ends after it.
        """
        if any(event.kind == RELIANCE_CORRECTED for event in file.events):
            return None
        days = [_local(event.occurred, self.zone) for event in file.events]
        begins, ends = min(days), max(*days, file.now.astimezone(self.zone).date())
        first, last = self.first, self.until
        if self.procedure.in_force_until is not None and self.procedure.in_force_until <= last:
            return None
        first = max(first, self.procedure.in_force_from)
        low, high = -((begins - first) // WEEK), (last - begins) // WEEK
        shifts = [weeks * WEEK for weeks in range(low, high + 1)]
        ended = [shift for shift in shifts if ends + shift <= last]
        shifts = [shift for shift in shifts if shift not in ended] if still else ended
        pattern = self._pattern(begins, ends)
        wrong = [(_differing(self._pattern(begins + shift, ends + shift), pattern), shift) for shift in shifts]
        if not wrong:
            return None
        least = min(count for count, _ in wrong)
        return chance.choice([shift for count, shift in wrong if count == least])

    def _pattern(self, begins: dt.date, ends: dt.date) -> tuple[bool, ...]:
        calendar = self.calendar
        days = range(to_day(begins), to_day(ends) + 1)
        if days[0] < calendar.first_day or days[-1] > calendar.last_day:
            return ()
        return tuple(calendar.is_working(day) for day in days)

    def retell(self, file: CaseFile, shift: dt.timedelta, chance: Random) -> Iterator[Draft]:
        """Tell a file's events on other days; days without an hour get one, where no event of the file has any."""
        names: dict[str, str] = {}
        agency = chance.choice(AGENCIES).name
        plain = not any(isinstance(event.occurred, dt.datetime) for event in file.events)
        told: dict[str, Draft] = {}
        hours: dict[dt.date, int] = {}
        for event in file.events:
            occurred = event.occurred + shift
            if plain:
                place = hours[occurred] = hours.get(occurred, -1) + 1
                occurred = dt.datetime.combine(occurred, OPENS, self.zone) + place * STEP
            draft = Draft(
                event.kind,
                occurred,
                self._recorded(event, occurred, shift),
                self._somebody(event.actor, names, chance),
                _here(event.agency) or agency,
                self._data(event, shift, names, chance),
                tuple(_moved(one, shift) for one in event.relied_on),
                told.get(event.corrects),
                event.retracted,
                event.source,
                event.source_sequence,
            )
            told[event.id] = draft
            yield draft

    def _recorded(self, event: Event, occurred: dt.date, shift: dt.timedelta) -> dt.datetime:
        """When it was recorded: soon, unless the file says that it was late."""
        recorded = event.recorded_at + shift
        late = recorded.astimezone(self.zone).date() > _local(occurred, self.zone)
        if late or not isinstance(occurred, dt.datetime):
            return recorded
        return occurred + dt.timedelta(seconds=25)

    def _data(self, event: Event, shift: dt.timedelta, names: dict[str, str], chance: Random) -> dict[str, object]:
        kind = self.procedure.events.get(event.kind)
        fields = kind.fields if kind else {}
        said = {key: self._value(value, fields.get(key), shift, names, chance) for key, value in event.data.items()}
        replacement = event.data.get("replacement")
        if isinstance(replacement, dict):
            said["replacement"] = self._replacement(replacement, shift, names, chance)
        return said

    def _replacement(
        self, given: dict[str, Any], shift: dt.timedelta, names: dict[str, str], chance: Random
    ) -> dict[str, Any]:
        kind = self.procedure.events.get(given["kind"])
        fields = kind.fields if kind else {}
        data = {key: self._value(value, fields.get(key), shift, names, chance) for key, value in given["data"].items()}
        occurred = given["occurred"] + shift
        actor = self._somebody(given["actor"], names, chance)
        return {**given, "occurred": occurred.isoformat(), "actor": actor, "data": data, "relied_on": []}

    def _value(
        self, value: object, field: Field | None, shift: dt.timedelta, names: dict[str, str], chance: Random
    ) -> object:
        if isinstance(value, dt.date):
            return (value + shift).isoformat()
        if field is not None and field.type is FieldType.DATE and isinstance(value, str):
            return (dt.datetime.fromisoformat(value) + shift).date().isoformat()
        if field is not None and field.personal and isinstance(value, str):
            return self._somebody(value, names, chance)
        return value

    def _somebody(self, name: str, names: dict[str, str], chance: Random) -> str:
        """Somebody else's name for a name, the same throughout the case; what is no name stays."""
        if name and name not in names:
            if name.endswith("公司"):
                names[name] = enterprise(chance, CITY)
            else:
                names[name] = person(chance) if len(name) <= SHORT and not name.isascii() else name
        return names.get(name, "")


def _here(agency: str) -> str:
    """The city's own agencies go by their short names, as in the cases that are made up."""
    short = agency.removeprefix(CITY)
    return short if short in SHORT_NAMES else agency


def _moved(entry: Reliance, shift: dt.timedelta) -> Reliance:
    since, until = entry.valid_from, entry.valid_until
    return replace(entry, valid_from=since and since + shift, valid_until=until and until + shift)


def _differing(one: tuple[bool, ...], other: tuple[bool, ...]) -> int:
    if len(one) != len(other):
        return len(other) + 1
    return sum(a != b for a, b in zip(one, other, strict=True))


def _local(moment: dt.date, zone: ZoneInfo) -> dt.date:
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
