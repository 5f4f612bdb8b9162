"""The rows of the mission: every mechanism that the policy documents ask for, and what carries it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from xiaoneng.packs.document import check, read
from xiaoneng.packs.schema_parts import Named, Strict
from xiaoneng.packs.words import Words

FILE = "_mission/rows.yaml"


@dataclass(frozen=True, slots=True)
class Row:
    """One mechanism: `sources` are places in the policy documents; `carried` says what carries it beside procedures."""

    id: str
    name: Words
    part: str
    sources: str
    carried: Words | None


class RowIn(Strict):
    """One row of the file."""

    name: Named
    sources: str
    carried: Named | None = None


class PartIn(Strict):
    """One chapter of the mission."""

    name: Named
    rows: Annotated[dict[str, RowIn], Field(min_length=1)]


class MissionIn(Strict):
    """The file of rows."""

    parts: Annotated[dict[str, PartIn], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter of the mission."""

    id: str
    name: Words


def load_parts(path: Path, root: Path) -> tuple[tuple[Part, tuple[Row, ...]], ...]:
    """Load the rows by chapter, in the order of the file; raises PackError."""
    given = check(MissionIn, read(path, shown_as=path.relative_to(root).as_posix()))
    return tuple(
        (
            Part(part, chapter.name.words),
            tuple(
                Row(name, row.name.words, part, row.sources, row.carried.words if row.carried else None)
                for name, row in chapter.rows.items()
            ),
        )
        for part, chapter in given.parts.items()
    )


def load_rows(path: Path, root: Path) -> dict[str, Row]:
    """Load the rows by id; raises PackError."""
    return {row.id: row for _, rows in load_parts(path, root) for row in rows}
