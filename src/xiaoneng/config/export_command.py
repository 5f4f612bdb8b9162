"""Write a log with its findings for other programs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.mappings import Mapping

ENDING = {"xes": ".xes.gz", "ocel": ".jsonocel", "csv": ".csv", "parquet": ".parquet"}


@click.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--to", "to", type=click.Choice(list(ENDING)), required=True, help="格式 format")
@click.option("--out", type=click.Path(path_type=Path), help="写到哪个文件 where to write; beside LOG if left out")
@click.option("--procedure", default="", help="按哪个程序判 which procedure, such as cn.licensing")
@click.option("--map", "map_", default="", help="映射文件或其编号 a mapping: its file, or its id")
def export(*, log: Path, to: str, out: Path | None, procedure: str, map_: str) -> None:
    """把 LOG 连同发现的问题写给别的程序 (write LOG with its findings for other programs)."""
    from xiaoneng.packs.complaint import PackError
    from xiaoneng.packs.folder import UnknownPackError, open_packs
    from xiaoneng.packs.locate import packs_folder
    from xiaoneng.replay.intake.door import read_log
    from xiaoneng.replay.intake.error import LogError
    from xiaoneng.replay.judge import judge_log
    from xiaoneng.replay.outlet.door import export as write

    target = out or log.with_name(_stem(log.name) + ".findings" + ENDING[to])
    try:
        packs = open_packs(packs_folder())
        mapping = _mapping(packs, map_) if map_ else None
        name = procedure or (mapping.procedure if mapping else "")
        if not name:
            says = "请用 --procedure 或 --map 指明程序 (name a procedure with --procedure, or a mapping with --map)"
            raise click.UsageError(says)
        version = packs.procedure(name)
        types = {name: str(field.type) for kind in version.events.values() for name, field in kind.fields.items()}
        read = read_log(log, mapping, zone=version.zone, types=types)
        # The one seam to judging: a log in, rows of findings out.
        now = dt.datetime.now(dt.UTC)  # noqa: TID251 - the command line reads the clock
        findings = judge_log(read, packs, name, now=now)
        write(read, findings, to, target)
    except (LogError, PackError, UnknownPackError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"已写 {target} (written)")


def _mapping(packs: Packs, map_: str) -> Mapping:
    from xiaoneng.packs.mappings import load_mapping

    path = Path(map_)
    return load_mapping(path) if path.suffix in {".yaml", ".yml"} else packs.mapping(map_)


def _stem(name: str) -> str:
    for ending in (".gz", ".xes", ".csv", ".parquet", ".jsonocel", ".json", ".sqlite", ".jsonl"):
        name = name.removesuffix(ending)
    return name
