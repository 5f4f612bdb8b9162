"""Moments of a log as text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.zone import DAY, SECOND, instants, local_microseconds

if TYPE_CHECKING:
    from xiaoneng.replay.intake.log import Log

Ints = npt.NDArray[np.int64]


def iso(at: Ints, zone: str) -> pa.Array:
    """ISO 8601 with the offset of the zone, to the millisecond where that is exact, to the microsecond otherwise."""
    local = local_microseconds(at, ZoneInfo(zone))
    text = pc.replace_substring(pc.cast(pa.array(local).view(pa.timestamp("us")), pa.string()), " ", "T")
    text = pc.replace_substring_regex(text, r"(\.\d{3})000$", r"\1")
    text = pc.replace_substring_regex(text, r"\.000$", "")
    distinct, back = np.unique((local - at) // SECOND, return_inverse=True)
    offsets = pa.array([_offset(int(seconds)) for seconds in distinct], pa.string()).take(pa.array(back))
    return pc.binary_join_element_wise(text, offsets, "")


def occurred(log: Log) -> pa.Array:
    """Legal moments as text: a day where only the day is known."""
    text = iso(log.at, log.zone)
    if log.timed.all():
        return text
    days = pc.cast(pa.array(log.day).view(pa.date32()), pa.string())
    return pc.if_else(pa.array(log.timed), text, days)


def midnights(days: pa.Array, zone: str) -> pa.Array:
    """Local midnights of dates, null where there is none."""
    numbers = np.asarray(pc.fill_null(days.view(pa.int32()), 0)).astype(np.int64)
    return pc.if_else(days.is_valid(), iso(instants(numbers * DAY, ZoneInfo(zone)), zone), None)


def _offset(seconds: int) -> str:
    sign, minutes = ("-" if seconds < 0 else "+"), round(abs(seconds) / 60)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
