"""A look at the bytes of an XES log before it is parsed: what the parser would pass over in silence."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.replay.intake.error import LogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NAIVE_HINT = re.compile(rb"T\d\d:\d\d(?::\d\d(?:\.\d+)?)?[\"']")
DATE = re.compile(rb"<date\s+key=[\"']([^\"']*)[\"']\s+value=[\"'][^\"'T]*T[\d:.]*([^\"']?)")
DATE_TURNED = re.compile(rb"<date\s+value=[\"'][^\"'T]*T[\d:.]*([^\"']?)[^\"']*[\"']\s+key=[\"']([^\"']*)[\"']")
DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
EMPTY = re.compile(r"<trace\s*>((?:(?!<event|</?trace).)*)</trace\s*>|<trace\s*/>", re.DOTALL)
NAME = re.compile(r"key=[\"']concept:name[\"']\s+value=[\"']([^\"']*)[\"']")


@dataclass(frozen=True, slots=True)
class Look:
    """What the bytes say: the encoding, whether defaults are declared, and which dates have an offset from UTC."""

    encoding: str
    has_defaults: bool
    naive: frozenset[str]
    zoned: frozenset[str]
    traces: int

    @property
    def needs_mending(self) -> bool:
        """Whether the parser would read something else than the log says."""
        return self.has_defaults or self.encoding != "utf-8"


def look(path: Path) -> Look:
    """Look through a log once; raises LogError XN-R003 to XN-R006."""
    encoding, naive, zoned = "", set[str](), set[str]()
    has_defaults, traces, tail = False, 0, b""
    for part in pieces(path):
        text = part
        if not encoding:
            encoding = _encoding(part, path.name)
            _require_xes(part, encoding, path.name)
        if encoding != "utf-8":
            return _look_decoded(path, encoding)
        if not text.isascii():
            _require_utf8(text, path.name)
        has_defaults = has_defaults or (traces == 0 and b"<global" in text)
        traces += text.count(b"<trace")
        if NAIVE_HINT.search(text):
            _sort_dates(text, naive, zoned)
        tail = (tail + text)[-256:]
    if not encoding:
        _require_xes(b"", "utf-8", path.name)
    if not tail.rstrip().endswith(b"</log>") and not re.search(
        rb"<log\b[^>]*/>\s*$|</log\s*>\s*(<!--.*?-->\s*)*$", tail
    ):
        raise _cut_short(path.name)
    if naive:
        for part in pieces(path):
            _sort_dates(part, naive, zoned)
    return Look(encoding, has_defaults, frozenset(naive), frozenset(zoned), traces)


def pieces(path: Path) -> Iterator[bytes]:
    """Bytes of a log, unpacked, in pieces that end at the end of a tag; raises LogError XN-R003."""
    rest = b""
    for block in unpacked(path):
        raw = rest + block
        end = raw.rfind(b">") + 1
        if end:
            yield raw[:end]
        rest = raw[end:]
    if rest:
        yield rest


def unpacked(path: Path) -> Iterator[bytes]:
    """Bytes of a file, unpacked where its name ends in .gz; raises LogError XN-R003."""
    with path.open("rb") as file:
        if path.suffix != ".gz":
            while block := file.read(CHUNK):
                yield block
            return
        if file.read(2) != GZIP:
            raise LogError("XN-R003", "is not gzip", where=path.name, instead="take .gz off its name")
        file.seek(0)
        unpack = zlib.decompressobj(31)
        try:
            while block := file.read(CHUNK):
                while block:
                    yield unpack.decompress(block)
                    block = unpack.unused_data
                    if unpack.eof and block:
                        unpack = zlib.decompressobj(31)
        except zlib.error as error:
            raise LogError("XN-R003", f"is damaged ({error})", where=path.name, instead="fetch it again") from error
        if not unpack.eof:
            raise LogError("XN-R003", "ends in the middle of the gzip", where=path.name, instead="fetch it again")


def empty_traces(path: Path, seen: Look) -> tuple[str, ...]:
    """Names of the traces that have no events."""
    text = b"".join(unpacked(path)).decode(seen.encoding, errors="replace")
    found = []
    for match in EMPTY.finditer(text):
        name = NAME.search(match.group(1) or "")
        found.append(name.group(1) if name else "")
    return tuple(found)


def _encoding(start: bytes, place: str) -> str:
    for mark, name in BOMS.items():
        if start.startswith(mark):
            return name
    declared = DECLARED.search(start[:500])
    name = declared.group(1).decode("ascii") if declared else "utf-8"
    try:
        return {"ascii": "utf-8"}.get(codecs.lookup(name).name, codecs.lookup(name).name)
    except LookupError as error:
        instead = "convert the file to UTF-8"
        raise LogError(
            "XN-R006", f"says the encoding {name!r}, which is unknown", where=place, instead=instead
        ) from error


def _require_xes(start: bytes, encoding: str, place: str) -> None:
    text = start.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if not text:
        raise LogError("XN-R004", "is empty", where=place, instead="give an XES log")
    if start.startswith(GZIP):
        raise LogError("XN-R004", "is gzip", where=place, instead="name it .xes.gz")
    if not text.startswith("<"):
        raise LogError("XN-R004", f"is not XML: it begins with {text[:20]!r}", where=place, instead="give an XES log")
    first = re.search(r"<([A-Za-z_][\w:.-]*)", text)
    name = first.group(1) if first else ""
    if name.rpartition(":")[2] != "log":
        instead = "give an XES log, whose first element is <log>"
        raise LogError("XN-R004", f"is XML but no XES: it begins with <{name}>", where=place, instead=instead)


def _require_utf8(part: bytes, place: str) -> None:
    try:
        part.decode()
    except UnicodeDecodeError as error:
        near = part[max(0, error.start - 40) : error.start].decode("utf-8", errors="replace")
        instead = "say its true encoding in the first line (such as GB18030), or convert it to UTF-8"
        raise LogError("XN-R006", f"is not UTF-8 after {near!r}", where=place, instead=instead) from error


def _cut_short(place: str) -> LogError:
    return LogError("XN-R005", "ends before </log>: its end is missing", where=place, instead="fetch it again")


def _sort_dates(part: bytes, naive: set[str], zoned: set[str]) -> None:
    pairs = DATE.findall(part) + [(key, offset) for offset, key in DATE_TURNED.findall(part)]
    for key, offset in set(pairs):
        (zoned if offset else naive).add(key.decode())


def _look_decoded(path: Path, encoding: str) -> Look:
    """Look at a log of another encoding, as a whole."""
    raw = b"".join(unpacked(path))
    try:
        text = raw.decode(encoding).encode()
    except UnicodeDecodeError as error:
        instead = "say its true encoding in the first line, or convert it to UTF-8"
        raise LogError("XN-R006", f"is not {encoding}: {error}", where=path.name, instead=instead) from error
    if not text.rstrip().endswith(b"</log>"):
        raise _cut_short(path.name)
    naive, zoned = set[str](), set[str]()
    _sort_dates(text, naive, zoned)
    return Look(encoding, b"<global" in text, frozenset(naive), frozenset(zoned), text.count(b"<trace"))
