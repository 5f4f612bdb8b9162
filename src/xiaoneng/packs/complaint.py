"""What the door says about a file it cannot accept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing wrong in one file.

    `file` and `line` say where (line 1 is the first), `path` the key inside the file ("" for the whole file),
    `wrong` what is wrong, `instead` what to write, and `code` is stable across releases (XN-P014).
    """

    file: str
    line: int
    path: str
    wrong: str
    instead: str
    code: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " + (f"{self.path}: " if self.path else "")
        return f"{where}{self.wrong}; {self.instead} ({self.code})"


class PackError(Exception):
    """A pack cannot be loaded; carries every complaint, not only the first."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(sorted(complaints))
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))
