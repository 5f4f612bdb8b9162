"""Full texts of instruments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError
from xiaoneng.law.fulltext import FullTexts, import_texts, load, parse_text, plain_title, save
from xiaoneng.law.instrument import Instrument, Level

if TYPE_CHECKING:
    from pathlib import Path

BOLD = """---
sidebar: auto
---

# 中华人民共和国许可法

2003年8月27日通过

## 第一章　总则

**第一条**　为了许可，制定本法。

### 第一节　受理

**第二条**　分别处理：

（一）不需要的，告知；

（二）不全的，五日内告知。

出具凭证。

**第二条之一**　插入。

第一条 这一行引用前文，不是新条。

## 附则

**第一百零三条**　施行。
"""
PLAIN = "# 信访条例 (2005-01-10)\n<!-- INFO END -->\n第一条 为了信访。\n\n第二条　(一)甲；\n<!-- x -->\n(二)乙。\n"
LAW = Instrument("cn-l", "中华人民共和国许可法", Level.LAW, date(2004, 7, 1))


def test_articles_are_read_by_number_without_headings() -> None:
    title, articles = parse_text(BOLD, "x")
    assert title == "中华人民共和国许可法"
    assert list(articles) == ["1", "2", "2-1", "103"]
    assert articles["2"] == "分别处理：\n（一）不需要的，告知；\n（二）不全的，五日内告知。\n出具凭证。"
    assert articles["2-1"].endswith("不是新条。")


def test_texts_without_bold_and_without_title_are_read_too() -> None:
    assert parse_text(PLAIN, "x") == ("信访条例 (2005-01-10)", {"1": "为了信访。", "2": "(一)甲；\n(二)乙。"})
    assert parse_text("第一条 甲\n# 附件", "名")[0] == "名"
    assert plain_title("信访条例(2005-01-10)") == plain_title("信 访条例") == "信访条例"


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        ("cn-l#1", "为了许可，制定本法。"),
        ("cn-l#2(1)", "（一）不需要的，告知；"),
        ("cn-l#2(p1)(2)", "（二）不全的，五日内告知。"),
        ("cn-l#2(p1)", "分别处理：\n（一）不需要的，告知；\n（二）不全的，五日内告知。"),
        ("cn-l#2(p2)", "出具凭证。"),
        ("cn-l#2(p3)", None),
        ("cn-l#2(3)", None),
        ("cn-l#9", None),
    ],
)
def test_a_place_is_found_in_the_full_text(tmp_path: Path, citation: str, text: str | None) -> None:
    (tmp_path / "a.md").write_text(BOLD, encoding="utf-8")
    texts = import_texts(tmp_path)
    assert texts.place(LAW, Citation.parse(citation)) == text
    assert texts.article(LAW, "103") == "施行。"


def test_texts_are_kept_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BOLD, encoding="utf-8")
    (tmp_path / "b.md").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "README.md").write_text("# nothing", encoding="utf-8")
    texts = import_texts(tmp_path)
    assert set(texts.by_title) == {"许可法", "信访条例"}
    path = tmp_path / "kept" / "texts.json"
    assert load(path) == FullTexts()
    save(texts, path)
    assert load(path) == texts
    assert [file.name for file in path.parent.iterdir()] == ["texts.json"]


@pytest.mark.parametrize("content", ["{", "[1]", '{"a": 1}'])
def test_a_broken_file_of_texts_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "texts.json"
    path.write_text(content)
    with pytest.raises(LawError, match=r"texts\.json.*XN-L007"):
        load(path)


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="XN-L006"):
        import_texts(tmp_path)


def test_all_articles_of_the_real_texts_are_found(data: Path) -> None:
    folder = data / "laws"
    if not folder.is_dir():
        pytest.skip("no law texts")
    for title, articles in import_texts(folder).by_title.items():
        numbers = [int(key) for key in articles]
        assert numbers == list(range(1, len(numbers) + 1)), title


def test_lines_between_two_items_belong_to_the_item_before_them() -> None:
    text = (
        "# 某条例\n\n第一条 按下列方式处理：\n（一）转送；\n定期通报情况。\n（二）交办。\n收到转送的，十五日内决定。\n"
    )
    _, articles = parse_text(text, "x")
    texts = FullTexts({"某条例": articles})
    instrument = Instrument("cn-x", "某条例", Level.ADMINISTRATIVE_REGULATION, date(2005, 5, 1))
    assert texts.place(instrument, Citation.parse("cn-x#1(2)")) == "（二）交办。"
    assert texts.place(instrument, Citation.parse("cn-x#1(p2)")) == "收到转送的，十五日内决定。"
