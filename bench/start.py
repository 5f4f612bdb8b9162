"""Working days, reading of XES, start-up and compiling."""

from __future__ import annotations

import datetime as dt
import importlib.util
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

from bench.measure import Row, per_call, timed
from bench.packs import XES, fines_procedure, licensing, packs, present_of
from bench.process import child, environment

if TYPE_CHECKING:
    from bench.sizes import Sizes

NANO = 1e9


def working_days(sizes: Sizes) -> list[Row]:
    """Add working days: compiled over a vector, in plain Python, and by others."""
    import numba
    import numpy as np

    from xiaoneng.replay.kernel import kernel
    from xiaoneng.timing.arithmetic import add_working

    calendar = packs().calendar("cn")
    count = max(1_000, sizes.events // 10)
    chance = np.random.default_rng(7)
    days = chance.integers(calendar.first_day + 30, calendar.last_day - 200, count)
    add = chance.integers(1, 60, count)
    prefix, index = np.array(calendar.prefix, np.int64), np.array(calendar.index, np.int64)
    one = kernel()["add_working"].dispatcher

    @numba.njit
    def every(day: Any, n: Any, out: Any) -> None:
        for i in range(len(day)):
            out[i] = one(prefix_, index_, first, day[i], n[i])

    prefix_, index_, first = prefix, index, calendar.first_day
    out = np.empty(count, np.int64)
    ours = timed(lambda: every(days, add, out), 7).cpu / count * NANO
    rows = [Row("g", "add working days, compiled over columns", f"{ours:.1f} ns", "≤ 10 ns", ours <= 10, runs=7)]
    chosen = random.Random(7).sample(range(count), 1000)
    pairs = [(int(days[i]), int(add[i])) for i in chosen]
    covered = [(day, n) for day, n in pairs if dt.date.fromordinal(day + 719_163).year in range(2008, 2026)]
    tables = (calendar.prefix, calendar.index, calendar.first_day)
    cost, runs = per_call(lambda: [add_working(*tables, day, n) for day, n in pairs])
    rows.append(Row("g", "add working days, plain Python", f"{cost / len(pairs) * NANO:.0f} ns", runs=runs))
    working = set(calendar.index)
    off = [day for day in range(calendar.first_day, calendar.last_day) if day not in working]
    weekday = [day for day in off if dt.date.fromordinal(day + 719_163).weekday() < 5]
    busy = np.busdaycalendar(holidays=np.array(weekday, "datetime64[D]"))
    dates = days.astype("datetime64[D]")
    theirs = timed(lambda: np.busday_offset(dates, add, roll="backward", busdaycal=busy), 5).cpu / count * NANO
    what = "numpy busday_offset, vector (cannot say make-up Saturdays)"
    rows.append(Row("g", what, f"{theirs:.0f} ns", ratio=f"ours {theirs / ours:.0f} ×", runs=5))
    if importlib.util.find_spec("chinese_calendar") is not None:
        from chinese_calendar import find_workday

        some = [(dt.date.fromordinal(day + 719_163), n) for day, n in covered[:20]]
        cost, runs = per_call(lambda: [find_workday(n, day) for day, n in some])
        each = cost / len(some) * NANO
        rows.append(
            Row("g", "chinese_calendar find_workday", f"{each:,.0f} ns", ratio=f"ours {each / ours:,.0f} ×", runs=runs)
        )
    return rows


def reading(sizes: Sizes) -> list[Row]:
    """The fines log from XES: ours, checked and in judging order, beside the bare parser."""
    if not XES.exists():
        return [Row("h", "fines log from XES", "no log: set XIAONENG_DATA")]
    import rustxes

    from xiaoneng.replay.intake.door import read_log

    mapping = packs().mapping("traffic-fine")
    runs = min(3, sizes.runs)
    theirs = timed(lambda: rustxes.import_xes(str(XES)), runs)
    ours = timed(lambda: read_log(XES, mapping), runs)
    again = timed(lambda: rustxes.import_xes(str(XES)), runs, 0)
    cpu, wall = (theirs.cpu + again.cpu) / 2, (theirs.wall + again.wall) / 2
    figure = f"{ours.cpu:.2f} s CPU, {ours.wall:.2f} s wall (rustxes {cpu:.2f}, {wall:.2f})"
    ratio = f"CPU {ours.cpu / cpu:.2f} ×, wall {ours.wall / wall:.2f} ×"
    what = "fines log from XES (561,470 events), ours : rustxes alone"
    return [Row("h", what, figure, "≤ 1.2 × rustxes", ours.wall <= 1.2 * wall, ratio, runs)]


def start_up(sizes: Sizes) -> list[Row]:
    """Wall time of the command line's help."""
    walls, cpus = [], []
    for _ in range(sizes.runs + 1):
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "xiaoneng", "--help"]
        subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own program
        walls.append(time.perf_counter() - begin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    wall, cpu = statistics.median(walls[1:]), statistics.median(cpus[1:])
    return [Row("i", "xiaoneng --help", f"{wall:.2f} s wall, {cpu:.2f} s CPU", "≤ 0.3 s", wall <= 0.3, runs=sizes.runs)]


def compiling(sizes: Sizes) -> list[Row]:  # noqa: ARG001 - as every part
    """Seconds until the kernel stands: cold, and from the cache of an earlier process."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("plain rules only", "whole kernel"):
            for state in ("cold", "cached"):
                took = child("compile", name, XDG_CACHE_HOME=folder)
                figure = f"{took['wall']:.1f} s wall, {took['cpu']:.1f} s CPU"
                rows.append(Row("j", f"compiling, {name}, {state}", figure))
    return rows


def compile_once(name: str) -> dict[str, float]:
    """What the child does: judge a few events compiled."""
    from bench.government import NOW, government_log
    from bench.packs import judge
    from xiaoneng.replay.columns import encode_log
    from xiaoneng.supervise.build import program_of

    calendar = packs().calendar("cn")
    log = government_log(1_000, calendar)
    procedure = fines_procedure(20) if name == "plain rules only" else licensing()
    program = program_of(procedure)
    encoded = encode_log(log, program_of(licensing()), calendar)
    if name == "plain rules only":
        encoded.letter[:] = 0
    now = present_of(procedure, calendar, NOW)
    cpu, wall = time.process_time(), time.perf_counter()
    judge(program, encoded, calendar, now, complete=False)
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
