"""The public logs, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.folder import Packs, open_packs
from xiaoneng.replay.intake.door import read_log

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log

FINES = "Road_Traffic_Fine_Management_Process.xes.gz"
RECEIPT = "receipt.xes.gz"


@pytest.fixture(scope="session")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")


def path_of(data: Path, name: str) -> Path:
    path = data / "logs" / name
    if not path.is_file():
        pytest.skip(f"no log at {path}: put the published log there")
    return path


@pytest.fixture(scope="session")
def fines(data: Path, packs: Packs) -> Log:
    return read_log(path_of(data, FINES), packs.mapping("traffic-fine"))


@pytest.fixture(scope="session")
def receipt_path(data: Path) -> Path:
    return path_of(data, RECEIPT)
