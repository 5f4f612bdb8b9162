"""What every format is read into first: rows of events in file order, by columns, as the file says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Dialect:
    """Under which names a format says the parts of an event where no mapping tells; those of our own export."""

    case: str
    activity: str
    time: str
    actor: str
    agency: str
    id: str
    recorded_at: str = "xn:recorded_at"
    source_sequence: str = "xn:source_sequence"
    precision: str = "xn:precision"
    zone: str = "xn:zone"
    aside: tuple[str, ...] = ()  # columns of the format itself that are no event data


TABLE = Dialect(
    case="case",
    activity="kind",
    time="occurred",
    actor="actor",
    agency="agency",
    id="id",
    recorded_at="recorded_at",
    source_sequence="source_sequence",
    precision="precision",
    zone="zone",
)
XES = Dialect(
    case="case:concept:name",
    activity="concept:name",
    time="time:timestamp",
    actor="org:resource",
    agency="org:group",
    id="identity:id",
    aside=("lifecycle:transition", "concept:instance"),
)
OCEL = Dialect(
    case="case:concept:name",
    activity="concept:name",
    time="time:timestamp",
    actor="org:resource",
    agency="org:group",
    id="event:id",
)


@dataclass(frozen=True, slots=True)
class Rows:
    """One row per event. Columns of the case itself are named `case:…` and repeat in every row of the case.

    `column` gives a column by name, null where the event does not say it. Timestamps without a zone are wall clock
    times. `first` is the number of the first row as a person would count it in the file. `typed` is False where
    the format knows only text. `lost` are cases that the format names without any event.
    """

    place: str
    names: tuple[str, ...]
    column: Callable[[str], pa.Array]
    dialect: Dialect
    height: int
    first: int = 1
    typed: bool = True
    lost: tuple[str, ...] = ()
