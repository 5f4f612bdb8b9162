"""The edition of a procedure: a hash of its meaning.

Hashed is every checked value from which a verdict, a guide or a form follows: kinds, conditions as trees (not their
spelling), limits, citations, the order of clocks and rules, the ladder. Left out is what only people read (names, says,
help, tells), what is conceded of the proofs, where it stands (file, line) and every value that equals its default, so that a
new key of the format changes no edition. A mended word or comment is the same edition; a mended number is a new one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import rfc8785

from xiaoneng.packs.condition import Condition
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from xiaoneng.packs.model import Procedure

UNSAID = frozenset({"file", "line", "edition", "concedes", "tells"})
LENGTH = 16


def edition(procedure: Procedure) -> str:
    """Hash the meaning of a procedure: SHA-256 over canonical JSON (RFC 8785), the first 16 hex digits."""
    return hashlib.sha256(canonical(_meaning(procedure))).hexdigest()[:LENGTH]


def canonical(meaning: Any) -> bytes:
    """Write canonical JSON; the standard library, which is ten times as fast, says the same of everything but broken numbers."""
    if _has_float(meaning):
        return rfc8785.dumps(meaning)
    return json.dumps(meaning, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _has_float(meaning: Any) -> bool:
    if isinstance(meaning, dict):
        return any(map(_has_float, meaning.values()))
    return any(map(_has_float, meaning)) if isinstance(meaning, list) else isinstance(meaning, float)


def _meaning(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Words):
        return None
    if isinstance(value, Condition):
        return _meaning(value.tree)
    if isinstance(value, Mapping):
        return {key: _meaning(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_meaning(part) for part in value]
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    assert is_dataclass(value)
    said = {"": type(value).__name__}
    for field in fields(value):
        part = getattr(value, field.name)
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if field.name not in UNSAID and not isinstance(part, Words) and part != default:
            said[field.name] = _meaning(part)
    return said
