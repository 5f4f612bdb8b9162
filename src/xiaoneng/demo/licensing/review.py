"""Examination: sending up, testers, verification, and what runs off the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaoneng.demo.licensing.plan import Plan
    from xiaoneng.demo.telling import Case

LOWER = "云溪区行政审批局"
GROUNDS = ("inspection", "testing", "expert_review", "appraisal")


def examine(case: Case, course: Plan) -> None:
    """What happens between acceptance and the reviewer's opinion."""
    if course.handling == "two_level":
        _send_up(case, course)
    if case.has("story.early"):
        return
    if course.tests:
        limit = case.scene.days("testing_assignment")
        low, high = (limit + 1, limit + 2) if case.has("testing_assignment") else (1, 2)
        case.tell_later(
            "testers_assigned", low, high, "handler", staff_count=1 if case.has("licensing.two-testers") else 2
        )
    if course.verifies and course.promised != 8:
        staff = 1 if case.has("licensing.two-verifiers") else case.chance.choice((2, 2, 3))
        case.tell_later("verified", 0, 2, "handler", staff_count=staff)


def run_special(case: Case, course: Plan) -> None:
    """A test, an inspection or a review by experts, off the clock from its start to its end."""
    told = start_special(case, course.special)
    opened_on = case.on
    case.later(max(told - 3, 1), told if case.often(0.85) else told + 3)
    case.tell("special_procedure_ended", "handler", ground=course.special)
    case.off.append((opened_on, case.on))


def start_special(case: Case, ground: str) -> int:
    """Begin; gives the working days told to the applicant."""
    told = case.chance.choice((5, 8, 10, 15))
    said: dict[str, object] = {"ground": ground}
    if not case.has("licensing.off-clock-told"):
        said["told_days"] = told
    case.tell("special_procedure_started", "handler", **said)
    return told


def _send_up(case: Case, course: Plan) -> None:
    """The lower level examines and sends on; the upper level counts from its receipt."""
    limit = case.scene.days("preliminary_review")
    low, high = (limit + 1, limit + 6) if case.has("preliminary_review") else (4, limit - 4)
    case.drafts[-1].agency = LOWER
    case.tell_later("preliminary_opinion_sent", low, high, "approver").agency = LOWER
    case.tell_later("preliminary_opinion_received", 0, 2, "counter", promised_days=course.promised)
    course.start = case.on
