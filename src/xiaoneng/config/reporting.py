"""From a judgement to the HTML report: the seam between what calculates and what shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from xiaoneng.replay.judge import LogJudgement


def write_report(judged: LogJudgement, now: dt.datetime, path: Path) -> None:
    """Write the report of a judgement as one HTML file."""
    from xiaoneng.config.opening import opened_packs
    from xiaoneng.replay.outlet.whole import whole
    from xiaoneng.ui.report import part_of, render

    text = render([part_of(judged, now)], opened_packs().instruments, now)
    with whole(path) as copy:
        copy.write_text(text, encoding="utf-8")
