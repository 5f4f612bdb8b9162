"""Timing: processor time and wall time of repeated runs, and rows of the table."""

from __future__ import annotations

import gc
import os
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MEBI = 1 << 20
GIBI = 1 << 30
MICRO = 1e6


@dataclass(frozen=True)
class Row:
    """One line of the table; `met` is None where there is no target."""

    part: str
    what: str
    figure: str
    target: str = ""
    met: bool | None = None
    ratio: str = ""
    runs: int = 1

    def plain(self) -> dict[str, Any]:
        """The row as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Time:
    """Seconds of the processor (all threads) and of the wall: medians of `runs`."""

    cpu: float
    wall: float
    runs: int


def timed(call: Callable[[], object], runs: int = 3, warm: int = 1) -> Time:
    """Run a call `warm` + `runs` times, as programs run: garbage is collected before, and where Python does so by itself."""
    for _ in range(warm):
        call()
    cpus, walls = [], []
    for _ in range(runs):
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        call()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    return Time(statistics.median(cpus), statistics.median(walls), runs)


def per_call(call: Callable[[], object], seconds: float = 0.3, runs: int = 5) -> tuple[float, int]:
    """Processor seconds of one short call, median of `runs` batches."""
    call()
    once = max(timed(call, 3, 0).cpu, 1e-7)
    times = max(1, int(seconds / runs / once))
    batch = timed(lambda: [call() for _ in range(times)], runs, 0)
    return batch.cpu / times, runs


def peak() -> float:
    """Most memory this process has held, in GiB (VmHWM: ru_maxrss would count what the parent held at the fork)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 2**20


def load() -> str:
    """Load averages of the machine."""
    return " / ".join(f"{one:.1f}" for one in os.getloadavg())


def rate(events: int, time: Time) -> str:
    """Events per processor second, with the wall time."""
    return f"{events / time.cpu / MICRO:.1f} M events/s ({time.cpu:.3f} s CPU, {time.wall:.3f} s wall)"
