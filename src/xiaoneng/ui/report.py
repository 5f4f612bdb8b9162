"""The report of a judgement as one HTML file that asks for nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from xiaoneng.packs.words import Words
from xiaoneng.replay.case_stories import case_stories
from xiaoneng.replay.summary import summarise
from xiaoneng.supervise.encode import zone_of
from xiaoneng.ui import formats
from xiaoneng.ui.clockbar import clock_bars
from xiaoneng.ui.section import LEVELS, ReportPart, Section

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from xiaoneng.law.library import Library
    from xiaoneng.replay.judge import LogJudgement

TITLE = Words("依法监督报告", "Supervision report")
TOLD = 200
"""How many cases of a procedure are told in full, the gravest first."""

FEW = 6
"""So many procedures stand as tabs at the top; more have a table of their own."""
LEVEL_WORDS = {
    "red": Words("红", "red"),
    "yellow": Words("黄", "yellow"),
    "blue": Words("预警", "warning"),
    "none": Words("违反", "breach"),
    "late": Words("逾期", "late"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top: the title, and a line below it."""

    title: Words = TITLE
    note: Words | None = None


def part_of(
    judged: LogJudgement, now: dt.datetime, *, told: int = TOLD, progress: Callable[[int], object] | None = None
) -> ReportPart:
    """Count a judgement and tell its gravest cases; `told` bounds how many."""
    summary = summarise(judged, now)
    cases = [line.case for line in summary.worst[:told]]
    return ReportPart(judged, summary, case_stories(judged, cases, now, progress))


def render(parts: Sequence[ReportPart], law: Library, now: dt.datetime, heading: Heading | None = None) -> str:
    """Write the report: one section per procedure, all judged as of `now`."""
    sections = [Section(number, part, law) for number, part in enumerate(parts, 1)]
    zone = zone_of(sections[0].log.zone) if sections else now.tzinfo
    local = now.astimezone(zone)
    template = environment().get_template("report.html.j2")
    return template.render(heading=heading or Heading(), sections=sections, few=FEW, now=local, today=local.date())


def environment() -> Environment:
    """Templates of this room: everything is escaped, and a name that is not there is a mistake."""
    made = Environment(
        loader=PackageLoader("xiaoneng.ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": formats.day,
        "short_day": formats.short_day,
        "iso": formats.iso,
        "month": formats.month,
        "count": formats.count,
        "share": formats.share,
        "limit": formats.limit,
    }
    made.globals |= {"clock_bars": clock_bars, "level_words": LEVEL_WORDS, "levels": [str(level) for level in LEVELS]}
    return made
