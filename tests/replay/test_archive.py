from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xiaoneng.replay.archive import MARKER, is_archive, read_archive, write_archive
from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.log import Log

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400_000_000


def small_log(*, cases: int = 7) -> Log:
    sizes = np.arange(cases) % 3 + 1
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    size = int(offsets[-1])
    at = np.arange(size, dtype=np.int64) * DAY
    starts = np.repeat(offsets[:-1], sizes)
    return Log(
        cases=pa.array([f"案{number}" for number in range(cases)], pa.string()),
        offsets=offsets,
        kinds=("received", "decided", "never"),
        kind=(np.arange(size) % 2).astype(np.uint16),
        day=(at // DAY).astype(np.int32),
        at=at,
        timed=np.ones(size, np.bool_),
        tied=np.zeros(size, np.bool_),
        number=(np.arange(size) - starts + 1).astype(np.int32),
        ids=None,
        actor=pa.array(
            [f"a{number % 4}" if number % 5 else None for number in range(size)], pa.string()
        ).dictionary_encode(),
        agency=None,
        recorded_at=None,
        source_sequence=None,
        data={
            "amount": pa.array([number if number % 2 else None for number in range(size)], pa.int64()),
            "granted": pa.array([number % 3 == 0 for number in range(size)]),
            "reason": pa.array(
                ["理由" if number % 4 == 0 else None for number in range(size)], pa.string()
            ).dictionary_encode(),
            "until": pa.array([dt.date(2024, 1, 1) if number % 2 else None for number in range(size)], pa.date32()),
            "missing": pa.array([["图纸"] if number % 3 else None for number in range(size)], pa.list_(pa.string())),
        },
        rejected=(),
        rejected_counts={"no_time": 2},
        zone="Asia/Shanghai",
        source="small",
        complete=True,
    )


def awkward_log() -> Log:
    plain = small_log()
    size = len(plain)
    timed, tied = plain.timed.copy(), plain.tied.copy()
    timed[3], tied[2] = False, True
    return replace(
        plain,
        timed=timed,
        tied=tied,
        number=plain.number[::-1].copy(),
        ids=pa.array([f"e{number}" if number % 2 else None for number in range(size)], pa.string()),
        agency=pa.array(["局"] * size).dictionary_encode(),
        recorded_at=plain.at + 1,
        source_sequence=pa.array([number if number % 2 else None for number in range(size)], pa.int64()),
        complete=False,
    )


def assert_same(one: Log, other: Log) -> None:
    for field in fields(Log):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if field.name == "data":
            assert {name: column.to_pylist() for name, column in a.items()} == {
                name: column.to_pylist() for name, column in b.items()
            }
        elif isinstance(a, pa.Array):
            assert a.to_pylist() == b.to_pylist(), field.name
        elif isinstance(a, np.ndarray):
            assert a.dtype == b.dtype, field.name
            assert a.tolist() == b.tolist(), field.name
        else:
            assert a == b, field.name


@pytest.mark.parametrize("part_events", [1, 5, 1000])
@pytest.mark.parametrize("log", [small_log(), awkward_log(), small_log(cases=1)], ids=["plain", "awkward", "one case"])
def test_a_log_comes_back_as_it_was_whatever_the_size_of_its_files(log: Log, part_events: int, tmp_path: Path) -> None:
    write_archive(log, tmp_path / "log", part_events=part_events)
    again = read_archive(tmp_path / "log")
    assert_same(log, again)
    assert again.events(len(again.cases) - 1) == log.events(len(log.cases) - 1)


def test_no_case_is_cut_by_a_file(tmp_path: Path) -> None:
    write_archive(small_log(), tmp_path, part_events=4)
    seen: set[str] = set()
    files = sorted(tmp_path.glob("*.parquet"))
    assert len(files) > 1
    for file in files:
        here = set(pq.read_table(file, columns=["case"])["case"].to_pylist())
        assert not here & seen
        seen |= here
    assert seen == set(small_log().cases.to_pylist())


def test_an_archive_of_no_case_is_read(tmp_path: Path) -> None:
    write_archive(small_log(cases=0), tmp_path)
    again = read_archive(tmp_path)
    assert len(again) == 0
    assert len(again.cases) == 0


def test_a_field_is_found_without_reading_it(tmp_path: Path) -> None:
    write_archive(small_log(), tmp_path, part_events=4)
    data = read_archive(tmp_path).data
    for file in tmp_path.glob("*.parquet"):
        file.unlink()
    assert "amount" in data
    assert "nothing" not in data
    assert len(data) == 5
    with pytest.raises(KeyError):
        data["nothing"]


def test_fields_read_and_forgotten_are_read_again(tmp_path: Path) -> None:
    log = small_log()
    many = {f"field{number}": pa.array(np.full(len(log), number)) for number in range(20)}
    write_archive(replace(log, data=many), tmp_path)
    data = read_archive(tmp_path).data
    for _ in range(2):
        assert [data[f"field{number}"][0].as_py() for number in range(20)] == list(range(20))


def test_a_folder_with_a_marker_is_an_archive(tmp_path: Path) -> None:
    assert not is_archive(tmp_path)
    write_archive(small_log(), tmp_path)
    assert is_archive(tmp_path)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    write_archive(small_log(), tmp_path)
    with pytest.raises(LogError, match="XN-R020"):
        write_archive(small_log(), tmp_path)


@pytest.mark.parametrize("lost", ["part-00001.parquet", "cases.arrow", MARKER])
def test_an_archive_that_lacks_a_file_is_not_read(lost: str, tmp_path: Path) -> None:
    write_archive(small_log(), tmp_path, part_events=4)
    (tmp_path / lost).unlink()
    with pytest.raises(LogError, match="XN-R011"):
        read_archive(tmp_path)


def test_a_part_that_is_not_listed_is_missed(tmp_path: Path) -> None:
    write_archive(small_log(), tmp_path, part_events=4)
    head = json.loads((tmp_path / MARKER).read_text())
    head["parts"].pop()
    (tmp_path / MARKER).write_text(json.dumps(head))
    with pytest.raises(LogError, match="where its cases have"):
        read_archive(tmp_path)


def test_an_archive_of_a_later_layout_is_not_guessed_at(tmp_path: Path) -> None:
    write_archive(small_log(), tmp_path)
    head = json.loads((tmp_path / MARKER).read_text())
    (tmp_path / MARKER).write_text(json.dumps({**head, "layout": 99}))
    with pytest.raises(LogError, match="layout 99"):
        read_archive(tmp_path)
