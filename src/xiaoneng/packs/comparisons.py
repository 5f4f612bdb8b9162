"""Comparisons: two readings of one log, and the groups of cases by which their disagreement is explained."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.document import check, read
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "_comparisons"


@dataclass(frozen=True, slots=True)
class Group:
    """Cases whose `by` date lies `low` to `high` days after their first event (both included; None: no bound)."""

    low: int | None
    high: int | None
    because: Words

    def holds(self, days: int) -> bool:
        """Whether a number of days falls into the group."""
        return (self.low is None or days >= self.low) and (self.high is None or days <= self.high)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Judge a log by procedures `first` and `second`, and group its cases by the days until the date in field `by`."""

    id: str
    first: str
    second: str
    by: str
    groups: tuple[Group, ...]


class _GroupIn(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    low: int | None = Field(None, alias="from")
    high: int | None = Field(None, alias="to")
    zh: str
    en: str = ""


class _ComparisonIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    comparison: str
    first: str
    second: str
    by: str
    groups: Annotated[list[_GroupIn], Field(min_length=1)]


def load_comparison(path: Path, *, shown_as: str | None = None) -> Comparison:
    """Load a comparison; raises PackError with file and line, also where two groups overlap."""
    document = read(path, shown_as=shown_as)
    given = check(_ComparisonIn, document)
    groups = tuple(Group(one.low, one.high, Words(one.zh, one.en)) for one in given.groups)
    for place, (one, other) in enumerate(pairwise(groups)):
        if one.high is None or other.low is None or one.high >= other.low:
            wrong = "overlaps the group before it"
            where = ("groups", place + 1)
            raise PackError([document.complain(where, wrong, "list groups in order, without overlap", "XN-P110")])
    return Comparison(given.comparison, given.first, given.second, given.by, groups)
