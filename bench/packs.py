"""The packs, the fines log and its copies, and judging as the benchmark needs them."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.measure import MICRO
from xiaoneng.packs.folder import Packs, open_packs
from xiaoneng.packs.locate import packs_folder
from xiaoneng.replay.engine import Rows, judge_columns
from xiaoneng.supervise import layout
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.encode import present, zone_of
from xiaoneng.supervise.findings import REPORTS

if TYPE_CHECKING:
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.selector import Selector
    from xiaoneng.replay.columns import Encoded
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.layout import Present
    from xiaoneng.supervise.program import Program
    from xiaoneng.timing.calendar import Calendar

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("XIAONENG_DATA", ROOT.parent / "shared" / "data"))
XES = DATA / "logs" / "Road_Traffic_Fine_Management_Process.xes.gz"
PLAIN_RULES = 20
FINES_NOW = dt.datetime(2014, 6, 30, tzinfo=dt.UTC)


@cache
def packs() -> Packs:
    return open_packs(packs_folder())


@cache
def fines_procedure(rules: int = 25) -> Procedure:
    """The fines procedure with its first rules only (the first twenty are plain)."""
    whole = packs().procedure("it.traffic-fine")
    return replace(whole, rules=whole.rules[:rules])


def licensing() -> Procedure:
    return packs().procedure("cn.licensing")


@cache
def fines_log() -> Log:
    from xiaoneng.replay.intake.door import read_log

    return read_log(XES, packs().mapping("traffic-fine"))


def copies(log: Log, times: int) -> Log:
    """The same cases several times over, under new names."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def columns(values: pa.Array) -> pa.Array:
        return pa.concat_arrays([values] * times)

    size = np.diff(log.offsets)
    names = [pc.binary_join_element_wise(log.cases, pa.scalar(f".{number}"), "") for number in range(times)]
    return replace(
        log,
        cases=pa.concat_arrays(names),
        offsets=np.concatenate([[0], np.cumsum(np.tile(size, times))]).astype(np.int64),
        kind=np.tile(log.kind, times),
        day=np.tile(log.day, times),
        at=np.tile(log.at, times),
        timed=np.tile(log.timed, times),
        tied=np.tile(log.tied, times),
        number=np.tile(log.number, times),
        ids=None,
        actor=None if log.actor is None else columns(log.actor),
        data={name: columns(values) for name, values in log.data.items()},
    )


def one_case(log: Log, events: int) -> Log:
    """The first events of a log by moment, as if they were one case."""
    import pyarrow as pa

    order = np.argsort(log.at[:events], kind="stable")
    place = pa.array(order)
    return replace(
        log,
        cases=pa.array(["one"]),
        offsets=np.array([0, len(order)], np.int64),
        kind=log.kind[order],
        day=log.day[order],
        at=log.at[order],
        timed=log.timed[order],
        tied=np.zeros(len(order), np.bool_),
        number=np.arange(1, len(order) + 1, dtype=np.int32),
        ids=None,
        actor=None if log.actor is None else log.actor.take(place),
        data={name: values.take(place) for name, values in log.data.items()},
    )


def present_of(procedure: Procedure, calendar: Calendar, now: dt.datetime) -> Present:
    return present(now, zone_of(procedure.zone), calendar)


def judge(
    program: Program, encoded: Encoded, calendar: Calendar, now: Present, *, complete: bool, compiled: bool = True
) -> Rows:
    return judge_columns(program, encoded, calendar, now, complete=complete, compiled=compiled)


def reports(rows: Rows) -> int:
    """How many breaches the rows tell."""
    return int(np.isin(rows.what, sorted(REPORTS)).sum())


def violated(procedure: Procedure, rows: Rows) -> dict[str, int]:
    """Cases with a breach, per rule."""
    program = program_of(procedure)
    told = np.isin(rows.what, (layout.BREACH, layout.CLOSED, *sorted(REPORTS)))
    codes = len(program.provisions)
    pairs = np.unique(rows.case[told].astype(np.int64) * codes + rows.code[told])
    counts = np.bincount((pairs % codes).astype(np.int64), minlength=codes)
    return {provision.id: int(counts[code]) for code, provision in enumerate(program.provisions)}


def kinds_of(selectors: tuple[Selector, ...]) -> str:
    """The one event kind of a side of a plain rule."""
    (one,) = selectors
    return one.kind


def mega(events: int) -> str:
    return f"{events / MICRO:.1f} M events"
