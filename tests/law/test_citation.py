"""Citations."""

from __future__ import annotations

import pytest

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError
from xiaoneng.law.instrument import Unit


@pytest.mark.parametrize(
    ("text", "parts", "zh"),
    [
        ("cn-law#42", ("42", 0, ""), "《行政许可法》第四十二条"),
        ("cn-law#42(p1)", ("42", 1, ""), "《行政许可法》第四十二条第一款"),
        ("cn-law#32(4)", ("32", 0, "4"), "《行政许可法》第三十二条第四项"),
        ("cn-law#69(p2)(11)", ("69", 2, "11"), "《行政许可法》第六十九条第二款第十一项"),
        ("cn-law#120-1", ("120-1", 0, ""), "《行政许可法》第一百二十条之一"),
        ("nl-awb#4:13(p2)", ("4:13", 2, ""), "《行政许可法》第4:13条第二款"),
        ("nl-wabo#3.9(a)", ("3.9", 0, "a"), "《行政许可法》第3.9条第a项"),
        ("it-code#204-bis", ("204-bis", 0, ""), "《行政许可法》第204-bis条"),
        ("nl-bw#12345", ("12345", 0, ""), "《行政许可法》第12345条"),
    ],
)
def test_a_citation_is_read_written_and_said(text: str, parts: tuple[str, int, str], zh: str) -> None:
    cited = Citation.parse(text)
    assert (cited.article, cited.paragraph, cited.item) == parts
    assert str(cited) == text
    assert cited.zh("中华人民共和国行政许可法") == zh
    assert str(cited.whole) == text.split("(", maxsplit=1)[0]


def test_the_paragraph_of_an_item_is_said_where_it_is_known() -> None:
    assert Citation.parse("cn-law#32(4)").zh("行政许可法", in_paragraph=1) == "《行政许可法》第三十二条第一款第四项"
    assert Citation.parse("cn-law#32").zh("行政许可法", in_paragraph=1) == "《行政许可法》第三十二条"


@pytest.mark.parametrize(
    "text", ["", "cn-law", "cn-law#", "law#3", "CN-law#3", "cn-law#3(p0)", "cn-law#3()", "cn-law#03", "x"]
)
def test_what_is_no_citation_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(LawError, match=r"write instrument#article.*XN-L001"):
        Citation.parse(text)


@pytest.mark.parametrize(
    ("key", "unit", "says"),
    [
        ("5", Unit.ITEM, "《关于热线的意见》（五）"),
        ("11", Unit.ITEM, "《关于热线的意见》（十一）"),
        ("3", Unit.PART, "《关于热线的意见》第三部分"),
        ("3(2)", Unit.PART, "《关于热线的意见》第三部分（二）"),
        ("3(2)", Unit.ARTICLE, "《关于热线的意见》第三条第二项"),
    ],
)
def test_opinions_are_cited_by_what_they_are_divided_into(key: str, unit: Unit, says: str) -> None:
    assert Citation.parse(f"cn-opinions#{key}").zh("关于热线的意见", unit=unit) == says
