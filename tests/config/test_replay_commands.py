"""replay, explain, export and compare from the command line, on a journal of one page."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from xiaoneng.config.command import xiaoneng

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LOG = """case,kind,occurred,actor,agency,handling,granted,reasons
许可-1,application_received,2026-03-02T09:00:00+08:00,赵,住建局,,,
许可-1,accepted,2026-03-03T09:00:00+08:00,赵,住建局,single,,
许可-1,reviewed,2026-03-10T09:00:00+08:00,钱,住建局,,,
许可-1,decision_made,2026-04-03T09:00:00+08:00,孙,住建局,,true,
许可-2,application_received,2026-03-02T09:00:00+08:00,赵,住建局,,,
许可-2,something_else,2026-03-03T09:00:00+08:00,赵,住建局,,,
"""
NOW = "2026-04-10"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(xiaoneng, [str(word) for word in words])


def test_replay_writes_every_output_and_says_the_counts(log: Path, tmp_path: Path) -> None:
    page, found, folder = tmp_path / "r.html", tmp_path / "r.json", tmp_path / "p"
    ran = call(
        "replay", log, "--procedure", "cn.licensing", "--now", NOW, "--json", found, "--html", page, "--parquet", folder
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    assert "办件 cases 2" in ran.output
    told = json.loads(found.read_text(encoding="utf-8"))
    assert (told["cases"], told["events"], told["unknown_kinds"]) == (2, 6, ["something_else"])
    assert told["open_cases"] == 2
    late = [one for one in told["findings"] if one["rule"] == "decision"]
    # Of the second nothing more was heard: silence accepted it as of its receipt, a day earlier.
    assert [(one["case"], one["since"]) for one in late] == [("许可-1", "2026-04-01"), ("许可-2", "2026-03-31")]
    assert set(late[0]) >= {"id", "level", "until", "evidence", "explanation", "cite", "editions"}
    assert told["by_rule"]["decision"] == {"violated_cases": 2, "breaches": 2, "activations": 2}
    assert "作出许可决定" in page.read_text(encoding="utf-8")
    assert (folder / "findings.parquet").is_file()


def test_the_receipt_log_has_309_late_and_105_open_cases(data: Path, tmp_path: Path) -> None:
    found = tmp_path / "r.json"
    ran = call("replay", data / "logs" / "receipt.xes.gz", "--procedure", "nl.wabo-receipt", "--json", found)
    assert ran.exit_code == 0, ran.output
    told = json.loads(found.read_text(encoding="utf-8"))
    [count] = told["by_rule"].values()
    assert count == {"violated_cases": 309, "breaches": 309, "activations": 1_329}
    assert (told["cases"], told["open_cases"]) == (1_434, 105)


def test_replay_as_of_an_earlier_day_knows_nothing_later(log: Path, tmp_path: Path) -> None:
    found = tmp_path / "r.json"
    assert call("replay", log, "--procedure", "cn.licensing", "--now", "2026-03-05", "--json", found).exit_code == 0
    told = json.loads(found.read_text(encoding="utf-8"))
    assert (told["events"], [one for one in told["findings"] if one["kind"] == "breach"]) == (4, [])


def test_explain_tells_the_days_the_findings_and_what_may_be_done(log: Path) -> None:
    ran = call("explain", log, "--procedure", "cn.licensing", "--case", "许可-1", "--now", NOW)
    assert ran.exit_code == 0, ran.output
    for part in ("2026-03-31", "计第 20 日", "届满日", "逾期", "现在可以做什么", "cn-administrative-licensing-law"):
        assert part in ran.output
    other = call("explain", log, "--procedure", "cn.licensing", "--case", "许可-9")
    assert (other.exit_code, "没有办件 许可-9" in other.output) == (2, True)


def test_explain_says_what_one_more_event_would_change(log: Path) -> None:
    words = (
        "explain",
        log,
        "--procedure",
        "cn.licensing",
        "--case",
        "许可-2",
        "--now",
        "2026-03-04",
        "--no-days",
        "--if",
    )
    ran = call(*words, "accepted@2026-03-05")
    assert (ran.exit_code, "what if" in ran.output) == (0, True)
    assert call(*words, "nothing@2026-03-05").exit_code == 2
    assert call(*words, "accepted@soon").exit_code == 2


@pytest.mark.parametrize(
    ("to", "ending"), [("xes", ".xes.gz"), ("csv", ".csv"), ("parquet", ".parquet"), ("ocel", ".jsonocel")]
)
def test_export_writes_beside_the_log_and_is_read_again(log: Path, to: str, ending: str) -> None:
    ran = call("export", log, "--to", to, "--procedure", "cn.licensing", "--now", NOW)
    assert ran.exit_code == 0, ran.output
    assert log.with_name("log.findings" + ending).is_file()


def test_an_archive_is_replayed_like_the_log_it_was_made_of(log: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    assert call("export", log, "--to", "archive", "--procedure", "cn.licensing", "--out", folder).exit_code == 0
    texts = [call("replay", one, "--procedure", "cn.licensing", "--now", NOW).output for one in (log, folder)]
    assert texts[0] == texts[1]


def test_a_log_that_cannot_be_read_leaves_nothing_behind(tmp_path: Path) -> None:
    broken, target = tmp_path / "broken.xes.gz", tmp_path / "r.json"
    broken.write_bytes(gzip.compress(b"<log>" * 500)[:40])
    ran = call("replay", broken, "--procedure", "cn.licensing", "--json", target)
    assert (ran.exit_code, target.exists()) == (2, False)


def test_two_readings_of_the_receipt_log_are_put_side_by_side(data: Path, root: Path) -> None:
    table = root / "packs" / "nl" / "_comparisons" / "receipt.yaml"
    ran = call("compare", data / "logs" / "receipt.xes.gz", "--with", table, "--now", "2026-11-20")
    assert ran.exit_code == 0, ran.output
    assert "未结 open 105" in ran.output
    assert "97–98" in ran.output
