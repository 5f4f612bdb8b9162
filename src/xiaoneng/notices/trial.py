"""Trying the papers of a procedure on its stories: each is set, and shows what the law asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.notices.paper import PaperError, shown
from xiaoneng.notices.produced import produced, remedy
from xiaoneng.packs.complaint import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaoneng.notices.facts import Facts
    from xiaoneng.notices.paper import Press
    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.outward import Notice
    from xiaoneng.timing.calendar import Calendar


def try_papers(
    procedure: Procedure, cases: Sequence[CaseFile], press: Press, calendar: Calendar
) -> tuple[Complaint, ...]:
    """Complain about each paper that cannot be set, that leaves statutory content out, or that no story produces."""
    if not procedure.notices:
        return ()
    complaints: list[Complaint] = []
    tried: set[str] = set()
    for case in cases:
        if case.story:
            for notice, facts in produced(procedure, case.events, calendar, case.now):
                tried.add(notice.id)
                complaints += _try(procedure, notice, facts, press)
    for notice in procedure.notices:
        if notice.id not in tried and notice.line:
            wrong, instead = "no story produces it", "add one under cases/story in which its event happens"
            complaints.append(Complaint(procedure.file, notice.line, f"notices.{notice.id}", wrong, instead, "XN-P129"))
    return tuple(dict.fromkeys(complaints))


def _try(procedure: Procedure, notice: Notice, facts: Facts, press: Press) -> Iterator[Complaint]:
    path = f"notices.{notice.id}"
    try:
        found = shown(notice, facts, press)
    except PaperError as error:
        wrong, _, instead = str(error).removesuffix(" (XN-P131)").rpartition("; ")
        yield Complaint(procedure.file, notice.line, path, wrong, instead, "XN-P131")
        return
    missing = [one for one in notice.shows if one not in found]
    if missing:
        wrong, instead = f"does not show {', '.join(missing)}", f"show it in {notice.template}"
        yield Complaint(procedure.file, notice.line, path, wrong, instead, "XN-P132")
    if "remedies" in notice.shows and remedy(notice, facts, press.acts) is None:
        wrong, instead = f"no remedy is known on {facts.day()}", "say `remedies: ACT`, or add a version to the act"
        yield Complaint(procedure.file, notice.line, path, wrong, instead, "XN-P134")
