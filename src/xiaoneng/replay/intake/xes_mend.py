"""A copy of an XES log in the form that the parser reads as the log means it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from xiaoneng.replay.intake.xes_look import pieces, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xiaoneng.replay.intake.xes_look import Look

GLOBAL = re.compile(rb"<global\b[^>]*/>|<global\b.*?</global\s*>", re.DOTALL)
DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
# Years that 64 bits of nanoseconds cannot hold: before 1678 and after 2261.
FAR = re.compile(
    rb"([\"'])(?:0\d{3}|1[0-5]\d\d|16[0-6]\d|167[0-7]|226[2-9]|22[7-9]\d|2[3-9]\d\d|[3-9]\d{3})-\d\d-\d\dT[^\"']*"
)


def mend(path: Path, seen: Look, copy: Path) -> None:
    """Write the log as UTF-8, without declared defaults, and without dates beyond the reach of nanoseconds.

    The parser fills what an event does not say with the declared default, so that a case without an end would end in
    1970; and one placeholder date of the year 9999 stops it.
    """
    with copy.open("wb") as file:
        waiting = b""
        for piece in _utf8_pieces(path, seen):
            part = waiting + piece
            if b"<global" in part and b"<trace" not in part[: part.rfind(b"<global")] and _is_open(part):
                waiting = part
                continue
            waiting = b""
            file.write(FAR.sub(rb"\1", GLOBAL.sub(b"", part) if b"<global" in part else part))
        file.write(waiting)


def _is_open(part: bytes) -> bool:
    return part.rfind(b"</global") < part.rfind(b"<global") and not part[part.rfind(b"<global") :].split(b">")[
        0
    ].endswith(b"/")


def _utf8_pieces(path: Path, seen: Look) -> Iterator[bytes]:
    if seen.encoding == "utf-8":
        yield from pieces(path)
        return
    decode = codecs.getincrementaldecoder(seen.encoding)()
    text = "".join(decode.decode(block) for block in unpacked(path)).lstrip("\ufeff")
    yield DECLARATION.sub(b"", text.encode())
