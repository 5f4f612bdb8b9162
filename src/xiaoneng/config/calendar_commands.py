"""Commands about calendars: count a limit, say why, show a year, take in the notice of the next one."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.timing.calendar import Calendar
    from xiaoneng.timing.limit import Limit

WEEK = "一二三四五六日"


def _date(_ctx: click.Context, _param: click.Parameter, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        says = f"“{value}”不是日期，请写成 2026-10-01 (write a date as 2026-10-01)"
        raise click.BadParameter(says) from error


calendar_id_option = click.option(
    "--calendar-id", default="cn", show_default=True, help="日历 which calendar: packs/<id>/_calendar"
)


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn what our rooms refuse into a message and exit code 2."""
    from xiaoneng.packs.complaint import PackError
    from xiaoneng.timing.errors import TimingError

    try:
        yield
    except (PackError, TimingError, FileNotFoundError) as error:
        raise click.UsageError(str(error)) from error


def _load(calendar_id: str) -> Calendar:
    from xiaoneng.packs.calendars import load_calendar

    return load_calendar(_folder(calendar_id))


def _folder(calendar_id: str) -> Path:
    from xiaoneng.packs.locate import packs_folder

    known = sorted(path.parent.name for path in packs_folder().glob("*/_calendar"))
    if calendar_id not in known:
        raise click.UsageError(f"没有日历“{calendar_id}”，现有 {', '.join(known)} (no such calendar)")
    return packs_folder() / calendar_id / "_calendar"


def _weekday(on: dt.date) -> str:
    return f"周{WEEK[on.weekday()]}"


@click.group()
def calendar() -> None:
    """工作日历：推算期限、说明理由、导入新年通知 (working calendars)."""


@calendar.command()
@click.argument("start", callback=_date)
@click.option("--working", "working_days", type=int, help="工作日 working days")
@click.option("--calendar", "calendar_days", type=int, help="自然日 calendar days")
@click.option("--months", type=int, help="月 months")
@click.option("--years", type=int, help="年 years")
@click.option("--no-roll", is_flag=True, help="届满日为休息日时不顺延 do not roll forward from a day off")
@click.option("--explain", "wants_why", is_flag=True, help="逐日说明 say why, day by day")
@calendar_id_option
def add(*, start: dt.date, no_roll: bool, wants_why: bool, calendar_id: str, **counts: int | None) -> None:
    """从 START 起推算届满日，当日不计 (last day on time; START is day zero)."""
    from xiaoneng.timing.explain import explain as explained

    with _spoken():
        limit, loaded = _limit(counts), _load(calendar_id)
        due = limit.due_on(start, loaded, roll=not no_roll)
        click.echo(f"届满日 {due.on} {_weekday(due.on)}{'（预估 provisional）' if due.provisional else ''}")
        if due.before_roll != due.on:
            click.echo(f"原届满 {due.before_roll} {_weekday(due.before_roll)} 为休息日，顺延 (rolled forward)")
        if wants_why:
            for line in explained(start, limit, loaded, roll=not no_roll):
                click.echo(f"  {line.zh}" + (f" 〔{line.notice}〕" if line.notice else ""))


def _limit(counts: dict[str, int | None]) -> Limit:
    from xiaoneng.timing.kinds import LimitKind
    from xiaoneng.timing.limit import Limit

    given = [(LimitKind(kind), n) for kind, n in counts.items() if n is not None]
    if len(given) != 1:
        options = "--working --calendar --months --years"
        raise click.UsageError(f"请在 {options} 中选且只选一项 (give exactly one of them)")
    kind, n = given[0]
    return Limit(n, kind)


@calendar.command()
@click.argument("first", callback=_date, metavar="FROM")
@click.argument("last", callback=_date, metavar="TO")
@calendar_id_option
def explain(*, first: dt.date, last: dt.date, calendar_id: str) -> None:
    """逐日说明 FROM 至 TO 是否为工作日 (every day with its reason)."""
    from xiaoneng.timing.dates import to_date, to_day
    from xiaoneng.timing.explain import day_words
    from xiaoneng.timing.limit import working_days_between

    with _spoken():
        loaded = _load(calendar_id)
        after_first = working_days_between(first, last, loaded)
        for day in range(to_day(first), to_day(last) + 1):
            reason = loaded.reason(day)
            on = to_date(day)
            marks = ("" if reason.working else " 休") + ("（预估）" if reason.provisional else "")
            notice = f" 〔{reason.notice}〕" if reason.notice else ""
            click.echo(f"{on} {_weekday(on)} {day_words(reason)[0]}{marks}{notice}")
        whole = after_first + loaded.is_working(to_day(first))
        click.echo(f"工作日 {whole} 个；首日不计则 {after_first} 个 (working days; not counting FROM)")


@calendar.command(name="import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", type=click.Path(exists=True, file_okay=False, path_type=Path), help="日历文件夹 folder")
@click.option("--replace", is_flag=True, help="覆盖内容不同的同年文件 overwrite a file that differs")
@calendar_id_option
def import_(*, source: Path, into: Path | None, replace: bool, calendar_id: str) -> None:
    """导入一年的节假日通知：YAML 或 holiday-cn 的 JSON (take in the notice of a year)."""
    from xiaoneng.packs.calendars import import_notice, load_year

    with _spoken():
        written = import_notice(source, into or _folder(calendar_id), replace=replace)
        one = load_year(written)
        click.echo(f"已导入 {one.year} 年：休 {len(one.off)} 天，补班 {len(one.work)} 天 → {written}")
        click.echo("依据 notices: " + "；".join(one.notices))


@calendar.command()
@click.argument("year", type=click.IntRange(1900, 2999))
@calendar_id_option
def show(*, year: int, calendar_id: str) -> None:
    """列出一年的放假、补班和工作日数 (one year at a glance)."""
    from xiaoneng.timing.dates import to_date, to_day

    with _spoken():
        loaded = _load(calendar_id)
        days = range(to_day(dt.date(year, 1, 1)), to_day(dt.date(year, 12, 31)) + 1)
        reasons = [loaded.reason(day) for day in days]
        click.echo(f"{year} 年工作日 {sum(reason.working for reason in reasons)} 天 ({loaded.id}, {loaded.edition})")
        if reasons[-1].provisional:
            click.echo("通知尚未发布，只计周末，预估 (no notice yet: weekends only, provisional)")
        for reason in reasons:
            if reason.notice:
                on = to_date(reason.day)
                sign = "班" if reason.working else "休"
                click.echo(f"  {on} {_weekday(on)} {sign} {reason.name_zh} 〔{reason.notice}〕")
