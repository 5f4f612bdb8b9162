"""What judging a log says: counts per rule, and findings one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast, overload

import numpy as np

from xiaoneng.packs.model import RuleKind
from xiaoneng.packs.selector import Selector
from xiaoneng.supervise import layout
from xiaoneng.supervise.encode import date_of, moment_of, zone_of
from xiaoneng.supervise.findings import REPORTS, Reporter, judged_sequence
from xiaoneng.supervise.readings import read_clocks
from xiaoneng.supervise.verdict import Editions, Finding

if TYPE_CHECKING:
    import datetime as dt

    import numpy.typing as npt

    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.columns import Encoded
    from xiaoneng.replay.engine import Rows
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.supervise.layout import Present
    from xiaoneng.supervise.program import Program
    from xiaoneng.supervise.sink import Row
    from xiaoneng.timing.calendar import Calendar


JUDGING_CONTENTS = (RuleKind.ABSENCE, RuleKind.WITHIN_LIST, RuleKind.NOT_ABOVE, RuleKind.CREDENTIAL_VALID)
"""Rules on what an event says: called upon by every event of the kind, whatever it says."""


class Seen(NamedTuple):
    """An event as a finding needs it: its id and legal moment."""

    id: str
    occurred: dt.date


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How a rule fared: cases with a breach, breaches, and how often it was called upon."""

    violated_cases: int
    breaches: int
    activations: int


@dataclass(frozen=True)
class Judgement:
    """One procedure version over its cases of a log. `case_index` maps its cases to those of the log."""

    log: Log
    program: Program
    calendar: Calendar
    encoded: Encoded
    rows: Rows
    now: Present
    order_unknown: npt.NDArray[np.bool_]
    deciding: npt.NDArray[np.int64]
    complete: bool

    @property
    def procedure(self) -> Procedure:
        """The procedure version judged by."""
        return self.program.procedure

    @cached_property
    def closed(self) -> npt.NDArray[np.bool_]:
        """In which cases an ending event happened; others are open, even where the log says that nothing more will come."""
        ends = np.zeros(self.program.alphabet.size, np.bool_)
        ends[sorted(self.program.alphabet.letters(self.procedure.ends))] = True
        ended = np.concatenate([[0], np.cumsum(ends[self.encoded.letter])])
        return np.asarray(np.diff(ended[self.encoded.offsets]) > 0)

    @property
    def order_decides(self) -> dict[int, frozenset[str]]:
        """Per case the rules that gain a breach in another order of ties."""
        found: dict[int, set[str]] = {}
        for case, code in self.deciding.tolist():
            found.setdefault(case, set()).add(self.program.provisions[code].id)
        return {case: frozenset(rules) for case, rules in found.items()}

    @cached_property
    def ledger(self) -> Ledger:
        """Ids and moments of the events."""
        return Ledger(self.log)

    @cached_property
    def case_ids(self) -> list[str]:
        """Ids of the cases."""
        return cast("list[str]", self.log.cases.to_pylist())

    @cached_property
    def reports(self) -> npt.NDArray[np.bool_]:
        """Which rows are breaches."""
        return np.isin(self.rows.what, sorted(REPORTS))

    def by_rule(self) -> dict[str, RuleCount]:
        """Counts of breaches per rule and clock, those never broken included."""
        rows = self.rows.where(self.reports)
        codes = len(self.program.provisions)
        breaches = np.bincount(rows.code, minlength=codes)
        # Rows stand in order of cases, so a (case, code) pair is new where it differs from every row before it of its case.
        pairs = np.unique(rows.case.astype(np.int64) * codes + rows.code)
        cases = np.bincount((pairs % codes).astype(np.int64), minlength=codes)
        activations = self._activations()
        return {
            provision.id: RuleCount(int(cases[code]), int(breaches[code]), int(activations[code]))
            for code, provision in enumerate(self.program.provisions)
        }

    def _activations(self) -> npt.NDArray[np.int64]:
        """Counted by the kernel for clocks and small operations, from the letters for plain rules."""
        found = self.rows.tally.copy()
        letters = np.bincount(self.encoded.letter, minlength=self.program.alphabet.size)
        for code in self.rows.code[self.rows.what == layout.DEEMED].tolist():
            clock = self.program.provisions[code].clock
            assert clock is not None
            assert clock.on_lapse is not None
            letters[self.program.alphabet.silent(clock.on_lapse.deemed)] += 1
        cases = int(np.count_nonzero(np.diff(self.encoded.offsets)))
        for plain in self.program.plain:
            sources = int(letters[sorted(plain.sources)].sum()) if plain.sources else 0
            targets = int(letters[sorted(plain.targets)].sum()) if plain.targets else 0
            if plain.rule.kind in JUDGING_CONTENTS:
                kinds = {selector.kind for selector in plain.rule.source}
                asked = self.program.alphabet.letters(Selector(kind) for kind in kinds)
                sources = int(letters[sorted(asked)].sum())
            found[plain.code] = activations_of(plain.rule.kind, cases, sources, targets)
        for code, provision in enumerate(self.program.provisions):
            if provision.rule is not None and provision.rule.kind in (RuleKind.EXISTENCE, RuleKind.EXACTLY):
                found[code] = cases
        return found

    def cases_with_rows(self) -> Iterator[tuple[int, Rows, int]]:
        """Every case that has rows: its index, its rows, and where they begin."""
        if not len(self.rows):
            return
        starts = np.flatnonzero(np.diff(self.rows.case, prepend=-1))
        cases = self.rows.case[starts].tolist()
        bounds = [*starts.tolist(), len(self.rows)]
        for case, start, end in zip(cases, bounds[:-1], bounds[1:], strict=True):
            yield case, self.rows.where(slice(start, end)), start

    def findings(self) -> Iterator[Finding]:
        """Every breach and warning, case by case, within a case by moment."""
        for case, rows, start in self.cases_with_rows():
            yield from self.findings_of(case, rows, start)

    def findings_of(self, case: int, rows: Rows, start: int) -> list[Finding]:
        """Findings of one case from its rows."""
        listed = as_rows(rows)
        reporter = self.reporter(case, listed)
        found = []
        for place, row in enumerate(listed):
            if row[0] in REPORTS:
                finding = reporter.finding(row)
                if self.order_unknown[start + place]:
                    finding = replace(finding, order_unknown=True)
                found.append(finding)
        if any(row[0] in (layout.RUNNING, layout.HELD) for row in listed):
            found += read_clocks(reporter, listed, self.now)[1]
        return sorted(found, key=lambda one: (one.since.toordinal(), one.rule, one.activation))

    def reporter(self, case: int, rows: Sequence[Row]) -> Reporter:
        """What turns rows of a case into findings."""
        zone = zone_of(self.procedure.zone)
        start, end = int(self.encoded.offsets[case]), int(self.encoded.offsets[case + 1])
        sequence = cast("Any", CaseEvents(self.ledger, self.encoded.row[start:end]))
        if self.program.tables.lapses and any(row[0] == layout.DEEMED for row in rows):
            sequence = judged_sequence(self.program, list(sequence), rows, zone)
        editions = Editions(self.procedure.edition, self.calendar.edition)
        return Reporter(self.program, self.case_ids[case], sequence, zone, self.calendar, editions)


BLOCK = 1 << 16


class Ledger:
    """Ids and moments of a log's events, read from the columns a block at a time (findings come case by case)."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.zone = zone_of(log.zone)
        self._block = -1
        self._ids: list[str] = []
        self._at: list[int] = []
        self._timed: list[bool] = []
        self._day: list[int] = []

    def seen(self, row: int) -> Seen:
        """One event by its row in the log."""
        block, place = divmod(row, BLOCK)
        if block != self._block:
            self._read(block)
        timed = self._timed[place]
        occurred = moment_of(self._at[place]).astimezone(self.zone) if timed else date_of(self._day[place])
        return Seen(self._ids[place], occurred)

    def _read(self, block: int) -> None:
        start, end = block * BLOCK, min((block + 1) * BLOCK, len(self.log))
        self._block = block
        self._ids = self.log.event_ids(start, end).to_pylist()
        self._at = self.log.at[start:end].tolist()
        self._timed = self.log.timed[start:end].tolist()
        self._day = self.log.day[start:end].tolist()


class CaseEvents(Sequence[Seen]):
    """The judged events of one case, read from the ledger only when asked for."""

    def __init__(self, ledger: Ledger, rows: npt.NDArray[np.int64]) -> None:
        self.ledger = ledger
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Seen: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Seen]: ...
    def __getitem__(self, index: int | slice) -> Seen | Sequence[Seen]:
        """One event by its position."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return self.ledger.seen(int(self.rows[index]))


def as_rows(rows: Rows) -> list[Row]:
    """Rows as the tuples that the kernel writes online."""
    columns = (rows.what, rows.code, rows.event, rows.cause, rows.due)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def activations_of(kind: RuleKind, cases: int, sources: int, targets: int) -> int:
    """How often a plain rule was called upon (docs/developer/semantics.md)."""
    if kind in (RuleKind.INIT, RuleKind.EXISTENCE, RuleKind.EXACTLY):
        return cases
    if kind in (RuleKind.CO_EXISTENCE, RuleKind.NOT_CO_EXISTENCE, RuleKind.SUCCESSION):
        return sources + targets
    by_target = (
        RuleKind.PRECEDENCE,
        RuleKind.ALTERNATE_PRECEDENCE,
        RuleKind.CHAIN_PRECEDENCE,
        RuleKind.NOT_SUCCESSION,
    )
    return targets if kind in by_target else sources
