"""Small cases for the oracle's own tests: words to procedures and histories."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from xiaoneng.journal.event import Event
from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import Clock, EventKind, Ground, JudgedBy, Procedure, Rule, RuleKind
from xiaoneng.packs.selector import Selector, Selectors
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

from .journals import days_in
from .judge import OracleVerdict, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

W = Words("词")
ZONE = "Asia/Shanghai"
DAYS = days_in(ZONE)


def wd(n: int) -> Limit:
    return Limit(n, LimitKind.WORKING_DAYS)


def cd(n: int) -> Limit:
    return Limit(n, LimitKind.CALENDAR_DAYS)


def months(n: int) -> Limit:
    return Limit(n, LimitKind.MONTHS)


def hours(n: int) -> Limit:
    return Limit(n, LimitKind.ELAPSED_HOURS)


def office(n: int) -> Limit:
    return Limit(n, LimitKind.WORKING_HOURS)


def on(text: str) -> date:
    """`03-02` in 2026."""
    return date.fromisoformat(f"2026-{text}")


def at(text: str) -> datetime:
    """`03-02 09:30` on the wall in Shanghai, as UTC."""
    return datetime.fromisoformat(f"2026-{text}+08:00").astimezone(UTC)


def sel(text: str) -> Selectors:
    """`a, b where amount > 5`."""
    found = []
    for one in text.split(", ") if text else []:
        kind, _, where = one.partition(" where ")
        found.append(Selector(kind, parse(where) if where else None))
    return tuple(found)


def event(number: int, kind: str, when: str, actor: str = "", **data: Any) -> Event:
    occurred = at(when) if " " in when else on(when)
    return Event(f"e{number}", "case", kind, occurred, at(f"{when[:5]} 23:00"), number, actor=actor, data=data)


def daily(kinds: str) -> list[Event]:
    """One event a day from Monday 2026-03-02, named by its kind; ids e1, e2, …"""
    return [event(i, kind, f"03-{i + 1:02}") for i, kind in enumerate(kinds.split(), 1)]


def rule(kind: RuleKind, source: str, target: str = "", **more: Any) -> Rule:
    return Rule("r", kind, W, (), sel(source), sel(target), **more)


def clock(limit: Any, starts: str = "a", stops: str = "b", **more: Any) -> Clock:
    more.setdefault("roll", False)
    return Clock(more.pop("id", "k"), W, W, sel(starts), sel(stops), limit, cite=(), **more)


def ground(opens: str = "o", closes: str = "c", cap: Limit | None = None, id_: str = "g") -> Ground:
    return Ground(id_, W, sel(opens), sel(closes), cap, ())


def law(
    *parts: Clock | Rule | Ground, ends: str = "", kinds: str = "a b c d e f g h o x end", zone: str = ZONE
) -> Procedure:
    return Procedure(
        "test", W, date(2025, 1, 1), None, JudgedBy.RECEIPT, "test", zone, sel("a"), sel(ends),
        {kind: EventKind(kind, W) for kind in kinds.split()},
        clocks=tuple(part for part in parts if isinstance(part, Clock)),
        rules=tuple(part for part in parts if isinstance(part, Rule)),
        grounds={part.id: part for part in parts if isinstance(part, Ground)},
    )  # fmt: skip


def verdict(
    procedure: Procedure, events: Sequence[Event], now: str = "03-31 12:00", *, complete: bool = False
) -> OracleVerdict:
    return judge(procedure, events, DAYS, at(now), complete)


def lines(result: OracleVerdict) -> list[str]:
    """`rule activation since until` of each breach; days as 03-02, instants as 03-02T09:00 on the wall."""
    return sorted(
        f"{rule_id} {activation} {written(since)}" + (f" {written(until)}" if until else "")
        for rule_id, activation, since, until in result.findings
    )


def written(place: date | datetime | None) -> str:
    if place is None:
        return "held"
    return f"{DAYS.local(place):%m-%dT%H:%M}" if isinstance(place, datetime) else f"{place:%m-%d}"


def dues(result: OracleVerdict) -> list[str]:
    return [f"{clock_id} {who} {written(due)}" for clock_id, all_of in result.due.items() for who, due in all_of]


def breaches(part: Rule, kinds: str, *, complete: bool = False, ends: str = "") -> list[str]:
    return lines(verdict(law(part, ends=ends), daily(kinds), complete=complete))
