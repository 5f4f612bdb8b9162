"""Commands about journals in files."""

from __future__ import annotations

from pathlib import Path

import click

DAMAGES = {
    "altered": "内容或哈希被改动 (altered)",
    "missing": "缺少事件 (missing)",
    "reordered": "次序被改动或重复 (reordered)",
    "wrong_previous": "与前一事件不相接 (wrong previous)",
}


def _heads(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, bytes]:
    heads = {}
    for value in values:
        subject, _, digest = value.rpartition("=")
        try:
            heads[subject] = bytes.fromhex(digest)
        except ValueError as error:
            raise click.BadParameter(f"“{value}”应写成 主体=十六进制哈希 (write SUBJECT=HEX)") from error
        if not subject:
            raise click.BadParameter(f"“{value}”应写成 主体=十六进制哈希 (write SUBJECT=HEX)")
    return heads


@click.group()
def journal() -> None:
    """事实日志 (journals)."""


@journal.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--head", "heads", multiple=True, callback=_heads, metavar="SUBJECT=HEX", help="已公布的链头 published head"
)
def verify(*, file: Path, heads: dict[str, bytes]) -> None:
    """核验 FILE 的哈希链：完好则列出链头，否则指出第一处断裂 (verify the hash chain)."""
    from xiaoneng.journal.chain import walk
    from xiaoneng.journal.error import JournalError
    from xiaoneng.journal.jsonl import read_journal

    try:
        seen = walk(read_journal(file), heads)
    except JournalError as error:
        click.echo(f"无法读取 cannot be read: {error}", err=True)
        raise SystemExit(1) from error
    broken = seen.broken
    if broken is not None:
        named = f" {broken.event_id}" if broken.event_id else ""
        place = f"{broken.subject} #{broken.sequence}{named}"
        click.echo(f"断裂 broken: {place}: {DAMAGES[broken.what]}；此前 {seen.events} 条完好", err=True)
        raise SystemExit(1)
    click.echo(f"完好 OK: 主体 {len(seen.heads)} 个，事件 {seen.events} 条 (subjects, events)")
    for subject, digest in sorted(seen.heads.items()):
        click.echo(f"  {subject} {digest.hex()}")
