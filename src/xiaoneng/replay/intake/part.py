"""Consecutive cases of a log as a log of their own, without copying."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.replay.intake.log import Log


def slice_of(log: Log, low: int, high: int) -> Log:
    """The cases low..high of a log; the log itself if they are all of it."""
    if (low, high) == (0, len(log.cases)):
        return log
    start, end = int(log.offsets[low]), int(log.offsets[high])

    def cut(column: Any) -> Any:
        if column is None:
            return None
        return column.slice(start, end - start) if isinstance(column, pa.Array) else column[start:end]

    return replace(
        log,
        cases=log.cases.slice(low, high - low),
        offsets=log.offsets[low : high + 1] - start,
        kind=log.kind[start:end],
        day=log.day[start:end],
        at=log.at[start:end],
        timed=log.timed[start:end],
        tied=log.tied[start:end],
        number=log.number[start:end],
        ids=cut(log.ids),
        actor=cut(log.actor),
        agency=cut(log.agency),
        recorded_at=cut(log.recorded_at),
        source_sequence=cut(log.source_sequence),
        data=_data(log.data, start, end),
    )


def _data(data: Mapping[str, pa.Array], start: int, end: int) -> Mapping[str, pa.Array]:
    """Columns of some rows; data that is read when it is asked for may know better how (`rows`)."""
    rows = getattr(data, "rows", None)
    if rows is not None:
        found: Mapping[str, pa.Array] = rows(start, end)
        return found
    return {name: column.slice(start, end - start) for name, column in data.items()}
