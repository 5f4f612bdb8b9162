"""What a procedure says outward, as plain frozen values: papers, publication, duties, and who has a case in hand.

Nothing here decides a finding: notices, forms, pages and calendars are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.packs.words import Words


@dataclass(frozen=True, slots=True)
class RemedyChoice:
    """A kind of act against which remedies lie, where the producing event fulfils `where` (always, where it is None)."""

    act: str
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A paper that an event produces.

    `to` are roles; `shows` is the statutory content, each `FIELD`, `KIND.FIELD`, `on`, `on.KIND`, `due.CLOCK`,
    `remedies`, `cites`, `agency` or `case`; of `remedies` the first that fits names the kind of act; `template` is the
    Typst file, from the folder of the packs.
    """

    id: str
    name: Words
    on: Selectors
    to: tuple[str, ...]
    shows: tuple[str, ...]
    remedies: tuple[RemedyChoice, ...]
    cite: tuple[str, ...]
    template: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Publication:
    """What the public may see of a case once one of its events is `of`: `fields` are `KIND.FIELD`.

    `clock` is the clock or rule that holds the publication in time, "" where the law sets none.
    """

    id: str
    name: Words
    of: Selectors
    fields: tuple[str, ...]
    clock: str
    cite: tuple[str, ...]


class Every(StrEnum):
    """How often an occurrence of a duty opens."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a period: `month` is counted within the period, from 1."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """A duty that is due though nobody asked: each occurrence is a case that opens by itself.

    The opening event says `data` and `due_on`; `each` is the register of which every entry has its own occurrence.
    """

    id: str
    name: Words
    every: Every
    opens: MonthDay
    due: MonthDay
    each: str
    cite: tuple[str, ...]
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has the case in hand between which events; `by` is the field of the opening event that names the holder.

    `same` correlates the closing event with the opening one, "" where any closes.
    """

    id: str
    name: Words
    opens: Selectors
    closes: Selectors
    same: str
    by: str
