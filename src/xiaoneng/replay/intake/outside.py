"""Cases that reach beyond the days that a calendar covers are not judged, but listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from xiaoneng.replay.intake.log import FIRST_DAY, Log
from xiaoneng.replay.intake.rejection import Sieve
from xiaoneng.replay.intake.values import taken

if TYPE_CHECKING:
    from collections.abc import Mapping


def reject_outside(log: Log, first_day: date, last_day: date) -> Log:
    """Give the log without the cases that have an event before `first_day` or after `last_day`, listed as rejected."""
    first, last = (day.toordinal() - FIRST_DAY.toordinal() for day in (first_day, last_day))
    outside = (log.day < first) | (log.day > last)
    if not outside.any():
        return log
    places = np.flatnonzero(outside)
    case_of = np.searchsorted(log.offsets, places, side="right") - 1
    cases, where = np.unique(case_of, return_index=True)
    sieve = Sieve()

    def say(place: int) -> tuple[str, str]:
        day = FIRST_DAY + timedelta(days=int(log.day[place]))
        case = str(log.cases[int(np.searchsorted(log.offsets, place, side="right") - 1)])
        return case, f"an event on {day} is outside the calendar ({first_day} to {last_day}); the case is not judged"

    sieve.reject("outside_calendar", places[where], say, first=0)
    keep = np.ones(len(log.cases), dtype=bool)
    keep[cases] = False
    rejected = tuple(replace(one, row=0) for one in sieve.listed)
    counts: Mapping[str, int] = {**log.rejected_counts, **sieve.counts}
    return replace(only(log, keep), rejected=log.rejected + rejected, rejected_counts=counts)


def only(log: Log, keep: npt.NDArray[np.bool_]) -> Log:
    """Give the log of the cases marked in `keep`."""
    return rows_of_log(log, np.repeat(keep, np.diff(log.offsets)))


def rows_of_log(log: Log, chosen: npt.NDArray[np.bool_]) -> Log:
    """Give the log of the events marked in `chosen`, without the cases that are left empty."""
    rows = np.flatnonzero(chosen)
    sizes = np.diff(np.concatenate([[0], np.cumsum(chosen)])[log.offsets])
    keep = sizes > 0

    def some(values: pa.Array | None) -> pa.Array | None:
        return None if values is None else taken(values, rows)

    return replace(
        log,
        cases=log.cases.filter(pa.array(keep)),
        offsets=np.concatenate([[0], np.cumsum(sizes[keep])]).astype(np.int64),
        kind=log.kind[rows],
        day=log.day[rows],
        at=log.at[rows],
        timed=log.timed[rows],
        tied=log.tied[rows],
        number=log.number[rows],
        ids=some(log.ids),
        actor=some(log.actor),
        agency=some(log.agency),
        recorded_at=None if log.recorded_at is None else log.recorded_at[rows],
        source_sequence=some(log.source_sequence),
        data={name: taken(values, rows) for name, values in log.data.items()},
    )
