"""What the store refuses, in words for a person."""

from __future__ import annotations


class StoreError(RuntimeError):
    """Something about the database is wrong; the text says what, where, and what to do."""

    def __init__(self, code: str, what: str, instead: str) -> None:
        super().__init__(f"{what}; {instead} ({code})")
        self.code, self.what, self.instead = code, what, instead
