"""Hold two readings of one log against each other."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option(
    "--with",
    "with_",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="对照文件 a comparison file",
)
@click.option("--map", "map_", default="", help="映射文件或其编号 a mapping: its file, or its id")
@click.option("--now", "now_", default=None, help="判断的时刻,默认现在 the instant of judging; now if left out")
def compare(*, log: Path, with_: Path, map_: str, now_: str | None) -> None:
    """对照同一日志的两种读法,分组说明差异 (two readings of LOG, and what explains where they differ)."""
    from rich.console import Console
    from rich.table import Table

    from xiaoneng.config.opening import as_of, instant, opened_log, opened_packs
    from xiaoneng.packs.comparisons import load_comparison
    from xiaoneng.replay.compare import disagreement
    from xiaoneng.replay.judge import judge_log

    comparison = load_comparison(with_)
    packs = opened_packs()
    judged = []
    for name in (comparison.first, comparison.second):
        read, versions, calendars = opened_log(packs, log, name, map_)
        now = instant(now_, versions[-1].zone)
        read = as_of(read, now)
        judged.append(judge_log(read, versions, calendars, now))
    found = disagreement(read, comparison, *judged)
    table = Table("天数 days", "都未违反", "仅乙 second", "仅甲 first", "都违反 both", "说明 explained by", box=None)
    for column in table.columns[:5]:
        column.justify = "right"
    for line in found.lines:
        group = line.group
        days = "其他 other" if group is None else _span(group.low, group.high)
        because = str(group.because) if group else ""
        table.add_row(days, *(f"{n:,}" for n in (line.neither, line.second_only, line.first_only, line.both)), because)
    console = Console()
    console.print(f"甲 first {comparison.first} · 乙 second {comparison.second} · 未结 open {found.open_cases:,}")
    console.print(table)


def _span(low: int | None, high: int | None) -> str:
    if low is None:
        return f"≤ {high}"
    return f"≥ {low}" if high is None else str(low) if low == high else f"{low}–{high}"
