"""On which day a promise turns blue, yellow and red: ten working days promised, of the twenty that the law gives."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.journal.event import Event
from xiaoneng.packs.folder import open_packs
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
ACCEPTED = dt.date(2026, 3, 2)
"""A Monday with no holiday in the twenty working days after it: the tenth is 2026-03-16, the twentieth 2026-03-30."""
LAST_LOOK = dt.date(2026, 4, 3)
STATUTORY = "decision"
PROMISED = "decision.promised"


def turns(root: Path, procedure: str) -> list[str]:
    """Day, clock and level of every change, as somebody sees them who looks each morning at nine."""
    packs = open_packs(root / "packs")
    law = packs.versions(procedure)[-1]
    recorded_at = dt.datetime.combine(ACCEPTED, dt.time(9), ZONE)
    said = {"handling": "single", "promised_days": 10, "receipt_given": True}
    events = [
        Event("a", "case", "application_received", ACCEPTED, recorded_at, 0),
        Event("b", "case", "accepted", ACCEPTED, recorded_at, 1, data=said),
    ]
    seen: list[str] = []
    levels: dict[str, str] = {}
    for later in range((LAST_LOOK - ACCEPTED).days + 1):
        day = ACCEPTED + dt.timedelta(later)
        now = dt.datetime.combine(day, dt.time(9), ZONE)
        found = supervise(law, events, packs.calendar(law.calendar), now).findings
        today = {one.rule: one.level.value for one in found}
        seen += [f"{day:%m-%d} {rule} {level}" for rule, level in today.items() if levels.get(rule) != level]
        levels = today
    return seen


@pytest.mark.parametrize(
    ("procedure", "days"),
    [
        (
            "cn.licensing",  # three-level: blue one working day before either limit
            [f"03-13 {PROMISED} blue", f"03-17 {PROMISED} yellow", f"03-27 {STATUTORY} blue", f"03-31 {STATUTORY} red"],
        ),
        (
            "cn.shaanxi.yulin.licensing",  # nine of the ten days used on the ninth; the promise itself is red
            [f"03-13 {PROMISED} yellow", f"03-17 {PROMISED} red", f"03-31 {STATUTORY} red"],
        ),
        (
            "cn.guangdong.licensing",  # no warning
            [f"03-17 {PROMISED} yellow", f"03-31 {STATUTORY} red"],
        ),
    ],
)
def test_a_promise_of_ten_days_of_twenty_turns_on_these_days(root: Path, procedure: str, days: list[str]) -> None:
    assert turns(root, procedure) == days
