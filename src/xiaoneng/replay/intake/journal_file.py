"""Our own journal as a log: facts after corrections, each subject a case."""

from __future__ import annotations

from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING

from xiaoneng.journal.effective import effective
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.jsonl import read_journal
from xiaoneng.journal.order import in_order
from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.ocel import mixed
from xiaoneng.replay.intake.rows import TABLE, Rows
from xiaoneng.replay.intake.zone import zone_of

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from xiaoneng.journal.event import Event


def read_journal_file(path: Path, zone: str) -> Rows:
    """Rows of a journal; days and instants are written as text, so that each keeps its precision.

    Where several sources count their own reports, the facts of a subject are put into judging order here, by local
    days of `zone`: a column of numbers cannot say whose they are. Raises LogError.
    """
    subjects: dict[str, list[Event]] = {}
    try:
        for link in read_journal(path):
            subjects.setdefault(link.event.subject, []).append(link.event)
        chains = [effective(chain) for chain in subjects.values()]
    except JournalError as error:
        raise LogError(
            "XN-R017", "is no journal: " + str(error), where=path.name, instead="verify the journal"
        ) from error
    sources = {event.source for chain in chains for event in chain if event.source_sequence is not None}
    if len(sources) > 1 and zone:
        where = zone_of(zone, path.name)
        chains = [in_order(chain, where) for chain in chains]
    events = [event for chain in chains for event in chain]
    fields = [_fields(event, counted=len(sources) == 1) for event in events]
    names = tuple(dict.fromkeys(name for said in fields for name in said))

    @cache
    def column(name: str) -> pa.Array:
        return mixed(said.get(name) for said in fields)

    return Rows(path.name, names, column, TABLE, len(events))


def _fields(event: Event, *, counted: bool) -> dict[str, object]:
    said: dict[str, object] = {
        TABLE.case: event.subject,
        TABLE.activity: event.kind,
        TABLE.time: event.occurred.isoformat(),
        TABLE.id: event.id,
        TABLE.recorded_at: event.recorded_at.astimezone(UTC).isoformat(),
    }
    if event.actor:
        said[TABLE.actor] = event.actor
    if event.agency:
        said[TABLE.agency] = event.agency
    if counted and event.source_sequence is not None:
        said[TABLE.source_sequence] = event.source_sequence
    said.update(event.data)
    for entry in reversed(event.relied_on):  # of several entries of a register the first is the one that is judged
        start = f"relied.{entry.register}."
        said.update({f"{start}key": entry.key, f"{start}version": entry.version})
        said.update({start + name: value for name, value in entry.values.items()})
        said.update({f"{start}valid_from": entry.valid_from, f"{start}valid_until": entry.valid_until})
    return said
