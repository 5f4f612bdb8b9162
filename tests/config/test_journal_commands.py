"""The commands about journals, as a person calls them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from click.testing import CliRunner

from xiaoneng.config.journal_commands import journal
from xiaoneng.journal.chain import chain
from xiaoneng.journal.event import Event
from xiaoneng.journal.jsonl import write_journal

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINKS = list(chain(Event(f"e{n}", "case-1", "noted", date(2026, 3, 2), NOON, n) for n in (1, 2, 3)))


def verify(path: Path, *more: str) -> Result:
    return CliRunner().invoke(journal, ["verify", str(path), *more])


def test_an_untouched_journal_is_ok_with_its_heads(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_journal(path, LINKS)
    result = verify(path, "--head", f"case-1={LINKS[1].hash.hex()}")
    assert result.exit_code == 0
    assert "OK" in result.output
    assert f"case-1 {LINKS[2].hash.hex()}" in result.output


def test_an_altered_event_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    altered = [LINKS[0], replace(LINKS[1], event=replace(LINKS[1].event, kind="other")), LINKS[2]]
    write_journal(path, altered)
    result = verify(path)
    assert result.exit_code == 1
    assert "case-1 #2 e2" in result.output
    assert "altered" in result.output


def test_a_cut_end_is_found_by_a_published_head(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_journal(path, LINKS[:2])
    assert verify(path).exit_code == 0
    result = verify(path, "--head", f"case-1={LINKS[2].hash.hex()}")
    assert result.exit_code == 1
    assert "case-1 #3: 缺少事件" in result.output


def test_bad_input_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{")
    result = verify(path)
    assert (result.exit_code, "a.jsonl:1" in result.output) == (1, True)
    for head in ("case-1=zz", "00"):
        assert verify(path, "--head", head).exit_code == 2
