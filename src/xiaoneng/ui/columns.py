"""Geometry of column charts: stacked columns on one baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH = 640
HEIGHT = 182
TOP = 22
BASE = 142
"""The chart's box in its own units; labels stand below the baseline."""
FILL = 0.72
"""Share of a column's place that the column fills."""
LABELS = 18
"""So many labels fit below; of more columns every second, third … is named."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One colour of one column."""

    name: str
    value: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is what it stands for, `label` what is written below, empty where there is no room."""

    key: str
    label: str
    total: int
    x: float
    width: float
    middle: float
    top: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart. `names` are the colours from the baseline up."""

    width: int
    height: int
    base: int
    highest: int
    names: tuple[str, ...]
    columns: tuple[Column, ...]


def stacked(
    rows: Sequence[tuple[str, str, Mapping[str, int]]], names: Sequence[str], box_width: int = WIDTH
) -> Columns:
    """Lay out rows of (key, label, value by name), each a column, the names from the baseline up."""
    highest = max((sum(values.get(name, 0) for name in names) for _, _, values in rows), default=0)
    scale = (BASE - TOP) / highest if highest else 0.0
    place = box_width / max(len(rows), 1)
    width = min(place * FILL, 56)
    step = -(-len(rows) // LABELS) or 1
    columns = []
    for number, (key, label, values) in enumerate(rows):
        middle = place * (number + 0.5)
        y, pieces = float(BASE), []
        for name in names:
            height = values.get(name, 0) * scale
            y -= height
            if height:
                pieces.append(Piece(name, values[name], round(y, 1), round(height, 1)))
        total = sum(piece.value for piece in pieces)
        shown = label if number % step == 0 else ""
        x = round(middle - width / 2, 1)
        columns.append(Column(key, shown, total, x, round(width, 1), round(middle, 1), round(y, 1), tuple(pieces)))
    return Columns(box_width, HEIGHT, BASE, highest, tuple(names), tuple(columns))
