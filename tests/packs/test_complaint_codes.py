"""Every code stands on the page of codes, and the page knows no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CODE = re.compile(r"XN-[A-Z]\d{3}")


def in_source(root: Path) -> set[str]:
    return {code for path in (root / "src").rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}


def on_page(root: Path) -> list[str]:
    page = (root / "docs/developer/complaints.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (XN-[A-Z]\d{3}) \| ", page, re.MULTILINE)


def test_every_code_of_the_source_is_explained(root: Path) -> None:
    missing = sorted(in_source(root) - set(on_page(root)))
    assert missing == [], "add a row to docs/developer/complaints.md"


def test_no_code_is_explained_that_is_not_used(root: Path) -> None:
    assert sorted(set(on_page(root)) - in_source(root)) == []


def test_no_code_means_two_things(root: Path) -> None:
    assert len(on_page(root)) == len(set(on_page(root)))
