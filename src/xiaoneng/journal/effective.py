"""Facts as they are to be judged: corrections applied, originals untouched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import CORRECTION, RELIANCE_CORRECTED, Event, Reliance
from xiaoneng.journal.moment import read_moment
from xiaoneng.journal.reliance import read_reliance, read_relied_on

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOKKEEPING = frozenset({CORRECTION, RELIANCE_CORRECTED})
REPLACED = frozenset({"kind", "occurred", "actor", "agency", "data", "relied_on", "zone"})


def effective(events: Sequence[Event]) -> tuple[Event, ...]:
    """Facts after corrections, in the order given.

    A corrected event keeps its id, subject, sequence, source, source_sequence and recorded_at; all else comes from the
    correction with the highest sequence. A corrected correction counts for the event at the root, and so does a
    retracted one: who takes a correction back appends the former contents. Corrections themselves, retracted events
    and `reliance_corrected` events are left out. A `reliance_corrected` changes what was written before it, not an
    entry copied later.
    Raises JournalError XN-J03x for a replacement that is none.
    """
    for event in events:
        if event.kind in BOOKKEEPING:
            return _apply(events)
    return tuple(events)


def dangling(events: Sequence[Event]) -> tuple[Event, ...]:
    """Corrections that reach no event of this subject: kept as evidence, without effect."""
    by_id = {event.id: event for event in events}
    lost = []
    for event in events:
        root = _root(event, by_id)
        if event.kind == CORRECTION and (root is None or not _fits(event, root)):
            lost.append(event)
    written, notes = _corrected(events)
    for note in notes:
        entry = replaced_entry(note)
        if not any(_concerns(note, entry, old) for _, event in _before(written, note) for old in event.relied_on):
            lost.append(by_id[note.id])
    return tuple(lost)


def trail(events: Sequence[Event], event_id: str) -> tuple[Event, ...]:
    """Give an event, then what corrects it, by sequence; empty where there is no such event.

    The id of a correction gives the trail of its root.
    """
    by_id = {event.id: event for event in events}
    named = by_id.get(event_id)
    root = None if named is None else _root(named, by_id)
    if root is None:
        return () if named is None else (named,)
    about = [event for event in events if _root(event, by_id) is root]
    return tuple(sorted(about, key=lambda event: (event is not root, event.sequence)))


def corrected(original: Event, correction: Event) -> Event:
    """Give the original the contents of its correction; what the replacement leaves out is empty."""
    where = f"correction {correction.id}"
    replacement = correction.data.get("replacement")
    if not isinstance(replacement, Mapping):
        instead = "give the full contents under `replacement`, or set `retracted`"
        raise JournalError("XN-J030", "has no replacement", where=where, instead=instead)
    strange = sorted(str(key) for key in replacement if key not in REPLACED)
    if strange:
        instead = f"use only {', '.join(sorted(REPLACED))}"
        raise JournalError("XN-J031", f"{strange[0]} cannot be replaced", where=where, instead=instead)
    kind, data = replacement.get("kind"), replacement.get("data", {})
    if not isinstance(kind, str) or not kind or kind in BOOKKEEPING:
        instead = "name the kind of the event as it should have been"
        raise JournalError("XN-J032", f"{kind!r} is no kind for a replacement", where=where, instead=instead)
    if not isinstance(data, Mapping):
        raise JournalError("XN-J033", "data is no mapping", where=where, instead="write names and values")
    return replace(
        original,
        kind=kind,
        occurred=read_moment(replacement.get("occurred"), f"{where}.occurred"),
        actor=_text(replacement, "actor", "", where),
        agency=_text(replacement, "agency", "", where),
        data=data,
        relied_on=read_relied_on(replacement.get("relied_on", ()), f"{where}.relied_on"),
        zone=_text(replacement, "zone", original.zone, where),
    )


def check_replacement(correction: Event) -> None:
    """Raise JournalError XN-J03x where a correction gives no contents that could replace an event's."""
    if _is_about_reliance(correction):
        replaced_entry(_corrected_note(correction, correction))
    else:
        corrected(correction, correction)


def replaced_entry(note: Event) -> Reliance:
    """Give the register entry as a `reliance_corrected` event says it should have read."""
    entry = {name: value for name, value in note.data.items() if name != "of_version"}
    return read_reliance(entry, f"reliance_corrected {note.id}")


def _apply(events: Sequence[Event]) -> tuple[Event, ...]:
    written, notes = _corrected(events)
    for note in sorted(notes, key=lambda event: event.sequence):
        entry = replaced_entry(note)
        for place, event in _before(written, note):
            entries = tuple(entry if _concerns(note, entry, old) else old for old in event.relied_on)
            if entries != event.relied_on:
                written[place] = (written[place][0], replace(event, relied_on=entries))
    return tuple(event for _, event in written)


def _corrected(events: Sequence[Event]) -> tuple[list[tuple[int, Event]], list[Event]]:
    """Apply corrections: events, each with the sequence that last wrote it, and `reliance_corrected` ones."""
    by_id = {event.id: event for event in events}
    last: dict[str, Event] = {}
    for event in events:
        if event.kind != CORRECTION:
            continue
        root = _root(event, by_id)
        if root is not None and _fits(event, root) and (root.id not in last or last[root.id].sequence < event.sequence):
            last[root.id] = event
    written: list[tuple[int, Event]] = []
    notes: list[Event] = []
    for event in events:
        if event.kind == CORRECTION:
            continue
        correction = last.get(event.id)
        if event.kind == RELIANCE_CORRECTED:
            if correction is None:
                notes.append(event)
            elif not correction.retracted:
                notes.append(_corrected_note(event, correction))
        elif correction is None:
            written.append((event.sequence, event))
        elif not correction.retracted:
            written.append((correction.sequence, corrected(event, correction)))
    return written, notes


def _corrected_note(note: Event, correction: Event) -> Event:
    """Correct the contents of a `reliance_corrected` event, which stays one."""
    replacement = correction.data.get("replacement")
    data = replacement.get("data") if isinstance(replacement, Mapping) else None
    if not isinstance(data, Mapping):
        instead = "give the full register entry under `replacement.data`, or set `retracted`"
        raise JournalError("XN-J030", "has no replacement", where=f"correction {correction.id}", instead=instead)
    return replace(note, data=data)


def _is_about_reliance(correction: Event) -> bool:
    replacement = correction.data.get("replacement")
    return isinstance(replacement, Mapping) and replacement.get("kind") == RELIANCE_CORRECTED


def _fits(correction: Event, root: Event) -> bool:
    """Tell whether an event may be replaced so: a fact by a fact, a corrected reliance by another."""
    return correction.retracted or _is_about_reliance(correction) == (root.kind == RELIANCE_CORRECTED)


def _root(event: Event, by_id: Mapping[str, Event]) -> Event | None:
    """Find the event a chain of corrections is about; None where it names none or runs in a circle."""
    seen: set[str] = set()
    at: Event | None = event
    while at is not None and at.kind == CORRECTION:
        if at.id in seen:
            return None
        seen.add(at.id)
        at = by_id.get(at.corrects)
    return at


def _before(written: Sequence[tuple[int, Event]], note: Event) -> list[tuple[int, Event]]:
    """Places and events that were written before a `reliance_corrected` event."""
    return [(place, event) for place, (sequence, event) in enumerate(written) if sequence < note.sequence]


def _concerns(note: Event, entry: Reliance, old: Reliance) -> bool:
    """Tell whether a note is about this entry: register and key; the version, where it names `of_version`."""
    if (old.register, old.key) != (entry.register, entry.key):
        return False
    of_version = note.data.get("of_version")
    return of_version is None or of_version == old.version


def _text(replacement: Mapping[str, object], name: str, otherwise: str, where: str) -> str:
    value = replacement.get(name, otherwise)
    if not isinstance(value, str):
        raise JournalError("XN-J033", f"{value!r} is no text", where=f"{where}.{name}", instead="write text")
    return value
