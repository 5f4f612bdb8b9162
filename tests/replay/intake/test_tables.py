"""CSV and Parquet, with and without a mapping."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.intake.error import LogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = """case,kind,occurred,actor,amount,code,due,urgent
c2,accepted,2026-03-02T23:30:00Z,张三,12.5,007,2026-04-01,true
c1,accepted,2026-03-02,,,,,
c2,decided,2026-03-05 10:00:00.25+08:00,李四,3,010,2026-04-02,false
"""


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_columns_of_our_own_export_need_no_mapping(tmp_path: Path) -> None:
    log = read_log(_write(tmp_path / "log.csv", ROWS), zone="Asia/Shanghai")
    assert log.cases.to_pylist() == ["c2", "c1"]
    first, second = log.events(0)
    assert (first.kind, first.actor, first.occurred.isoformat()) == ("accepted", "张三", "2026-03-03T07:30:00+08:00")
    assert first.data == {"amount": 12.5, "code": "007", "due": date(2026, 4, 1), "urgent": True}
    assert second.occurred.isoformat() == "2026-03-05T10:00:00.250000+08:00"
    (only,) = log.events(1)
    assert (only.occurred, only.data, only.id) == (date(2026, 3, 2), {}, "c1#1")


def test_packed_csv_and_other_separators_say_the_same(tmp_path: Path, same: Callable[..., None]) -> None:
    plain = read_log(_write(tmp_path / "a.csv", ROWS), zone="Asia/Shanghai")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(("\ufeff" + ROWS.replace(",", ";")).encode()))
    same(plain, read_log(tmp_path / "b.csv.gz", zone="Asia/Shanghai"))


def test_fields_of_the_pack_decide_how_text_is_read(tmp_path: Path) -> None:
    text = "case,kind,occurred,no,promised\nc1,a,2026-03-02,12,20\nc1,b,2026-03-03,13,soon\n"
    log = read_log(_write(tmp_path / "a.csv", text), zone="Asia/Shanghai", types={"no": "text", "promised": "number"})
    assert log.data["no"].to_pylist() == ["12", "13"]
    assert log.data["promised"].to_pylist() == [20, None]


def test_a_parquet_file_and_a_folder_of_them_say_the_same(tmp_path: Path, same: Callable[..., None]) -> None:
    at = pa.array([datetime(2026, 3, day, 1, tzinfo=UTC) for day in (2, 3, 4)], pa.timestamp("ms", "UTC"))
    table = pa.table({"case": ["a", "b", "a"], "kind": ["x", "y", "z"], "occurred": at, "n": pa.array([1, None, 3])})
    pq.write_table(table, tmp_path / "log.parquet")
    folder = tmp_path / "folder"
    folder.mkdir()
    pq.write_table(table.slice(0, 1), folder / "1.parquet")
    pq.write_table(table.slice(1), folder / "2.parquet")
    one = read_log(tmp_path / "log.parquet", zone="Asia/Shanghai")
    same(one, read_log(folder, zone="Asia/Shanghai"))
    assert one.data["n"].to_pylist() == [1, 3, None]
    assert one.event_ids().to_pylist() == ["a#1", "a#2", "b#1"]


def test_an_arrow_file_says_what_a_parquet_file_says(tmp_path: Path, same: Callable[..., None]) -> None:
    table = pa.table({"case": ["a", "a"], "kind": ["x", "y"], "occurred": ["2026-03-02", "2026-03-03"]})
    pq.write_table(table, tmp_path / "log.parquet")
    with pa.OSFile(str(tmp_path / "log.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    parquet, arrow = (read_log(tmp_path / f"log.{ending}", zone="Asia/Shanghai") for ending in ("parquet", "arrow"))
    same(parquet, arrow)
    (tmp_path / "cut.arrow").write_bytes((tmp_path / "log.arrow").read_bytes()[:200])
    with pytest.raises(LogError, match="no whole Arrow file"):
        read_log(tmp_path / "cut.arrow")


def test_naive_timestamps_of_a_parquet_file_need_a_zone_in_the_mapping(tmp_path: Path) -> None:
    table = pa.table({"case": ["a"], "kind": ["x"], "occurred": pa.array([0], pa.timestamp("us"))})
    pq.write_table(table, tmp_path / "log.parquet")
    with pytest.raises(LogError, match=r"1 times say no offset .* add `zone:` to the mapping"):
        read_log(tmp_path / "log.parquet", zone="Asia/Shanghai")


def test_a_column_that_is_not_there_is_named_with_the_nearest(tmp_path: Path, mapping: Callable[..., Any]) -> None:
    path = _write(tmp_path / "log.csv", "case_id,activity,time\nc1,A,2026-03-02\n")
    with pytest.raises(LogError) as caught:
        read_log(path, mapping(case="case_id", activity="activty", time="time"))
    assert str(caught.value) == (
        "log.csv: has no column 'activty'; did you mean 'activity'? there are activity, case_id, time (XN-R007)"
    )


def test_duplicate_ids_empty_cases_and_bad_times_are_listed(tmp_path: Path) -> None:
    text = (
        "case,kind,occurred,id\nc1,a,2026-03-02,e1\nc1,a,2026-03-02,e1\n,a,2026-03-02,e2\n"
        "c1,a,2026-02-30,e3\nc2,a,2026-03-02,e1\n"
    )
    log = read_log(_write(tmp_path / "log.csv", text), zone="Asia/Shanghai")
    assert [(one.code, one.case, one.row, one.reason) for one in log.rejected] == [
        ("no_case", "", 4, "case is empty"),
        ("no_time", "c1", 5, "occurred '2026-02-30' is no time"),
        ("duplicate_id", "c1", 3, "event id 'e1' already stands in row 2"),
    ]
    assert log.rejected_counts == {"no_case": 1, "no_time": 1, "duplicate_id": 1}
    assert log.event_ids().to_pylist() == ["e1", "e1"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "案件,事件\n".encode("gb18030"), "a.csv: line 1 is not UTF-8; it may be GB18030; save it as UTF-8"),
        ("a.csv", b"", "a.csv: is empty; give a header and at least one row (XN-R010)"),
        ("a.csv", b"case,kind,occurred\n", "a.csv: has no events; give a log with at least one event (XN-R010)"),
        ("a.csv", b"case,kind,occurred\nc1,a\n", "a.csv: is no regular CSV: CSV parse error"),
        ("a.csv", b"case,case,occurred\n1,2,3\n", "a.csv: has two columns 'case'; name each column once (XN-R011)"),
        ("a.csv.gz", gzip.compress(ROWS.encode())[:-9], "a.csv.gz: ends in the middle of the gzip"),
        ("a.parquet", b"PAR1 no", "a.parquet: is no whole Parquet file"),
        ("a.csv", b"case,kind,occurred\n,a,2026-03-02\n", "a.csv: no event can be taken: 1 no_case"),
        ("a.xlsx", b"", "a.xlsx: is of no known format; name it by its format: .xes, .xes.gz, .csv"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LogError) as caught:
        read_log(tmp_path / name, zone="Asia/Shanghai")
    assert str(caught.value).startswith(message)


def test_a_log_that_is_not_there_or_has_no_zone_says_so(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"none\.csv: is not there; check the path \(XN-R002\)"):
        read_log(tmp_path / "none.csv")
    path = _write(tmp_path / "log.csv", ROWS)
    with pytest.raises(LogError, match=r"no zone is known for its local days; add `zone:` to the mapping"):
        read_log(path)
    with pytest.raises(LogError, match=r"'Asia/Peking' is no time zone"):
        read_log(path, zone="Asia/Peking")


def test_registers_relied_on_are_columns_of_their_own(tmp_path: Path) -> None:
    text = (
        "case,kind,occurred,relied.officer.key,relied.officer.valid_from,relied.officer.grade\n"
        "c1,a,2026-03-02,a1,2020-01-01,3\nc1,b,2026-03-03,,,\n"
    )
    log = read_log(_write(tmp_path / "log.csv", text), zone="Asia/Shanghai")
    first, second = log.events(0)
    (entry,) = first.relied_on
    assert (entry.register, entry.key, entry.valid_from, entry.values) == (
        "officer",
        "a1",
        date(2020, 1, 1),
        {"grade": 3},
    )
    assert second.relied_on == ()
    assert first.data == {}
