"""A case file on trial: whether the kernel says of it what the file says, at either speed.

In plain Python a case file is judged as an officer's case is. Through the columns it is written as a journal, read
back as any log is, and judged by the compiled kernel, so that the whole way of a log is tried as well.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.chain import chain
from xiaoneng.journal.effective import effective
from xiaoneng.journal.jsonl import write_journal
from xiaoneng.journal.order import in_order
from xiaoneng.packs.cases import local_day
from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.verdict import Deemed, FindingKind
from xiaoneng.timing.errors import CalendarNotCovered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.cases import CaseFile, Expected
    from xiaoneng.packs.complaint import Complaint
    from xiaoneng.supervise.verdict import Finding, Moment
    from xiaoneng.timing.calendar import Calendar

CODE = "XN-P097"
MEND = "mend the law or the file"
INSTANT = dt.timedelta(microseconds=1)


def run_case(case: CaseFile, calendar: Calendar) -> tuple[Complaint, ...]:
    """Judge a case file in plain Python; each difference is a complaint that names its line."""
    try:
        verdict = supervise(case.procedure, case.events, calendar, case.now, complete=case.complete)
        return (
            *_findings(case, verdict.breaches),
            *_deemed(case, verdict.deemed),
            *_due(case, calendar),
        )
    except CalendarNotCovered as error:
        return (case.document.complain(("events",), str(error), "or choose other days", CODE),)


def run_case_in_columns(case: CaseFile, calendar: Calendar, *, compiled: bool = True) -> tuple[Complaint, ...]:
    """Judge a case file as a log of one case; due days are left out, because columns keep none of a stopped clock."""
    from xiaoneng.replay.intake.door import read_log  # noqa: PLC0415 - numpy and arrow, not needed in plain Python
    from xiaoneng.replay.judge import judge_version  # noqa: PLC0415 - as above
    from xiaoneng.replay.judgement import as_rows  # noqa: PLC0415 - as above

    if not effective(case.events):
        return tuple(_findings(case, ()))
    procedure = case.procedure
    types = {name: str(field.type) for kind in procedure.events.values() for name, field in kind.fields.items()}
    with TemporaryDirectory() as folder:
        journal = Path(folder) / "case.jsonl"
        write_journal(journal, chain(case.events))
        log = replace(read_log(journal, zone=procedure.zone, types=types), complete=case.complete)
    judged = judge_version(log, procedure, calendar, case.now, compiled=compiled)
    sequences = (judged.reporter(number, as_rows(rows)).sequence for number, rows, _ in judged.cases_with_rows())
    deemed = [member for sequence in sequences for member in sequence if isinstance(member, Deemed)]
    breaches = [one for one in judged.findings() if one.kind is FindingKind.BREACH]
    return (*_findings(case, breaches), *_deemed(case, deemed))


def _findings(case: CaseFile, found: Iterable[Finding]) -> Iterator[Complaint]:
    """Compare breaches as a collection; what the file leaves open fits any moment."""
    zone = ZoneInfo(case.procedure.zone)
    rest = list(found)
    for i, wanted in sorted(enumerate(case.findings), key=lambda one: (one[1].since is None) + (one[1].until is None)):
        same = next((one for one in rest if _fits(wanted, one, zone)), None)
        if same is not None:
            rest.remove(same)
            continue
        near = [_told(one, zone) for one in rest if one.rule == wanted.rule]
        expected = _said(wanted.rule, wanted.since, wanted.until, zone)
        says = f"expected {expected}; came {' and '.join(near) or 'nothing of it'}"
        yield case.document.complain(("findings", i), says, MEND, CODE)
    for one in rest:
        yield case.document.complain(("findings",), f"came, and is not expected: {_told(one, zone)}", MEND, CODE)


def _fits(wanted: Expected, found: Finding, zone: ZoneInfo) -> bool:
    pairs = ((wanted.since, found.since), (wanted.until, found.until))
    return wanted.rule == found.rule and all(one is None or _same(one, other, zone) for one, other in pairs)


def _same(wanted: dt.date, found: Moment | None, zone: ZoneInfo) -> bool:
    """Whether a moment is the one written: to the instant where both are instants, else by the local day."""
    if found is None:
        return False
    if isinstance(wanted, dt.datetime) and isinstance(found, dt.datetime):
        return wanted == found
    return local_day(wanted, zone) == local_day(found, zone)


def _told(found: Finding, zone: ZoneInfo) -> str:
    return _said(found.rule, found.since, found.until, zone)


def _said(rule: str, since: Moment | None, until: Moment | None, zone: ZoneInfo) -> str:
    parts = [rule]
    for word, moment in (("since", since), ("until", until)):
        if moment is not None:
            shown = moment.astimezone(zone) if isinstance(moment, dt.datetime) else moment
            parts.append(f"{word} {shown.isoformat()}")
    return " ".join(parts)


def _deemed(case: CaseFile, found: Sequence[Deemed]) -> Iterator[Complaint]:
    came = [(one.kind, one.occurred) for one in found]
    wanted = [(one.kind, one.on) for one in case.deemed]
    if came != wanted:
        said, were = (", ".join(f"{kind} on {on}" for kind, on in facts) or "nothing" for facts in (wanted, came))
        yield case.document.complain(("deemed",), f"expected {said}; came {were}", MEND, CODE)


def _due(case: CaseFile, calendar: Calendar) -> Iterator[Complaint]:
    zone = ZoneInfo(case.procedure.zone)
    for clock, wanted in case.due.items():
        came = due_of_last(clock, case, calendar)
        if not _same(wanted, came, zone):
            says = f"expected {wanted}; came {came or 'no due day'}"
            yield case.document.complain(("due", clock), says, MEND, CODE)


def due_of_last(clock: str, case: CaseFile, calendar: Calendar) -> Moment | None:
    """When the last activation of a clock is due: as the kernel says just before it was stopped.

    The case is judged again up to each event, from the last one backwards, until the clock is seen running or overdue;
    an event later than the stop can no longer move it.
    """
    zone = ZoneInfo(case.procedure.zone)
    events = in_order(effective(case.events), zone)
    following = [_begin(event.occurred, zone) for event in events[1:]]
    for count in range(len(events), 0, -1):
        own = _begin(events[count - 1].occurred, zone)
        then = max(own, following[count - 1] - INSTANT) if count < len(events) else case.now
        for now in (then, own):
            found = _seen(clock, case, events[:count], calendar, now)
            if found is not None:
                return found
    return None


def _seen(clock: str, case: CaseFile, events: Sequence[Event], calendar: Calendar, now: dt.datetime) -> Moment | None:
    verdict = supervise(case.procedure, events, calendar, now)
    running = [one.due for one in verdict.clocks if one.clock == clock and one.due is not None]
    overdue = [one.due for one in verdict.breaches if one.rule == clock and one.until is None and one.due is not None]
    seen = running or overdue
    return seen[-1] if seen else None


def _begin(occurred: Moment, zone: ZoneInfo) -> dt.datetime:
    """The instant of an event, or the first of its local day."""
    return occurred if isinstance(occurred, dt.datetime) else dt.datetime.combine(occurred, dt.time(0), zone)
