"""The journal in the database: one subject is locked, its events are read, new ones are added. Nothing else is possible."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.journal import envelope
from xiaoneng.journal.canonical import event_bytes
from xiaoneng.journal.chain import ChainedEvent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True)
class Held:
    """A subject that is locked until the transaction ends: its procedure, and the end of its chain."""

    subject: str
    family: str
    last_sequence: int
    last_hash: bytes
    last_recorded_at: dt.datetime | None


def lock(cursor: CursorWrapper, subject: str, family: str) -> Held:
    """Lock a subject, making it where it is new; `family` is used only then."""
    cursor.execute(
        "INSERT INTO subject (name, family) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING", [subject, family]
    )
    cursor.execute(
        "SELECT family, last_sequence, last_hash, last_recorded_at FROM subject WHERE name = %s FOR UPDATE", [subject]
    )
    known, sequence, last, at = cursor.fetchone()
    return Held(subject, known, sequence, bytes(last), at)


def delivered(cursor: CursorWrapper, source: str, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Which of a source's events are known already: its own id → subject and sequence."""
    cursor.execute("SELECT id, subject, sequence FROM delivery WHERE source = %s AND id = ANY(%s)", [source, list(ids)])
    return {name: (subject, sequence) for name, subject, sequence in cursor.fetchall()}


def append(cursor: CursorWrapper, links: Sequence[ChainedEvent], deliveries: Sequence[tuple[str, str, int]]) -> None:
    """Add linked events of one subject, and note what delivered them: source, its own id, sequence."""
    subject = links[0].event.subject
    rows = [
        (one.event.sequence, one.event.id, one.event.kind, one.event.recorded_at, event_bytes(one.event).decode())
        for one in links
    ]
    sequences, ids, kinds, moments, bodies = (list(column) for column in zip(*rows, strict=True))
    cursor.execute(
        "INSERT INTO event (subject, sequence, id, kind, recorded_at, body, previous, hash)"
        " SELECT %s, * FROM unnest(%s::int[], %s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::bytea[], %s::bytea[])",
        [subject, sequences, ids, kinds, moments, bodies, [one.previous for one in links], [one.hash for one in links]],
    )
    cursor.execute("INSERT INTO unsealed SELECT %s, unnest(%s::int[])", [subject, sequences])
    if deliveries:
        sources, names, places = (list(column) for column in zip(*deliveries, strict=True))
        cursor.execute(
            "INSERT INTO delivery (source, id, subject, sequence)"
            " SELECT s, i, %s, n FROM unnest(%s::text[], %s::text[], %s::int[]) AS given (s, i, n)",
            [subject, sources, names, places],
        )
    last = links[-1]
    cursor.execute(
        "UPDATE subject SET last_sequence = %s, last_hash = %s, last_recorded_at = %s WHERE name = %s",
        [last.event.sequence, last.hash, last.event.recorded_at, subject],
    )


def events_of(cursor: CursorWrapper, subject: str) -> list[ChainedEvent]:
    """Every event of a subject with its hashes, in the order in which they were added."""
    cursor.execute("SELECT body, previous, hash FROM event WHERE subject = %s ORDER BY sequence", [subject])
    return [_linked(*row) for row in cursor.fetchall()]


def all_events(cursor: CursorWrapper) -> Iterator[ChainedEvent]:
    """Every event of the journal, subject by subject."""
    cursor.execute("SELECT body, previous, hash FROM event ORDER BY subject, sequence")
    while rows := cursor.fetchmany(5_000):
        for row in rows:
            yield _linked(*row)


def _linked(body: str, previous: bytes, own: bytes) -> ChainedEvent:
    return ChainedEvent(envelope.read(json.loads(body)), bytes(previous), bytes(own))
