"""Tell one case as a person would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from xiaoneng.journal.event import Event
    from xiaoneng.law.library import Library
    from xiaoneng.packs.model import Procedure
    from xiaoneng.supervise.holding import Holding
    from xiaoneng.supervise.story import CaseStory, ClockStory
    from xiaoneng.timing.calendar import Calendar

MARKS = {"breach": "✗", "warning": "!"}
KINDS = {"working_days": "工作日 working days", "calendar_days": "天 calendar days"}


@click.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--case", required=True, help="办件编号 id of the case")
@click.option("--procedure", default="", help="按哪个程序判 which procedure, such as cn.licensing")
@click.option("--map", "map_", default="", help="映射文件或其编号 a mapping: its file, or its id")
@click.option("--now", "now_", default=None, help="判断的时刻,默认现在 the instant of judging; now if left out")
@click.option("--if", "if_", default="", help="假如再发生一件事 what if: KIND@DATE, such as decision_made@2026-03-30")
@click.option("--days/--no-days", default=True, help="逐日说明每个时钟 every day of every clock")
def explain(*, log: Path, case: str, procedure: str, map_: str, now_: str | None, if_: str, days: bool) -> None:
    """像人一样讲清一个办件:经过、时钟的每一天、问题的依据 (tell one case: what happened, its clocks day by day, its findings)."""
    from rich.console import Console

    from xiaoneng.config.opening import opened_case, opened_packs
    from xiaoneng.supervise.encode import zone_of
    from xiaoneng.supervise.holding import attributed
    from xiaoneng.supervise.judge import supervise
    from xiaoneng.supervise.story import tell_case

    packs = opened_packs()
    opened = opened_case(packs, log, case, procedure, map_, now_)
    version, calendar, events, now = opened.procedure, opened.calendar, opened.events, opened.now
    verdict = supervise(version, events, calendar, now, complete=opened.complete)
    story = tell_case(verdict, calendar, now)
    console = Console()
    console.print(
        f"[bold]{story.subject}[/bold] · {version.name} · {now.astimezone(zone_of(version.zone)):%Y-%m-%d %H:%M}"
    )
    print_story(console, story, packs.instruments, days=days)
    print_holdings(console, attributed(verdict, story, calendar, now))
    _print_next(console, version, events, calendar, now)
    if if_:
        _print_if(console, version, events, calendar, now, if_)
    if verdict.wake_at is not None:
        console.print(
            f"下次需要再看的时刻 next look: {verdict.wake_at.astimezone(zone_of(version.zone)):%Y-%m-%d %H:%M}"
        )


def _print_next(
    console: Console, procedure: Procedure, events: Sequence[Event], calendar: Calendar, now: dt.datetime
) -> None:
    """Print what may be done now: lawful actions first, then what the others would breach."""
    from rich.markup import escape

    from xiaoneng.supervise.outlook import prospects

    found = prospects(procedure, events, calendar, now)
    if found:
        console.rule("现在可以做什么 what may be done now", align="left")
    for one in found:
        if one.lawful:
            console.print(f"✓ {escape(str(one.action.name))}")
        else:
            mark = "不得 refused" if one.refused else "将违反 would breach"
            console.print(f"✗ {escape(str(one.action.name))}: {mark} {escape(', '.join(one.breaches))}", style="dim")


def _print_if(
    console: Console, procedure: Procedure, events: Sequence[Event], calendar: Calendar, now: dt.datetime, if_: str
) -> None:
    """Print what one more event would change."""
    from rich.markup import escape

    from xiaoneng.journal.event import Event
    from xiaoneng.supervise.explain import moment, tell
    from xiaoneng.supervise.outlook import what_if

    kind, _, day = if_.partition("@")
    if kind not in procedure.events:
        raise click.UsageError(f"--if {if_}: 没有这种事件 (no such event; known are {', '.join(procedure.events)})")
    try:
        on = dt.date.fromisoformat(day)
    except ValueError as error:
        raise click.UsageError(f"--if {if_}: 请写 事件@日期 (write KIND@DATE, such as {kind}@2026-03-30)") from error
    sequence = max((event.sequence for event in events), default=0) + 1
    event = Event("what-if", events[0].subject, kind, on, now, sequence)
    change = what_if(procedure, events, event, calendar, now)
    console.rule(f"假如 {on} {escape(str(procedure.events[kind].name))} what if", align="left")
    for mark, findings in (("+", change.raised), ("−", change.withdrawn)):
        for finding in findings:
            console.print(f"{mark} {escape(finding.rule)} {escape(tell(finding, procedure).zh)}")
    for clock in change.clocks:
        console.print(f"⏱ {escape(clock.clock)} 届满 due {moment(clock.due)}")
    if not (change.raised or change.withdrawn or change.clocks):
        console.print("没有变化 nothing changes", style="dim")


def print_story(console: Console, story: CaseStory, law: Library, *, days: bool) -> None:
    """Print a case: timeline, clocks, findings."""
    from rich.markup import escape
    from rich.table import Table

    from xiaoneng.supervise.explain import moment

    console.rule("经过 what happened", align="left")
    table = Table(box=None, show_header=False, pad_edge=False)
    for line in story.lines:
        note = f"({line.note})" if line.note else ""
        who = " · ".join(part for part in (line.agency, line.actor) if part)
        table.add_row(moment(line.on), escape(str(line.name)), escape(who), note, style="italic" if line.note else "")
    console.print(table)
    console.rule("时钟 clocks", align="left")
    for clock in story.clocks:
        _print_clock(console, clock, days=days)
    console.rule(f"问题 findings: {len(story.findings)}", align="left")
    for told in story.findings:
        finding = told.finding
        style = "red" if finding.kind == "breach" else "yellow"
        console.print(f"{MARKS[finding.kind]} [{style}]{escape(finding.rule)}[/] {escape(told.text.zh)}")
        if told.text.en:
            console.print(f"  {escape(told.text.en)}", style="dim")
        on = finding.since if not isinstance(finding.since, dt.datetime) else finding.since.date()
        for cite in finding.cite:
            article = law.article(cite, on=on)
            console.print(f"  {escape(cite)}: {escape(article.asks_zh)}", style="dim")


def print_holdings(console: Console, holdings: Sequence[Holding]) -> None:
    """Print who had the case in hand while each clock ran; nothing where the procedure has no holders."""
    from rich.markup import escape

    from xiaoneng.timing.limit import HOUR_KINDS

    if holdings:
        console.rule("时间在谁手里 who held the case", align="left")
    for one in holdings:
        per = 3600 if one.kind in HOUR_KINDS else 1
        unit = "小时 hours" if one.kind in HOUR_KINDS else KINDS[one.kind]
        console.print(f"[bold]{escape(one.clock)}[/] {one.amount / per:.4g} {unit}")
        for share in one.shares:
            name = escape(share.holder) or "办理机关 the agency itself"
            alone = f", 其中只等它 alone {share.alone / per:.4g}" if share.alone != share.amount else ""
            late = f", 届满后 after the due [red]{share.late / per:.4g}[/]" if share.late else ""
            console.print(f"  {name}: {share.amount / per:.4g}{alone}{late}")


def _print_clock(console: Console, clock: ClockStory, *, days: bool) -> None:
    from rich.markup import escape

    from xiaoneng.supervise.explain import moment

    held = "停止计时中 held off the clock" if clock.held else f"届满 due {moment(clock.due)}"
    end = f"止于 stopped {moment(clock.stopped)}" if clock.stopped else "仍在计时 running"
    late = " [red]逾期 late[/]" if clock.late else ""
    provisional = " 预估 provisional" if clock.provisional else ""
    console.print(
        f"[bold]{escape(str(clock.name))}[/] ({clock.id}) 起 start {moment(clock.start)} · {held}{provisional} · {end}{late}"
    )
    if clock.says.zh:
        console.print(f"  {escape(clock.says.zh)}", style="dim")
    for opened, closed, ground in clock.off:
        console.print(f"  不计入 off the clock: {escape(str(ground))} {opened} 至 {closed}", style="cyan")
    if clock.extension:
        console.print(f"  延期 extended by {clock.extension}", style="cyan")
    if days:
        for line in clock.days:
            console.print(f"    {escape(line.zh)}", style="" if line.counted else "dim")
