"""Citations of articles: `cn-administrative-licensing-law#32(4)` (docs/developer/citations.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaoneng.law.error import LawError
from xiaoneng.law.instrument import Unit
from xiaoneng.law.numerals import to_chinese

PATTERN = re.compile(
    r"(?P<instrument>[a-z]{2}(?:-[a-z0-9]+)+)"
    r"#(?P<article>[1-9][0-9]*(?:[:.][1-9][0-9]*)?[a-z]?(?:-[a-z0-9]+)?)"
    r"(?:\(p(?P<paragraph>[1-9][0-9]?)\))?"
    r"(?:\((?P<item>[1-9][0-9]?|[a-z])\))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One place in one instrument.

    `article` as the instrument numbers it (32, 4:13, 204-bis); `paragraph` is its 款, lid or comma, 0 for none named;
    `item` is the 项 or letter, "" for none. An item without a paragraph stands in the first paragraph.
    """

    instrument: str
    article: str
    paragraph: int = 0
    item: str = ""

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read a citation; raises LawError XN-L001."""
        found = PATTERN.fullmatch(text)
        if found is None:
            instead = "write instrument#article, as cn-administrative-licensing-law#32(4) or …#42(p1)"
            raise LawError("XN-L001", f"{text!r} is no citation", instead)
        instrument, article, paragraph, item = found.group("instrument", "article", "paragraph", "item")
        return cls(instrument, article, int(paragraph or 0), item or "")

    @property
    def key(self) -> str:
        """The part after the hash sign: what an instrument lists its articles under."""
        paragraph = f"(p{self.paragraph})" if self.paragraph else ""
        return self.article + paragraph + (f"({self.item})" if self.item else "")

    @property
    def whole(self) -> Citation:
        """The whole article this place stands in."""
        return Citation(self.instrument, self.article)

    def zh(self, title: str, *, in_paragraph: int = 0, unit: Unit = Unit.ARTICLE) -> str:
        """Chinese wording, 《行政许可法》第三十二条第一款第四项; `in_paragraph` where the item's paragraph is known.

        Instruments that are divided otherwise are cited as their readers do: 《…的意见》（五）, 《…的意见》第三部分（二）.
        """
        name = f"《{title.removeprefix('中华人民共和国')}》"
        if unit is not Unit.ARTICLE:
            number, item = to_chinese(int(self.article)), self.item and to_chinese(int(self.item))
            return (
                name + (f"（{number}）" if unit is Unit.ITEM else f"第{number}部分") + (f"（{item}）" if item else "")
            )
        paragraph = self.paragraph or (in_paragraph if self.item else 0)
        text = name + _article(self.article)
        text += f"第{to_chinese(paragraph)}款" if paragraph else ""
        if self.item.isdigit():
            return text + f"第{to_chinese(int(self.item))}项"
        return text + (f"第{self.item}项" if self.item else "")

    def __str__(self) -> str:
        return f"{self.instrument}#{self.key}"


def _article(article: str) -> str:
    """Article in words where its number is a plain one: 第三十二条, 第一百二十条之一; 第4:13条 otherwise."""
    number, _, inserted = article.partition("-")
    if not number.isdigit() or int(number) > 9999 or (inserted and not inserted.isdigit()):
        return f"第{article}条"
    return f"第{to_chinese(int(number))}条" + (f"之{to_chinese(int(inserted))}" if inserted else "")
