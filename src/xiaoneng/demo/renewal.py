"""Cases of renewal: a license is about to expire."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.demo.agencies import CITY
from xiaoneng.demo.people import enterprise

if TYPE_CHECKING:
    from xiaoneng.demo.telling import Case

NEEDS: dict[str, dict[str, object]] = {
    "completeness": {},
    "renewal": {"late": True},
    "delivery": {"granted": True},
    "license-renewal.notice-once": {"supplement": True},
    "license-renewal.silence-stands": {"late": True, "granted": False},
    "license-renewal.reasons": {"granted": False, "late": False},
    "license-renewal.remedies": {"granted": False, "late": False},
    "story.bulk": {},
    "story.linger": {"late": True, "supplement": False},
}
"""What goes wrong → what the case must be for it."""
AHEAD = dt.timedelta(days=30)
"""How long before expiry one applies in this city."""


def tell_renewal(case: Case, opened_on: dt.date) -> None:
    """Tell one case, with whatever goes wrong in it."""
    case.begin(opened_on)
    wanted: dict[str, object] = {}
    for fault in sorted(case.faults):
        wanted |= NEEDS[fault]
    late = bool(wanted.get("late"))
    granted = bool(wanted.get("granted", case.often(0.95)))
    supplement = bool(wanted.get("supplement", case.often(0.2)))
    spare = 1 if case.has("story.linger") else case.chance.randint(8, 40)
    expires_on = opened_on + AHEAD + dt.timedelta(days=spare + (22 if supplement else 0))
    _receive(case, expires_on, supplement=supplement)
    if not case.faults and case.often(0.03):
        case.tell_later("withdrawn", 0, 2, "counter")
        return
    limit = case.scene.days("completeness")
    case.later(*((limit + 1, limit + 3) if case.has("completeness") else (0, limit - 2)))
    case.tell("accepted", "counter")
    if late:
        _after_expiry(case, expires_on, granted=granted)
        return
    case.later(1, 6)
    _decide(case, granted=granted)
    if granted:
        limit = case.scene.days("delivery")
        case.tell_later("delivered", *((limit + 1, limit + 8) if case.has("delivery") else (0, 4)), "counter")


def _receive(case: Case, expires_on: dt.date, *, supplement: bool) -> None:
    who, apply_by = enterprise(case.chance, CITY), expires_on - AHEAD
    case.tell(
        "application_received",
        "counter",
        applicant=who,
        item=case.item.name,
        valid_until=expires_on.isoformat(),
        apply_by=apply_by.isoformat(),
    )
    if supplement:
        for _ in range(2 if case.has("license-renewal.notice-once") else 1):
            case.tell_later("supplement_notice_given", 0, 3, "counter")
            case.tell_later("supplement_received", 1, 3, "counter")


def _after_expiry(case: Case, expires_on: dt.date, *, granted: bool) -> None:
    """Nobody decided before the license expired: silence has renewed it."""
    case.go_to(case.desk.after(expires_on, case.chance.randint(2, 12)))
    if case.has("license-renewal.silence-stands"):
        _decide(case, granted=granted)
    else:
        case.tell("delivered", "counter")


def _decide(case: Case, *, granted: bool) -> None:
    said: dict[str, object] = {"granted": granted}
    if not granted:
        if not case.has("license-renewal.reasons"):
            said["reasons"] = "现场核查不再符合许可条件。"
        said["remedies_told"] = not case.has("license-renewal.remedies")
    case.tell("decision_made", "approver", **said)
