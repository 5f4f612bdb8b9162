"""Where another order of ties would change a verdict: each tied pair is judged once more, swapped, as a case of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from xiaoneng.replay.columns import Encoded
from xiaoneng.replay.engine import Rows, judge_columns
from xiaoneng.supervise import layout
from xiaoneng.supervise.encode import midnight, moment_of, zone_of
from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.unordered import MOST_SWAPS

if TYPE_CHECKING:
    import numpy.typing as npt

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.layout import Present
    from xiaoneng.supervise.program import Program
    from xiaoneng.timing.calendar import Calendar

    Ints = npt.NDArray[np.int64]

SILENT = (layout.DEEMED, layout.RUNNING, layout.HELD, layout.WAITING)
DAY, INSTANT, OFFICE_SECOND, NONE = range(4)
"""What kind of moment a number stands for: kept in its two low bits, so that a date never equals an instant."""


def mark_unordered(  # what judging takes, and what it gave
    program: Program,
    encoded: Encoded,
    log: Log,
    calendar: Calendar,
    now: Present,
    rows: Rows,
    *,
    complete: bool,
    compiled: bool | None = None,
) -> tuple[npt.NDArray[np.bool_], Ints]:
    """For each row, whether it does not survive the swap of a tied pair; and the rules that gain a breach by one.

    The latter as (case, code) in the two columns of an array, each once.
    """
    marked = np.zeros(len(rows), np.bool_)
    decides = [np.empty((0, 2), np.int64)]
    pairs, crowded = _pairs(program, encoded)
    if len(crowded):
        marked |= _touching(encoded, rows, crowded)
    if len(pairs):
        judged = _Swaps(program, encoded, log, calendar, now, rows, pairs, complete=complete, compiled=compiled)
        judged.mark(marked, decides)
    codes = len(program.provisions)
    pairs_found = np.concatenate(decides)
    return marked, np.stack(np.divmod(np.unique(pairs_found[:, 0] * codes + pairs_found[:, 1]), codes), axis=1)


def _pairs(program: Program, encoded: Encoded) -> tuple[Ints, Ints]:
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


def _touching(encoded: Encoded, rows: Rows, first: Ints) -> npt.NDArray[np.bool_]:
    """Rows about an event of one of the pairs."""
    tied = np.zeros(len(encoded.letter) + 1, np.bool_)
    tied[first] = tied[first + 1] = True
    start = encoded.offsets[rows.case]
    last = encoded.offsets[rows.case + 1] - 1
    event, cause = np.minimum(start + rows.event, last), np.minimum(start + np.maximum(rows.cause, 0), last)
    return np.asarray(tied[event] | (tied[cause] & (rows.cause >= 0)))


class _Swaps:
    """Every tied pair judged in the other order."""

    def __init__(
        self,
        program: Program,
        encoded: Encoded,
        log: Log,
        calendar: Calendar,
        now: Present,
        rows: Rows,
        pairs: Ints,
        *,
        complete: bool,
        compiled: bool | None,
    ) -> None:
        self.program = program
        self.encoded = encoded
        self.log = log
        self.calendar = calendar
        self.now = now
        self.rows = rows
        self.complete = complete
        self.case = np.searchsorted(encoded.offsets, pairs, side="right") - 1
        self.place = pairs - encoded.offsets[self.case]
        self.swapped = _swapped(encoded, pairs, self.case)
        self.again = judge_columns(program, self.swapped, calendar, now, complete=complete, compiled=compiled)

    def mark(self, marked: npt.NDArray[np.bool_], decides: list[Ints]) -> None:
        """Mark the rows that are lost in the other order, and note the rules that gain one."""
        rows, again = self.rows, self.again
        owner, chosen = self.rows_of_pairs()
        known = _gists(rows, chosen, owner, rows.case[chosen], self.encoded, self.log, self.program)
        every = np.arange(len(again))
        found = _gists(again, every, again.case, again.case, self.swapped, self.log, self.program)
        place = self.place[again.case]
        event = found["event"]
        found["event"] = np.where(event == place, event + 1, np.where(event == place + 1, event - 1, event))
        # Positions after a fact that silence made are not those of the events: such cases are asked one by one.
        deemed = np.zeros(len(self.case), np.bool_)
        deemed[owner[rows.what[chosen] == layout.DEEMED]] = True
        deemed[again.case[again.what == layout.DEEMED]] = True
        lost = ~_among(known, found) & ~np.isin(rows.what[chosen], SILENT) & ~deemed[owner]
        marked[chosen[lost]] = True
        gained = ~_among(found, known) & ~np.isin(again.what, SILENT) & ~deemed[again.case]
        decides.append(np.stack([self.case[again.case[gained]], again.code[gained].astype(np.int64)], axis=1))
        for case in np.unique(self.case[deemed]).tolist():
            self.ask(case, marked, decides)

    def rows_of_pairs(self) -> tuple[Ints, Ints]:
        """Rows of the cases of pairs, repeated for every pair of the case: which pair, and which row."""
        low = np.searchsorted(self.rows.case, self.case, side="left")
        high = np.searchsorted(self.rows.case, self.case, side="right")
        owner = np.repeat(np.arange(len(self.case)), high - low)
        before = np.concatenate([[0], np.cumsum(high - low)[:-1]])
        return owner, np.repeat(low - before, high - low) + np.arange(len(owner))

    def ask(self, case: int, marked: npt.NDArray[np.bool_], decides: list[Ints]) -> None:
        """Judge one case as online; its findings stand in the order of its rows."""
        procedure = self.program.procedure
        now = moment_of(self.now.at)
        verdict = supervise(procedure, self.log.events(case), self.calendar, now, complete=self.complete)
        doubtful = {(one.rule, one.activation) for one in verdict.breaches if one.order_unknown}
        ids = [member.id for member in verdict.sequence]
        low, high = (int(np.searchsorted(self.rows.case, case, side=side)) for side in ("left", "right"))
        for row in range(low, high):
            if self.rows.what[row] not in SILENT:
                name = self.program.provisions[int(self.rows.code[row])].id, ids[int(self.rows.event[row])]
                marked[row] |= name in doubtful
        codes = [code for code, one in enumerate(self.program.provisions) if one.id in verdict.order_decides]
        decides.append(np.array([(case, code) for code in codes], np.int64).reshape(-1, 2))


def _swapped(encoded: Encoded, pairs: Ints, case: Ints) -> Encoded:
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


def _gists(
    rows: Rows, chosen: Ints, owner: Any, case: Any, encoded: Encoded, log: Log, program: Program
) -> dict[str, npt.NDArray[Any]]:
    """What a finding says, in numbers: pair, rule, activating event, since and until."""
    start = encoded.offsets[case]
    last = encoded.offsets[case + 1] - start - 1
    what = rows.what[chosen]
    event, cause = rows.event[chosen].astype(np.int64), rows.cause[chosen].astype(np.int64)
    due = rows.due[chosen]
    time = np.array([provision.time for provision in program.provisions], np.int64)[rows.code[chosen]]
    at_event = np.where(np.isin(what, (layout.CLOSED, layout.CHAIN)), np.maximum(cause, event), cause)
    row = encoded.row[start + np.clip(at_event, 0, last)]
    moment = np.where(log.timed[row], log.at[row] * 4 + INSTANT, log.day[row].astype(np.int64) * 4 + DAY)
    passed = np.where(
        time < layout.ELAPSED,
        (due + 1) * 4 + DAY,
        due * 4 + np.where(time == layout.ELAPSED, INSTANT, OFFICE_SECOND),
    )
    overdue = np.isin(what, (layout.OVERDUE, layout.LAPSED))
    since = np.where(overdue, passed, moment)
    chain = np.flatnonzero(what == layout.CHAIN)
    since[chain] = _earlier(passed[chain], moment[chain], program.procedure.zone)
    until = np.where((what == layout.OVERDUE) & (cause >= 0), moment, np.where(what == layout.LAPSED, passed, NONE))
    return {
        "pair": np.asarray(owner, np.int64),
        "code": rows.code[chosen].astype(np.int64),
        "event": event,
        "since": since,
        "until": until,
    }


def _earlier(one: Ints, other: Ints, zone: str) -> Ints:
    """The earlier of two moments; a date stands at its local midnight, and the second wins where both are the same."""
    home = zone_of(zone)

    def instant(moment: int) -> int:
        return midnight(moment // 4, home) if moment % 4 == DAY else moment // 4

    pairs = zip(one.tolist(), other.tolist(), strict=True)
    return np.array([a if instant(a) < instant(b) else b for a, b in pairs], np.int64)


def _among(asked: dict[str, npt.NDArray[Any]], known: dict[str, npt.NDArray[Any]]) -> npt.NDArray[np.bool_]:
    """Which of some gists are among others. A rule says one thing of an event, so pair, rule and event find it."""
    if not len(known["pair"]):
        return np.zeros(len(asked["pair"]), np.bool_)
    codes = int(max(asked["code"].max(initial=0), known["code"].max(initial=0))) + 1
    events = int(max(asked["event"].max(initial=0), known["event"].max(initial=0))) + 2
    names = [(one["pair"] * codes + one["code"]) * events + one["event"] + 1 for one in (asked, known)]
    order = np.argsort(names[1], kind="stable")
    found = order[np.minimum(np.searchsorted(names[1], names[0], sorter=order), len(order) - 1)]
    same = names[1][found] == names[0]
    return np.asarray(same & (known["since"][found] == asked["since"]) & (known["until"][found] == asked["until"]))
