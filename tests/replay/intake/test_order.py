"""The order of columns is the order of the journal."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.journal.order import in_order, ties
from xiaoneng.replay.intake.door import read_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = datetime(2025, 10, 25, 20, tzinfo=UTC)


def _rows(chance: random.Random, *, mixed: bool, counted: bool) -> list[str]:
    rows = []
    for _ in range(60):
        at = START + timedelta(hours=6 * chance.randrange(6))
        occurred = at.date().isoformat() if mixed and chance.random() < 0.3 else at.isoformat()
        number = str(chance.randrange(4)) if counted and chance.random() < 0.7 else ""
        rows.append(f"c{chance.randrange(8)},k{chance.randrange(3)},{occurred},{number}")
    return rows


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_columns_are_ordered_as_the_journal_orders_events(
    tmp_path: Path, seed: int, *, mixed: bool, counted: bool
) -> None:
    rows = _rows(random.Random(seed), mixed=mixed, counted=counted)
    path = tmp_path / "log.csv"
    path.write_text("case,kind,occurred,source_sequence\n" + "\n".join(rows))
    log = read_log(path, zone="Europe/Amsterdam")
    zone = ZoneInfo("Europe/Amsterdam")
    for case in range(len(log.cases)):
        start = int(log.offsets[case])
        events = log.events(case)
        by_file = sorted(zip(events, log.number[start : start + len(events)].tolist(), strict=True), key=lambda e: e[1])
        renumbered = [_with(event, sequence=number) for event, number in by_file]
        expected = in_order(renumbered, zone)
        assert [event.id for event in events] == [event.id for event in expected]
        tied = [i - 1 for i in range(1, len(events)) if log.tied[start + i]]
        assert tied == list(ties(expected, zone))


def _with(event: Any, **said: object) -> Any:
    from dataclasses import replace

    return replace(event, **said)


def test_cases_that_are_torn_apart_are_brought_together(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    cases = [f"c{i % 70_000}" for i in range(140_000)]
    path.write_text("case,kind,occurred\n" + "\n".join(f"{case},k,2026-03-02" for case in cases))
    log = read_log(path, zone="Asia/Shanghai")
    assert log.cases.to_pylist() == cases[:70_000]
    assert (log.number.reshape(-1, 2) == [1, 2]).all()
    assert int(log.tied.sum()) == 70_000


def test_numbers_of_the_source_order_events_of_one_moment(tmp_path: Path, mapping: Callable[..., Any]) -> None:
    path = tmp_path / "log.csv"
    path.write_text("c,a,t,n\nx,A,2026-03-02T10:00:00Z,2\nx,B,2026-03-02T10:00:00Z,1\n")
    log = read_log(path, mapping(case="c", activity="a", time="t", source_sequence="n"))
    assert [event.kind for event in log.events(0)] == ["B", "A"]
    assert log.tied.tolist() == [False, False]
    assert (log.events(0)[0].source, log.events(0)[0].source_sequence) == ("small", 1)


def test_a_log_by_days_stands_at_local_midnights(tmp_path: Path, mapping: Callable[..., Any]) -> None:
    path = tmp_path / "log.csv"
    path.write_text("c,a,t\nx,A,2026-03-02T18:00:00Z\nx,B,2026-03-03T10:00:00+08:00\n")
    log = read_log(path, mapping(case="c", activity="a", time="t", precision="day"))
    assert not log.timed.any()
    assert log.tied.tolist() == [False, True]
    assert datetime.fromtimestamp(int(log.at[0]) / 1e6, UTC).isoformat() == "2026-03-02T16:00:00+00:00"
