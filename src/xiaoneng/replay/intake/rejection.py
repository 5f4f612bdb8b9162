"""What was not taken from a log, and why: counted in full, listed up to a bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

LISTED = 1000


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing not taken. `row` is its number in the file from 1 (0: the whole case); `code` a word that is stable."""

    code: str
    case: str
    row: int
    reason: str


class Sieve:
    """Collects rejections while one log is read: every one counted, the first `listed` of each code kept."""

    def __init__(self, listed: int = LISTED) -> None:
        self.listed: list[Rejection] = []
        self.counts: dict[str, int] = {}
        self._bound = listed

    def reject(self, code: str, rows: np.ndarray, say: Callable[[int], tuple[str, str]], *, first: int = 1) -> None:
        """Reject rows (indices); `say` gives case and reason of one; `first` is the number of row 0 in the file."""
        if len(rows) == 0:
            return
        before = self.counts.get(code, 0)
        self.counts[code] = before + len(rows)
        for row in rows[: max(0, self._bound - before)].tolist():
            case, reason = say(row)
            self.listed.append(Rejection(code, case, row + first if row >= 0 else 0, reason))

    def reject_where(self, code: str, bad: np.ndarray, say: Callable[[int], tuple[str, str]], first: int) -> None:
        """Reject the rows marked in `bad`."""
        self.reject(code, np.flatnonzero(bad), say, first=first)
