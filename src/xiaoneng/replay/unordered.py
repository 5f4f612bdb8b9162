"""Where another order of ties would change a verdict: each tied pair is judged once more, swapped, as a case of its own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from xiaoneng.replay.columns import Encoded
from xiaoneng.replay.engine import Rows, judge_columns
from xiaoneng.supervise import layout
from xiaoneng.supervise.unordered import MOST_SWAPS

if TYPE_CHECKING:
    import numpy.typing as npt

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.layout import Present
    from xiaoneng.supervise.program import Program
    from xiaoneng.timing.calendar import Calendar

TIMED = 2**61
"""Sets the moment of an event of day precision apart from that of an instant at its midnight."""


def mark_unordered(
    program: Program, encoded: Encoded, log: Log, calendar: Calendar, now: Present, rows: Rows, *, complete: bool
) -> tuple[npt.NDArray[np.bool_], dict[int, frozenset[str]]]:
    """For each row, whether it does not survive the swap of a tied pair; and per case the rules that gain a breach by one."""
    marked = np.zeros(len(rows), np.bool_)
    pairs, crowded = _pairs(program, encoded)
    decides: dict[int, set[str]] = defaultdict(set)
    if len(crowded):
        marked |= _touching(encoded, rows, crowded)
    if len(pairs):
        case = np.searchsorted(encoded.offsets, pairs, side="right") - 1
        swapped = _swapped(encoded, pairs, case)
        again = judge_columns(program, swapped, calendar, now, complete=complete)
        original = _places(rows, case)
        known = _gists(rows, original.owner, original.rows, encoded, log, None)
        found = _gists(again, again.case, np.arange(len(again)), swapped, log, pairs - encoded.offsets[case])
        lost = ~np.isin(known, found)
        marked[original.rows[lost & _reporting(rows, original.rows)]] = True
        gained = ~np.isin(found, known) & _reporting(again, np.arange(len(again)))
        for owner, code in zip(again.case[gained].tolist(), again.code[gained].tolist(), strict=True):
            decides[int(case[owner])].add(program.provisions[code].id)
    return marked, {one: frozenset(rules) for one, rules in decides.items()}


def _pairs(program: Program, encoded: Encoded) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First events of the tied pairs that do not say the same; and of those in cases with too many to try."""
    first = np.flatnonzero(encoded.tied) - 1
    meanings = np.array(program.meanings, np.int64)
    alike = meanings[encoded.letter[first]] == meanings[encoded.letter[first + 1]]
    if program.instants:
        alike &= encoded.at[first] == encoded.at[first + 1]
    for column in encoded.slots:
        alike &= column[first] == column[first + 1]
    first = first[~alike]
    case = np.searchsorted(encoded.offsets, first, side="right") - 1
    crowd = np.bincount(case, minlength=len(encoded.offsets) - 1)[case] > MOST_SWAPS
    return first[~crowd], first[crowd]


def _touching(encoded: Encoded, rows: Rows, first: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Rows about an event of one of the pairs."""
    tied = np.zeros(len(encoded.letter) + 1, np.bool_)
    tied[first] = tied[first + 1] = True
    start = encoded.offsets[rows.case]
    last = encoded.offsets[rows.case + 1] - 1
    event, cause = np.minimum(start + rows.event, last), np.minimum(start + np.maximum(rows.cause, 0), last)
    return np.asarray(tied[event] | (tied[cause] & (rows.cause >= 0)))


def _swapped(encoded: Encoded, pairs: npt.NDArray[np.int64], case: npt.NDArray[np.int64]) -> Encoded:
    """One case per pair: the events of its case with the pair swapped."""
    lengths = encoded.offsets[case + 1] - encoded.offsets[case]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    source = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1] - encoded.offsets[case], lengths)
    place = offsets[:-1] + pairs - encoded.offsets[case]
    source[place], source[place + 1] = pairs + 1, pairs
    return Encoded(
        encoded.letter[source],
        encoded.day[source],
        encoded.at[source],
        np.ascontiguousarray(encoded.slots[:, source]),
        offsets,
        encoded.keys[case],
        encoded.row[source],
        np.zeros(len(source), np.bool_),
    )


class _Places:
    """Rows of the cases of pairs, each repeated for every pair of its case: `owner` is the pair, `rows` the row."""

    def __init__(self, owner: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> None:
        self.owner = owner
        self.rows = rows


def _places(rows: Rows, case: npt.NDArray[np.int64]) -> _Places:
    low = np.searchsorted(rows.case, case, side="left")
    high = np.searchsorted(rows.case, case, side="right")
    owner = np.repeat(np.arange(len(case)), high - low)
    within = np.arange(len(owner)) - np.repeat(np.concatenate([[0], np.cumsum(high - low)[:-1]]), high - low)
    return _Places(owner, np.repeat(low, high - low) + within)


def _reporting(rows: Rows, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.asarray(~np.isin(rows.what[chosen], (layout.DEEMED, layout.RUNNING, layout.HELD)))


def _gists(
    rows: Rows,
    owner: npt.NDArray[Any],
    chosen: npt.NDArray[np.int64],
    encoded: Encoded,
    log: Log,
    swap: npt.NDArray[np.int64] | None,
) -> npt.NDArray[np.void]:
    """What a finding says, as comparable records: pair, rule, activating event, since and until.

    Positions after a deemed fact are compared as they stand: such facts shift alike in both orders, or the findings differ.
    """
    case = owner if swap is not None else rows.case[chosen]
    start = encoded.offsets[case]
    length = encoded.offsets[case + 1] - start
    event, cause = rows.event[chosen].astype(np.int64), rows.cause[chosen].astype(np.int64)
    what = rows.what[chosen]
    shown = [event, np.where(cause >= 0, np.where(what == layout.CLOSED, np.maximum(cause, event), cause), -1)]
    at = start + np.minimum(np.maximum(shown[1], 0), length - 1)
    row = encoded.row[at]
    moment = np.where(shown[1] >= 0, log.at[row] + np.where(log.timed[row], 0, TIMED), -1)
    if swap is not None:
        event = np.where(event == swap[owner], event + 1, np.where(event == swap[owner] + 1, event - 1, event))
    record = np.empty(len(chosen), [("pair", "i8"), ("code", "i8"), ("event", "i8"), ("moment", "i8"), ("due", "i8")])
    record["pair"], record["code"], record["event"] = owner, rows.code[chosen], event
    record["moment"], record["due"] = moment, rows.due[chosen]
    return record
