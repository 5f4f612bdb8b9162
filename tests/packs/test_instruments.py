"""Instruments: the door, and what stands in the packs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from xiaoneng.law.citation import Citation
from xiaoneng.law.fulltext import import_texts
from xiaoneng.law.instrument import Level
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.instruments import load_instruments, load_library

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
id: cn-a
title: {zh: 甲法, en: Law A}
level: law
in_force: {from: 2004-07-01, until: 2020-01-01}
articles:
  26: {zh: 统一受理}
  '4:13':
    - {from: 2010-01-01, zh: 后}
    - {until: 2010-01-01, zh: 前, en: before}
"""


def folder(tmp_path: Path, **files: str) -> Path:
    place = tmp_path / "cn" / "_law"
    place.mkdir(parents=True)
    for name, text in files.items():
        (place / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return place


def test_an_instrument_is_read_with_its_wordings_in_time(tmp_path: Path) -> None:
    found = load_instruments(folder(tmp_path, cn_a=GOOD))["cn-a"]
    assert (found.title_zh, found.title_en, found.level) == ("甲法", "Law A", Level.LAW)
    assert found.in_force_until == date(2020, 1, 1)
    assert [(article.key, article.asks_zh) for article in found.articles] == [
        ("26", "统一受理"),
        ("4:13", "前"),
        ("4:13", "后"),
    ]


@pytest.mark.parametrize(
    ("was", "is_", "says"),
    [
        ("id: cn-a", "id: cn-b", r"cn-a\.yaml:1: id: cn-b is not the name of the file; .*XN-L010"),
        ("  26:", "  p26:", r"cn-a\.yaml:6: articles\.p26: cannot be cited; .*XN-L012"),
        ("until: 2020-01-01", "until: 2004-07-01", r"cn-a\.yaml:4: in_force\.until: ends before it begins.*XN-L013"),
        ("{from: 2010-01-01", "{from: 2009-01-01", r"cn-a\.yaml:7: articles\.4:13: two wordings hold at once.*XN-L014"),
        ("  26:", "  '26': {zh: 又}\n  26:", r"articles\.26: stands twice.*XN-L014"),
        ("{from: 2010-01-01", "{from: 2010-01-01, until: 2021-01-01", r"holds when its instrument does not.*XN-L015"),
        ("{zh: 统一受理}", "{zh: 统一受理, from: 2001-01-01}", r"cn-a\.yaml:6: .*XN-L015"),
        ("level: law", "level: law\nreplaced_by: cn-z", r"cn-a\.yaml:4: replaced_by: cn-z is no known.*XN-L016"),
        ("level: law", "level: custom", r"cn-a\.yaml:3: level: .*XN-P012"),
        ("level: law\n", "", r"level: missing.*XN-P010"),
        ("{zh: 统一受理}", "[]", r"cn-a\.yaml:6: articles\.26.*XN-P012"),
        ("{zh: 统一受理}", "{zh: 统一受理, colour: red}", r"cn-a\.yaml:6: .*colour.*XN-P011"),
    ],
)
def test_a_bad_instrument_is_refused_with_file_and_line(tmp_path: Path, was: str, is_: str, says: str) -> None:
    with pytest.raises(PackError, match=says):
        load_instruments(folder(tmp_path, cn_a=GOOD.replace(was, is_, 1)))


def test_one_instrument_stands_in_one_folder(tmp_path: Path) -> None:
    folder(tmp_path, cn_a=GOOD)
    local = tmp_path / "cn.henan" / "_law"
    local.mkdir(parents=True)
    (local / "cn-a.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(PackError, match="XN-L011"):
        load_library(tmp_path)


def test_every_instrument_of_the_packs_loads_with_both_languages(root: Path) -> None:
    library = load_library(root / "packs")
    assert {"cn-administrative-licensing-law", "nl-environmental-licensing-act", "it-highway-code"} <= set(
        library.instruments
    )
    for instrument in library.instruments.values():
        assert instrument.title_en
        keys = {article.key for article in instrument.articles}
        for article in instrument.articles:
            assert article.asks_en, f"{instrument.id}#{article.key}"
            cited = Citation.parse(f"{instrument.id}#{article.key}")
            assert cited.whole.key in keys, f"{cited}: the whole article is not listed"


def test_what_the_packs_cite_of_chinese_law_exists_in_the_full_texts(root: Path, data: Path) -> None:
    if not (data / "laws").is_dir():
        pytest.skip("no law texts")
    texts = import_texts(data / "laws")
    compared = set()
    for instrument in load_library(root / "packs").instruments.values():
        for article in instrument.articles:
            cited = Citation.parse(f"{instrument.id}#{article.key}")
            if texts.article(instrument, "1") is not None:
                assert texts.place(instrument, cited), str(cited)
                compared.add(instrument.id)
    assert len(compared) >= 8


def test_known_changes_of_law_are_in_the_packs(root: Path) -> None:
    library = load_library(root / "packs")
    notified = [library.article("it-highway-code#201", on=date(year, 1, 1)).asks_en for year in (2010, 2011)]
    assert "one hundred and fifty" in notified[0]
    assert "ninety" in notified[1]
    assert "sixty" in library.article("it-highway-code#204-bis", on=date(2011, 10, 5)).asks_en
    assert "thirty" in library.article("it-highway-code#204-bis", on=date(2011, 10, 6)).asks_en
    assert library.text("cn-administrative-licensing-law#48(p2)") == "《行政许可法》第四十八条第二款"
