"""Small laws and histories in few words, for the tests of the kernel.

Kinds are letters; days are written 03-02 (in 2026), moments 03-02 09:30 on the wall of the law's zone. Monday 2026-03-02
begins five weeks without a holiday; in China 02-14 and 02-28 are worked Saturdays, 02-15 to 02-23 and 04-04 to 04-06 off.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xiaoneng.journal.event import Event
from xiaoneng.packs.condition import parse
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.model import (
    Clock,
    EventKind,
    Extension,
    Ground,
    JudgedBy,
    Ladder,
    Level,
    Nature,
    Point,
    Procedure,
    Rule,
    RuleKind,
    Rung,
)
from xiaoneng.packs.selector import Selector, Selectors
from xiaoneng.packs.words import Words
from xiaoneng.supervise.judge import supervise
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaoneng.supervise.verdict import Moment, Verdict
    from xiaoneng.timing.calendar import Calendar

PACKS = Path(__file__).resolve().parents[2] / "packs"
SHANGHAI = "Asia/Shanghai"
W = Words("词", "word")
CITE = ("law#1",)


@cache
def calendar(name: str = "cn") -> Calendar:
    return open_packs(PACKS).calendar(name)


def wd(n: int) -> Limit:
    return Limit(n, LimitKind.WORKING_DAYS)


def cd(n: int) -> Limit:
    return Limit(n, LimitKind.CALENDAR_DAYS)


def months(n: int) -> Limit:
    return Limit(n, LimitKind.MONTHS)


def years(n: int) -> Limit:
    return Limit(n, LimitKind.YEARS)


def hours(n: int) -> Limit:
    return Limit(n, LimitKind.ELAPSED_HOURS)


def office(n: int) -> Limit:
    return Limit(n, LimitKind.WORKING_HOURS)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def at(text: str, zone: str = SHANGHAI) -> dt.datetime:
    day, _, time = text.partition(" ")
    return dt.datetime.combine(on(day), dt.time.fromisoformat(time or "00:00"), ZoneInfo(zone))


def sel(text: str) -> Selectors:
    """`a, b where amount > 5`."""
    found = []
    for one in text.split(", ") if text else []:
        kind, _, where = one.partition(" where ")
        found.append(Selector(kind, parse(where) if where else None))
    return tuple(found)


def event(number: int, kind: str, when: str, actor: str = "", **more: Any) -> Event:
    """Event e1, e2, …; `data` is what is not named in the envelope; recorded at 23:00 of its day unless said."""
    zone = more.pop("zone", SHANGHAI)
    occurred = at(when, zone) if " " in when else on(when)
    recorded = more.pop("recorded", None)
    day = when.partition(" ")[0]
    envelope = {name: more.pop(name) for name in ENVELOPE if name in more}
    return Event(
        f"e{number}",
        "case",
        kind,
        occurred,
        at(recorded, zone) if recorded else at(f"{day} 23:00", zone),
        number,
        actor=actor,
        data=more,
        **envelope,
    )


ENVELOPE = ("source", "source_sequence", "agency", "relied_on", "corrects", "retracted")


def history(text: str, zone: str = SHANGHAI) -> list[Event]:
    """`03-02 a; 03-03 09:30 b amount=5 actor=ann`: events e1, e2, … in that order of sequence."""
    found = []
    for number, one in enumerate(text.split("; "), 1) if text else ():
        words = one.split()
        moment = " ".join(word for word in words[:2] if word[0].isdigit())
        kind, *said = words[len(moment.split()) :]
        given = dict(pair.split("=", 1) for pair in said)
        data: dict[str, Any] = {
            name: int(value) if value.lstrip("-").isdigit() else value for name, value in given.items()
        }
        if "recorded" in data:
            data["recorded"] = given["recorded"].replace("T", " ")
        found.append(event(number, kind, moment, zone=zone, **data))
    return found


def daily(kinds: str) -> list[Event]:
    """One event a day from Monday 03-02, named by its kind."""
    return [event(i, kind, f"03-{i + 1:02}") for i, kind in enumerate(kinds.split(), 1)]


def rule(kind: RuleKind, source: str, target: str = "", **more: Any) -> Rule:
    return Rule(more.pop("id", "r"), kind, W, CITE, sel(source), sel(target), **more)


def clock(limit: Any, starts: str = "a", stops: str = "b", **more: Any) -> Clock:
    more.setdefault("roll", False)
    more["restart"] = sel(more.get("restart", ""))
    more.setdefault("cite", CITE)
    return Clock(more.pop("id", "k"), W, W, sel(starts), sel(stops), limit, **more)


def ground(opens: str = "o", closes: str = "p", cap: Limit | None = None, name: str = "g") -> Ground:
    return Ground(name, W, sel(opens), sel(closes), cap, CITE)


def extension(most: Limit, times: int = 1, by: str = "x", granted: str = "", lawful: str = "") -> Extension:
    return Extension(sel(by), most, times, granted, parse(lawful) if lawful else None, ("law#2",))


def law(*parts: Clock | Rule | Ground, ends: str = "", zone: str = SHANGHAI, **more: Any) -> Procedure:
    kinds = more.pop("kinds", "a b c d e f g h o p q r s t u v w x y end")
    return Procedure(
        id="test.small",
        name=W,
        in_force_from=dt.date(2020, 1, 1),
        in_force_until=None,
        judged_by=JudgedBy.RECEIPT,
        calendar="cn",
        zone=zone,
        opens=sel(more.pop("opens", "a")),
        ends=sel(ends),
        events={kind: EventKind(kind, W) for kind in kinds.split()},
        clocks=tuple(part for part in parts if isinstance(part, Clock)),
        rules=tuple(part for part in parts if isinstance(part, Rule)),
        grounds={part.id: part for part in parts if isinstance(part, Ground)},
        **more,
    )


ALL = frozenset(Nature)


def rung(level: str, point: str, amount: int = 0, kind: str = "", natures: Iterable[Nature] = ALL) -> Rung:
    return Rung(Level(level), Point(point), frozenset(natures), amount, kind)


def ladder(*rungs: Rung, rules: str = "red") -> Ladder:
    return Ladder("test", W, W, rungs, Level(rules))


def judged(
    procedure: Procedure,
    events: str | Sequence[Event],
    now: str = "2026-12-31 12:00",
    *,
    complete: bool = False,
    place: str = "cn",
) -> Verdict:
    known = history(events, procedure.zone) if isinstance(events, str) else events
    return supervise(procedure, known, calendar(place), at(now, procedure.zone), complete=complete)


def lines(verdict: Verdict) -> list[str]:
    """`rule activation since until` of each breach; days as 03-02, instants as 03-02T09:00 on the wall."""
    zone = verdict.program.procedure.zone
    return sorted(
        f"{one.rule} {one.activation} {told(one.since, zone)}" + (f" {told(one.until, zone)}" if one.until else "")
        for one in verdict.breaches
    )


def dues(verdict: Verdict) -> list[str]:
    """`clock activation due` of each running clock, `held` for a due that is not known."""
    zone = verdict.program.procedure.zone
    return [f"{one.clock} {one.activation} {told(one.due, zone)}" for one in verdict.clocks]


def warnings(verdict: Verdict) -> list[str]:
    """`clock activation level since` of each warning."""
    zone = verdict.program.procedure.zone
    found = (one for one in verdict.findings if one not in verdict.breaches)
    return [f"{one.rule} {one.activation} {one.level} {told(one.since, zone)}" for one in found]


def told(moment: Moment | None, zone: str = SHANGHAI) -> str:
    if moment is None:
        return "held"
    if isinstance(moment, dt.datetime):
        return f"{moment.astimezone(ZoneInfo(zone)):%m-%dT%H:%M}"
    return f"{moment:%m-%d}" if moment.year == 2026 else moment.isoformat()


def breaches(part: Rule | Clock, events: str, now: str = "2026-12-31 12:00", **more: Any) -> list[str]:
    """Breaches of one rule or clock on a history, or on one event a day where no day is written."""
    complete = more.pop("complete", False)
    known = history(events) if "-" in events else daily(events)
    return lines(judged(law(part, **more), known, now, complete=complete))
