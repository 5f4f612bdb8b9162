"""Extension, decision, fee and delivery, and the other ways in which a case ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.demo.licensing.review import GROUNDS, start_special
from xiaoneng.journal.event import Reliance

if TYPE_CHECKING:
    from xiaoneng.demo.licensing.plan import Plan
    from xiaoneng.demo.telling import Case

WHY = ("案情复杂，需进一步核实现场情况", "涉及多部门会商，尚待回复", "申请材料所附图纸需专家复核")
REFUSAL = "现场条件不符合该事项法定许可条件。"


def decide(case: Case, course: Plan) -> None:
    """Decide, when the story wants it."""
    limit = case.scene.days(course.clock)
    promise = course.promised or limit
    granted_days = _extend(case, course, limit, promise) if course.extends else 0
    if case.has("story.hold"):
        _hold_on_the_last_day(case, course, promise)
    case.go_to(_day_of_decision(case, course, limit, promise, granted_days))
    pending = ""
    if case.has("licensing.result-first"):
        pending = course.special
        start_special(case, pending)
        case.later(1, 2)
    _tell_decision(case, course, course.granted)
    if pending:
        case.tell_later("special_procedure_ended", 1, 4, "handler", ground=pending)


def deliver(case: Case, course: Plan) -> None:
    """Charge and deliver what was granted, and what goes wrong after the decision."""
    if case.has("licensing.decided-once"):
        case.later(1, 3)
        _tell_decision(case, course, course.granted)
    if case.has("licensing.quiet-after-end"):
        _tell_extension(case, course, 5)
    if course.granted or case.has("licensing.delivered-on-grant"):
        if course.fee:
            _charge(case)
        limit = case.scene.days("delivery")
        low, high = (limit + 1, limit + 9) if case.has("delivery") else (7, 9) if case.has("story.early") else (0, 4)
        case.tell_later("delivered", low, high, "counter")


def conclude(case: Case, course: Plan) -> None:
    """End a case without a decision: the applicant takes it back, or nothing is left to decide."""
    if course.ends == "terminated":
        case.tell_later("terminated", 2, 4, "approver", reason="申请人为个体工商户，经营者死亡")
        return
    if case.has("story.refile"):
        case.go_to(case.desk.due(course.start, (course.promised or case.scene.days(course.clock)) - 1, case.off))
    case.later(0, 2)
    if case.has("licensing.application-stands"):
        case.tell("reviewed", "reviewer")
    case.tell("withdrawn", "counter")
    if case.has("licensing.application-stands"):
        case.later(1, 3)
        _tell_decision(case, course, granted=True)
        case.tell_later("delivered", 0, 2, "counter")


def refuse_hastily(case: Case) -> None:
    """Review and refuse what was never accepted; the applicant is talked into taking it back."""
    case.tell_later("reviewed", 1, 2, "reviewer")
    case.tell_later("decision_made", 0, 2, "approver", granted=False, reasons=REFUSAL, remedies_told=True, written=True)
    case.tell("withdrawn", "counter")


def _extend(case: Case, course: Plan, limit: int, promise: int) -> int:
    """Extend the limit, lawfully or not; gives the days that were really won."""
    lawful = "government_head" if course.clock == "joint_decision" else "agency_head"
    wrong = case.has(f"{course.clock}.extension")
    most = case.scene.most(course.clock)
    days = case.chance.randint(max(most // 2, 1), most)
    how = case.chance.choice(("late", "late", "late", "late", "signed", "long", "twice")) if wrong else ""
    if how == "late":
        case.go_to(case.desk.after(case.desk.due(course.start, limit, case.off), case.chance.randint(1, 3)))
        _tell_extension(case, course, days, lawful)
        return 0
    case.go_to(case.desk.due(course.start, promise - 1, case.off))
    if how == "signed":
        _tell_extension(case, course, days, "agency_head" if lawful != "agency_head" else "other")
        return 0
    _tell_extension(case, course, most + 5 if how == "long" else days, lawful)
    if how == "twice":
        case.later(1, 1)
        _tell_extension(case, course, days, lawful)
    return min(days, most)


def _tell_extension(case: Case, course: Plan, days: int, by: str = "agency_head") -> None:
    del course
    told = not case.has("licensing.extension-told")
    case.tell("extended", "approver", days=days, approved_by=by, reason=case.chance.choice(WHY), reason_told=told)


def _hold_on_the_last_day(case: Case, course: Plan, promise: int) -> None:
    """On the last day of the promise a review by experts begins, and the clock stands."""
    case.go_to(case.desk.due(course.start, promise, case.off))
    ground = case.chance.choice(GROUNDS)
    opened_on = case.on
    start_special(case, ground)
    case.tell_later("special_procedure_ended", 8, 16, "handler", ground=ground)
    case.off.append((opened_on, case.on))


def _day_of_decision(case: Case, course: Plan, limit: int, promise: int, won: int) -> dt.date:
    due = case.desk.due
    if case.has(course.clock):
        late = case.chance.choice((1, 1, 2, 3, 4, 6, 8, 12, 20, 35))
        return case.desk.after(due(course.start, limit, case.off), late)
    if case.has(f"{course.clock}.promised"):
        return due(course.start, case.chance.randint(promise + 1, limit), case.off)
    if case.has("story.linger"):
        return due(course.start, promise + won + 12, case.off)
    if case.has("story.hold", "story.early", "licensing.hearing-period") or course.hearing:
        return case.on
    if course.extends:
        return due(course.start, promise + case.chance.randint(0, max(won - 1, 0)) if won else promise, case.off)
    share = min(max(case.chance.gauss(case.agency.pace, 0.18), 0.1), 1.0)
    return due(course.start, max(round(promise * share) - 3 * case.has("licensing.result-first"), 1), case.off)


def _tell_decision(case: Case, course: Plan, granted: bool) -> None:  # noqa: FBT001 - granted or not is the decision
    said: dict[str, object] = {"granted": granted, "written": not case.has("licensing.decision-written")}
    if not granted:
        if not case.has("licensing.reasons"):
            said["reasons"] = REFUSAL
        said["remedies_told"] = not case.has("licensing.remedies")
    if course.hearing and course.hearing != "public":
        said["concerns_others"] = True
        said["statements_heard"] = True
    if case.has("licensing.statements-heard"):
        said["statements_heard"] = False
    if course.tests:
        said |= {"on_test_results": True, "standards": "GB/T 19001-2016"}
    case.tell("decision_made", "approver", **said)


def _charge(case: Case) -> None:
    standard = case.item.fee or 60
    amount = standard + case.chance.choice((20, 40, 100)) if case.has("licensing.fee-standard") else standard
    # A schedule holds five years; one that ran out two years ago is no basis any more.
    year = case.on.year - (7 if case.has("licensing.fee-basis") else 1)
    begins, ends = dt.date(year, 1, 1), dt.date(year + 4, 12, 31)
    basis = Reliance("fee_schedule", "许可证工本费", str(year), {"standard": standard}, begins, ends)
    purpose = "form" if case.has("licensing.free-of-charge") else "license"
    case.tell("fee_charged", "cashier", amount=amount, purpose=purpose).relied_on = (basis,)
