"""Judge a whole log: every case by the version of the procedure that applies to it."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from xiaoneng.packs.model import JudgedBy
from xiaoneng.replay.columns import encode_log
from xiaoneng.replay.engine import chunks_of, judge_columns
from xiaoneng.replay.intake.outside import only
from xiaoneng.replay.intake.part import slice_of
from xiaoneng.replay.judgement import Judgement, RuleCount
from xiaoneng.replay.kernel import COMPILE_FROM
from xiaoneng.replay.unordered import mark_unordered
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.encode import EPOCH_ORDINAL, present, zone_of
from xiaoneng.supervise.layout import DEEMED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.verdict import Finding
    from xiaoneng.timing.calendar import Calendar


@dataclass(frozen=True)
class LogJudgement:
    """Judgements of parts of a log (each some cases and the version that applies to them), and the cases no version judges."""

    log: Log
    parts: tuple[Judgement, ...]
    not_in_force: tuple[str, ...]

    def versions(self) -> list[tuple[Procedure, Calendar, int]]:
        """The versions judged by, their calendars, and how many cases each judged."""
        found: dict[str, tuple[Procedure, Calendar, int]] = {}
        for part in self.parts:
            _, _, before = found.get(part.procedure.edition, (None, None, 0))
            found[part.procedure.edition] = part.procedure, part.calendar, before + len(part.log.cases)
        return list(found.values())

    def by_rule(self) -> dict[str, RuleCount]:
        """Counts per rule over all versions."""
        total: dict[str, Counter[str]] = {}
        for part in self.parts:
            for rule, count in part.by_rule().items():
                one = total.setdefault(rule, Counter())
                one.update(cases=count.violated_cases, breaches=count.breaches, activations=count.activations)
        return {rule: RuleCount(one["cases"], one["breaches"], one["activations"]) for rule, one in total.items()}

    def findings(self) -> Iterator[Finding]:
        """Every finding, version by version."""
        for part in self.parts:
            yield from part.findings()


def judge_log(
    log: Log,
    versions: Sequence[Procedure],
    calendars: Mapping[str, Calendar],
    now: dt.datetime,
    *,
    workers: int = 1,
    compiled: bool | None = None,
    progress: Callable[[int], object] | None = None,
) -> LogJudgement:
    """Judge every case of a log as of `now`.

    Args:
        log: the cases; those of kinds no version declares are left out.
        versions: the versions of one procedure; each case is judged by the one in force on its first or last day.
        calendars: working calendars by id.
        now: aware instant of judging.
        workers: threads for the compiled kernel; the result is the same for any number.
        compiled: True or False forces a speed, None chooses by size.
        progress: told the number of events judged since it was last told.
    """
    chosen = _version_of(log, versions)
    compiled = len(log) >= COMPILE_FROM if compiled is None else compiled
    tasks = []
    for number, procedure in enumerate(versions):
        mine = chosen == number
        if mine.any():
            one = log if mine.all() else only(log, mine)
            tasks += [(procedure, slice_of(one, low, high)) for low, high in chunks_of(one.offsets)]

    def judge(task: tuple[Procedure, Log]) -> Judgement:
        procedure, part = task
        judged = judge_version(part, procedure, calendars[procedure.calendar], now, compiled=compiled)
        if progress is not None:
            progress(len(part))
        return judged

    if workers > 1 and compiled and len(tasks) > 1:
        with ThreadPoolExecutor(min(workers, os.cpu_count() or 1)) as pool:
            parts = tuple(pool.map(judge, tasks))
    else:
        parts = tuple(map(judge, tasks))
    outside = log.cases.take(np.flatnonzero(chosen < 0)).to_pylist()
    return LogJudgement(log, parts, tuple(outside))


def judge_version(
    log: Log, procedure: Procedure, calendar: Calendar, now: dt.datetime, *, compiled: bool | None = None
) -> Judgement:
    """Judge every case of a log by one version of a procedure; raises CalendarNotCovered."""
    program = program_of(procedure)
    encoded = encode_log(log, program, calendar)
    if program.calendar and len(encoded.day):
        calendar.require(int(encoded.day.min()))
        calendar.require(int(encoded.day.max()))
    at = present(now, zone_of(procedure.zone), calendar)
    compiled = len(log) >= COMPILE_FROM if compiled is None else compiled
    rows = judge_columns(program, encoded, calendar, at, complete=log.complete, compiled=compiled)
    lapsed = rows.due[rows.what == DEEMED]
    if len(lapsed):
        calendar.require(int(lapsed.max()) + 1)
    marked, decides = mark_unordered(
        program, encoded, log, calendar, at, rows, complete=log.complete, compiled=compiled
    )
    encoded = replace(encoded, slots=np.empty((0, 0), np.int64))
    return Judgement(log, program, calendar, encoded, rows, at, marked, decides, log.complete)


def _version_of(log: Log, versions: Sequence[Procedure]) -> np.ndarray:
    """Per case the number of the version in force on the day that chooses it; -1 for none."""
    chosen = np.full(len(log.cases), -1, np.int64)
    size = np.diff(log.offsets)
    full = size > 0
    first = np.zeros(len(size), np.int64)
    last = np.zeros(len(size), np.int64)
    first[full] = log.day[log.offsets[:-1][full]]
    last[full] = log.day[log.offsets[1:][full] - 1]
    for number, procedure in enumerate(versions):
        day = first if procedure.judged_by is JudgedBy.RECEIPT else last
        applies = full & (day >= procedure.in_force_from.toordinal() - EPOCH_ORDINAL)
        if procedure.in_force_until is not None:
            applies &= day < procedure.in_force_until.toordinal() - EPOCH_ORDINAL
        chosen[applies] = number
    return chosen
