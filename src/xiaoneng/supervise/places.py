"""The place of a moment in a kind of time, for those who tell a case anew from its facts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.supervise.conditions import local_date
from xiaoneng.timing.arithmetic import office_before, working_index
from xiaoneng.timing.dates import to_day
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS, MIDNIGHT, local_time, second_of_day

if TYPE_CHECKING:
    from xiaoneng.supervise.verdict import Moment
    from xiaoneng.timing.calendar import Calendar


def place(at: Moment, kind: LimitKind, calendar: Calendar, zone: dt.tzinfo) -> int:
    """Working days so far, the day, or the seconds (of office time) so far; a date stands at its local midnight."""
    table = (calendar.prefix, calendar.first_day)
    if kind not in HOUR_KINDS:
        day = to_day(local_date(at, zone))
        return working_index(*table, day) if kind == LimitKind.WORKING_DAYS else day
    instant = at if isinstance(at, dt.datetime) else dt.datetime.combine(at, MIDNIGHT, zone)
    if kind == LimitKind.ELAPSED_HOURS:
        return int(instant.timestamp())
    local = local_time(instant, calendar)
    return office_before(*table, calendar.hours, calendar.per_day, to_day(local.date()), second_of_day(local))
