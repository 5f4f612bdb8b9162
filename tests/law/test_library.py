"""What was in force when."""

from __future__ import annotations

from datetime import date

import pytest

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError
from xiaoneng.law.instrument import Article, Instrument, Level
from xiaoneng.law.library import Library

CHANGE = date(2010, 8, 13)
CODE = Instrument(
    "it-code",
    "道路法典",
    Level.FOREIGN,
    date(1993, 1, 1),
    articles=(
        Article("201", "一百五十日", in_force_until=CHANGE),
        Article("201", "九十日", in_force_from=CHANGE),
        Article("7", "旧规定", in_force_until=CHANGE),
        Article("9", "新规定", in_force_from=CHANGE),
        Article("32", "分别处理"),
        Article("32(4)", "一次告知"),
        Article("32(p2)", "凭证"),
        Article("72(1)", "责令改正"),
    ),
)
OLD = Instrument(
    "cn-old",
    "信访条例",
    Level.ADMINISTRATIVE_REGULATION,
    date(2005, 5, 1),
    in_force_until=date(2022, 5, 1),
    replaced_by="cn-new",
    articles=(Article("33", "六十日"),),
)
LIBRARY = Library({one.id: one for one in (CODE, OLD)})


def test_an_article_is_found_in_the_wording_of_the_day() -> None:
    assert LIBRARY.article("it-code#201", on=date(2010, 8, 12)).asks_zh == "一百五十日"
    assert LIBRARY.article(Citation.parse("it-code#201"), on=CHANGE).asks_zh == "九十日"
    assert [wording.asks_zh for wording in CODE.wordings("201")] == ["一百五十日", "九十日"]


def test_the_library_of_a_day_holds_what_was_in_force() -> None:
    then = LIBRARY.at(CHANGE)
    assert [article.key for article in then.instrument("it-code").articles] == [
        "201",
        "9",
        "32",
        "32(4)",
        "32(p2)",
        "72(1)",
    ]
    assert set(LIBRARY.at(date(2022, 5, 1)).instruments) == {"it-code"}
    assert set(LIBRARY.at(date(2022, 4, 30)).instruments) == {"it-code", "cn-old"}


@pytest.mark.parametrize(
    ("citation", "on", "says"),
    [
        ("it-code", CHANGE, "XN-L001"),
        ("it-cod#201", CHANGE, r"did you mean it-code.*XN-L002"),
        ("xx-nothing-like-it#1", CHANGE, r"add it to _law.*XN-L002"),
        ("it-code#32(5)", CHANGE, r"did you mean it-code#32\(4\).*XN-L003"),
        ("it-code#32(9)", CHANGE, r"mean it-code#32\(4\) or it-code#32\(p2\) or it-code#32\?"),
        ("it-code#8", CHANGE, r"did you mean it-code#.*XN-L003"),
        ("it-code#201", date(1992, 1, 1), r"holds from 1993-01-01.*XN-L004"),
        ("it-code#9", date(2000, 1, 1), r"holds from 2010-08-13.*XN-L004"),
        ("it-code#7", date(2011, 1, 1), r"repealed since 2010-08-13; cite what is in force.*XN-L005"),
        ("cn-old#33", date(2022, 5, 1), r"repealed since 2022-05-01; cite cn-new, or.*XN-L005"),
        ("cn-old#33", date(2005, 4, 30), r"holds from 2005-05-01.*XN-L004"),
    ],
)
def test_a_citation_that_cannot_be_followed_says_why(citation: str, on: date, says: str) -> None:
    with pytest.raises(LawError, match=says):
        LIBRARY.article(citation, on=on)


def test_a_citation_is_said_in_chinese() -> None:
    assert LIBRARY.text("it-code#32(4)") == "《道路法典》第三十二条第一款第四项"
    assert LIBRARY.text(Citation.parse("it-code#72(1)")) == "《道路法典》第七十二条第一项"
