"""The database starts, is found again, and comes back after every crash."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from xiaoneng.store.error import StoreError
from xiaoneng.store.postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from collections.abc import Callable


def rows(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found is not None
    return int(found[0])


def fill(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n bigint)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, %s)", (number,))


def family(pid: int) -> list[int]:
    """The server's process and its children."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[1]) == pid:
            found.append(int(path.parent.name))
    return found


def test_it_starts_is_found_again_and_stops(new_server: EmbeddedPostgres) -> None:
    url = new_server.start()
    first = new_server.pid()
    assert new_server.is_running()
    assert EmbeddedPostgres(new_server.folder).start() == url
    assert new_server.pid() == first
    new_server.stop()
    assert not new_server.is_running()
    new_server.stop()


@pytest.mark.parametrize("whom", [lambda pid: [pid], family])
def test_what_was_committed_is_there_after_a_kill(
    new_server: EmbeddedPostgres, whom: Callable[[int], list[int]]
) -> None:
    fill(new_server.start(), 1000)
    pid = new_server.pid()
    assert pid is not None
    for one in whom(pid):
        os.kill(one, signal.SIGKILL)
    assert rows(new_server.start()) == 1000


def test_a_number_left_by_a_crash_is_not_believed(new_server: EmbeddedPostgres) -> None:
    new_server.start()
    new_server.stop()
    (new_server.data / "postmaster.pid").write_text(
        f"{os.getpid()}\n{new_server.data}\n0\n5432\n\n\n0 0\nready\n", encoding="ascii"
    )
    assert not new_server.is_running()


def test_a_making_that_was_cut_short_is_begun_anew(new_server: EmbeddedPostgres) -> None:
    half = new_server.folder / "data.half"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    fill(new_server.start(), 1)
    assert not half.exists()


def test_nobody_else_may_read_the_password_or_enter(new_server: EmbeddedPostgres) -> None:
    new_server.start()
    assert (new_server.folder / "password").stat().st_mode & 0o077 == 0
    assert new_server.folder.stat().st_mode & 0o077 == 0
    assert new_server.sockets.stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://xiaoneng:wrong@/xiaoneng?host={new_server.sockets}")


def test_a_folder_of_another_version_is_refused(new_server: EmbeddedPostgres) -> None:
    new_server.start()
    new_server.stop()
    (new_server.data / "PG_VERSION").write_text("14\n", encoding="ascii")
    with pytest.raises(StoreError, match=r"made by PostgreSQL 14.*XN-S002"):
        new_server.start()
    (new_server.data / "PG_VERSION").write_text("18\n", encoding="ascii")


def test_without_binaries_it_says_what_to_do(new_server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(StoreError, match=r"make setup.*XN-S001"):
        new_server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lets somebody else run the server")
def test_a_folder_that_nobody_can_reach_is_refused_with_what_to_do(reachable_folder: Path) -> None:
    reachable_folder.chmod(0o700)
    with pytest.raises(StoreError, match=r"cannot pass.*XN-S002"):
        EmbeddedPostgres(reachable_folder / "db").start()
