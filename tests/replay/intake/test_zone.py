"""Local days of columns are those of the standard library."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.replay.intake.written import parse
from xiaoneng.replay.intake.zone import instants, local_microseconds

ZONES = ("Asia/Shanghai", "Europe/Amsterdam", "Europe/Rome", "America/Sao_Paulo", "Africa/Casablanca", "UTC")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAIVE = datetime(1970, 1, 1)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))


def _micros(since: timedelta) -> int:
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@given(st.sampled_from(ZONES), st.lists(MOMENTS, min_size=1, max_size=20))
def test_wall_clocks_are_those_of_zoneinfo(name: str, moments: list[datetime]) -> None:
    zone = ZoneInfo(name)
    at = np.array([_micros(moment.replace(tzinfo=UTC) - EPOCH) for moment in moments])
    wall = [moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) for moment in moments]
    assert local_microseconds(at, zone).tolist() == [_micros(moment - NAIVE) for moment in wall]


@given(st.sampled_from(ZONES), st.lists(MOMENTS, min_size=1, max_size=20))
def test_instants_of_wall_clocks_are_those_of_zoneinfo(name: str, moments: list[datetime]) -> None:
    zone = ZoneInfo(name)
    local = np.array([_micros(moment - NAIVE) for moment in moments])
    expected = [_micros(moment.replace(tzinfo=zone, fold=0) - EPOCH) for moment in moments]
    assert instants(local, zone).tolist() == expected


def test_skipped_and_doubled_hours_are_those_of_zoneinfo() -> None:
    zone = ZoneInfo("Europe/Rome")
    start = datetime(2025, 3, 29)
    walls = [start + timedelta(minutes=10 * i) for i in range(432)] + [
        datetime(2025, 10, 25) + timedelta(minutes=10 * i) for i in range(432)
    ]
    local = np.array([_micros(wall - NAIVE) for wall in walls])
    assert instants(local, zone).tolist() == [_micros(wall.replace(tzinfo=zone) - EPOCH) for wall in walls]


@given(MOMENTS, st.sampled_from(["T", " "]), st.sampled_from(["", "Z", "+08:00", "-0330", "+02"]))
def test_written_times_are_read_as_they_are_meant(moment: datetime, between: str, offset: str) -> None:
    found = parse(pa.array([moment.isoformat(between) + offset]))
    assert found.known[0]
    assert found.local[0] == _micros(moment - NAIVE)
    assert bool(found.has_offset[0]) == bool(offset)
    hours = {"": 0.0, "Z": 0.0, "+08:00": 8.0, "-0330": -3.5, "+02": 2.0}[offset]
    assert found.offset[0] == hours * 3600e6


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-01T24:00", "soon", "0000-01-01", None]
)
def test_what_is_no_time_is_not_known(text: str | None) -> None:
    assert not parse(pa.array([text, "2024-02-29"])).known[0]


@pytest.mark.parametrize("text", ["2026/3/2", "2026-03-02", " 2026-03-02 "])
def test_days_have_no_clock(text: str) -> None:
    found = parse(pa.array([text]))
    assert (found.known[0], found.has_clock[0]) == (True, False)
    assert found.local[0] == _micros(datetime(2026, 3, 2) - NAIVE)
