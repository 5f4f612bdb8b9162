"""What is written is read back the same, by us and by others."""

from __future__ import annotations

import warnings
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq
import pytest

from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.outlet.door import export
from xiaoneng.replay.outlet.findings import write_findings

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log

FORMATS = [
    ("xes", "log.xes"),
    ("xes", "log.xes.gz"),
    ("csv", "log.csv"),
    ("csv", "log.csv.gz"),
    ("parquet", "log.parquet"),
    ("ocel", "log.jsonocel"),
    ("ocel", "log.sqlite"),
]


def _same(a: Log, b: Log) -> None:
    for field in fields(a):
        one, other = getattr(a, field.name), getattr(b, field.name)
        if isinstance(one, np.ndarray):
            np.testing.assert_array_equal(one, other, field.name)
        elif isinstance(one, pa.Array):
            assert one.to_pylist() == other.to_pylist(), field.name
        elif field.name == "data":
            assert {k: v.to_pylist() for k, v in one.items()} == {k: v.to_pylist() for k, v in other.items()}
        elif field.name != "source":
            assert one == other, field.name


@pytest.mark.parametrize(("to", "name"), FORMATS)
def test_every_format_gives_back_the_same_log(
    log: Log, findings: list[Any], tmp_path: Path, to: str, name: str
) -> None:
    export(log, findings, to, tmp_path / name)
    _same(log, read_log(tmp_path / name))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "source.csv"])


def test_findings_stand_on_the_events_that_are_their_evidence(log: Log, findings: list[Any], tmp_path: Path) -> None:
    export(log, findings, "parquet", tmp_path / "log.parquet")
    table = pq.read_table(tmp_path / "log.parquet")
    assert table["xn:findings"].to_pylist() == [2, 1, None, 1]
    assert table["xn:finding_ids"].to_pylist() == ["f1 f3", "f1", None, "f2"]
    assert table["xn:rules"].to_pylist()[0] == "decision decision.promised"
    export(log, [], "csv", tmp_path / "log.csv")
    assert pc_csv.read_csv(tmp_path / "log.csv")["xn:findings"].null_count == 4


def test_findings_are_written_as_one_parquet_file(findings: list[Any], tmp_path: Path) -> None:
    assert write_findings(tmp_path / "new", iter(findings)) == 4
    rows = pq.read_table(tmp_path / "new" / "findings.parquet").to_pylist()
    assert rows[0] == {
        "id": "f1",
        "case": "案1",
        "rule": "decision",
        "kind": "breach",
        "level": "red",
        "since": "2026-03-31",
        "until": "2026-04-02T08:00:00+00:00",
        "evidence": ["a", "b"],
        "explanation": "晚了",
        "cite": ["law#42", "law#45"],
    }
    assert write_findings(tmp_path / "none", []) == 0


def test_what_fails_half_way_leaves_nothing_and_harms_nothing(findings: list[Any], tmp_path: Path) -> None:
    target = tmp_path / "out" / "findings.parquet"
    write_findings(target.parent, findings)
    before = target.read_bytes()

    def broken() -> Any:
        yield findings[0]
        message = "stop"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        write_findings(target.parent, broken())
    assert [path.name for path in target.parent.iterdir()] == ["findings.parquet"]
    assert target.read_bytes() == before


def test_a_wrong_format_or_name_is_refused(log: Log, tmp_path: Path) -> None:
    with pytest.raises(LogError) as caught:
        export(log, [], "xlsx", tmp_path / "a.xlsx")
    assert str(caught.value) == "'xlsx' is no format; use one of xes, ocel, csv, parquet (XN-R020)"
    with pytest.raises(LogError) as caught:
        export(log, [], "xes", tmp_path / "a.csv")
    assert str(caught.value) == "a.csv: is no name for xes; end the name in .xes.gz or .xes (XN-R020)"


def test_events_with_the_same_id_in_two_cases_stay_two_events_in_ocel(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("case,kind,occurred,id\na,x,2026-03-02,1\nb,x,2026-03-02,1\n")
    log = read_log(path, zone="Asia/Shanghai")
    export(log, [], "ocel", tmp_path / "a.sqlite")
    assert read_log(tmp_path / "a.sqlite").event_ids().to_pylist() == ["a/1", "b/1"]


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_pm4py_reads_our_xes(log: Log, findings: list[Any], tmp_path: Path, name: str) -> None:
    pm4py = pytest.importorskip("pm4py")
    export(log, findings, "xes", tmp_path / name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pm4py.read_xes(str(tmp_path / name))
    assert len(frame) == 4
    assert frame["xn:findings"].fillna(0).tolist() == [2, 1, 0, 1]
    assert frame["case:concept:name"].tolist() == ["案1", "案1", "案2", "案2"]


@pytest.mark.parametrize("name", ["log.jsonocel", "log.sqlite"])
def test_pm4py_reads_our_ocel(log: Log, findings: list[Any], tmp_path: Path, name: str) -> None:
    pm4py = pytest.importorskip("pm4py")
    export(log, findings, "ocel", tmp_path / name)
    read = pm4py.read_ocel2_sqlite if name.endswith("sqlite") else pm4py.read_ocel2_json
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = read(str(tmp_path / name))
    assert len(found.events) == 4
    # out of SQLite pm4py leaves objects without any event, such as a finding that has no evidence
    seen = 3 if name.endswith("sqlite") else 4
    assert found.objects["ocel:type"].value_counts().to_dict() == {"finding": seen, "case": 2}
    assert found.relations["ocel:qualifier"].value_counts().to_dict() == {"case": 4, "evidence": 4}
    assert len(found.o2o) == seen
