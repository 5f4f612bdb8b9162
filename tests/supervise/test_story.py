"""The story of a case, told anew from the facts, ends every clock on the day on which the kernel ends it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xiaoneng.packs.cases import case_paths, load_case
from xiaoneng.packs.folder import Packs
from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.story import tell_case

ROOT = Path(__file__).resolve().parents[2] / "packs"
PACKS = Packs(ROOT)
FILES = [(name, path) for name in PACKS.ids for path in case_paths(ROOT.joinpath(*name.split(".")))]


@pytest.mark.parametrize(("name", "path"), FILES, ids=[f"{name}:{path.stem}" for name, path in FILES])
def test_day_lines_end_where_the_kernel_says(name: str, path: Path) -> None:
    case = load_case(path, PACKS.versions(name), ROOT)
    calendar = PACKS.calendar(case.procedure.calendar)
    verdict = supervise(case.procedure, case.events, calendar, case.now, complete=case.complete)
    story = tell_case(verdict, calendar, case.now)
    assert len(story.lines) == len(verdict.sequence) + len(verdict.unknown)
    assert [told.finding for told in story.findings] == list(verdict.findings)
    dues: dict[tuple[str, str], dt.date | None] = {
        (one.rule, one.activation): one.due for one in verdict.breaches if one.due is not None
    }
    dues |= {(one.clock, one.activation): one.due for one in verdict.clocks if not one.held}
    for clock in story.clocks:
        if clock.days and (clock.id, clock.activation) in dues:
            due = dues[clock.id, clock.activation]
            assert clock.days[-1].on == (due.date() if isinstance(due, dt.datetime) else due), clock.id


def test_a_story_has_a_clock_for_every_running_activation() -> None:
    for name, path in FILES:
        case = load_case(path, PACKS.versions(name), ROOT)
        calendar = PACKS.calendar(case.procedure.calendar)
        verdict = supervise(case.procedure, case.events, calendar, case.now, complete=case.complete)
        told = {(clock.id, clock.activation) for clock in tell_case(verdict, calendar, case.now).clocks}
        rules = {rule.id for rule in case.procedure.rules}
        assert {(one.clock, one.activation) for one in verdict.clocks if one.clock not in rules} <= told


def test_a_date_met_in_time_is_told_as_it_rolls() -> None:
    from dataclasses import replace

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.model import UntilField

    procedure = PACKS.procedure("cn.licensing")
    clock = next(one for one in procedure.clocks if one.id == "delivery")
    clock = replace(clock, limit=UntilField("by"), roll=True, promised=None, off_clock=(), extension=None)
    procedure = replace(procedure, clocks=(clock,), rules=())
    at = dt.datetime(2026, 4, 28, 10, tzinfo=dt.UTC)
    events = [
        Event("e1", "case", "decision_made", dt.date(2026, 4, 28), at, 1, data={"granted": True, "by": "2026-05-02"}),
        Event("e2", "case", "delivered", dt.date(2026, 4, 30), at, 2),
    ]
    calendar = PACKS.calendar("cn")
    verdict = supervise(procedure, events, calendar, at + dt.timedelta(days=9))
    (told,) = tell_case(verdict, calendar, at + dt.timedelta(days=9)).clocks
    assert told.due == dt.date(2026, 5, 6)
