"""Columns of times as instants and local days, whatever type the file gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.written import parse
from xiaoneng.replay.intake.zone import DAY, days_of, instants, local_microseconds

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Clock:
    """How the times of one log are to be understood.

    `zone` gives the local days; `is_said` whether the mapping says that times without an offset are of that zone.
    """

    zone: ZoneInfo
    is_said: bool
    place: str


@dataclass(frozen=True, slots=True)
class Moments:
    """`at` microseconds since 1970 UTC, `day` local days since 1970-01-01, `timed` False where only the day is known.

    Where `known` is False there is no time, and the other values mean nothing.
    """

    at: Ints
    day: npt.NDArray[np.int32]
    timed: Bools
    known: Bools


def moments(values: pa.Array, clock: Clock, column: str) -> Moments:
    """Read a column of instants, wall clock times, days or texts; raises LogError XN-R008, XN-R011."""
    kind = values.type
    known = np.asarray(values.is_valid())
    if pa.types.is_timestamp(kind):
        at = _micros(values)
        if kind.tz is None:
            _ask_zone(clock, column, known)
            return _of_local(at, np.full(len(at), fill_value=True), known, clock)
        return _of_instants(at, known, clock)
    if pa.types.is_date(kind):
        local = _micros(pc.cast(values, pa.timestamp("us")))
        return _of_local(local, np.zeros(len(local), dtype=bool), known, clock)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _of_text(values, clock, column)
    if pa.types.is_null(kind):
        nothing = np.zeros(len(values), dtype=np.int64)
        return Moments(nothing, nothing.astype(np.int32), known, known)
    instead = "give times as ISO 8601 text or as timestamps"
    where = f"{clock.place}: {column}"
    raise LogError("XN-R011", f"holds {kind}, which is no time", where=where, instead=instead)


def by_day(found: Moments, clock: Clock) -> Moments:
    """Give the same times with the precision of a day: each stands at its local midnight."""
    midnight = instants(found.day.astype(np.int64) * DAY, clock.zone)
    return Moments(midnight, found.day, np.zeros(len(midnight), dtype=bool), found.known)


def _micros(values: pa.Array) -> Ints:
    cast = pc.cast(values, pa.timestamp("us", tz=values.type.tz), safe=False) if values.type.unit != "us" else values
    return np.asarray(pc.fill_null(cast.view(pa.int64()), 0))


def _of_instants(at: Ints, known: Bools, clock: Clock) -> Moments:
    at = np.where(known, at, 0) if not known.all() else at
    day = days_of(local_microseconds(at, clock.zone))
    return Moments(at, day, np.full(len(at), fill_value=True), known)


def _of_local(local: Ints, timed: Bools, known: Bools, clock: Clock) -> Moments:
    local = np.where(known, local, 0)
    return Moments(instants(local, clock.zone), days_of(local), timed, known)


def _of_text(values: pa.Array, clock: Clock, column: str) -> Moments:
    written = parse(values)
    naive = written.known & written.has_clock & ~written.has_offset
    _ask_zone(clock, column, naive)
    known = written.known
    at = instants(written.local, clock.zone)
    at = np.where(written.has_offset, written.local - written.offset, at)
    day = np.where(written.has_offset, days_of(local_microseconds(at, clock.zone)), days_of(written.local)).astype(
        np.int32
    )
    return Moments(at, day, written.has_clock, known)


def _ask_zone(clock: Clock, column: str, naive: Bools) -> None:
    if naive.any() and not clock.is_said:
        instead = "add `zone:` to the mapping, such as `zone: Asia/Shanghai`"
        what = f"{int(naive.sum())} times say no offset from UTC and no zone is known for them"
        raise LogError("XN-R008", what, where=f"{clock.place}: {column}", instead=instead)
