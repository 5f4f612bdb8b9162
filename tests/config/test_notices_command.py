"""`xiaoneng notices`: the papers of one case of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from xiaoneng.config.command import xiaoneng
from xiaoneng.journal.chain import chain
from xiaoneng.journal.jsonl import write_journal
from xiaoneng.packs.cases import load_case
from xiaoneng.packs.folder import open_packs

if TYPE_CHECKING:
    from pathlib import Path

STORY = "cn/licensing/cases/story/refused-with-remedies.yaml"


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(xiaoneng, list(args))
    return result.exit_code, result.output


def journal(root: Path, folder: Path) -> Path:
    packs = open_packs(root / "packs")
    case = load_case(packs.root / STORY, packs.versions("cn.licensing"), packs.root)
    path = folder / "facts.jsonl.gz"
    write_journal(path, chain(case.events))
    return path


def test_the_papers_of_a_case_are_listed_and_written(root: Path, tmp_path: Path) -> None:
    log, out = journal(root, tmp_path), tmp_path / "papers"
    words = [
        "notices",
        str(log),
        "--procedure",
        "cn.licensing",
        "--case",
        "refused-with-remedies",
        "--now",
        "2026-03-20",
    ]
    code, said = run(*words, "--out", str(out))
    assert code == 0, said
    assert "不予行政许可决定书" in said
    files = sorted(out.glob("*.pdf"))
    assert [file.name.partition("-")[2] for file in files] == ["acceptance.pdf", "refusal.pdf"]
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)


def test_a_case_that_is_not_there_is_said(root: Path, tmp_path: Path) -> None:
    code, said = run("notices", str(journal(root, tmp_path)), "--procedure", "cn.licensing", "--case", "nobody")
    assert code == 2
    assert "没有办件 nobody" in said
