"""Pages that are made from the packs agree with them."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def tool(root: Path) -> dict[str, Any]:
    return runpy.run_path(str(root / "tools/pages.py"))


def test_the_pages_are_as_the_packs_are(tool: dict[str, Any], root: Path) -> None:
    for name, text in tool["pages"](root).items():
        assert (root / name).read_text(encoding="utf-8") == text, f"{name} is out of date: run `make docs`"


def test_no_row_of_the_mission_is_forgotten(root: Path) -> None:
    rows = {
        line.split(" | ")[0].removeprefix("| ")
        for line in (root / "docs/developer/mission.md").read_text(encoding="utf-8").splitlines()
    }
    assert {
        f"{part}{number:02}"
        for part, last in zip("ABCDEFGHIJ", (16, 24, 18, 12, 13, 14, 15, 12, 18, 22), strict=True)
        for number in range(1, last + 1)
    } <= rows
