"""JSON forms of heads and proofs: hashes in hexadecimal, leaves counted from 0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

from xiaoneng.journal.canonical import EXACT
from xiaoneng.journal.chain import Algorithm
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.merkle import HASH_BYTES, Head
from xiaoneng.journal.proof import ConsistencyProof, InclusionProof

if TYPE_CHECKING:
    from collections.abc import Collection

HASH = re.compile(rf"[0-9a-f]{{{2 * HASH_BYTES}}}")


def write_head(head: Head) -> dict[str, object]:
    """Give {"algorithm", "root", "size"}."""
    return {"algorithm": str(head.algorithm), "root": head.root.hex(), "size": head.size}


def read_head(found: object) -> Head:
    """Read what `write_head` wrote; raises XN-J070, J074, J064 or J050."""
    form = _form(found, "head", {field.name for field in fields(Head)})
    algorithm = form["algorithm"]
    if algorithm not in tuple(Algorithm):
        instead = f"use one of {', '.join(Algorithm)}"
        raise JournalError("XN-J050", f"{algorithm!r} is no known algorithm", where="algorithm", instead=instead)
    return Head(_number(form, "size"), _hash(form["root"], "root"), Algorithm(str(algorithm)))


def write_inclusion(proof: InclusionProof) -> dict[str, object]:
    """Give {"index", "path", "size"}."""
    return {"index": proof.index, "path": [part.hex() for part in proof.path], "size": proof.size}


def read_inclusion(found: object) -> InclusionProof:
    """Read what `write_inclusion` wrote; raises XN-J070, J074 or J064. Whether it proves anything, `verify` says."""
    form = _form(found, "inclusion proof", {field.name for field in fields(InclusionProof)})
    return InclusionProof(_number(form, "index"), _number(form, "size"), _path(form["path"]))


def write_consistency(proof: ConsistencyProof) -> dict[str, object]:
    """Give {"first", "path", "second"}."""
    return {"first": proof.first, "path": [part.hex() for part in proof.path], "second": proof.second}


def read_consistency(found: object) -> ConsistencyProof:
    """Read what `write_consistency` wrote; raises XN-J070, J074 or J064."""
    form = _form(found, "consistency proof", {field.name for field in fields(ConsistencyProof)})
    return ConsistencyProof(_number(form, "first"), _number(form, "second"), _path(form["path"]))


def _form(found: object, what: str, names: Collection[str]) -> Mapping[str, object]:
    if not isinstance(found, Mapping) or found.keys() != names:
        instead = f"give exactly {', '.join(sorted(names))}"
        raise JournalError("XN-J070", f"is no {what}", instead=instead)
    return found


def _number(form: Mapping[str, object], field: str) -> int:
    value = form[field]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= EXACT:
        raise JournalError(
            "XN-J074", f"{value!r} counts no leaves", where=field, instead=f"give a whole number from 0 to {EXACT}"
        )
    return value


def _path(found: object) -> tuple[bytes, ...]:
    if not isinstance(found, list):
        raise JournalError("XN-J070", "is no path", where="path", instead="give a list of hashes, the lowest first")
    return tuple(_hash(value, f"path[{at}]") for at, value in enumerate(found))


def _hash(value: object, where: str) -> bytes:
    if not isinstance(value, str) or HASH.fullmatch(value) is None:
        instead = f"write {2 * HASH_BYTES} hexadecimal digits, small letters"
        raise JournalError("XN-J064", f"{value!r} is no hash", where=where, instead=instead)
    return bytes.fromhex(value)
