"""The course of a licensing case from receipt to delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.demo.licensing.decision import conclude, decide, deliver, refuse_hastily
from xiaoneng.demo.licensing.hearing import hear
from xiaoneng.demo.licensing.intake import accept, ask_again, receive, turn_away
from xiaoneng.demo.licensing.plan import plan
from xiaoneng.demo.licensing.review import examine, run_special

if TYPE_CHECKING:
    import datetime as dt

    from xiaoneng.demo.telling import Case


def tell_licensing(case: Case, opened_on: dt.date) -> None:
    """Tell one case, with whatever goes wrong in it."""
    case.begin(opened_on)
    course = plan(case, opened_on)
    if not case.has("licensing.application-first"):
        receive(case, course)
    if course.ends == "refused":
        turn_away(case)
        return
    if course.ends == "decided early":
        refuse_hastily(case)
        return
    accept(case, course)
    if case.has("licensing.notice-before-acceptance"):
        ask_again(case)
    examine(case, course)
    if course.ends:
        conclude(case, course)
        return
    if course.special and not case.has("licensing.result-first"):
        run_special(case, course)
    if not case.has("licensing.reviewed-first"):
        case.tell_later(
            "reviewed", 0 if case.has("story.early") else 1, 0 if case.has("story.early") else 2, "reviewer"
        )
        course.reviewed = True
    open_hearing = hear(case, course)
    decide(case, course)
    open_hearing()
    deliver(case, course)
