"""The three places where plain Python and the compiled replay differ: memory that grows, and output.

`replay.compiled` puts array versions in their stead; everything else in the kernel is the same code at both speeds.
"""

from __future__ import annotations

from typing import TypeAlias

Row: TypeAlias = tuple[int, int, int, int, int]


def emit(out: list[Row], what: int, code: int, event: int, cause: int, due: int) -> None:
    """Write one row: what it says, of which rule or clock, about which event, by which event, and the due moment."""
    out.append((what, code, event, cause, due))


def grow(memory: list[int], used: int, by: int) -> None:
    """Make sure that `by` more cells stand behind the first `used` ones."""
    memory.extend([0] * (used + by - len(memory)))


def count(tally: list[int], code: int) -> None:
    """Count one activation of a rule or clock."""
    tally[code] += 1
