"""A folder of packs that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

from xiaoneng.packs.checkup import check_up
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.folder import open_packs

FIXTURES = Path(__file__).parent / "fixtures"
TEA = "xx/tea/family.yaml"


def copied(folder: Path) -> Path:
    """Copy the fixtures to a place of the test's own."""
    root = folder / "packs"
    shutil.copytree(FIXTURES, root)
    return root


def spoil(root: Path, old: str, new: str, file: str = TEA) -> None:
    """Replace one passage of one file; the passage must be there once."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def complaints(root: Path, name: str = "xx.tea") -> list[str]:
    """What loading a procedure complains about, as printed."""
    try:
        open_packs(root).versions(name)
    except PackError as error:
        return [str(complaint) for complaint in error.complaints]
    return []


def all_complaints(root: Path) -> list[str]:
    """What a check of the whole folder complains about, as printed."""
    return [str(complaint) for complaint in check_up(open_packs(root), root).complaints]
