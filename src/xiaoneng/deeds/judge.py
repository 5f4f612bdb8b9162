"""Judging one subject of the store by the law that applies to it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.effective import effective
from xiaoneng.packs.select import NotInForceError, select
from xiaoneng.store.verdict_rows import Judged
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.folder import Packs


def judge(packs: Packs, family: str, events: Sequence[Event], now: dt.datetime) -> Judged:
    """Judge a subject's events at an instant; before its law was in force, and where nothing stands, nothing is found.

    Raises UnknownPackError where there is no such procedure.
    """
    versions = packs.versions(family)
    zone = ZoneInfo(versions[-1].zone)
    agencies = {event.id: event.agency for event in events if event.agency}
    agency = next(iter(agencies.values()), "")
    days = [_day(event.occurred, zone) for event in effective(events)]
    try:
        procedure = select(versions, min(days), max(days)) if days else None
    except NotInForceError:
        procedure = None
    if procedure is None:
        return Judged(
            (),
            agencies,
            closed=False,
            wake_at=None,
            judged_at=now,
            procedure_edition="",
            calendar_edition="",
            agency=agency,
        )
    calendar = packs.calendar(procedure.calendar)
    verdict = supervise(procedure, events, calendar, now)
    return Judged(
        findings=verdict.findings,
        agencies=agencies,
        closed=verdict.closed,
        wake_at=verdict.wake_at,
        judged_at=now,
        procedure_edition=procedure.edition,
        calendar_edition=calendar.edition,
        agency=agency,
    )


def _day(moment: dt.date, zone: ZoneInfo) -> dt.date:
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment
