"""Which papers the events of a case produce, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.effective import effective
from xiaoneng.journal.order import in_order
from xiaoneng.notices.facts import facts_at
from xiaoneng.supervise.conditions import compile_condition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.law.library import Library
    from xiaoneng.notices.facts import Facts
    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.outward import Notice
    from xiaoneng.packs.remedies import Act, Remedy
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.timing.calendar import Calendar


def produced(procedure: Procedure, events: Sequence[Event], calendar: Calendar) -> Iterator[tuple[Notice, Facts]]:
    """Give every paper that the effective events of a case produce, in their order, with what it can show."""
    zone = ZoneInfo(procedure.zone)
    for event in in_order(effective(events), zone):
        papers = [notice for notice in procedure.notices if selects(notice.on, event, zone)]
        if papers:
            facts = facts_at(procedure, events, event, calendar)
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


def articles(notice: Notice, library: Library) -> dict[str, str]:
    """Give the articles on which a notice rests, as a Chinese paper writes them: citation → 《行政许可法》第三十八条第二款."""
    return {text: article(text, library) for text in notice.cite}


def article(text: str, library: Library) -> str:
    """Write one citation as a Chinese paper does."""
    return library.text(text)
