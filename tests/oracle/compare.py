"""The kernel's answer beside the oracle's: the one place that knows how both are asked."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from xiaoneng.timing.build import DayName, YearNotice, build

from .journals import HOLIDAYS, HOURS, MAKE_UP, History, days_in, some_history
from .judge import judge
from .procedures import some_procedure
from .shrink import shrunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.model import Procedure
    from xiaoneng.timing.calendar import Calendar

    from .clocks import Breach
    from .days import Days

HISTORIES = 20
"""Histories of one procedure: the kernel may keep what it made of the last procedure."""
YEARS = range(2025, 2028)
Answer = dict[str, list[str]]
Both: TypeAlias = "tuple[Days, Calendar]"


@lru_cache(maxsize=8)
def calendars(zone: str) -> tuple[Days, Calendar]:
    """The same notices for the oracle and for the kernel."""
    name = DayName("假")
    notices = [
        YearNotice(
            year,
            ("notice",),
            {day: name for day in HOLIDAYS if day.year == year},
            {day: name for day in MAKE_UP if day.year == year},
        )
        for year in YEARS
    ]
    seconds = [moment.hour * 3600 + moment.minute * 60 for pair in HOURS for moment in pair]
    return days_in(zone), build("test", zone, notices, weekend=(5, 6), hours=seconds)


def told(place: date | datetime | None) -> str:
    if place is None:
        return "-"
    return place.astimezone(UTC).isoformat() if isinstance(place, datetime) else place.isoformat()


def line(breach: Breach) -> str:
    rule, activation, since, until = breach
    return f"{rule} {activation} since {told(since)} until {told(until)}"


def oracle_answer(procedure: Procedure, history: History, both: Both | None = None) -> tuple[Answer, Answer]:
    """The oracle's answer, and the most that may be said of the order of events."""
    days, _ = both or calendars(procedure.zone)
    verdict = judge(procedure, history.events, days, history.now, history.complete)
    answer = {
        "findings": sorted(map(line, verdict.findings)),
        "order unknown": sorted(map(line, verdict.order_unknown)),
        "order decides": sorted(verdict.order_decides),
        "deemed": [f"{kind} due {told(due)}" for kind, due, _ in verdict.deemed],
        "due": sorted(f"{clock} {who} {told(due)}" for clock, all_of in verdict.due.items() for who, due in all_of),
    }
    most = {
        "order unknown": sorted(map(line, verdict.order_may_be_unknown)),
        "order decides": sorted(verdict.order_may_decide),
    }
    return answer, most


def kernel_answer(procedure: Procedure, history: History, both: Both | None = None) -> Answer:
    from xiaoneng.supervise.judge import supervise

    _, calendar = both or calendars(procedure.zone)
    verdict: Any = supervise(procedure, history.events, calendar, history.now, complete=history.complete)
    breaches = [one for one in verdict.findings if str(one.kind) == "breach"]
    lines = [(f"{one.rule} {one.activation} since {told(one.since)} until {told(one.until)}", one) for one in breaches]
    return {
        "findings": sorted({line for line, _ in lines}),
        "order unknown": sorted({line for line, one in lines if one.order_unknown}),
        "order decides": sorted(verdict.order_decides),
        "deemed": [f"{one.kind} due {told(one.due_on)}" for one in verdict.deemed],
        "due": sorted(f"{one.clock} {one.activation} {told(one.due)}" for one in verdict.clocks),
    }


def cases(first_seed: int, procedures: int | None = None) -> Iterator[tuple[str, Procedure, History]]:
    """Random procedures, each with some random histories; each case with the seed that makes it again."""
    seed = first_seed
    while procedures is None or seed < first_seed + procedures:
        chance = random.Random(seed)
        procedure = some_procedure(chance)
        days, _ = calendars(procedure.zone)
        for number in range(HISTORIES):
            yield f"seed {seed}, history {number}", procedure, some_history(chance, days)
        seed += 1


def answers(procedure: Procedure, history: History, both: Both | None = None) -> tuple[Answer, Answer]:
    """What the oracle says, and what the kernel says.

    Whether two events say the same to every rule and clock, the kernel may see more or less finely than the oracle.
    """
    ours, most = oracle_answer(procedure, history, both)
    try:
        theirs = kernel_answer(procedure, history, both)
    except Exception as error:  # noqa: BLE001  # a crash is a difference, and must say where it came from
        return ours, {"crash": [repr(error)]}
    for part, upper in most.items():
        if set(ours[part]) <= set(theirs[part]) <= set(upper):
            ours[part] = theirs[part]
    return ours, theirs


def difference(name: str, procedure: Procedure, history: History, both: Both | None = None) -> str:
    """What the two say differently of the case made smaller, in words for a person; "" where they agree."""
    ours, theirs = answers(procedure, history, both)
    if ours == theirs:
        return ""
    parts = {part for part in ours.keys() | theirs.keys() if ours.get(part) != theirs.get(part)}

    def differs(smaller: Procedure, shorter: History) -> bool:
        one, other = answers(smaller, shorter, both)
        return any(one.get(part) != other.get(part) for part in parts)

    procedure, history = shrunk(procedure, history, differs)
    ours, theirs = answers(procedure, history, both)
    lines = [name, "", *shown_procedure(procedure), "", *shown_history(history), ""]
    for part in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(part, []), theirs.get(part, [])
        if one != other:
            lines.append(f"{part}:")
            lines += [f"  only the oracle: {line}" for line in one if line not in other]
            lines += [f"  only the kernel: {line}" for line in other if line not in one]
            lines.append(f"  oracle in order: {one}\n  kernel in order: {other}")
    return "\n".join(lines)


def shown_procedure(procedure: Procedure) -> list[str]:
    shown = [f"zone {procedure.zone}", f"ends {selectors(procedure.ends)}"]
    used = {name for clock in procedure.clocks for name in clock.off_clock} | {rule.pending for rule in procedure.rules}
    for ground in [ground for ground in procedure.grounds.values() if ground.id in used]:
        shown.append(
            f"ground {ground.id}: {selectors(ground.opens)} → {selectors(ground.closes)} cap {limit(ground.cap)}"
        )
    parts: list[Any] = [*procedure.clocks, *procedure.rules]
    for part in parts:
        values = {
            name: getattr(part, name) for name in part.__slots__ if name not in ("id", "name", "says", "cite", "line")
        }
        said = {name: phrase(value) for name, value in values.items() if value not in ("", (), None, False)}
        shown.append(f"{part.id}: " + ", ".join(f"{name}={text}" for name, text in said.items()))
    return shown


def phrase(value: Any) -> str:
    if isinstance(value, tuple) and value and hasattr(value[0], "where"):
        return selectors(value)
    if hasattr(value, "most"):
        return (
            f"by {selectors(value.by)} most {limit(value.most)} times {value.times} "
            f"granted {value.granted!r} lawful {value.lawful}"
        )
    return limit(value) if hasattr(value, "n") and hasattr(value, "kind") else str(value)


def selectors(all_of: Any) -> str:
    return " | ".join(one.kind + (f" where {one.where}" if one.where else "") for one in all_of) or "nothing"


def limit(value: Any) -> str:
    return "none" if value is None else f"{value.n} {value.kind}"


def shown_history(history: History) -> list[str]:
    shown = []
    for event in history.events:
        more = {
            name: getattr(event, name)
            for name in ("source", "source_sequence", "actor", "agency", "corrects", "retracted", "relied_on")
        }
        said = ", ".join(f"{name}={value}" for name, value in more.items() if value not in ("", None, False, ()))
        facts = f"{event.id} {event.kind} {told(event.occurred)} {dict(event.data)}"
        shown.append(f"{facts} {said}, recorded {told(event.recorded_at)}")
    return [*shown, f"now {told(history.now)} complete {history.complete}"]
