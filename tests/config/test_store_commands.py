"""`xiaoneng store`: our own database started, verified, rebuilt and stopped from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from xiaoneng.store.postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def place(reachable_folder: Path) -> Iterator[Path]:
    yield reachable_folder
    EmbeddedPostgres(reachable_folder / "database").stop(at_once=True)


def run(place: Path, *args: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
    command = [sys.executable, "-m", "xiaoneng", "store", *args]
    environment = {**kept, "XIAONENG_FOLDER": str(place)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_database_is_started_verified_rebuilt_and_stopped(place: Path) -> None:
    said = {name: run(place, name) for name in ("start", "verify", "rebuild", "stop")}
    assert {name: one.returncode for name, one in said.items()} == dict.fromkeys(said, 0), said
    assert "链完整" in said["verify"].stdout
    assert not EmbeddedPostgres(place / "database").is_running()
