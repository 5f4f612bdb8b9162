"""Register entries an act relied on, as plain mappings and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import Reliance
from xiaoneng.journal.moment import read_day, write_moment

if TYPE_CHECKING:
    from datetime import date

FIELDS = frozenset({"register", "key", "version", "values", "valid_from", "valid_until"})


def read_reliance(value: object, where: str) -> Reliance:
    """Read one register entry; a Reliance passes as it is. Raises JournalError XN-J020."""
    if isinstance(value, Reliance):
        return value
    if not isinstance(value, Mapping):
        instead = "write register, key, version and values"
        raise JournalError("XN-J020", "is no register entry", where=where, instead=instead)
    strange = sorted(str(key) for key in value if key not in FIELDS)
    if strange:
        instead = f"use only {', '.join(sorted(FIELDS))}"
        raise JournalError("XN-J020", f"{strange[0]} is no field of a register entry", where=where, instead=instead)
    return Reliance(
        register=_word(value, "register", where),
        key=_word(value, "key", where),
        version=_version(value, where),
        values=_values(value.get("values", {}), where),
        valid_from=_day(value, "valid_from", where),
        valid_until=_day(value, "valid_until", where),
    )


def read_relied_on(value: object, where: str) -> tuple[Reliance, ...]:
    """Read the list of register entries of one event."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise JournalError("XN-J020", "is no list of register entries", where=where, instead="write a list")
    return tuple(read_reliance(entry, f"{where}[{i}]") for i, entry in enumerate(value))


def write_reliance(entry: Reliance) -> dict[str, object]:
    """Write one register entry as a mapping; open validity is None."""
    return {
        "register": entry.register,
        "key": entry.key,
        "version": entry.version,
        "values": entry.values,
        "valid_from": None if entry.valid_from is None else write_moment(entry.valid_from),
        "valid_until": None if entry.valid_until is None else write_moment(entry.valid_until),
    }


def _word(value: Mapping[object, object], name: str, where: str) -> str:
    word = value.get(name)
    if not isinstance(word, str) or not word:
        raise JournalError("XN-J020", "is missing or no text", where=f"{where}.{name}", instead="write its name")
    return word


def _version(value: Mapping[object, object], where: str) -> str:
    version = value.get("version", "")
    if not isinstance(version, str):
        where = f"{where}.version"
        raise JournalError("XN-J020", f"{version!r} is no text", where=where, instead="write it in quotes")
    return version


def _values(values: object, where: str) -> Mapping[str, object]:
    if not isinstance(values, Mapping):
        raise JournalError("XN-J020", "is no mapping", where=f"{where}.values", instead="write names and values")
    return values


def _day(value: Mapping[object, object], name: str, where: str) -> date | None:
    day = value.get(name)
    return None if day is None else read_day(day, f"{where}.{name}")
