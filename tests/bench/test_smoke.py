from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from bench.government import government_log
from bench.measure import Row
from bench.packs import copies, fines_procedure, judge, packs, present_of, violated
from bench.peers import frame, sides, with_polars
from bench.table import write_table

from xiaoneng.replay.columns import encode_log
from xiaoneng.supervise.build import program_of

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log


@pytest.fixture(scope="module")
def log() -> Log:
    return government_log(3_000, packs().calendar("cn"))


def test_the_made_up_log_is_in_judging_order_on_working_days(log: Log) -> None:
    calendar = packs().calendar("cn")
    assert 2_500 < len(log) < 3_500
    assert set(log.day.tolist()) <= set(calendar.index)
    later = np.diff(log.at) > 0
    later[log.offsets[1:-1] - 1] = True
    assert later.all()


def test_the_made_up_log_is_the_same_every_time(log: Log) -> None:
    again = government_log(3_000, packs().calendar("cn"))
    assert (log.at == again.at).all()
    assert log.actor == again.actor


def test_every_kind_of_the_made_up_log_is_declared(log: Log) -> None:
    assert set(log.kinds) <= set(packs().procedure("cn.licensing").events)


def test_copies_repeat_the_cases(log: Log) -> None:
    twice = copies(log, 2)
    assert len(twice) == 2 * len(log)
    assert len(set(twice.cases.to_pylist())) == 2 * len(log.cases)
    assert twice.events(len(log.cases))[0].kind == log.events(0)[0].kind


def test_polars_counts_the_cases_that_we_count(log: Log) -> None:
    pytest.importorskip("polars")
    procedure, calendar = fines_procedure(20), packs().calendar("it")
    chance = np.random.default_rng(3)
    kinds = tuple(procedure.events)
    fines = copies(log, 1)
    fines.kind[:] = chance.integers(0, len(kinds), len(fines))
    object.__setattr__(fines, "kinds", kinds)
    program = program_of(procedure)
    now = present_of(procedure, calendar, np.datetime64("2025-06-30", "us").astype("O").astimezone())
    rows = judge(program, encode_log(fines, program, calendar), calendar, now, complete=True, compiled=False)
    assert with_polars(frame(fines), sides(procedure, fines)) == violated(procedure, rows)


def test_the_table_is_put_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table -->\nold\n<!-- end of table -->\nafter\n")
    write_table([Row("a", "what", "1 µs", "≤ 2 µs", met=True)], "0.1", page)
    text = page.read_text()
    assert "| a | what | 1 µs | ≤ 2 µs | ✓ |" in text
    assert "old" not in text
    assert text.startswith("before\n<!-- table -->")
    assert text.endswith("<!-- end of table -->\nafter\n")


def test_parts_that_compile_nothing_run_and_print_their_rows(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--tiny", "f", "i"], cwd=root, capture_output=True, text=True, check=True
    )
    assert "20 rules" in run.stdout
    assert "xiaoneng --help" in run.stdout
