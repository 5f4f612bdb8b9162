"""The door for mappings: what the columns of an outside log mean."""

import collections.abc
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.document import Path_, check, read
from xiaoneng.packs.reading import PLAIN
from xiaoneng.packs.schema import Zone
from xiaoneng.packs.schema_parts import Strict, Word

FOLDER = "_mappings"
Column = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(strict=False, coerce_numbers_to_str=True)]
"""An activity, which a log may well number."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A fact that stands in the case's own columns: its kind, the column of its moment, field ← column."""

    kind: str
    time: str
    data: collections.abc.Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A log mapping. Columns are "" where the log has none; `mapping` is its id, `procedure` the default procedure.

    `case_type` is the object type of an OCEL log that is the case, "" where it has one type only.
    """

    mapping: str
    procedure: str
    zone: str
    precision: Literal["instant", "day"]
    complete: bool
    case: str
    activity: str
    time: str
    actor: str
    agency: str
    id: str
    recorded_at: str
    source_sequence: str
    activities: collections.abc.Mapping[str, str]
    others: Literal["keep", "slug"]
    data: collections.abc.Mapping[str, str]
    case_events: tuple[CaseEvent, ...]
    case_type: str = ""


class ColumnsIn(Strict):
    """Which column is what; the defaults are those of XES."""

    case: Column = "case:concept:name"
    activity: Column = "concept:name"
    time: Column = "time:timestamp"
    actor: str = ""
    agency: str = ""
    id: str = ""
    recorded_at: str = ""
    source_sequence: str = ""


class CaseEventIn(Strict):
    """A fact in the case's own columns."""

    kind: Word
    time: Column
    data: dict[str, Column] = Field(default={})


class MappingIn(Strict):
    """A mapping file."""

    mapping: Word
    procedure: Word
    zone: Zone
    precision: Literal["instant", "day"] = "instant"
    complete: bool = False
    columns: ColumnsIn = Field(default_factory=ColumnsIn)
    activities: dict[Name, Word] = Field(default={})
    others: Literal["keep", "slug"] = "keep"
    data: dict[str, Column] = Field(default={})
    case_events: list[CaseEventIn] = Field(default=[])
    case_type: str = ""


def load_mapping(path: Path, *, shown_as: str | None = None) -> Mapping:
    """Load one mapping file; raises PackError. It does not ask whether the procedure knows the kinds."""
    document = read(path, shown_as=shown_as)
    given = check(MappingIn, document)
    kinds: dict[Path_, str] = {("activities", name): kind for name, kind in given.activities.items()}
    kinds |= {("case_events", i, "kind"): one.kind for i, one in enumerate(given.case_events)}
    complaints = [
        document.complain(place, f"{kind!r} is no event kind", "use small letters, digits and _", "XN-P021")
        for place, kind in kinds.items()
        if not PLAIN.fullmatch(kind)
    ]
    if complaints:
        raise PackError(complaints)
    events = tuple(CaseEvent(one.kind, one.time, one.data) for one in given.case_events)
    return Mapping(
        mapping=given.mapping,
        procedure=given.procedure,
        zone=given.zone,
        precision=given.precision,
        complete=given.complete,
        **given.columns.model_dump(),
        activities=given.activities,
        others=given.others,
        data=given.data,
        case_events=events,
        case_type=given.case_type,
    )
