"""An event log in columns, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.journal.event import Event, Reliance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.replay.intake.rejection import Rejection

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = date(1970, 1, 1)
RELIED = "relied."


@dataclass(frozen=True, slots=True)
class Log:
    """Events in columns: cases in order of first appearance in the file, within a case in judging order.

    Event i of case c stands at `offsets[c] + i`. All columns but `cases` and `offsets` have one value per event.
    """

    cases: pa.Array  # text
    offsets: npt.NDArray[np.int64]  # len(cases) + 1
    kinds: tuple[str, ...]
    kind: npt.NDArray[np.uint16]  # place in kinds
    day: npt.NDArray[np.int32]  # local days since 1970-01-01, in `zone`
    at: npt.NDArray[np.int64]  # microseconds since 1970 UTC; where only the day is known, its local midnight
    timed: npt.NDArray[np.bool_]  # False: only the day is known
    tied: npt.NDArray[np.bool_]  # only the position in the file puts it after its predecessor
    number: npt.NDArray[np.int32]  # position in the file within the case, from 1; of the k-th case event -k
    ids: pa.Array | None  # event ids of the log itself; null where it says none
    actor: pa.DictionaryArray | None
    agency: pa.DictionaryArray | None
    recorded_at: npt.NDArray[np.int64] | None  # microseconds since 1970 UTC; `at` where the log does not say
    source_sequence: pa.Array | None  # int64
    data: Mapping[str, pa.Array]  # by field of the pack; null where the event does not say it
    rejected: tuple[Rejection, ...]  # what was not taken, the first of each code
    rejected_counts: Mapping[str, int]  # all of it, by code
    zone: str
    source: str  # name of the mapping
    complete: bool  # nothing more will come

    def __len__(self) -> int:
        return len(self.kind)

    def event_ids(self, start: int = 0, end: int | None = None) -> pa.Array:
        """Ids of the events from `start` to `end`: the log's own, else CASE#NUMBER, else CASE#KIND for case events."""
        end = len(self) if end is None else end
        number = self.number[start:end]
        cases = np.searchsorted(self.offsets, np.arange(start, end), side="right") - 1
        names = pc.cast(pa.array(number), pa.string())
        if (number < 0).any():
            kinds = pa.array(self.kinds, pa.string()).take(pa.array(self.kind[start:end]))
            names = pc.if_else(pa.array(number < 0), kinds, names)
        derived = pc.binary_join_element_wise(self.cases.take(pa.array(cases)), names, "#")
        if self.ids is None:
            return derived
        return pc.coalesce(self.ids.slice(start, end - start), derived)

    def find(self, case: str) -> int:
        """Index of a case by its id; raises KeyError."""
        index = int(pc.index(self.cases, case).as_py())
        if index < 0:
            raise KeyError(case)
        return index

    def events(self, case_index: int) -> tuple[Event, ...]:
        """Events of one case in judging order, as the kernel takes them; their sequence is that order."""
        start, end = int(self.offsets[case_index]), int(self.offsets[case_index + 1])
        size = end - start
        zone, case = ZoneInfo(self.zone), self.cases[case_index].as_py()
        ids = self.event_ids(start, end).to_pylist()
        actors = self.actor.slice(start, size).to_pylist() if self.actor is not None else [None] * size
        agencies = self.agency.slice(start, size).to_pylist() if self.agency is not None else [None] * size
        sequences = (
            self.source_sequence.slice(start, size).to_pylist() if self.source_sequence is not None else [None] * size
        )
        columns = {name: column.slice(start, size).to_pylist() for name, column in self.data.items()}
        found = []
        for i in range(size):
            row = start + i
            said = {name: values[i] for name, values in columns.items() if values[i] is not None}
            at = EPOCH + timedelta(microseconds=int(self.at[row]))
            recorded = at if self.recorded_at is None else EPOCH + timedelta(microseconds=int(self.recorded_at[row]))
            found.append(
                Event(
                    id=ids[i],
                    subject=case,
                    kind=self.kinds[self.kind[row]],
                    occurred=at.astimezone(zone) if self.timed[row] else FIRST_DAY + timedelta(days=int(self.day[row])),
                    recorded_at=recorded,
                    sequence=i + 1,
                    source=self.source if sequences[i] is not None else "",
                    source_sequence=sequences[i],
                    actor=actors[i] or "",
                    agency=agencies[i] or "",
                    data={name: value for name, value in said.items() if not name.startswith(RELIED)},
                    relied_on=_reliances(said),
                )
            )
        return tuple(found)


def _reliances(said: Mapping[str, object]) -> tuple[Reliance, ...]:
    """Register entries from columns `relied.REGISTER.FIELD`; key, version, valid_from and valid_until are their own."""
    registers: dict[str, dict[str, object]] = {}
    for name, value in said.items():
        if name.startswith(RELIED) and name.count(".") >= 2:
            register, _, field = name[len(RELIED) :].partition(".")
            registers.setdefault(register, {})[field] = value
    entries = []
    for register, values in registers.items():
        valid_from, valid_until = values.pop("valid_from", None), values.pop("valid_until", None)
        entries.append(
            Reliance(
                register=register,
                key=str(values.pop("key", "")),
                version=str(values.pop("version", "")),
                values=values,
                valid_from=valid_from if isinstance(valid_from, date) else None,
                valid_until=valid_until if isinstance(valid_until, date) else None,
            )
        )
    return tuple(entries)
