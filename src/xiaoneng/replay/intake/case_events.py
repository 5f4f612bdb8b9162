"""Facts that stand in the case's own columns, as events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from xiaoneng.replay.intake.moments import by_day, moments
from xiaoneng.replay.intake.values import taken, value_column

if TYPE_CHECKING:
    import pyarrow as pa

    from xiaoneng.replay.intake.taken import Source, Taken

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One listed case event, for every case that says its time. `place` counts the listed events from 1."""

    kind: str
    place: int
    case: Codes
    at: Ints
    day: Codes
    timed: npt.NDArray[np.bool_]
    data: dict[str, pa.Array]


def case_facts(source: Source, held: Taken) -> tuple[CaseFact, ...]:
    """Case events of the taken rows, in listed order.

    A case's column is read from every row of the case: the first value said counts, and another one is reported.
    """
    rows, plan, sieve = source.rows, source.plan, source.sieve
    cases, case, row = held.cases, held.case, held.row
    facts = []
    for place, listed in enumerate(plan.case_events, 1):
        column = rows.column(listed.time)
        found = moments(column, plan.clock, listed.time)
        found = by_day(found, plan.clock) if plan.is_by_day else found
        _report_unreadable(source, held, listed.time, found.known)
        first = _first_said(found.known[row], case, len(cases))
        has = first >= 0
        chosen = row[first[has]]
        differs = found.known[row] & has[case] & (found.at[row] != found.at[row[np.maximum(first, 0)]][case])
        if differs.any():
            sieve.reject(
                "two_values",
                row[differs],
                lambda i, name=listed.time: (_name(held, i), f"{name} says another time than before"),  # type: ignore[misc]
                first=rows.first,
            )
        data = {}
        for field, name in listed.data.items():
            declared = plan.types.get(field, "")
            values = value_column(rows.column(name), plan.clock, name, declared=declared, typed=rows.typed)
            said = _first_said(np.asarray(values.is_valid())[row], case, len(cases))[has]
            data[field] = taken(values, np.where(said >= 0, row[np.maximum(said, 0)], -1))
        numbers = np.flatnonzero(has).astype(np.int32)
        facts.append(
            CaseFact(listed.kind, place, numbers, found.at[chosen], found.day[chosen], found.timed[chosen], data)
        )
    return tuple(facts)


def _first_said(said: npt.NDArray[np.bool_], case: Codes, count: int) -> Ints:
    """Per case the place of the first row that says a value; -1 where none does."""
    first = np.full(count, -1, dtype=np.int64)
    places = np.flatnonzero(said)
    first[case[places][::-1]] = places[::-1]
    return first


def _report_unreadable(source: Source, held: Taken, name: str, known: npt.NDArray[np.bool_]) -> None:
    column = source.rows.column(name)
    unread = ~known & np.asarray(column.is_valid())
    if unread.any():
        source.sieve.reject(
            "no_time",
            held.row[unread[held.row]],
            lambda i: (_name(held, i), f"{name} {column[i].as_py()!r} is no time"),
            first=source.rows.first,
        )


def _name(held: Taken, wanted: int) -> str:
    return str(held.cases[int(held.case[np.flatnonzero(held.row == wanted)[0]])])
