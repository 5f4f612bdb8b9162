"""Databases for tests: a server that is not started yet, and one with all tables, made once for the process."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from xiaoneng.store.postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator

DERIVED = ("django_migrations",)
"""Tables that a test does not empty."""


def reachable() -> Path:
    """A folder that the server's account can reach, which pytest's own are not where root runs the suite."""
    made = Path(tempfile.mkdtemp(prefix="xiaoneng-test-"))
    made.chmod(0o755)
    return made


@pytest.fixture
def reachable_folder() -> Iterator[Path]:
    made = reachable()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def new_server(reachable_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server that is not started yet; stopped at the end, whatever the test did to it."""
    made = EmbeddedPostgres(reachable_folder / "db")
    yield made
    made.stop(at_once=True)
    shutil.rmtree(made.sockets, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedPostgres]:
    """A server with all tables, to which Django is connected as the application."""
    folder = reachable()
    made = EmbeddedPostgres(folder / "db")
    os.environ["DATABASE_OWNER_URL"] = made.start()
    os.environ["DATABASE_URL"] = made.app_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiaoneng.config.settings"
    import django

    django.setup()
    from xiaoneng.store.migrate import migrate

    migrate(made.password)
    yield made
    from django.db import connections

    connections.close_all()
    made.stop(at_once=True)
    shutil.rmtree(made.sockets, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def owner(server: EmbeddedPostgres) -> Iterator[psycopg.Connection]:
    """A connection that may do everything, past every guard; the tables are empty when the test begins."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        listed = connection.execute(
            "SELECT string_agg(format('%%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)",
            (list(DERIVED),),
        ).fetchone()
        assert listed is not None
        connection.execute(f"TRUNCATE {listed[0]} RESTART IDENTITY")
        yield connection


@pytest.fixture
def empty(owner: psycopg.Connection) -> None:
    """The tables are empty."""
    assert not owner.closed
