"""Full texts of instruments, read from files and kept outside the repository.

A text is Markdown: `# title`, headings for chapters, and paragraphs that begin `第三十二条　…` (bold or not).
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from xiaoneng.law.error import LawError
from xiaoneng.law.numerals import from_chinese

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.law.citation import Citation
    from xiaoneng.law.instrument import Instrument

NUMERAL = "[〇零一二两三四五六七八九十百千]+"
ARTICLE = re.compile(rf"(?:\*\*)?第({NUMERAL})条(?:之({NUMERAL}))?(?:\*\*)?[\s　]+(\S.*)")
ITEM = re.compile(rf"[（(]({NUMERAL})[)）]")
DATED = re.compile(r"[（(]\d{4}-\d\d-\d\d[)）]")


@dataclass(frozen=True, slots=True)
class FullTexts:
    """Articles in full by title and article number; paragraphs and items of an article are separated by newlines."""

    by_title: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def article(self, instrument: Instrument, article: str) -> str | None:
        """Whole article by its number (32, 120-1); None where the text is not there."""
        return self.by_title.get(plain_title(instrument.title_zh), {}).get(article)

    def place(self, instrument: Instrument, citation: Citation) -> str | None:
        """Cited paragraph or item alone; an item without paragraph stands in the first. None where it is not there."""
        text = self.article(instrument, citation.article)
        if text is None or citation == citation.whole:
            return text
        number = citation.paragraph or 1
        for lines in _paragraphs(text)[number - 1 : number]:
            if not citation.item:
                return "\n".join(lines)
            for line in lines:
                found = ITEM.match(line)
                if found and str(from_chinese(found[1])) == citation.item:
                    return line
        return None


def plain_title(title: str) -> str:
    """Title without 中华人民共和国, a full date in brackets and spaces: what a text and an instrument are matched by.

    A year alone stays, so that 行政处罚法（1996年） is not taken for the law that followed it.
    """
    return re.sub(r"\s|　", "", DATED.sub("", title)).removeprefix("中华人民共和国")


def import_texts(folder: Path) -> FullTexts:
    """Read every Markdown text in a folder; raises LawError XN-L006 where there is none.

    Files without articles are passed over. Of two texts with one title the file name that sorts last is kept.
    """
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.md")):
        title, articles = parse_text(path.read_text(encoding="utf-8", errors="replace"), path.stem)
        if articles:
            found[plain_title(title)] = articles
    if not found:
        raise LawError("XN-L006", f"no full text of a law in {folder}", "give a folder of .md files with 第一条 …")
    return FullTexts(found)


def parse_text(text: str, name: str) -> tuple[str, dict[str, str]]:
    """Title (the file's name where it has none) and articles by number, `120-1` for 第一百二十条之一."""
    title = name
    articles: dict[str, list[str]] = {}
    current: list[str] | None = None
    last = (0, 0)
    for raw in text.splitlines():
        line = raw.strip().strip("　")
        if line.startswith("#"):
            if line.startswith("# ") and not articles:
                title = line.removeprefix("# ").strip()
            continue
        found = ARTICLE.fullmatch(line)
        number = (from_chinese(found[1]), from_chinese(found[2]) if found[2] else 0) if found else (0, 0)
        if found and number > last:
            last = number
            current = [found[3].strip()]
            articles[f"{number[0]}-{number[1]}" if number[1] else str(number[0])] = current
        elif line and current is not None and not line.startswith("<!--"):
            current.append(line)
    return title, {key: "\n".join(lines) for key, lines in articles.items()}


def save(texts: FullTexts, path: Path) -> None:
    """Write texts as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(texts.by_title, stream, ensure_ascii=False, sort_keys=True)
    Path(name).replace(path)


def load(path: Path) -> FullTexts:
    """Read saved texts; empty where none were imported. Raises LawError XN-L007 for a file that is none of ours."""
    if not path.exists():
        return FullTexts()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        texts = {title: {key: str(text) for key, text in articles.items()} for title, articles in found.items()}
    except (ValueError, AttributeError) as error:
        raise LawError("XN-L007", f"{path.name} holds no full texts", "import the folder again") from error
    return FullTexts(texts)


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs (款) of an article, each with the items (项) that belong to it.

    Lines between two items of one list belong to the item before them: 信访条例 21.
    """
    paragraphs: list[list[str]] = []
    for line in text.split("\n"):
        found = ITEM.match(line)
        if not found or not paragraphs:
            paragraphs.append([line])
            continue
        listed = _last_item(paragraphs[-2]) if len(paragraphs) > 1 else 0
        if listed and not _last_item(paragraphs[-1]) and from_chinese(found[1]) == listed + 1:
            between = paragraphs.pop()
            paragraphs[-1] += between
        paragraphs[-1].append(line)
    return paragraphs


def _last_item(lines: list[str]) -> int:
    """Number of the last item in a paragraph, 0 where it has none."""
    return max((from_chinese(found[1]) for line in lines if (found := ITEM.match(line))), default=0)
