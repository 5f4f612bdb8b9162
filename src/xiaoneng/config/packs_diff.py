"""`packs diff`: what changed between two procedures, or two versions of one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from xiaoneng.config.packs_show import beside, find, open_here

if TYPE_CHECKING:
    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.model import Procedure
    from xiaoneng.timing.calendar import Calendar

EFFECTS = {"stricter": "收紧 stricter", "looser": "放宽 looser", "other": "其他 other"}
PARTS = {"event": "事件", "ends": "结束", "ground": "不计期限", "clock": "期限", "rule": "规则"}


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def diff(*, a: str, b: str, as_json: bool) -> None:
    """比较规则包 A 与 B：ID 或 ID@2026-01-01 (what changed from A to B; @ names the day of the version)."""
    from xiaoneng.packs.diff import diff as changes

    packs = open_here()
    before, after = _version(a, packs), _version(b, packs)
    found = changes(before, after, _calendars(packs, before, after))
    if as_json:
        import dataclasses
        import json

        rows = [dataclasses.asdict(change) for change in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    if not found:
        click.echo("没有变化 (nothing changed)")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, title=f"自 {after.in_force_from} 起 (from then on)", title_justify="left")
    for head in ("哪里 what", "之前 before", "之后 after", "方向 effect"):
        table.add_column(head, overflow="fold")
    for change in found:
        where = f"{PARTS[change.part]} {change.id}" + (f".{change.key}" if change.key else "")
        table.add_row(where, beside(change.before), beside(change.after), EFFECTS[change.effect])
    Console().print(table)


def _version(text: str, packs: Packs) -> Procedure:
    name, _, day = text.partition("@")
    try:
        on = dt.date.fromisoformat(day) if day else None
    except ValueError as error:
        raise click.UsageError(f"“{day}”不是日期，请写成 2026-10-01 (write a date as 2026-10-01)") from error
    return find(packs, name, on)


def _calendars(packs: Packs, *procedures: Procedure) -> tuple[Calendar, ...]:
    return tuple(packs.calendar(name) for name in sorted({one.calendar for one in procedures}))
