"""What was judged of a subject: its findings, when it has to be looked at again, and the editions all this rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.utils import CursorWrapper

    from xiaoneng.supervise.verdict import Finding, Moment

COLUMNS = (
    "id", "rule", "kind", "level", "activation", "since", "until", "due", "agency", "evidence", "provisional",
    "order_unknown", "procedure_edition", "calendar_edition",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict as far as it is kept; `agencies` are those of the activating events, by their ids."""

    findings: tuple[Finding, ...]
    agencies: dict[str, str]
    closed: bool
    wake_at: dt.datetime | None
    judged_at: dt.datetime
    procedure_edition: str
    calendar_edition: str
    agency: str


def save(cursor: CursorWrapper, subject: str, judged: Judged) -> tuple[int, int]:
    """Replace what is kept of a subject; gives how many findings came and went."""
    new = {row[0]: row for row in rows(judged)}
    cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM finding WHERE subject = %s", [subject])  # noqa: S608 - our own names
    old = {row[0]: tuple(row) for row in cursor.fetchall()}
    gone = [name for name in old if old[name] != new.get(name)]
    came = [row for name, row in new.items() if old.get(name) != row]
    if gone:
        cursor.execute("DELETE FROM finding WHERE subject = %s AND id = ANY(%s)", [subject, gone])
    if came:
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        names = ", ".join(("subject", *COLUMNS))
        cursor.executemany(f"INSERT INTO finding ({names}) VALUES ({marks})", [(subject, *row) for row in came])  # noqa: S608 - as above
    cursor.execute(
        "UPDATE subject SET closed = %s, wake_at = %s, judged_at = %s, procedure_edition = %s, calendar_edition = %s,"
        " agency = %s WHERE name = %s",
        [
            judged.closed, judged.wake_at, judged.judged_at, judged.procedure_edition, judged.calendar_edition,
            judged.agency, subject,
        ],
    )  # fmt: skip
    return len(came), len(gone)


def rows(judged: Judged) -> Iterable[tuple[object, ...]]:
    """A verdict's findings as they are kept: moments as text, so that a day stays a day."""
    for one in judged.findings:
        yield (
            one.id, one.rule, str(one.kind), str(one.level), one.activation, _text(one.since), _text(one.until),
            _text(one.due), judged.agencies.get(one.activation, judged.agency), list(one.evidence), one.provisional,
            one.order_unknown, one.editions.procedure, one.editions.calendar,
        )  # fmt: skip


def kept(cursor: CursorWrapper, subject: str) -> list[tuple[object, ...]]:
    """The findings that are kept of a subject, by id."""
    cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM finding WHERE subject = %s ORDER BY id", [subject])  # noqa: S608 - our own names
    return [tuple(row) for row in cursor.fetchall()]


def due_now(cursor: CursorWrapper, now: dt.datetime, most: int) -> list[tuple[str, str]]:
    """Lock and give subjects that have to be looked at again by now, with their procedures; others' are passed over."""
    cursor.execute(
        "SELECT name, family FROM subject WHERE wake_at <= %s ORDER BY wake_at LIMIT %s FOR UPDATE SKIP LOCKED",
        [now, most],
    )
    return list(cursor.fetchall())


def _text(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).isoformat() if isinstance(moment, dt.datetime) else moment.isoformat()
