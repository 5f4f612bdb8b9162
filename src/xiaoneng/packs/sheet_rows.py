"""What a sheet is made of: sections of rows, ready to be shown in any form."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.packs.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `id` names the thing in the pack ("" for none), `cells` follow the section's head."""

    id: str
    cells: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a title; `note` says how it is to be read."""

    title: Words
    head: tuple[Words, ...]
    rows: tuple[Row, ...]
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole procedure."""

    id: str
    name: Words
    sections: tuple[Section, ...]


def as_cited(cite: str) -> Words:
    """A citation as the pack writes it."""
    return Words(cite, cite)
