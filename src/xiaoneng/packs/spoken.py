"""Gaps in papers and in plain words that facts fill, such as {on}, {FIELD}, {KIND.FIELD} and {due.CLOCK}."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from xiaoneng.packs.model import EventKind

GAP = re.compile(r"\{([^{}]*)\}")
PROMISED = ".promised"
ALONE = frozenset({"on", "agency", "case", "remedies", "cites"})
"""Gaps that no field fills."""


def placeholders(text: str) -> tuple[str, ...]:
    """Give the names in braces, in the order in which they stand."""
    return tuple(GAP.findall(text))


def fits(gap: str, kind: EventKind, kinds: Mapping[str, EventKind], clocks: Collection[str]) -> bool:
    """Whether a gap can be filled where an event of `kind` has happened."""
    if gap in ALONE or gap in kind.fields:
        return True
    head, _, tail = gap.partition(".")
    if head == "due":
        return tail.removesuffix(PROMISED) in clocks
    if head == "on":
        return tail in kinds
    return head in kinds and tail in kinds[head].fields
