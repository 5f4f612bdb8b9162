"""The packs, opened once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.folder import Packs, open_packs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")
