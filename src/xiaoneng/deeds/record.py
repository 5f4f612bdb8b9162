"""record: lock, append, judge, save, in one transaction. The only path on which a fact enters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction

from xiaoneng.deeds.judge import judge
from xiaoneng.journal import envelope
from xiaoneng.journal.chain import ChainedEvent, link
from xiaoneng.journal.event import Event
from xiaoneng.store import journal_rows, verdict_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.backends.utils import CursorWrapper

    from xiaoneng.journal.event import Reliance
    from xiaoneng.packs.folder import Packs
    from xiaoneng.store.verdict_rows import Judged


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact before it is recorded. `source` and `source_id` name what delivered it; a second delivery changes nothing.

    `corrects` is the id of an event of the same subject, which `retracted` takes back.
    """

    kind: str
    occurred: dt.date
    actor: str = ""
    agency: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    relied_on: tuple[Reliance, ...] = ()
    source: str = ""
    source_id: str = ""
    source_sequence: int | None = None
    corrects: str = ""
    retracted: bool = False
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: the events as recorded, the source's ids that were known already, and the new verdict.

    `came` and `gone` count findings that changed. `judged` is None where everything was known already.
    """

    events: tuple[Event, ...]
    known: tuple[str, ...]
    judged: Judged | None
    came: int = 0
    gone: int = 0


def utc_now() -> dt.datetime:
    """The instant of recording; read once, after the subject is locked."""
    return dt.datetime.now(dt.UTC)


def record(
    packs: Packs, subject: str, family: str, drafts: Sequence[Draft], clock: Callable[[], dt.datetime] = utc_now
) -> Recorded:
    """Record facts of one subject, all or none, and judge it anew.

    `family` is the procedure of a new subject; one that is known keeps its own. The instant of recording is never
    before the last one of the subject. Raises JournalError for a fact that is none, UnknownPackError for an unknown
    procedure; then nothing is kept.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        held = journal_rows.lock(cursor, subject, family)
        now = max(clock(), held.last_recorded_at) if held.last_recorded_at else clock()
        fresh, known = _fresh(cursor, drafts)
        if not fresh:
            return Recorded((), known, None)
        links, deliveries = _linked(held, fresh, now)
        journal_rows.append(cursor, links, deliveries)
        events = [one.event for one in journal_rows.events_of(cursor, subject)]
        judged = judge(packs, held.family, events, now)
        came, gone = verdict_rows.save(cursor, subject, judged)
        return Recorded(tuple(one.event for one in links), known, judged, came, gone)


def _fresh(cursor: CursorWrapper, drafts: Sequence[Draft]) -> tuple[list[Draft], tuple[str, ...]]:
    """Drafts that no delivery has brought before, and the ids of the others."""
    known: set[tuple[str, str]] = set()
    for source in {draft.source for draft in drafts if draft.source_id}:
        ids = [draft.source_id for draft in drafts if draft.source == source and draft.source_id]
        known |= {(source, name) for name in journal_rows.delivered(cursor, source, ids)}
    fresh: list[Draft] = []
    again: list[str] = []
    for draft in drafts:
        mark = (draft.source, draft.source_id)
        if draft.source_id and mark in known:
            again.append(draft.source_id)
            continue
        known.add(mark)
        fresh.append(draft)
    return fresh, tuple(again)


def _linked(
    held: journal_rows.Held, drafts: Sequence[Draft], now: dt.datetime
) -> tuple[list[ChainedEvent], list[tuple[str, str, int]]]:
    """Number and link drafts after the end of the chain; each passes the journal's own door."""
    links: list[ChainedEvent] = []
    deliveries: list[tuple[str, str, int]] = []
    last = held.last_hash
    for number, draft in enumerate(drafts, held.last_sequence + 1):
        event = Event(
            id=f"{held.subject}-{number:02d}",
            subject=held.subject,
            kind=draft.kind,
            occurred=draft.occurred,
            recorded_at=now,
            sequence=number,
            source=draft.source,
            source_sequence=draft.source_sequence,
            actor=draft.actor,
            agency=draft.agency,
            data=draft.data,
            relied_on=draft.relied_on,
            corrects=draft.corrects,
            retracted=draft.retracted,
            zone=draft.zone,
        )
        event = envelope.read(envelope.write(event))
        own = link(last, event)
        links.append(ChainedEvent(event, last, own))
        last = own
        if draft.source_id:
            deliveries.append((draft.source, draft.source_id, number))
    return links, deliveries
