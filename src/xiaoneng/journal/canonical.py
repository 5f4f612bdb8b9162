"""Canonical bytes of facts: JSON after RFC 8785, so that the same fact always has the same hash."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import rfc8785

from xiaoneng.journal.envelope import write
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import Event, Reliance
from xiaoneng.journal.moment import write_moment
from xiaoneng.journal.reliance import write_reliance

EXACT = 2**53 - 1


def event_bytes(event: Event) -> bytes:
    """Canonical bytes of one event in its present envelope; raises XN-J04x for data JSON cannot say."""
    try:
        return dumps(write(event))
    except JournalError as error:
        raise error.at(f"event {event.id}") from error


def dumps(value: object) -> bytes:
    """Canonical bytes of mappings, sequences, texts, numbers, booleans, days and instants."""
    return rfc8785.dumps(cast("Any", _plain(value, "")))


def _plain(value: object, where: str) -> object:
    """Turn a value into what JSON can say exactly."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int):
        if abs(value) > EXACT:
            instead = "write it as text; JSON numbers are exact up to 9007199254740991"
            raise JournalError("XN-J041", f"{value} is too large a number", where=where, instead=instead)
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            instead = "leave the field out, or say in a word why there is no number"
            raise JournalError("XN-J042", f"{value} is no number", where=where, instead=instead)
        return value
    if isinstance(value, date):
        return write_moment(value)
    if isinstance(value, Reliance):
        value = write_reliance(value)
    if isinstance(value, Mapping):
        return {_key(key, where): _plain(item, f"{where}.{key}".strip(".")) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item, f"{where}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, Decimal):
        instead = "write an amount in the smallest unit (fen) as an integer, or as text"
        raise JournalError("XN-J040", f"Decimal {value} has no JSON form", where=where, instead=instead)
    instead = "use texts, numbers, booleans, days, instants, lists and mappings"
    raise JournalError("XN-J040", f"{type(value).__name__} has no JSON form", where=where, instead=instead)


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise JournalError("XN-J043", f"{key!r} is no name", where=where, instead="use texts as names")
    return _text(key, where)


def _text(value: str, where: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        what = "holds half a character (a lone surrogate)"
        raise JournalError("XN-J044", what, where=where, instead="read the source as UTF-8") from error
    return str.__str__(value)
