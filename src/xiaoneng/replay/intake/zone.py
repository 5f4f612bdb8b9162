"""Local days and instants of whole columns, by the same zone data as the kernel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from xiaoneng.replay.intake.error import LogError

Ints = npt.NDArray[np.int64]
SECOND = 1_000_000
DAY = 86_400 * SECOND
WEEK = 7 * 86_400
EARLIEST = -62_135_510_400  # 0001-01-02, so that every zone has a year of our calendar
LATEST = 253_402_128_000  # 9999-12-30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_of(name: str, where: str) -> ZoneInfo:
    """Find an IANA zone; raises LogError XN-R015."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        instead = "write an IANA zone such as Asia/Shanghai"
        raise LogError("XN-R015", f"{name!r} is no time zone", where=where, instead=instead) from error


def local_microseconds(at: Ints, zone: ZoneInfo) -> Ints:
    """Wall clock of each instant (microseconds since 1970 UTC) as microseconds since 1970-01-01T00:00 local."""
    if len(at) == 0:
        return at
    since, offset = _reach(zone, int(at.min()), int(at.max()))
    return np.asarray(at + offset[np.searchsorted(since, at, side="right") - 1])


def instants(local: Ints, zone: ZoneInfo) -> Ints:
    """Instant of each wall clock time; of a doubled hour the first, of a skipped one as if the clock had not moved.

    As `datetime` does with fold=0, so that midnight of a day is here what it is in `journal.order`.
    """
    if len(local) == 0:
        return local
    since, offset = _reach(zone, int(local.min()) - DAY, int(local.max()) + DAY)
    turn = since.copy()
    turn[1:] += np.maximum(offset[1:], offset[:-1])
    return np.asarray(local - offset[np.searchsorted(turn, local, side="right") - 1])


def days_of(local: Ints) -> npt.NDArray[np.int32]:
    """Local day (days since 1970-01-01) of each wall clock time."""
    return np.asarray(local // DAY, dtype=np.int32)


def _reach(zone: ZoneInfo, lowest: int, highest: int) -> tuple[Ints, Ints]:
    """Offsets of the zone over a span of instants, by whole years so that few spans are ever computed."""
    year = 366 * 86_400
    return _offsets(zone, lowest // SECOND // year * year, (highest // SECOND // year + 1) * year)


@lru_cache(maxsize=64)
def _offsets(zone: ZoneInfo, lowest: int, highest: int) -> tuple[Ints, Ints]:
    """Instants at which the offset from UTC changes, and the offset from each on, both in microseconds."""
    start, end = max(lowest, EARLIEST), min(highest, LATEST)
    since, offsets = [np.iinfo(np.int64).min // 2], [_offset(zone, start)]
    for second in range(start, end, WEEK):
        following = min(second + WEEK, end)
        offset = _offset(zone, following)
        if offset != offsets[-1]:
            since.append(_turn(zone, second, following) * SECOND)
            offsets.append(offset)
    return np.array(since, dtype=np.int64), np.array(offsets, dtype=np.int64) * SECOND


def _turn(zone: ZoneInfo, before: int, after: int) -> int:
    """First second of the new offset between two instants of different offset."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, second: int) -> int:
    local = (_EPOCH + timedelta(seconds=second)).astimezone(zone)
    offset = local.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
