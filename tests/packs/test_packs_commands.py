"""`packs check` prints every complaint and says how much it read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from xiaoneng.config.packs_commands import packs, packs_root

from .places import FIXTURES, TEA, copied, spoil

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_folder_without_fault_is_counted() -> None:
    result = CliRunner().invoke(packs, ["check", str(FIXTURES)])
    assert result.exit_code == 0, result.output
    assert result.output == (
        "1 families, 1 versions, 3 clocks, 2 rules, 6 citations, 2 case files, 1 ladders, 1 mappings\n"
    )


def test_the_packs_in_use_are_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    monkeypatch.setenv("XIAONENG_PACKS", str(root))
    assert CliRunner().invoke(packs, ["check"]).exit_code == 0


def test_one_family_of_the_packs_in_use_keeps_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    spoil(root, "family: tea\n", "family: coffee\n")
    monkeypatch.setenv("XIAONENG_PACKS", str(root))
    result = CliRunner().invoke(packs, ["check", str(root / "xx/tea")])
    assert result.exit_code == 1
    assert f"{TEA}:1: family: is 'coffee', but the folder is 'tea'; write `family: tea` (XN-P081)" in result.output


def test_every_complaint_is_printed(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "deemed: accepted,", "deemed: acepted,")
    spoil(root, "zone: Asia/Shanghai", "zone: Mars", "xx/_mappings/tea.yaml")
    spoil(root, "level: blue", "level: green", "xx/_ladders/two.yaml")
    spoil(root, "year: 2026", "year: 2025", "xx/_calendar/2026.yaml")
    result = CliRunner().invoke(packs, ["check", str(root)])
    assert result.exit_code == 1
    for part in ("two.yaml:5", "tea.yaml:3", "2026.yaml:1", "4 处错误"):
        assert part in result.output, result.output


def test_broken_law_is_said_once(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "level: law", "level: rule", "xx/_law/xx-tea-law.yaml")
    result = CliRunner().invoke(packs, ["check", str(root)])
    assert result.output.count("xx-tea-law.yaml:3: level: ") == 1


def test_a_folder_can_be_checked_where_no_packs_are_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAONENG_PACKS", str(tmp_path / "nowhere"))
    assert packs_root(tmp_path) == tmp_path.resolve()
