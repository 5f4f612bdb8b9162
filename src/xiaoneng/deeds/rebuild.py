"""rebuild: everything derived is made again from the facts, and must be what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from xiaoneng.deeds.judge import judge
from xiaoneng.store import journal_rows, verdict_rows

if TYPE_CHECKING:
    from xiaoneng.packs.folder import Packs


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many subjects were judged again, and those of which something else was kept than comes out."""

    subjects: int
    different: tuple[str, ...]


def rebuild(packs: Packs) -> Rebuilt:
    """Judge every subject as of the instant at which it was judged last; what differs is replaced and named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM subject WHERE judged_at IS NOT NULL ORDER BY name")
        names = [name for (name,) in cursor.fetchall()]
    different = [name for name in names if not _same(packs, name)]
    return Rebuilt(len(names), tuple(different))


def _same(packs: Packs, subject: str) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        held = journal_rows.lock(cursor, subject, "")
        cursor.execute("SELECT judged_at FROM subject WHERE name = %s", [subject])
        (judged_at,) = cursor.fetchone()
        events = [one.event for one in journal_rows.events_of(cursor, subject)]
        judged = judge(packs, held.family, events, judged_at)
        kept = verdict_rows.kept(cursor, subject)
        verdict_rows.save(cursor, subject, judged)
        return kept == sorted(verdict_rows.rows(judged))
