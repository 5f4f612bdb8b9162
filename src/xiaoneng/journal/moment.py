"""Legal moments as text and back: a date is a day, a datetime with an offset is an instant."""

from __future__ import annotations

from datetime import date, datetime

from xiaoneng.journal.error import JournalError


def read_day(value: object, where: str) -> date:
    """Read a day from a date or `2026-03-02`; raises JournalError XN-J010."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == len("2026-03-02"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise JournalError("XN-J010", f"{value!r} is no day", where=where, instead="write 2026-03-02")


def read_instant(value: object, where: str) -> datetime:
    """Read an instant from an aware datetime or its ISO text; raises XN-J011, or XN-J012 for a naive one."""
    instant = value
    if isinstance(value, str):
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            instant = None
    if not isinstance(instant, datetime):
        instead = "write 2026-03-02T09:00:00+08:00"
        raise JournalError("XN-J011", f"{value!r} is no instant", where=where, instead=instead)
    if instant.utcoffset() is None:
        instead = "give the offset, as in 2026-03-02T09:00:00+08:00"
        raise JournalError("XN-J012", f"{value!s} has no offset from UTC", where=where, instead=instead)
    return instant


def read_moment(value: object, where: str) -> date | datetime:
    """Read a day or an instant, whichever the value is."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        return read_instant(value, where)
    return read_day(value, where)


def write_moment(moment: date | datetime) -> str:
    """Write a day, or an instant to the microsecond with its own offset; raises XN-J012 for a naive one."""
    if isinstance(moment, datetime):
        return read_instant(moment, "").isoformat(timespec="microseconds")
    return moment.isoformat()
