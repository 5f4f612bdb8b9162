"""Receipt, supplements, acceptance and its refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.demo.agencies import CITY
from xiaoneng.demo.people import enterprise, person

if TYPE_CHECKING:
    from xiaoneng.demo.licensing.plan import Plan
    from xiaoneng.demo.telling import Case

PAPERS = (
    "营业执照复印件",
    "法定代表人身份证明",
    "经营场所平面图",
    "房屋租赁合同",
    "从业人员健康证明",
    "安全管理制度",
    "消防验收意见",
    "设备清单",
)
REFUSED = {
    "licensing.refused-at-once": "no_license_needed",
    "licensing.refusal-grounds": "other",
    "licensing.right-agency-named": "not_our_authority",
}


def receive(case: Case, course: Plan) -> None:
    """Take the application and, where papers are missing, ask for them."""
    who = enterprise(case.chance, CITY) if case.often(0.8) else person(case.chance)
    channel = case.chance.choice(("counter", "internet", "internet", "post"))
    case.tell("application_received", "counter", applicant=who, item=case.item.name, channel=channel)
    if case.often(0.06) and not case.faults:
        case.tell("corrected_on_the_spot", "counter")
    if course.supplement and course.ends != "refused":
        ask(case)


def ask(case: Case) -> None:
    """Ask for what is missing, and get it."""
    said: dict[str, object] = {"missing": sorted(case.chance.sample(PAPERS, case.chance.randint(1, 3)))}
    if case.has("licensing.spot-correction"):
        said |= {"missing": ["申请表日期笔误"], "spot_error": True}
    if case.has("licensing.no-extra-material"):
        said |= {"missing": ["无违法犯罪记录证明"], "outside_list": True}
    if case.has("licensing.no-repeat-material"):
        said["already_held"] = True
    for _ in range(2 if case.has("licensing.notice-once") else 1):
        late = case.scene.days("completeness")
        case.tell_later("supplement_notice_given", 1, late - 1, "counter", **said)
        case.tell_later("supplement_received", 2, 8, "counter")
        said = {"missing": sorted(case.chance.sample(PAPERS, 2))}


def ask_again(case: Case) -> None:
    """Ask for papers after acceptance, which the law does not allow."""
    case.tell_later("supplement_notice_given", 1, 3, "handler", missing=["补充承诺书"])


def accept(case: Case, course: Plan) -> None:
    """Accept, in time or after the silence that has already accepted."""
    limit = case.scene.days("completeness")
    received_on = case.on
    if case.has("completeness"):
        case.later(limit + 1, limit + 4)
    elif not case.has("licensing.application-first", "story.early", "story.linger"):
        case.later(0, limit - 2 if case.agency.pace > 0.5 else 1)
    said: dict[str, object] = {"handling": course.handling, "receipt_given": not case.has("licensing.receipt")}
    if course.promised is not None and course.handling != "two_level":
        said["promised_days"] = course.promised
    if course.tests:
        said["testing_required"] = True
    case.tell("accepted", "counter", **said)
    course.start = received_on if case.has("completeness") else case.on


def turn_away(case: Case) -> None:
    """Refuse to accept."""
    reason = next((REFUSED[fault] for fault in sorted(case.faults) if fault in REFUSED), "")
    reason = reason or case.chance.choice(("no_license_needed", "not_our_authority", "false_material", "barred"))
    if case.has("licensing.acceptance-stands"):
        reason = "false_material"
        case.later(case.scene.days("completeness") + 1, case.scene.days("completeness") + 3)
    elif case.has("licensing.refused-at-once"):
        case.later(2, 4)
    elif reason in ("no_license_needed", "not_our_authority"):
        case.later(0, 1)
    else:
        case.later(1, 3)
    said: dict[str, object] = {"reason": reason, "receipt_given": not case.has("licensing.receipt")}
    if reason == "not_our_authority" and not case.has("licensing.right-agency-named"):
        said["proper_agency"] = "省级主管部门"
    if not case.has("licensing.refusal-explained"):
        said["explanation"] = "经核对申请材料和职权范围，依法不予受理。"
    case.tell("acceptance_refused", "counter", **said)
    if case.has("licensing.acceptance-stands"):
        case.tell_later("withdrawn", 2, 6, "counter")
