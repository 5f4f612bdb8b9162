"""Findings put on the events that are their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.outlet.row import FindingRow

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """Per event the number, ids and rules of its findings (null where there are none); per case the number.

    `event` and `finding` pair the place of an event with the place of a finding it is evidence of, by event.
    """

    count: pa.Array
    ids: pa.Array
    rules: pa.Array
    of_case: Ints
    event: Ints
    finding: Ints


def mark(log: Log, findings: Sequence[FindingRow]) -> Marks:
    """Find the events of the findings; a finding on a deemed fact may have none."""
    at_case = np.asarray(
        pc.fill_null(pc.index_in(pa.array([row.case for row in findings], pa.string()), value_set=log.cases), -1)
    ).astype(np.int64)
    of_case = np.bincount(at_case[at_case >= 0], minlength=len(log.cases))
    event, finding = _pairs(log, findings)
    counts = np.bincount(event, minlength=len(log)).astype(np.int64)
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    none = pa.array(counts == 0)

    def listed(values: list[str]) -> pa.Array:
        chosen = pa.array(values, pa.string()).take(pa.array(finding))
        return pc.if_else(none, None, pc.binary_join(pa.ListArray.from_arrays(offsets, chosen), " "))

    return Marks(
        count=pc.if_else(none, None, pa.array(counts)),
        ids=listed([row.id for row in findings]),
        rules=listed([row.rule for row in findings]),
        of_case=of_case,
        event=event,
        finding=finding,
    )


def _pairs(log: Log, findings: Sequence[FindingRow]) -> tuple[Ints, Ints]:
    """Places of events and findings, each pair once, by event and then by finding."""
    cases = log.cases.take(pa.array(np.repeat(np.arange(len(log.cases)), np.diff(log.offsets))))
    keys = pc.binary_join_element_wise(cases, log.event_ids(), "\x00")
    asked = [(f"{row.case}\x00{id_}", i) for i, row in enumerate(findings) for id_ in dict.fromkeys(row.evidence)]
    found = pc.index_in(pa.array([key for key, _ in asked], pa.string()), value_set=keys)
    event = np.asarray(pc.fill_null(found, -1)).astype(np.int64)
    finding = np.array([i for _, i in asked], dtype=np.int64)
    has = event >= 0
    event, finding = event[has], finding[has]
    order = np.lexsort((finding, event))
    return event[order], finding[order]
