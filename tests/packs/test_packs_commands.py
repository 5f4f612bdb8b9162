"""`packs check` prints every complaint and says how much it read."""

from __future__ import annotations

import json
import shutil
from functools import partial
from typing import TYPE_CHECKING

from click.testing import CliRunner

import xiaoneng.packs.prove as prove_room
from xiaoneng.config.packs_check import packs_root
from xiaoneng.config.packs_commands import packs

from .places import FIXTURES, TEA, copied, spoil
from .spoiled import BAD, GOOD

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_folder_without_fault_is_counted() -> None:
    result = CliRunner().invoke(packs, ["check", str(FIXTURES)])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "xx.tea@2020-01-01: 2 个案例 case files, 14 项已证 proved",
        "1 families, 1 versions, 3 clocks, 2 rules, 6 citations, 2 case files, 1 ladders, 1 mappings",
    ]
    assert result.stderr.startswith("用时 took ")


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


def test_what_a_case_file_says_is_compared_with_what_the_law_says(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "due: {decision: 2026-03-31", "due: {decision: 2026-04-01", GOOD)
    spoil(root, "since: 2026-03-10, until", "since: 2026-03-09, until", BAD)
    result = CliRunner().invoke(packs, ["check", str(root)])
    assert result.exit_code == 1
    assert f"{GOOD}:12: due.decision: expected 2026-04-01; came 2026-03-31; mend the law or the file" in result.output
    assert f"{BAD}:11: findings.0: expected acceptance since 2026-03-09 until 2026-03-10; came " in result.output
    assert f"{BAD}:10: findings: came, and is not expected: acceptance since 2026-03-10" in result.output
    assert "3 处错误 complaints" in result.output


NEVER = "    kind: not_succession\n    from: received\n    to: [delivered, decided]\n    says: 不办\n    cite: [xx-tea-law#1]\n"


def test_what_is_refuted_is_an_error_unless_proofs_are_left_out(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "\nactions:\n", f"  tea.never:\n{NEVER}\nactions:\n")
    spoil(root, "tea.fee]\nevents:\n  - {on", "tea.fee, tea.never]\nevents:\n  - {on", GOOD)
    slow = CliRunner().invoke(packs, ["check", str(root)]).output
    assert f"{TEA}:10: ends: after received no lawful end can be reached: " in slow
    assert "(XN-P098)" in slow
    quick = CliRunner().invoke(packs, ["check", "--quick", str(root)])
    assert "XN-P098" not in quick.output
    assert "proved" not in quick.output


def test_what_the_pack_concedes_is_told_and_is_no_error(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "- [decided, end]", "- [end]")
    refuted = CliRunner().invoke(packs, ["check", str(root)])
    assert refuted.exit_code == 1
    assert "the course goes" in refuted.output
    spoil(root, "ladder: xx.two\n", "ladder: xx.two\nconcedes: {course: {zh: 章程如此, en: so the law says}}\n")
    result = CliRunner().invoke(packs, ["check", str(root)])
    assert result.exit_code == 0, result.output
    assert f"{TEA}:8: 让步 conceded: the course goes" in result.output
    assert "章程如此 (so the law says)" in result.output


def test_conceding_what_holds_is_an_error(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "ladder: xx.two\n", "ladder: xx.two\nconcedes: {lawful_end: 无}\n")
    result = CliRunner().invoke(packs, ["check", str(root)])
    assert result.exit_code == 1
    assert f"{TEA}:8: concedes.lawful_end: holds after all; remove it (XN-P099)" in result.output


def test_what_is_not_proved_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_room, "prove", partial(prove_room.prove, bound=1))
    result = CliRunner().invoke(packs, ["check", str(copied(tmp_path))])
    assert "未证明 not proved: " in result.output
    assert "项未证 not proved" in result.output


def test_the_group_has_these_commands() -> None:
    assert sorted(packs.commands) == ["check", "diff", "duties", "new", "show", "try"]


def test_the_fines_of_two_years_differ_in_the_limit_of_notification() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(
        packs, ["diff", "it.traffic-fine-law@2009-01-01", "it.traffic-fine-law@2011-01-01"]
    )
    assert result.exit_code == 0, result.output
    assert "自 2010-08-13 起 (from then on)" in result.output
    rows = [line for line in result.output.splitlines() if "notification.limit" in line]
    assert len(rows) == 1
    assert "150日" in rows[0]
    assert "90日" in rows[0]
    assert "收紧 stricter" in rows[0]


def test_an_edited_copy_differs_in_what_was_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    shutil.copytree(root / "xx/tea", root / "xx/herb")
    herb = "xx/herb/family.yaml"
    spoil(root, "family: tea\n", "family: herb\n", herb)
    spoil(root, "in_force: {from: 2020-01-01}", "in_force: {from: 2026-01-01}", herb)
    spoil(root, "cap: {days: 20,", "cap: {days: 30,", herb)
    spoil(root, "    n: 2\n", "    n: 3\n", herb)
    spoil(root, "      days: 10\n", "      days: 5\n", herb)
    monkeypatch.setenv("XIAONENG_PACKS", str(root))
    result = CliRunner().invoke(packs, ["diff", "xx.tea", "xx.herb", "--json"])
    found = {(one["part"], one["id"], one["key"]): one["effect"] for one in json.loads(result.output)}
    assert found == {
        ("ground", "hearing", ""): "looser",
        ("clock", "decision", "extension"): "stricter",
        ("rule", "tea.once", "n"): "looser",
    }
    assert {one["from_on"] for one in json.loads(result.output)} == {"2026-01-01"}
