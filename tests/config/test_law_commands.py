"""The commands about law, as a person calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from xiaoneng.config.law_commands import LEVELS, law
from xiaoneng.law.instrument import Level

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = "# 中华人民共和国行政许可法\n\n**第四十二条**　受理之日起二十日内。\n\n另一款。\n"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAONENG_HOME", str(tmp_path / "home"))


def run(*words: str) -> Result:
    return CliRunner().invoke(law, words)


def test_every_level_has_a_chinese_name() -> None:
    assert set(LEVELS) == set(Level)


def test_the_list_names_what_is_repealed() -> None:
    result = run("list")
    assert result.exit_code == 0
    assert "cn-petition-regulation-2005 《信访条例》 行政法规，2005-05-01 起施行 至 2022-05-01 废止" in result.output


def test_an_article_is_shown_in_one_line_and_in_full_where_the_text_is_there(tmp_path: Path) -> None:
    citation = "cn-administrative-licensing-law#42(p1)"
    bare = run("show", citation)
    assert "《行政许可法》第四十二条第一款" in bare.output
    assert "full text" not in bare.output
    (tmp_path / "law.md").write_text(TEXT, encoding="utf-8")
    taken = run("import", str(tmp_path))
    assert taken.exit_code == 0
    assert "已导入 1 部、1 条" in taken.output
    assert "另一款。" in run("show", citation).output


def test_the_day_decides_the_wording() -> None:
    assert "一百五十日" in run("show", "it-highway-code#201", "--on", "2010-01-01").output
    assert "九十日" in run("show", "it-highway-code#201", "--on", "2012-01-01").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "cn-administrative-licensing-law#42(1)"], "cn-administrative-licensing-law#42(p1)"),
        (["show", "cn-petition-regulation-2005#33"], "cn-petition-work-regulation"),
        (["show", "nonsense"], "XN-L001"),
        (["show", "cn-civil-code#201", "--on", "soon"], "2026-10-01"),
    ],
)
def test_what_cannot_be_shown_says_why(words: list[str], says: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert says in result.output


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    result = run("import", str(tmp_path))
    assert (result.exit_code, "XN-L006" in result.output) == (2, True)
