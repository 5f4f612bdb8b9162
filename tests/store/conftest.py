"""Databases of our own: one for tests of the server itself, one with tables for tests of what is kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaoneng.store.postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator


def reachable() -> Path:
    """A folder that the server's account can reach, which pytest's own are not where root runs the suite."""
    made = Path(tempfile.mkdtemp(prefix="xiaoneng-test-"))
    made.chmod(0o755)
    return made


@pytest.fixture
def folder() -> Iterator[Path]:
    made = reachable()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server that is not started yet; stopped at the end, whatever the test did to it."""
    made = EmbeddedPostgres(folder / "db")
    yield made
    made.stop(at_once=True)
    shutil.rmtree(made.sockets, ignore_errors=True)
