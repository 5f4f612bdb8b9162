"""What the intake says about a log it cannot read at all."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class LogError(ValueError):
    """A log that cannot be read or written.

    `what` is wrong, `where` says in which file and column, `instead` what to do, and `code` is stable across releases
    (XN-R007). What is wrong with single events is no error but a `Rejection`.
    """

    def __init__(self, code: str, what: str, *, where: str = "", instead: str) -> None:
        self.code = code
        self.what = what
        self.where = where
        self.instead = instead
        super().__init__((f"{where}: " if where else "") + f"{what}; {instead} ({code})")


def missing(what: str, name: str, known: Iterable[str], where: str) -> LogError:
    """Say that a column or type is not there, which ones are, and the nearest of them."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    instead = f"did you mean {near[0]!r}? there are " if near else "there are "
    return LogError("XN-R007", f"has no {what} {name!r}", where=where, instead=instead + (", ".join(names) or "none"))
