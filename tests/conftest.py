"""Where tests find the real data, and what they say when it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["databases"]
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def _data_folder() -> Path:
    return Path(os.environ.get("XIAONENG_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of real logs, calendars and law texts; skips where it is not there."""
    folder = _data_folder()
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}: set XIAONENG_DATA to the folder that holds it")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing that the suite compiles is kept in the cache of whoever runs it."""
    os.environ["XIAONENG_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT
