"""What the law room says about a citation it cannot follow."""

from __future__ import annotations


class LawError(LookupError):
    """A citation, instrument or article that cannot be used.

    `what` is wrong, `instead` what to do; `code` is stable across releases (XN-L001).
    """

    def __init__(self, code: str, what: str, instead: str) -> None:
        self.code = code
        self.what = what
        self.instead = instead
        super().__init__(f"{what}; {instead} ({code})")
