"""A log with everything in it, and findings about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from xiaoneng.replay.intake.door import read_log

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log

TEXT = """case,kind,occurred,recorded_at,actor,agency,id,source_sequence,amount,n,due,urgent,note,relied.fee.standard
案1,accepted,2026-03-02T23:30:00Z,2026-03-03T08:00:00+08:00,张三,市局,a,1,12.5,3,2026-04-01,true,"<a> & ""b"" x",20
案1,decided,2026-03-05,,李四,,b,,,,,false,,
案2,accepted,2026-03-02T10:00:00.123456+08:00,,,县局,c,,7.25,4,2026-04-02,,"一
二",
案2,accepted,2026-03-02T10:00:00.123456+08:00,,,,d,,,,,,,
"""


@dataclass(frozen=True)
class Found:
    case: str
    rule: str
    kind: str
    level: str
    since: date | datetime
    until: date | datetime | None
    evidence: tuple[str, ...]
    explanation: str
    cite: tuple[str, ...]
    id: str


@pytest.fixture
def log(tmp_path: Path) -> Log:
    path = tmp_path / "source.csv"
    path.write_text(TEXT, encoding="utf-8")
    return read_log(path, zone="Asia/Shanghai")


@pytest.fixture
def findings() -> list[Found]:
    day, moment = date(2026, 3, 31), datetime(2026, 4, 2, 8, tzinfo=UTC)
    return [
        Found("案1", "decision", "breach", "red", day, moment, ("a", "b"), "晚了", ("law#42", "law#45"), "f1"),
        Found("案2", "licensing.notice-once", "breach", "red", day, None, ("d",), "", (), "f2"),
        Found("案1", "decision.promised", "warning", "yellow", moment, None, ("a",), "", (), "f3"),
        Found("案2", "existence", "breach", "red", day, None, (), "", (), "f4"),
    ]
