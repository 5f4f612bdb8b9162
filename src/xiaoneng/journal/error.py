"""What the journal says about facts it cannot read."""

from __future__ import annotations


class JournalError(ValueError):
    """A fact, line or chain that cannot be read.

    `what` is wrong, `where` says in which field, line or event ("" where the caller knows), `instead` what to
    do, and `code` is stable across releases (XN-J001).
    """

    def __init__(self, code: str, what: str, *, where: str = "", instead: str) -> None:
        self.code = code
        self.what = what
        self.where = where
        self.instead = instead
        super().__init__((f"{where}: " if where else "") + f"{what}; {instead} ({code})")

    def at(self, place: str) -> JournalError:
        """Give the same error with the place (file and line, event) put in front."""
        where = f"{place}: {self.where}" if self.where else place
        return JournalError(self.code, self.what, where=where, instead=self.instead)
