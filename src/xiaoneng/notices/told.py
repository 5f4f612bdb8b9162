"""What the party hears of an event, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.notices.facts import day_words
from xiaoneng.notices.produced import fulfils
from xiaoneng.packs.spoken import GAP
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from re import Match

    from xiaoneng.notices.facts import Facts

UNSAID = Words("（未填）", "(not said)")
HELD = Words("（计时暂停，恢复后告知）", "(not counted at present; told when it counts again)")
NAMELESS = Words("承办机关", "the agency")


def told(facts: Facts) -> Words | None:
    """Fill the pack's sentence about the event; None for an event of which the party hears nothing."""
    fitting = (
        one for one in facts.procedure.events[facts.event.kind].tells if fulfils(one.where, facts.event, facts.zone)
    )
    tell = next(fitting, None)
    if tell is None:
        return None
    tells = tell.says
    zh = GAP.sub(lambda gap: _filled(gap, facts).zh, tells.zh)
    return Words(zh, GAP.sub(lambda gap: _filled(gap, facts).en, tells.en))


def _filled(gap: Match[str], facts: Facts) -> Words:
    name = gap.group(1)
    head, _, tail = name.partition(".")
    if name == "case":
        return Words(facts.case, facts.case)
    if name == "agency":
        return Words(facts.agency, facts.agency) if facts.agency else NAMELESS
    if head == "due" and tail:
        due = facts.due.get(tail)
        return day_words(due) if due else HELD
    if head == "on":
        day = facts.day(tail)
        return day_words(day) if day else UNSAID
    said = facts.said(name)
    if said is None:
        return UNSAID
    if isinstance(said, list):
        return Words("、".join(one.zh for one in said), ", ".join(one.en or one.zh for one in said))
    return said
