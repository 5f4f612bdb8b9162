"""A family file with everything that it narrows below it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.document import Document, read
from xiaoneng.packs.overlay import overlay

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "family*.yaml"


def whole(
    path: Path, root: Path, known: dict[Path, Document], above: tuple[str, ...] = (), first: Document | None = None
) -> tuple[tuple[Path, ...], Document]:
    """Read a family file, laid over the version of the pack it narrows that is in force on its own first day.

    `known` are files that have been read, to which this adds; `above` are the packs that led here, `first` is the
    file of the first of them.

    Gives the folders from which it is made, its own first. Raises PackError where `narrows` names nothing or runs in
    a circle (XN-P085), and whatever reading a file raises.
    """
    if path not in known:
        known[path] = read(path, shown_as=path.relative_to(root).as_posix())
    document = known[path]
    name = ".".join(path.parent.relative_to(root).parts)
    narrowed = document.data.get("narrows") if isinstance(document.data, dict) else None
    if not isinstance(narrowed, str):
        return (path.parent,), document
    if narrowed in (*above, name):
        wrong = f"runs in a circle: {' → '.join((*above, name, narrowed))}"
        raise PackError([(first or document).complain(("narrows",), wrong, "narrow a national pack", "XN-P085")])
    files = sorted(root.joinpath(*narrowed.split(".")).glob(FAMILY))
    if not files:
        instead = f"name a procedure with a file packs/{narrowed.replace('.', '/')}/family.yaml"
        raise PackError([document.complain(("narrows",), f"there is no procedure {narrowed}", instead, "XN-P085")])
    day = _first_day(document)
    versions = [whole(file, root, known, (*above, name), first or document) for file in files]
    held = [one for one in versions if _holds(one[1], day)]
    folders, below = (held or versions)[-1]
    return (path.parent, *folders), overlay(document, below) if isinstance(below.data, dict) else document


def _first_day(document: Document) -> dt.date | None:
    in_force = document.data.get("in_force")
    first = in_force.get("from") if isinstance(in_force, dict) else None
    return first if isinstance(first, dt.date) else None


def _holds(document: Document, day: dt.date | None) -> bool:
    """Whether a version is in force on a day; one whose days cannot be read is not."""
    in_force = document.data.get("in_force") if isinstance(document.data, dict) else None
    if day is None or not isinstance(in_force, dict):
        return False
    first, until = in_force.get("from"), in_force.get("until")
    return isinstance(first, dt.date) and first <= day and (not isinstance(until, dt.date) or day < until)
