"""Whose doing a finding is: the agency of the event it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from xiaoneng.replay.judge import LogJudgement
    from xiaoneng.supervise.verdict import Finding

BLOCK = 200_000


class Places:
    """Agencies of events and of cases, looked up in the columns; "" where the log names none."""

    def __init__(self, judged: LogJudgement) -> None:
        self.log = judged.log
        wanted = {finding.activation for finding in judged.findings()} if self.log.agency is not None else set()
        self.rows = self._rows(wanted)
        self.cases: dict[str, int] | None = None
        self.names: list[str] = [] if self.log.agency is None else self.log.agency.dictionary.to_pylist()
        self.codes = (
            np.full(len(self.log), -1)
            if self.log.agency is None
            else np.asarray(pc.fill_null(self.log.agency.indices, -1))
        )

    def agency(self, finding: Finding) -> str:
        """Agency of the activating event; of a fact deemed by law, the agency that has the case."""
        row = self.rows.get(finding.activation)
        code = -1 if row is None else int(self.codes[row])
        if code < 0 and self.names:
            if self.cases is None:
                self.cases = {case: place for place, case in enumerate(self.log.cases.to_pylist())}
            code = self._of_case(self.cases[finding.subject])
        return self.names[code] if code >= 0 else ""

    def acted(self) -> dict[str, int]:
        """How many cases each agency acted in; "" counts those in which none is named."""
        owners = np.repeat(np.arange(len(self.log.cases)), np.diff(self.log.offsets))
        named = self.codes >= 0
        pairs = np.unique(owners[named] * (len(self.names) + 1) + self.codes[named])
        counts = {self.names[code]: count for code, count in Counter((pairs % (len(self.names) + 1)).tolist()).items()}
        nameless = len(self.log.cases) - len(np.unique(owners[named]))
        return counts | ({"": nameless} if nameless else {})

    def _of_case(self, case: int) -> int:
        """The first agency that a case names; -1 for none."""
        codes = self.codes[int(self.log.offsets[case]) : int(self.log.offsets[case + 1])]
        named = codes[codes >= 0]
        return int(named[0]) if len(named) else -1

    def _rows(self, wanted: set[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        if not wanted:
            return found
        values = pa.array(sorted(wanted), pa.string())
        for start in range(0, len(self.log), BLOCK):
            end = min(start + BLOCK, len(self.log))
            ids = pc.cast(self.log.event_ids(start, end), pa.string())
            hits = np.flatnonzero(np.asarray(pc.is_in(ids, value_set=values)))
            found.update(zip(ids.take(pa.array(hits)).to_pylist(), (hits + start).tolist(), strict=True))
        return found
