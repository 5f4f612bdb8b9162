"""Two readings of one log held against each other, case by case, in the groups of a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from xiaoneng.replay.conditions import Columns, epoch_days
from xiaoneng.supervise.layout import MISSING

if TYPE_CHECKING:
    import numpy.typing as npt

    from xiaoneng.packs.comparisons import Comparison, Group
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.judge import LogJudgement

NEITHER, SECOND_ONLY, FIRST_ONLY, BOTH = range(4)


@dataclass(frozen=True, slots=True)
class Line:
    """One group: closed cases that keep both readings, break only the second, only the first, or both."""

    group: Group | None
    neither: int
    second_only: int
    first_only: int
    both: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The whole comparison; `open_cases` are those that never closed and are left out of the lines."""

    lines: tuple[Line, ...]
    open_cases: int


def disagreement(log: Log, comparison: Comparison, first: LogJudgement, second: LogJudgement) -> Disagreement:
    """Compare two judgements of the same log. Cases that fit no group (or have no such date) form a last line."""
    broken = 2 * _broken(log, first).astype(np.int64) + _broken(log, second)
    closed = _closed(log, first)
    days = days_until(log, comparison.by)
    lines = []
    left = closed.copy()
    for group in (*comparison.groups, None):
        fits = (
            np.array([group.holds(int(n)) for n in days]) & (days != MISSING) if group else np.ones(len(days), np.bool_)
        )
        mine = left & fits
        left &= ~fits
        counts = np.bincount(broken[mine], minlength=4)
        differing = np.flatnonzero(mine & ((broken == FIRST_ONLY) | (broken == SECOND_ONLY)))[:5]
        examples = tuple(log.cases.take(differing).to_pylist())
        if group is not None or mine.any():
            lines.append(
                Line(
                    group,
                    int(counts[NEITHER]),
                    int(counts[SECOND_ONLY]),
                    int(counts[FIRST_ONLY]),
                    int(counts[BOTH]),
                    examples,
                )
            )
    return Disagreement(tuple(lines), int((~closed).sum()))


def days_until(log: Log, field: str) -> npt.NDArray[np.int64]:
    """Per case the days from its first event to the first date it says in a field; MISSING where it says none."""
    view = Columns(log, np.arange(len(log), dtype=np.int64))
    dates = epoch_days(view.dates(view.say((field,))), MISSING)
    found = np.full(len(log.cases), MISSING, np.int64)
    said = np.flatnonzero(dates != MISSING)[::-1]
    case = np.searchsorted(log.offsets, said, side="right") - 1
    found[case] = dates[said] - log.day[log.offsets[:-1]][case]
    return found


def _broken(log: Log, judgement: LogJudgement) -> npt.NDArray[np.bool_]:
    """Cases with a breach."""
    broken = np.zeros(len(log.cases), np.bool_)
    for part in judgement.parts:
        names = part.log.cases.take(np.unique(part.rows.case[part.reports]))
        broken |= np.isin(log.cases.to_numpy(zero_copy_only=False), names.to_numpy(zero_copy_only=False))
    return broken


def _closed(log: Log, judgement: LogJudgement) -> npt.NDArray[np.bool_]:
    """Cases in which an ending event happened."""
    closed = np.zeros(len(log.cases), np.bool_)
    for part in judgement.parts:
        names = part.log.cases.filter(pa.array(part.closed))
        closed |= np.isin(log.cases.to_numpy(zero_copy_only=False), names.to_numpy(zero_copy_only=False))
    return closed
