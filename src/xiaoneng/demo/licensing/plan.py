"""What a licensing case will be: decided before it is told, so that the wanted breach finds its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from xiaoneng.demo.telling import Case

NEEDS: dict[str, dict[str, object]] = {
    "licensing.refused-at-once": {"ends": "refused"},
    "licensing.refusal-grounds": {"ends": "refused"},
    "licensing.right-agency-named": {"ends": "refused"},
    "licensing.refusal-explained": {"ends": "refused"},
    "licensing.acceptance-stands": {"ends": "refused"},
    "licensing.application-first": {"supplement": False, "handling": "single"},
    "licensing.accepted-first": {"ends": "decided early"},
    "licensing.application-stands": {"ends": "withdrawn", "handling": "single"},
    "licensing.notice-once": {"supplement": True},
    "licensing.spot-correction": {"supplement": True},
    "licensing.no-extra-material": {"supplement": True},
    "licensing.no-repeat-material": {"supplement": True},
    "completeness": {"handling": "single", "promised": None, "supplement": False},
    "licensing.two-verifiers": {"verifies": True},
    "licensing.two-testers": {"tests": True},
    "testing_assignment": {"tests": True, "handling": "single", "hearing": ""},
    "preliminary_review": {"handling": "two_level", "hearing": ""},
    "licensing.off-clock-told": {"special": "inspection", "hearing": ""},
    "licensing.result-first": {"special": "testing", "hearing": "", "handling": "single"},
    "story.hold": {"hearing": "", "handling": "single", "special": ""},
    "decision": {"hearing": "", "handling": "single"},
    "decision.promised": {"hearing": "", "handling": "single", "promised": 10, "special": ""},
    "decision.extension": {"hearing": "", "handling": "single", "special": "", "extends": True},
    "joint_decision": {"hearing": "", "handling": "joint", "special": ""},
    "joint_decision.promised": {"hearing": "", "handling": "joint", "promised": 30, "special": ""},
    "joint_decision.extension": {"hearing": "", "handling": "joint", "special": "", "extends": True},
    "licensing.extension-told": {"hearing": "", "handling": "single", "special": "", "extends": True},
    "licensing.interested-told": {"hearing": "asked"},
    "licensing.hearing-right-told": {"hearing": "untold"},
    "licensing.hearing-period": {"hearing": "hurried"},
    "licensing.hearing-before-decision": {"hearing": "skipped"},
    "licensing.hearing-notified": {"hearing": "asked"},
    "licensing.hearing-notice": {"hearing": "asked"},
    "licensing.hearing-announced": {"hearing": "public"},
    "licensing.hearing-public": {"hearing": "asked"},
    "licensing.hearing-presider": {"hearing": "asked"},
    "licensing.hearing-closed-first": {"hearing": "asked"},
    "licensing.hearing-minutes": {"hearing": "asked"},
    "licensing.decide-on-minutes": {"hearing": "asked"},
    "hearing_held": {"hearing": "asked"},
    "licensing.reasons": {"granted": False},
    "licensing.remedies": {"granted": False},
    "licensing.delivered-on-grant": {"granted": False},
    "delivery": {"granted": True},
    "licensing.fee-basis": {"granted": True, "fee": True},
    "licensing.fee-standard": {"granted": True, "fee": True},
    "licensing.free-of-charge": {"granted": True, "fee": True},
    "licensing.reviewed-first": {"hearing": "", "special": ""},
    "licensing.statements-heard": {},
    "licensing.decision-written": {},
    "licensing.decided-once": {"granted": True},
    "licensing.quiet-after-end": {"granted": True},
    "licensing.notice-before-acceptance": {"hearing": ""},
    "licensing.receipt": {},
    "story.early": {"hearing": "", "special": "", "supplement": False, "tests": False, "granted": True},
    "story.refile": {"ends": "withdrawn", "handling": "single"},
    "story.linger": {"hearing": "", "special": "", "tests": False, "supplement": False, "handling": "single"},
    "story.bulk": {},
}
"""What goes wrong → what the case must be for it. Stories break no rule of the pack, but people know them."""


@dataclass(slots=True)
class Plan:
    """The course of one case. `start` is the day from which its decision clock counts."""

    ends: str
    handling: str
    promised: int | None
    supplement: bool
    tests: bool
    verifies: bool
    special: str
    hearing: str
    extends: bool
    granted: bool
    fee: bool
    start: dt.date
    reviewed: bool = False

    @property
    def clock(self) -> str:
        """The clock under which the case is decided."""
        return "joint_decision" if self.handling == "joint" else "decision"


def plan(case: Case, opened_on: dt.date) -> Plan:
    """Choose the course of a case: what its faults need, else what its item suggests."""
    item = case.item
    wanted: dict[str, object] = {}
    for fault in sorted(case.faults):
        wanted |= NEEDS[fault]
    chance = case.chance
    handling = "joint" if item.joint else "two_level" if item.two_level else "single"
    hears = item.touches_others and case.often(0.75)
    kinds = ("waived", "silent", "silent", "recanted", "asked", "asked", "public")
    ends = chance.choices(("", "refused", "withdrawn", "terminated"), (90, 5, 4, 1))[0]
    usual: dict[str, object] = {
        "ends": "" if wanted else ends,
        "handling": handling,
        "promised": {"joint": 30, "two_level": item.promised or 15}.get(handling, item.promised),
        "supplement": case.often(0.28),
        "tests": item.tests,
        "verifies": case.often(0.45),
        "special": item.review if case.often(0.7) else "",
        "hearing": chance.choice(kinds) if hears else "",
        "extends": False,
        "granted": case.often(0.93),
        "fee": bool(item.fee),
    }
    chosen = usual | wanted
    if chosen["handling"] == "joint" and "promised" not in wanted:
        chosen["promised"] = 30
    if chosen["hearing"]:
        # What neighbours may object to is not promised early: the hearing decides how long it takes.
        chosen |= {"special": "", "tests": False, "promised": None, "handling": "single"}
    if not wanted and not chosen["hearing"] and not chosen["special"] and case.often(0.05):
        chosen["extends"] = True
    return Plan(start=opened_on, **chosen)  # type: ignore[arg-type]  # the names are those of the table
