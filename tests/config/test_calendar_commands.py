from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from xiaoneng.config.calendar_commands import calendar

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def packs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs that a command may change."""
    for country in ("cn", "nl"):
        shutil.copytree(root / "packs" / country / "_calendar", tmp_path / country / "_calendar")
    monkeypatch.setenv("XIAONENG_PACKS", str(tmp_path))
    return tmp_path


def said(*words: str) -> str:
    result = CliRunner().invoke(calendar, words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = CliRunner().invoke(calendar, words)
    assert result.exit_code == 2, result.output
    return result.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("2026-09-18 --working 20", "届满日 2026-10-22 周四\n"),
        (
            "2026-09-17 --calendar 15",
            "届满日 2026-10-08 周四\n原届满 2026-10-02 周五 为休息日，顺延 (rolled forward)\n",
        ),
        ("2026-09-17 --calendar 15 --no-roll", "届满日 2026-10-02 周五\n"),
        ("2026-01-31 --months 1", "届满日 2026-02-28 周六\n"),
        ("2024-02-29 --years 1", "届满日 2025-02-28 周五\n"),
        ("2026-12-28 --working 5", "届满日 2027-01-04 周一（预估 provisional）\n"),
        ("2014-04-17 --working 1 --calendar-id nl", "届满日 2014-04-22 周二\n"),
    ],
)
def test_add_says_the_last_day_on_time(packs: Path, words: str, says: str) -> None:
    assert packs.is_dir()
    assert said("add", *words.split()) == says


def test_add_explains_itself_day_by_day(packs: Path) -> None:
    assert packs.is_dir()
    lines = said("add", "2026-09-29", "--working", "4", "--explain").splitlines()
    assert lines[1] == "  2026-09-29 起算日 不计"
    assert lines[3] == "  2026-10-01 国庆节 不计 〔国办发明电〔2025〕7号〕"
    assert lines[-1] == "  2026-10-10 调休上班 计第 4 日 届满日 〔国办发明电〔2025〕7号〕"


def test_explain_names_every_day_and_counts(packs: Path) -> None:
    assert packs.is_dir()
    lines = said("explain", "2026-12-30", "2027-01-02").splitlines()
    assert lines == [
        "2026-12-30 周三 工作日",
        "2026-12-31 周四 工作日",
        "2027-01-01 周五 工作日（预估）",
        "2027-01-02 周六 周末 休（预估）",
        "工作日 3 个；首日不计则 2 个 (working days; not counting FROM)",
    ]


def test_show_lists_a_year(packs: Path) -> None:
    assert packs.is_dir()
    lines = said("show", "2026").splitlines()
    assert lines[0].startswith("2026 年工作日 248 天 (cn, ")
    assert "  2026-10-10 周六 班 国庆节 〔国办发明电〔2025〕7号〕" in lines
    assert "通知尚未发布" in said("show", "2027")


def test_import_takes_in_next_year_and_says_so(packs: Path, tmp_path: Path) -> None:
    source = tmp_path / "next.yaml"
    source.write_text(
        "year: 2027\nnotices: [{number: 国办发明电〔2026〕0号, title: 试验通知, issued: 2026-11-01}]\n"
        "off: [{from: 2027-01-01, to: 2027-01-03, name: 元旦}]\nwork: []\n",
        encoding="utf-8",
    )
    out = said("import", str(source))
    assert "已导入 2027 年：休 3 天，补班 0 天" in out
    assert "国办发明电〔2026〕0号" in out
    assert "预估" not in said("show", "2027")
    other = packs / "cn" / "_calendar"
    source.write_text(source.read_text(encoding="utf-8").replace("01-03", "01-02"), encoding="utf-8")
    assert "XN-C009" in refused("import", str(source), "--into", str(other))
    assert "休 2 天" in said("import", str(source), "--into", str(other), "--replace")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("add 2026-13-01 --working 3", "不是日期"),
        ("add 2026-01-01", "选且只选一项"),
        ("add 2026-01-01 --working 3 --months 1", "选且只选一项"),
        ("add 2026-01-01 --working -3", "ends before it starts"),
        ("add 2006-01-01 --working 3", "add packs/cn/_calendar/2006.yaml"),
        ("add 2026-01-01 --working 3 --calendar-id xx", "现有 cn, nl"),
        ("explain 2026-01-02 2026-01-01", "is before"),
        ("show 2040", "XN-T001"),
        ("import absent.yaml", "absent.yaml"),
    ],
)
def test_bad_input_is_refused_with_exit_code_2(packs: Path, words: str, says: str) -> None:
    assert packs.is_dir()
    assert says in refused(*words.split())


def test_missing_packs_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XIAONENG_PACKS", str(tmp_path / "absent"))
    assert "set XIAONENG_PACKS" in refused("show", "2026")
