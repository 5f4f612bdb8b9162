"""The door for calendars: one file that describes the calendar, one file for the notices of each year."""

import datetime as dt
import json
import os
import re
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.document import Document, check, read
from xiaoneng.packs.holiday_json import JsonYear, from_json
from xiaoneng.timing.build import DayName, YearNotice, build
from xiaoneng.timing.calendar import Calendar
from xiaoneng.timing.errors import TimingError

DESCRIPTION = "calendar.yaml"
YEAR_FILE = re.compile(r"\d{4}\.yaml")
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DayOfWeek = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    zh: str = Field(min_length=1)
    en: str = ""


def _bare(value: Any) -> Any:
    """Read a bare string as Chinese."""
    return {"zh": value} if isinstance(value, str) else value


Named = Annotated[_Words, BeforeValidator(_bare)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class _Opening(_Strict):
    opens: Clock
    closes: Clock


class _Office(_Strict):
    """Office hours; `note` says that they are practice, not law."""

    hours: tuple[_Opening, ...]
    note: Named


class _Description(_Strict):
    id: str = Field(pattern=r"^[a-z][a-z0-9_.-]*$")
    name: Named
    zone: str
    weekend: tuple[DayOfWeek, ...]
    basis: tuple[str, ...]
    office: _Office


class _Notice(_Strict):
    """An instrument; `number` is null where it is not known, and `note` then says so."""

    number: str | None
    title: str
    issued: dt.date | None
    note: str = ""


class _Off(_Strict):
    """Days off from a date to a date, both included; `by` is the number of a notice other than the first."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    name: Named
    by: str = ""


class _Work(_Strict):
    """A day worked that the week, or another notice, would have off."""

    date: dt.date
    name: Named
    by: str = ""


class YearFile(_Strict):
    """What the notices of one year say."""

    year: int = Field(ge=1900, le=2999)
    notices: tuple[_Notice, ...] = Field(min_length=1)
    off: tuple[_Off, ...]
    work: tuple[_Work, ...]


def load_calendar(folder: Path) -> Calendar:
    """Load packs/<country>/_calendar; raises PackError with every complaint found in its files."""
    description = folder / DESCRIPTION
    if not description.is_file():
        raise _refusal(DESCRIPTION, f"is not in {folder}", "describe the calendar there", "XN-C001")
    complaints: list[Complaint] = []
    years: list[YearNotice] = []
    described = None
    for path in sorted(folder.glob("*.yaml")):
        try:
            if path.name == DESCRIPTION:
                described = _describe(path)
            elif YEAR_FILE.fullmatch(path.name):
                years.append(load_year(path))
            else:
                raise _refusal(path.name, "is no file of a calendar", "name it after its year: 2027.yaml", "XN-C005")
        except PackError as error:
            complaints += error.complaints
    if complaints or described is None:
        raise PackError(complaints)
    one, hours = described
    try:
        return build(one.id, one.zone, years, weekend=[WEEK.index(day) for day in one.weekend], hours=hours)
    except TimingError as error:
        wrong, _, instead = str(error).removesuffix(f" ({error.code})").partition("; ")
        raise _refusal(DESCRIPTION, wrong, instead, "XN-C008") from error


def load_year(path: Path) -> YearNotice:
    """Load and check the notices of one year; raises PackError."""
    document = read(path)
    one = check(YearFile, document)
    complaints = list(_wrong_with(one, document, expected=path.stem))
    if complaints:
        raise PackError(complaints)
    off = {
        day: DayName(entry.name.zh, entry.name.en, entry.by)
        for entry in one.off
        for day in _days(entry.first, entry.last)
    }
    work = {entry.date: DayName(entry.name.zh, entry.name.en, entry.by) for entry in one.work}
    return YearNotice(one.year, tuple(notice.number or notice.title for notice in one.notices), off, work)


def import_notice(source: Path, into: Path, *, replace: bool = False) -> Path:
    """Write the notices of a year into the calendar folder `into` and return the file.

    Everything is checked first, the whole calendar with the new year included; nothing half-written is ever
    seen. Raises PackError for a bad source, and for a file that exists and differs unless `replace` is true.
    """
    text = _text(source)
    year = re.search(r"^year: *(\d{4})\b", text, re.MULTILINE)
    if year is None:
        raise _refusal(source.name, "names no year", "write `year: 2027` at the start of a line", "XN-C002")
    target = into / f"{year[1]}.yaml"
    with tempfile.TemporaryDirectory(dir=into, prefix=".import-") as folder:
        # A trial copy of the calendar, so that a mistake is found before anything changes.
        trial = Path(folder)
        for path in (into / DESCRIPTION, *into.glob("????.yaml")):
            if path.is_file():
                (trial / path.name).write_bytes(path.read_bytes())
        written = trial / target.name
        differs = written.is_file() and written.read_text(encoding="utf-8") != text
        written.write_text(text, encoding="utf-8")
        load_year(written)
        load_calendar(trial)
        if differs and not replace:
            raise _refusal(
                target.name,
                "is there already and differs",
                "compare the two, then import with replace",
                "XN-C009",
            )
        with written.open("rb") as file:
            os.fsync(file.fileno())
        written.replace(target)
    return target


def _text(source: Path) -> str:
    """Text of the year's YAML file."""
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _refusal(source.name, f"cannot be read: {error}", "give a readable UTF-8 file", "XN-C014") from error
    if source.suffix != ".json":
        return text
    try:
        return from_json(JsonYear.model_validate(json.loads(text)))
    except (ValueError, ValidationError) as error:
        wrong = f"is not the JSON of a year: {' '.join(str(error).split())[:200]}"
        raise _refusal(source.name, wrong, "give year and days with name, date, isOffDay", "XN-C010") from error


def _describe(path: Path) -> tuple[_Description, list[int]]:
    document = read(path)
    one = check(_Description, document)
    hours = [_second(at) for opening in one.office.hours for at in (opening.opens, opening.closes)]
    if any(a >= b for a, b in pairwise(hours)):
        where = ("office", "hours")
        raise PackError([document.complain(where, "are not in order", "write morning before afternoon", "XN-C011")])
    return one, hours


def _wrong_with(one: YearFile, document: Document, expected: str) -> Iterator[Complaint]:
    """Complain of what the schema cannot see in the notices of one year."""
    if str(one.year) != expected:
        yield document.complain(("year",), f"is {one.year} in {expected}.yaml", "mend the one or the other", "XN-C003")
        return
    known = {notice.number for notice in one.notices}
    seen: set[dt.date] = set()
    entries: list[tuple[str, int, dt.date, dt.date, str]] = []
    entries += [("off", i, entry.first, entry.last, entry.by) for i, entry in enumerate(one.off)]
    entries += [("work", i, entry.date, entry.date, entry.by) for i, entry in enumerate(one.work)]
    for part, i, first, last, by in entries:
        if first > last:
            yield document.complain((part, i), f"ends on {last} before it starts", "mend from and to", "XN-C004")
            continue
        if by and by not in known:
            yield document.complain((part, i, "by"), f"{by} is not among the notices", "add it there", "XN-C013")
        if not _in_reach(first, one.year) or not _in_reach(last, one.year):
            instead = f"keep to {one.year} and the December before"
            yield document.complain((part, i), f"{first} to {last} lies elsewhere", instead, "XN-C006")
            continue
        days = set(_days(first, last))
        for day in sorted(days & seen):
            yield document.complain((part, i), f"{day} is named twice", "keep what the notice says", "XN-C007")
        seen |= days


def _in_reach(on: dt.date, year: int) -> bool:
    return on.year == year or (on.year, on.month) == (year - 1, 12)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]


def _second(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 3600 + int(minute) * 60


def _refusal(file: str, wrong: str, instead: str, code: str) -> PackError:
    return PackError([Complaint(file, 1, "", wrong, instead, code)])
