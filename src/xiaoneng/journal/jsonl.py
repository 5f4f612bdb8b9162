"""A journal in a file: one chained event per line, canonical JSON, gzip where the name ends in .gz."""

from __future__ import annotations

import gzip
import json
import os
import re
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from xiaoneng.journal import envelope
from xiaoneng.journal.canonical import EXACT, dumps
from xiaoneng.journal.chain import Algorithm, ChainedEvent
from xiaoneng.journal.error import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIELDS = frozenset({"algorithm", "event", "hash", "previous"})
HEX = re.compile(r"([0-9a-f]{2})*")


def read_journal(path: Path) -> Iterator[ChainedEvent]:
    """Read a journal line by line, keeping nothing; raises JournalError with file and line."""
    number = 0
    with path.open("rb") as raw, _unpacked(raw, path) as stream:
        try:
            for line in stream:
                number += 1
                yield _read_line(line)
        except JournalError as error:
            raise error.at(f"{path.name}:{number}") from error
        except (EOFError, OSError) as error:
            what, instead = f"cannot be unpacked: {error}", "fetch the file again"
            raise JournalError("XN-J060", what, where=f"{path.name}:{number + 1}", instead=instead) from error


def write_journal(path: Path, links: Iterable[ChainedEvent]) -> int:
    """Write a journal and give the number of its events.

    Readers see the old file or the whole new one, which only its owner may read.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    count = 0
    try:
        with os.fdopen(handle, "wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                    count = _write_lines(cast("IO[bytes]", packed), links)
            else:
                count = _write_lines(raw, links)
            raw.flush()
            os.fsync(raw.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
    return count


def _unpacked(raw: BinaryIO, path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw


def _write_lines(stream: IO[bytes], links: Iterable[ChainedEvent]) -> int:
    count = 0
    for chained in links:
        line = {
            "algorithm": chained.algorithm,
            "event": envelope.write(chained.event),
            "hash": chained.hash.hex(),
            "previous": chained.previous.hex(),
        }
        stream.write(dumps(line) + b"\n")
        count += 1
    return count


def _read_line(line: bytes) -> ChainedEvent:
    found = _parse(line)
    if not isinstance(found, dict) or found.keys() != FIELDS or not isinstance(found["event"], dict):
        instead = f"give exactly {', '.join(sorted(FIELDS))}"
        raise JournalError("XN-J062", "is no chained event", instead=instead)
    algorithm = found["algorithm"]
    if algorithm not in tuple(Algorithm):
        instead = f"use one of {', '.join(Algorithm)}"
        raise JournalError("XN-J050", f"{algorithm!r} is no known algorithm", where="algorithm", instead=instead)
    event = envelope.read(found["event"])
    return ChainedEvent(event, _hex(found, "previous"), _hex(found, "hash"), Algorithm(algorithm))


def _parse(line: bytes) -> object:
    try:
        return json.loads(line, object_pairs_hook=_once, parse_int=_number, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        if isinstance(error, JournalError):
            raise
        what = "is not valid JSON" if line.endswith(b"\n") else "is torn off or not valid JSON"
        raise JournalError("XN-J061", what, instead="restore the line from another copy") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JournalError("XN-J063", "has a name twice in one object", instead="keep one of them")
    return found


def _number(digits: str) -> int | float:
    """Read a number without point or exponent as RFC 8785 wrote it: a large one was a double."""
    number = int(digits)
    return number if abs(number) <= EXACT else float(digits)


def _no_constant(name: str) -> object:
    raise JournalError("XN-J042", f"{name} is no number", instead="leave the field out")


def _hex(found: dict[str, object], field: str) -> bytes:
    """Read a hash: hexadecimal in small letters and nothing else, so that one hash is written in one way."""
    value = found[field]
    if not isinstance(value, str) or not HEX.fullmatch(value):
        raise JournalError("XN-J064", f"{value!r} is no hash", where=field, instead="write it in hexadecimal")
    return bytes.fromhex(value)
