"""Judge every case of a log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt

    from rich.progress import Progress

    from xiaoneng.replay.judge import LogJudgement


@click.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--procedure", default="", help="按哪个程序判 which procedure, such as cn.licensing")
@click.option("--map", "map_", default="", help="映射文件或其编号 a mapping: its file, or its id")
@click.option("--now", "now_", default=None, help="判断的时刻,默认现在 the instant of judging; now if left out")
@click.option("--json", "json_", type=click.Path(dir_okay=False, path_type=Path), help="发现的问题写成 JSON")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="写成可下钻的网页 a report to drill into")
@click.option("--parquet", type=click.Path(file_okay=False, path_type=Path), help="写成 Parquet 文件夹")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="线程数 threads")
def replay(
    *,
    log: Path,
    procedure: str,
    map_: str,
    now_: str | None,
    json_: Path | None,
    html: Path | None,
    parquet: Path | None,
    workers: int,
) -> None:
    """按法律的时钟判断 LOG 中的每一个办件 (judge every case of LOG by the law's own clock)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from xiaoneng.config.opening import as_of, instant, opened_log, opened_packs
    from xiaoneng.replay.judge import judge_log

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        reading = progress.add_task("读取 reading", total=None)
        read, versions, calendars = opened_log(opened_packs(), log, procedure, map_)
        progress.remove_task(reading)
        now = instant(now_, versions[-1].zone)
        read = as_of(read, now)
        judging = progress.add_task("判断 judging", total=len(read))
        judged = judge_log(
            read, versions, calendars, now, workers=workers, progress=lambda n: progress.advance(judging, n)
        )
        progress.remove_task(judging)
        _write(judged, now, json_, html, parquet, progress)
    print_summary(judged, now)


def _write(
    judged: LogJudgement,
    now: dt.datetime,
    json_: Path | None,
    html: Path | None,
    parquet: Path | None,
    progress: Progress,
) -> None:
    from xiaoneng.replay.outcome import told, write_json

    if json_ is not None:
        task = progress.add_task("写 JSON", total=sum(int(part.reports.sum()) for part in judged.parts))
        write_json(judged, now, json_, lambda n: progress.advance(task, n))
        progress.remove_task(task)
    if parquet is not None:
        from xiaoneng.replay.outlet.findings import write_findings

        task = progress.add_task("写 Parquet", total=None)
        write_findings(parquet, told(judged))
        progress.remove_task(task)
    if html is not None:
        from xiaoneng.config.reporting import write_report

        task = progress.add_task("写网页 report", total=None)
        write_report(judged, now, html)
        progress.remove_task(task)


def print_summary(judged: LogJudgement, now: dt.datetime) -> None:
    """Print the counts per rule, and what was not judged."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    log = judged.log
    running = sum(int((~part.closed).sum()) for part in judged.parts)
    console.print(
        f"办件 cases {len(log.cases):,} · 未结 open {running:,} · 事件 events {len(log):,} · 判断时刻 as of {now:%Y-%m-%d %H:%M %Z}"
    )
    for procedure, _, _ in judged.versions():
        console.print(f"程序 {procedure.id} {procedure.name} · 版本 edition {procedure.edition}")
    table = Table("规则 rule", "违反办件 cases", "违反 breaches", "适用 activations", box=None, header_style="bold")
    for column in table.columns[1:]:
        column.justify = "right"
    for rule, count in judged.by_rule().items():
        style = "" if count.breaches else "dim"
        table.add_row(rule, f"{count.violated_cases:,}", f"{count.breaches:,}", f"{count.activations:,}", style=style)
    console.print(table)
    doubtful = sum(int(part.order_unknown.sum()) for part in judged.parts)
    if doubtful:
        console.print(f"其中 {doubtful:,} 项因先后顺序未知需人工核实 (order unknown: a person must look)")
    for code, many in log.rejected_counts.items():
        console.print(f"未采用 rejected: {code} {many:,}", style="yellow")
        for one in [one for one in log.rejected if one.code == code][:3]:
            console.print(f"  {one.case} {one.reason}", style="dim")
    if judged.not_in_force:
        console.print(f"{len(judged.not_in_force):,} 个办件当时没有有效版本 (no version in force)", style="yellow")
