"""wake: subjects whose answer may have changed by time alone are judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from xiaoneng.deeds.judge import judge
from xiaoneng.store import journal_rows, verdict_rows

if TYPE_CHECKING:
    import datetime as dt

    from xiaoneng.packs.folder import Packs

BATCH = 200
"""Subjects of one transaction: few enough that intake waits for none of them long."""


def wake(packs: Packs, now: dt.datetime, batch: int = BATCH) -> int:
    """Judge every subject that is due by now; gives how many.

    Several may run at once: what one has locked, the others pass over. A transaction leaves its subjects judged, or as
    they were.
    """
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            due = verdict_rows.due_now(cursor, now, batch)
            for subject, family in due:
                events = [one.event for one in journal_rows.events_of(cursor, subject)]
                verdict_rows.save(cursor, subject, judge(packs, family, events, now))
        done += len(due)
        if len(due) < batch:
            return done
