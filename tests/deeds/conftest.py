"""A database with all tables, made once for the process; each test finds them empty."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from xiaoneng.packs.folder import Packs, open_packs
from xiaoneng.store.postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = "event, delivery, unsealed, leaf, head, subject, finding"


@pytest.fixture(scope="session")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedPostgres]:
    folder = Path(tempfile.mkdtemp(prefix="xiaoneng-test-"))
    folder.chmod(0o755)
    made = EmbeddedPostgres(folder / "db")
    os.environ["DATABASE_OWNER_URL"] = made.start()
    os.environ["DATABASE_URL"] = made.app_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiaoneng.config.settings"
    import django

    django.setup()
    from xiaoneng.store.migrate import migrate

    migrate(made.app_url.partition(":")[2].partition("@")[0].rpartition(":")[2])
    yield made
    from django.db import connections

    connections.close_all()
    made.stop(at_once=True)
    shutil.rmtree(made.sockets, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def owner(server: EmbeddedPostgres) -> Iterator[psycopg.Connection]:
    """A connection that may do everything, as a superuser; the tables are empty when the test begins."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"TRUNCATE {TABLES}")
        yield connection


@pytest.fixture
def empty(owner: psycopg.Connection) -> None:
    """The tables are empty."""
    assert not owner.closed
