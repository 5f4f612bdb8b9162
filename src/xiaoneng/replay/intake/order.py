"""Judging order of whole columns: cases by counting, and only cases out of order are sorted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from xiaoneng.journal.event import Event
from xiaoneng.journal.order import in_order

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
WORD = 1 << 16
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Keys:
    """What decides the order, per event, cases together: `case` counts up from 0.

    `sequence` is the number of the source where `numbered`; the order given is that of the file.
    """

    case: npt.NDArray[np.int32]
    at: Ints
    day: npt.NDArray[np.int32]
    timed: Bools
    sequence: Ints | None
    numbered: Bools | None

    def take(self, order: Ints) -> Keys:
        """The same events in another order."""
        return Keys(
            self.case[order],
            self.at[order],
            self.day[order],
            self.timed[order],
            None if self.sequence is None else self.sequence[order],
            None if self.numbered is None else self.numbered[order],
        )


def case_major(case: npt.NDArray[np.int32], count: int) -> Ints | None:
    """Stable order that brings each case together, by counting in two words; None where they already are."""
    if len(case) < 2 or bool((case[1:] >= case[:-1]).all()):
        return None
    order = np.argsort((case % WORD).astype(np.uint16), kind="stable")
    if count > WORD:
        order = order[np.argsort((case // WORD).astype(np.uint16)[order], kind="stable")]
    return order


def judging_order(keys: Keys, zone: ZoneInfo) -> Ints | None:
    """Order of `journal.order.in_order` within each case; None where events already stand in it."""
    case, at = keys.case, keys.at
    same = case[1:] == case[:-1]
    wrong = same & (at[1:] < at[:-1])
    if keys.sequence is not None:
        wrong |= same & (at[1:] == at[:-1]) & (keys.sequence[1:] < keys.sequence[:-1])
    order = None
    if wrong.any():
        rows = _rows_of(case, case[1:][wrong])
        by = (at[rows], case[rows]) if keys.sequence is None else (keys.sequence[rows], at[rows], case[rows])
        order = np.arange(len(case))
        order[rows] = rows[np.lexsort(by)]
    now = keys if order is None else keys.take(order)
    mixed = _needs_the_kernel(now)
    if not len(mixed):
        return order
    rows = _rows_of(case, mixed)
    # back to the order of the file for these cases: there the last word is the position
    order = np.arange(len(case)) if order is None else order
    order[rows] = rows
    for start, end in _runs(case[rows]):
        order[rows[start:end]] = rows[start:end][_one_case(keys.take(rows[start:end]), zone)]
    return order


def tied(keys: Keys) -> Bools:
    """Whether nothing but the position in the file puts an event after its predecessor in the case."""
    result = np.zeros(len(keys.case), dtype=bool)
    if len(result) == 0:
        return result
    alike = keys.timed[1:] == keys.timed[:-1]
    moment = np.where(alike, keys.at[1:] == keys.at[:-1], keys.day[1:] == keys.day[:-1])
    result[1:] = (keys.case[1:] == keys.case[:-1]) & moment
    if keys.sequence is not None and keys.numbered is not None:
        numbered = keys.numbered[1:] & keys.numbered[:-1]
        result[1:] &= ~(numbered & (keys.sequence[1:] != keys.sequence[:-1]))
    return result


def _needs_the_kernel(keys: Keys) -> npt.NDArray[np.int32]:
    """Cases in which days stand among instants, or only some events of one moment are numbered."""
    same = keys.case[1:] == keys.case[:-1]
    found = same & (keys.timed[1:] != keys.timed[:-1])
    if keys.numbered is not None and not keys.numbered.all():
        moment = same & (keys.at[1:] == keys.at[:-1])
        found |= moment & ~(keys.numbered[1:] & keys.numbered[:-1])
    return np.asarray(keys.case[1:][found])


def _rows_of(case: npt.NDArray[np.int32], wanted: npt.NDArray[np.int32]) -> Ints:
    flags = np.zeros(int(case[-1]) + 1, dtype=bool)
    flags[wanted] = True
    return np.asarray(np.flatnonzero(flags[case]))


def _runs(case: npt.NDArray[np.int32]) -> list[tuple[int, int]]:
    borders = [0, *(np.flatnonzero(case[1:] != case[:-1]) + 1).tolist(), len(case)]
    return list(pairwise(borders))


def _one_case(keys: Keys, zone: ZoneInfo) -> Ints:
    events = []
    for i in range(len(keys.at)):
        at = EPOCH + timedelta(microseconds=int(keys.at[i]))
        numbered = keys.sequence is not None and keys.numbered is not None and bool(keys.numbered[i])
        events.append(
            Event(
                id=str(i),
                subject="",
                kind="",
                occurred=at if keys.timed[i] else date(1970, 1, 1) + timedelta(days=int(keys.day[i])),
                recorded_at=at,
                sequence=i + 1,
                source="log" if numbered else "",
                source_sequence=int(keys.sequence[i]) if numbered and keys.sequence is not None else None,
            )
        )
    return np.array([event.sequence - 1 for event in in_order(events, zone)], dtype=np.int64)
