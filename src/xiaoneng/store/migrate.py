"""Bringing the tables up to date, and letting the application in."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from psycopg import sql

from xiaoneng.store.postgres import APP

OWNER = "owner"
"""The connection of the tables' owner."""


def migrate(password: str = "") -> None:
    """Make or update all tables as their owner; a password lets the application's role log in with it."""
    call_command("migrate", database=OWNER, verbosity=0, interactive=False)
    if password:
        with connections[OWNER].cursor() as cursor:
            cursor.execute(
                sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(APP), sql.Literal(password))
            )
    connections[OWNER].close()
