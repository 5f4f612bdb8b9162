"""Case files: what happened, and what the law must say of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.effective import effective
from xiaoneng.journal.event import Event, Reliance
from xiaoneng.packs.case_checks import check_case
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.document import check, read
from xiaoneng.packs.schema_cases import CaseIn, ContentsIn, EventIn
from xiaoneng.packs.select import NotInForceError, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xiaoneng.packs.document import Document
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.words import Words

FOLDER = "cases"
GOOD, BAD, STORY = "good", "bad", "story"
LAST_SECOND = dt.time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Expected:
    """A breach that must be found; `since` and `until` only where the file says them, as a local day or an instant."""

    rule: str
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Deemed:
    """A fact that silence must have made, and its local day."""

    kind: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One test of a procedure.

    `now` is the instant at which the case is judged; `complete` says that nothing more will come; `proves` names the
    clocks and rules it is about; `due` gives the due day (or instant) of the last activation of a clock; `good`
    whether it has no breach, `story` whether it tells a whole case; `procedure` is the version of the law that applies
    to it; `document` knows on which line it says what.
    """

    path: Path
    procedure: Procedure
    says: Words
    good: bool
    story: bool
    now: dt.datetime
    complete: bool
    proves: tuple[str, ...]
    events: tuple[Event, ...]
    findings: tuple[Expected, ...]
    due: Mapping[str, dt.date]
    deemed: tuple[Deemed, ...]
    document: Document


def case_paths(folder: Path) -> tuple[Path, ...]:
    """Case files of the family in a folder, sorted."""
    found = [path for kind in (GOOD, BAD, STORY) for path in (folder / FOLDER / kind).glob("*.yaml")]
    return tuple(sorted(found))


def load_case(path: Path, versions: Sequence[Procedure], root: Path) -> CaseFile:
    """Load one case file and choose the version of the law it is about; raises PackError with everything wrong.

    Left out, an event's id is e1, e2 … in file order, `recorded_at` the last second of its local day, and `now` the
    first instant of the local day after the last event. A `now` that is a day means its first instant.
    """
    document = read(path, shown_as=path.relative_to(root).as_posix())
    given = check(CaseIn, document)
    folder = path.parent.name
    zone = ZoneInfo(versions[-1].zone)
    events = tuple(_event(one, place, path.stem, zone) for place, one in enumerate(given.events))
    days = [local_day(event.occurred, zone) for event in effective(events) or events]
    try:
        procedure = select(versions, min(days), max(days))
    except NotInForceError as error:
        wrong, _, instead = str(error).removesuffix(" (XN-P086)").partition("; ")
        raise PackError([document.complain(("events",), wrong, instead, "XN-P086")]) from error
    check_case(given, folder, procedure, document)
    last = max(local_day(event.occurred, zone) for event in events)
    now = given.now or last + dt.timedelta(days=1)
    return CaseFile(
        path=path,
        procedure=procedure,
        says=given.says.words,
        good=not given.findings,
        story=folder == STORY,
        now=now if isinstance(now, dt.datetime) else dt.datetime.combine(now, dt.time(0), zone),
        complete=given.complete,
        proves=tuple(given.proves),
        events=events,
        findings=tuple(Expected(one.rule, one.since, one.until) for one in given.findings),
        due=given.due,
        deemed=tuple(Deemed(one.kind, one.on) for one in given.deemed),
        document=document,
    )


def local_day(moment: dt.date, zone: ZoneInfo) -> dt.date:
    """Local date of an instant; a date is its own."""
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment


def _event(given: EventIn, place: int, subject: str, zone: ZoneInfo) -> Event:
    replacement = {"replacement": _replacement(given.replacement)} if given.replacement else {}
    recorded_at = dt.datetime.combine(local_day(given.occurred, zone), LAST_SECOND, zone)
    return Event(
        id=given.id or f"e{place + 1}",
        subject=subject,
        kind=given.kind,
        occurred=given.occurred,
        recorded_at=given.recorded_at or recorded_at,
        sequence=place + 1,
        source=given.source,
        source_sequence=given.source_sequence,
        actor=given.actor,
        agency=given.agency,
        data={**given.data, **replacement},
        relied_on=_relied_on(given),
        corrects=given.corrects or "",
        retracted=given.retracted,
    )


def _replacement(given: ContentsIn) -> dict[str, object]:
    return {
        "kind": given.kind,
        "occurred": given.occurred,
        "actor": given.actor,
        "agency": given.agency,
        "data": given.data,
        "relied_on": _relied_on(given),
    }


def _relied_on(given: ContentsIn) -> tuple[Reliance, ...]:
    return tuple(
        Reliance(one.register_, one.key, one.version, one.values, one.valid_from, one.valid_until)
        for one in given.relied_on
    )
