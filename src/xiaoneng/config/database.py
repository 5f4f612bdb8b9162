"""Reaching the database: our own, started where it does not run, or any other that DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaoneng.store.postgres import EmbeddedPostgres

DATABASE, OWNER = "DATABASE_URL", "DATABASE_OWNER_URL"
"""Addresses: of the application, which may only add to the journal, and of the tables' owner, who migrates."""
FOLDER = "XIAONENG_FOLDER"
"""Where our own database and its files lie."""


def data_folder() -> Path:
    """Folder of everything that is kept on this machine: XIAONENG_FOLDER, else this user's own."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    if os.geteuid() == 0:
        return Path("/var/lib/xiaoneng")
    around = os.environ.get("XDG_DATA_HOME")
    return (Path(around) if around else Path.home() / ".local" / "share") / "xiaoneng"


def embedded() -> EmbeddedPostgres:
    """Our own database, running or not."""
    from xiaoneng.store.postgres import EmbeddedPostgres

    return EmbeddedPostgres(data_folder() / "database")


def connect() -> None:
    """Connect Django to the database and bring its tables up to date; raises StoreError.

    Without DATABASE_URL our own database is used, and started where it does not run. With it, DATABASE_OWNER_URL names
    the owner of the tables, who alone may change them.
    """
    password = ""
    if not os.environ.get(DATABASE):
        server = embedded()
        os.environ[OWNER] = server.start()
        os.environ[DATABASE] = server.app_url
        password = server.password
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoneng.config.settings")
    import django

    django.setup()
    from xiaoneng.store.migrate import migrate

    if os.environ.get(OWNER):
        migrate(password)
