"""Which papers the events of a case produce, and what stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.event import Event
from xiaoneng.notices.facts import as_event, facts_of, instant
from xiaoneng.supervise.conditions import compile_condition
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from xiaoneng.law.library import Library
    from xiaoneng.notices.facts import Facts
    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.outward import Notice
    from xiaoneng.packs.remedies import Act, Remedy
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.timing.calendar import Calendar

YEAR = re.compile(r"（\d{4}年[^）]*）》")


def produced(
    procedure: Procedure, events: Sequence[Event], calendar: Calendar, now: dt.datetime | None = None
) -> Iterator[tuple[Notice, Facts]]:
    """Give every paper that the effective events of a case produce, in their order, with what it can show.

    What silence has made a fact by `now` (by the last event, where it is None) produces its papers too.
    """
    if not events:
        return
    zone = ZoneInfo(procedure.zone)
    verdict = supervise(
        procedure, events, calendar, now or instant(max(events, key=lambda one: instant(one, zone)), zone)
    )
    for place, member in enumerate(verdict.sequence):
        event = as_event(member, verdict.subject)
        papers = [notice for notice in procedure.notices if selects(notice.on, event, zone)]
        if papers:
            known = [one for one in verdict.sequence[: place + 1] if isinstance(one, Event)]
            facts = facts_of(procedure, known, event, calendar)
            for notice in papers:
                yield notice, facts


def selects(selectors: Selectors, event: Event, zone: dt.tzinfo) -> bool:
    """Whether an event is one of those selected."""
    return any(one.kind == event.kind and fulfils(one.where, event, zone) for one in selectors)


def fulfils(condition: Condition | None, event: Event, zone: dt.tzinfo) -> bool:
    """Whether an event fulfils a condition; what it does not say is not fulfilled."""
    return condition is None or compile_condition(condition)(event, zone) is True


def remedy(notice: Notice, facts: Facts, acts: Mapping[str, Act]) -> Remedy | None:
    """Give the remedies against the act of a notice, as the law of its day has them; None where it names none."""
    day = facts.day()
    for choice in notice.remedies:
        if fulfils(choice.where, facts.event, facts.zone):
            act = acts.get(choice.act)
            return act.on(day) if act is not None and day is not None else None
    return None


def articles(notice: Notice, library: Library) -> list[str]:
    """Give the articles on which a notice rests, as a Chinese paper lists them: a law's title stands once, before the first."""
    listed: list[str] = []
    last = ""
    for text in notice.cite:
        said = article(text, library)
        title, _, place = said.partition("》")
        listed.append(place if title == last else said)
        last = title
    return listed


def article(text: str, library: Library) -> str:
    """Write one citation as a Chinese paper does: a year that tells an old law from the new is no part of its title."""
    return YEAR.sub("》", library.text(text), count=1)
