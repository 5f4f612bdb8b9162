"""Write a log with its findings for other programs."""

from __future__ import annotations

from pathlib import Path

import click

ARCHIVE = "archive"
ENDING = {"xes": ".xes.gz", "ocel": ".jsonocel", "csv": ".csv", "parquet": ".parquet", ARCHIVE: ".archive"}


@click.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--to", "to", type=click.Choice(list(ENDING)), required=True, help="格式 format")
@click.option("--out", type=click.Path(path_type=Path), help="写到哪个文件 where to write; beside LOG if left out")
@click.option("--procedure", default="", help="按哪个程序判 which procedure, such as cn.licensing")
@click.option("--map", "map_", default="", help="映射文件或其编号 a mapping: its file, or its id")
@click.option("--now", "now_", default=None, help="判断的时刻,默认现在 the instant of judging; now if left out")
def export(*, log: Path, to: str, out: Path | None, procedure: str, map_: str, now_: str | None) -> None:
    """把 LOG 连同发现的问题写给别的程序 (write LOG with its findings for other programs).

    archive 是供反复回放的 Parquet 文件夹，不含发现的问题 (a folder of Parquet for fast replay, without findings).
    """
    from xiaoneng.config.opening import as_of, instant, opened_log, opened_packs
    from xiaoneng.replay.judge import judge_log
    from xiaoneng.replay.outcome import told
    from xiaoneng.replay.outlet.door import export as write

    target = out or log.with_name(_stem(log.name) + ".findings" + ENDING[to])
    read, versions, calendars = opened_log(opened_packs(), log, procedure, map_)
    if to == ARCHIVE:
        from xiaoneng.replay.archive import write_archive

        write_archive(read, target)
        click.echo(f"已写 {target} (written)")
        return
    now = instant(now_, versions[-1].zone)
    read = as_of(read, now)
    write(read, told(judge_log(read, versions, calendars, now)), to, target)
    click.echo(f"已写 {target} (written)")


def _stem(name: str) -> str:
    for ending in (".gz", ".xes", ".csv", ".parquet", ".jsonocel", ".json", ".sqlite", ".jsonl"):
        name = name.removesuffix(ending)
    return name
