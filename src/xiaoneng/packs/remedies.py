"""Remedies: what one may do against a kind of act, by the date of the act.

A notice prints them in the words of the law that holds on its day: where reconsideration must come first, it says so.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError
from xiaoneng.law.library import Library
from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.document import Document, check, read
from xiaoneng.packs.schema_limits import FixedIn
from xiaoneng.packs.schema_parts import Cite, Named, Strict, Word
from xiaoneng.packs.words import Words
from xiaoneng.timing.limit import Limit

FOLDER = "_remedies"


@dataclass(frozen=True, slots=True)
class Route:
    """One way to go: `to` names it (reconsideration, litigation …); `first` where another is closed until it was gone."""

    to: str
    limit: Limit | None
    first: bool
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a paper says from a day on; {organ} and {court} in `says` are filled with the names that are known."""

    act: str
    since: dt.date
    says: Words
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of act, with its remedies in order of time."""

    id: str
    name: Words
    remedies: tuple[Remedy, ...]

    def on(self, day: dt.date) -> Remedy | None:
        """Give the remedies that hold on a day, None before the first."""
        held = [one for one in self.remedies if one.since <= day]
        return held[-1] if held else None


class RouteIn(Strict):
    """One way to go."""

    to: Word
    limit: FixedIn | None = None
    first: bool = False
    cite: Cite = Field(default=[])


class RemedyIn(Strict):
    """What holds from a day on."""

    since: Annotated[dt.date, Field(alias="from")]
    says: Named
    routes: list[RouteIn] = Field(default=[])


class ActIn(Strict):
    """A kind of act."""

    name: Named
    versions: Annotated[list[RemedyIn], Field(min_length=1)]


class RemediesIn(Strict):
    """A file of remedies."""

    remedies: Word
    acts: Annotated[dict[str, ActIn], Field(min_length=1)]


def load_remedies(path: Path, root: Path, library: Library | None) -> dict[str, Act]:
    """Load one file of remedies, by kind of act; raises PackError with everything wrong.

    Each route must cite law that holds on the first day of its version.
    """
    document = read(path, shown_as=path.relative_to(root).as_posix())
    given = check(RemediesIn, document)
    document.must_be("remedies", given.remedies, path.stem, "the file's name")
    acts, complaints = {}, []
    for name, act in given.acts.items():
        complaints += _complaints(name, act, document, library)
        remedies = tuple(
            Remedy(name, one.since, one.says.words, tuple(_route(route) for route in one.routes))
            for one in act.versions
        )
        acts[name] = Act(name, act.name.words, remedies)
    if complaints:
        raise PackError(complaints)
    return acts


def _route(route: RouteIn) -> Route:
    return Route(route.to, route.limit.limit if route.limit else None, route.first, tuple(route.cite))


def _complaints(name: str, act: ActIn, document: Document, library: Library | None) -> list[Complaint]:
    found = []
    for i, (earlier, later) in enumerate(pairwise(act.versions)):
        if later.since <= earlier.since:
            path = ("acts", name, "versions", i + 1, "from")
            found.append(
                document.complain(path, "is not after the version before", "put them in order of time", "XN-P130")
            )
    for i, version in enumerate(act.versions):
        for j, route in enumerate(version.routes):
            for k, cite in enumerate(route.cite):
                try:
                    citation = Citation.parse(cite)
                    if library is not None:
                        library.article(citation, on=version.since)
                except LawError as error:
                    place = ("acts", name, "versions", i, "routes", j, "cite", k)
                    found.append(document.complain(place, error.what, error.instead, error.code))
    return found
