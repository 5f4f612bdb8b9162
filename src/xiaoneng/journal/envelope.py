"""The door of the journal: events as plain mappings, read strictly and written in the present version.

Versions: 0 gave the moment as `occurred_at` with `precision` beside it, and knew neither zone nor relied_on;
1 is the present one. Every older version stays readable for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from zoneinfo import ZoneInfo

from xiaoneng.journal.effective import check_replacement, replaced_entry
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import CORRECTION, RELIANCE_CORRECTED, Event, Precision
from xiaoneng.journal.moment import read_instant, read_moment, write_moment
from xiaoneng.journal.reliance import read_relied_on, write_reliance

VERSION = 1
FIELDS = frozenset({"envelope", *(field.name for field in fields(Event))})


def read(mapping: Mapping[str, object]) -> Event:
    """Read one event of any known version; raises JournalError: which field, and what to write instead."""
    mapping = _upgraded(mapping)
    strange = sorted(str(key) for key in mapping if key not in FIELDS)
    if strange:
        instead = f"use only {', '.join(sorted(FIELDS))}"
        raise JournalError("XN-J002", "is no field of an event", where=strange[0], instead=instead)
    event = Event(
        id=_name(mapping, "id"),
        subject=_name(mapping, "subject"),
        kind=_name(mapping, "kind"),
        occurred=read_moment(mapping.get("occurred"), "occurred"),
        recorded_at=read_instant(mapping.get("recorded_at"), "recorded_at"),
        sequence=_count(mapping.get("sequence"), "sequence", 1),
        source=_text(mapping, "source"),
        source_sequence=_number_of_source(mapping),
        actor=_text(mapping, "actor"),
        agency=_text(mapping, "agency"),
        data=_data(mapping),
        relied_on=read_relied_on(mapping.get("relied_on", ()), "relied_on"),
        corrects=_text(mapping, "corrects"),
        retracted=_flag(mapping, "retracted"),
        zone=_zone(mapping),
    )
    _check_correction(event)
    return event


def write(event: Event) -> dict[str, object]:
    """Write one event in the present version: moments as text, data as it is."""
    return {
        "envelope": VERSION,
        "id": event.id,
        "subject": event.subject,
        "kind": event.kind,
        "occurred": write_moment(event.occurred),
        "recorded_at": write_moment(event.recorded_at),
        "sequence": event.sequence,
        "source": event.source,
        "source_sequence": event.source_sequence,
        "actor": event.actor,
        "agency": event.agency,
        "data": event.data,
        "relied_on": [write_reliance(entry) for entry in event.relied_on],
        "corrects": event.corrects,
        "retracted": event.retracted,
        "zone": event.zone,
    }


def _from_0(mapping: Mapping[str, object]) -> dict[str, object]:
    """Version 0 to 1: one `occurred` whose own shape says how exact it is."""
    newer = {key: value for key, value in mapping.items() if key not in ("occurred_at", "precision")}
    moment, precision = mapping.get("occurred_at"), mapping.get("precision")
    if precision not in tuple(Precision):
        instead = "write day or instant"
        raise JournalError("XN-J013", f"{precision!r} is no precision", where="precision", instead=instead)
    instant = read_instant(moment, "occurred_at")
    newer["occurred"] = instant.date() if precision == Precision.DAY else instant
    newer["envelope"] = 1
    return newer


UPGRADES: Mapping[int, Callable[[Mapping[str, object]], dict[str, object]]] = {0: _from_0}


def _upgraded(mapping: Mapping[str, object]) -> Mapping[str, object]:
    version = mapping.get("envelope")
    while isinstance(version, int) and not isinstance(version, bool) and version in UPGRADES:
        mapping = UPGRADES[version](mapping)
        version = mapping["envelope"]
    if version != VERSION or isinstance(version, bool):
        known = ", ".join(str(number) for number in (*sorted(UPGRADES), VERSION))
        instead = f"give one of {known}; a newer journal needs a newer release"
        raise JournalError("XN-J001", f"{version!r} is no known version", where="envelope", instead=instead)
    return mapping


def _check_correction(event: Event) -> None:
    """Refuse a correction that could not be applied; what it corrects may still be on its way."""
    if event.kind == RELIANCE_CORRECTED:
        replaced_entry(event)
    if event.kind != CORRECTION:
        if event.corrects or event.retracted:
            what = f"only a {CORRECTION} corrects or retracts, not {event.kind}"
            raise JournalError("XN-J034", what, where="kind", instead=f"append an event of kind {CORRECTION}")
        return
    if not event.corrects or event.corrects == event.id:
        instead = "name the id of the event this is about"
        raise JournalError("XN-J035", "names no other event", where="corrects", instead=instead)
    if not event.retracted:
        check_replacement(event)


def _name(mapping: Mapping[str, object], field: str) -> str:
    value = _text(mapping, field)
    if not value.strip():
        raise JournalError("XN-J003", "is missing or empty", where=field, instead=f"give the event its {field}")
    return value


def _text(mapping: Mapping[str, object], field: str) -> str:
    value = mapping.get(field, "")
    if not isinstance(value, str):
        raise JournalError("XN-J004", f"{value!r} is no text", where=field, instead="write text")
    return value


def _flag(mapping: Mapping[str, object], field: str) -> bool:
    value = mapping.get(field, False)
    if not isinstance(value, bool):
        raise JournalError(
            "XN-J006", f"{value!r} is neither true nor false", where=field, instead="write true or false"
        )
    return value


def _count(value: object, field: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        instead = f"write a whole number from {least}"
        raise JournalError("XN-J005", f"{value!r} is no such number", where=field, instead=instead)
    return value


def _number_of_source(mapping: Mapping[str, object]) -> int | None:
    number = mapping.get("source_sequence")
    return None if number is None else _count(number, "source_sequence", 0)


def _data(mapping: Mapping[str, object]) -> Mapping[str, object]:
    data = mapping.get("data", {})
    if not isinstance(data, Mapping):
        raise JournalError("XN-J007", f"{data!r} is no mapping", where="data", instead="write names and values")
    return data


def _zone(mapping: Mapping[str, object]) -> str:
    zone = _text(mapping, "zone")
    try:
        if zone:
            ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        instead = "write an IANA name such as Asia/Shanghai, or leave it out"
        raise JournalError("XN-J008", f"{zone!r} is no known zone", where="zone", instead=instead) from error
    return zone
