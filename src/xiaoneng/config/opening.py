"""What several commands begin with: packs, a mapping, a log, and the instant of judging."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.mappings import Mapping
    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.timing.calendar import Calendar


def opened_packs() -> Packs:
    """The packs in use, as compiled before; where one of them is wrong, each is read when it is asked for."""
    from xiaoneng.packs.compiled import compiled_packs
    from xiaoneng.packs.complaint import PackError
    from xiaoneng.packs.folder import open_packs
    from xiaoneng.packs.locate import packs_folder

    root = packs_folder().resolve()
    try:
        return compiled_packs(root)
    except PackError:
        return open_packs(root)


def opened_log(
    packs: Packs, log: Path, procedure: str, map_: str
) -> tuple[Log, tuple[Procedure, ...], dict[str, Calendar]]:
    """Read a log for a procedure: its versions and their calendars beside it.

    Without --map, a mapping of the packs that names the procedure is used where there is exactly one; else the
    log is read by the names of our own export.
    """
    from xiaoneng.replay.archive import is_archive, read_archive
    from xiaoneng.replay.intake.door import read_log
    from xiaoneng.replay.intake.outside import reject_outside
    from xiaoneng.supervise.build import program_of
    from xiaoneng.timing.dates import to_date

    mapping = chosen_mapping(packs, map_, procedure, log)
    name = procedure or (mapping.procedure if mapping else "")
    if not name:
        says = "请用 --procedure 或 --map 指明程序 (name a procedure with --procedure, or a mapping with --map)"
        raise click.UsageError(says)
    versions = packs.versions(name)
    calendars = {version.calendar: packs.calendar(version.calendar) for version in versions}
    fields = (field for version in versions for kind in version.events.values() for field in kind.fields.items())
    types = {name: str(field.type) for name, field in fields}
    case_type = mapping.case_type if mapping else ""
    if is_archive(log):
        return read_archive(log), versions, calendars
    read = read_log(log, mapping, zone=versions[-1].zone, types=types, case_type=case_type)
    for version in versions:
        if program_of(version).calendar:
            calendar = calendars[version.calendar]
            read = reject_outside(read, to_date(calendar.first_day), to_date(calendar.last_day))
    return read, versions, calendars


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """One case of a log as it stood at an instant, with the law that applies to it."""

    procedure: Procedure
    calendar: Calendar
    events: Sequence[Event]
    now: dt.datetime
    complete: bool


def opened_case(packs: Packs, log: Path, case: str, procedure: str, map_: str, now_: str | None) -> OpenedCase:
    """Read one case of a log; a case that is not there becomes a message and exit code 2."""
    from xiaoneng.packs.select import select
    from xiaoneng.timing.dates import to_date

    read, versions, calendars = opened_log(packs, log, procedure, map_)
    now = instant(now_, versions[-1].zone)
    read = as_of(read, now)
    try:
        index = read.find(case)
    except KeyError as error:
        known = ", ".join(read.cases[:5].to_pylist())
        raise click.UsageError(f"没有办件 {case} (no such case; the log begins with {known})") from error
    bounds = [int(day) for day in read.day[read.offsets[index] : read.offsets[index + 1]]]
    version = select(versions, to_date(min(bounds)), to_date(max(bounds)))
    return OpenedCase(version, calendars[version.calendar], read.events(index), now, read.complete)


def chosen_mapping(packs: Packs, map_: str, procedure: str, log: Path) -> Mapping | None:
    """The mapping named, or the only one for the procedure; none for files of our own."""
    from xiaoneng.packs.mappings import load_mapping

    if map_:
        path = Path(map_)
        return load_mapping(path) if path.suffix in {".yaml", ".yml"} else packs.mapping(map_)
    if log.name.endswith((".jsonl", ".jsonl.gz")):
        return None
    fitting = [one for one in packs.mappings if one.procedure in related(procedure)]
    return fitting[0] if len(fitting) == 1 else None


def related(procedure: str) -> Sequence[str]:
    """A procedure and the plain reading of which it is another (it.traffic-fine-law is one of it.traffic-fine)."""
    parts = procedure.split("-")
    return ["-".join(parts[: n + 1]) for n in range(len(parts))]


def as_of(log: Log, now: dt.datetime) -> Log:
    """The log as it stood at an instant."""
    from xiaoneng.replay.intake.upto import upto
    from xiaoneng.supervise.encode import micros, zone_of
    from xiaoneng.timing.dates import to_day

    return upto(log, micros(now), to_day(now.astimezone(zone_of(log.zone)).date()))


def instant(text: str | None, zone: str) -> dt.datetime:
    """The instant of judging: now, or a date (its last moment) or an instant given."""
    from xiaoneng.supervise.encode import zone_of

    if not text:
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - the command line reads the clock
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        says = f"--now {text}: 不是日期或时刻 (not a date or an instant; write 2026-03-30 or 2026-03-30T17:00:00+08:00)"
        raise click.UsageError(says) from error
    if len(text) <= len("2026-03-30"):
        moment += dt.timedelta(days=1, microseconds=-1)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_of(zone))
