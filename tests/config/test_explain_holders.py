"""explain says who had a case in hand, where the procedure knows holders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from xiaoneng.config.command import xiaoneng

if TYPE_CHECKING:
    from pathlib import Path

LOG = """case,kind,occurred,agency,child_id,consulted_agency,outcome,handling
并联-1,application_received,2026-03-02T09:00:00+08:00,审批局,,,,
并联-1,child_opened,2026-03-02T10:00:00+08:00,审批局,c1,消防,,
并联-1,accepted,2026-03-02T11:00:00+08:00,审批局,,,,unified
并联-1,child_opened,2026-03-02T12:00:00+08:00,审批局,c2,城管,,
并联-1,child_reported,2026-03-05T09:00:00+08:00,消防,c1,消防,agrees,
并联-1,child_reported,2026-05-11T09:00:00+08:00,城管,c2,城管,agrees,
"""


def test_explain_says_how_long_each_agency_held_the_case(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    words = ["explain", str(log), "--procedure", "cn.parallel-approval", "--case", "并联-1", "--now", "2026-05-12"]
    ran = CliRunner().invoke(xiaoneng, [*words, "--no-days"])
    assert ran.exit_code == 0, ran.output
    for part in (
        "时间在谁手里",
        "城管: 47, 其中只等它 alone 44, 届满后 after the due 2",
        "消防: 3",
        "办理机关 the agency itself: 1",
    ):
        assert part in ran.output
