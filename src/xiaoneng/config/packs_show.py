"""`packs show`: one procedure as a sheet, as JSON, or as a flow chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import Console
    from rich.text import Text

    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.sheet_rows import Section, Sheet
    from xiaoneng.packs.words import Words

WIDE = 5
"""From so many columns on a section is shown thing by thing instead of as a table."""


@click.command()
@click.argument("pack", metavar="ID")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天有效的版本 the version of that day")
@click.option("--bpmn", "chart_file", type=click.Path(dir_okay=False, path_type=Path), help="写出流程图 write BPMN 2.0")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def show(*, pack: str, on: dt.datetime | None, chart_file: Path | None, as_json: bool) -> None:
    """展示规则包 ID：期限、规则、行为、流程 (one procedure as a readable sheet)."""
    from xiaoneng.packs.sheet import sheet

    packs = open_here()
    procedure = find(packs, pack, on.date() if on else None)
    if chart_file is not None:
        from xiaoneng.packs.bpmn import bpmn

        try:
            chart_file.write_text(bpmn(procedure), encoding="utf-8")
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        click.echo(f"流程图 flow chart → {chart_file}", err=True)
    laid_out = sheet(procedure, lambda cite: title(cite, packs))
    if as_json:
        import dataclasses
        import json

        click.echo(json.dumps(dataclasses.asdict(laid_out), ensure_ascii=False, indent=2))
    elif chart_file is None:
        _print(laid_out)


def open_here() -> Packs:
    """Open the packs in use."""
    from xiaoneng.config.opening import opened_packs

    try:
        return opened_packs()
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error


def find(packs: Packs, pack: str, on: dt.date | None) -> Procedure:
    """Load one version of a procedure; what is refused becomes a message and exit code 2."""
    from xiaoneng.packs.complaint import PackError

    try:
        return packs.procedure(pack, on)
    except (PackError, LookupError) as error:
        raise click.UsageError(str(error.args[0] if isinstance(error, LookupError) else error)) from error


def title(cite: str, packs: Packs) -> Words:
    """A citation in words: 《行政许可法》第四十二条第一款, and beside it the English title."""
    from xiaoneng.law.citation import Citation
    from xiaoneng.law.error import LawError
    from xiaoneng.packs.words import Words

    try:
        citation = Citation.parse(cite)
        english = packs.instruments.instrument(citation.instrument).title_en
        return Words(packs.instruments.text(citation), f"{english or citation.instrument}, {citation.key}")
    except LawError:
        return Words(cite, cite)


def beside(words: Words) -> Text:
    """Chinese, and the English dimmed beside it."""
    from rich.text import Text

    text = Text(words.zh)
    if words.en and words.en != words.zh:
        text.append(f"  {words.en}", style="dim")
    return text


def _print(laid_out: Sheet) -> None:
    from rich.console import Console

    console = Console()
    console.print(beside(laid_out.name), f"({laid_out.id})", style="bold")
    for section in laid_out.sections:
        console.print()
        console.rule(beside(section.title), align="left")
        if section.note is not None:
            console.print(beside(section.note), style="italic")
        (_things if len(section.head) >= WIDE else _table)(section, console)


def _things(section: Section, console: Console) -> None:
    """Each row as a small block: its name, then what it says under each head."""
    from rich.text import Text

    for row in section.rows:
        console.print(Text("■ ").append_text(beside(row.cells[0])).append(f"  {row.id}", style="dim"))
        for head, cell in zip(section.head[1:], row.cells[1:], strict=True):
            if cell.zh != "—":
                console.print(Text(f"  {head.zh}：").append_text(beside(cell)))


def _table(section: Section, console: Console) -> None:
    from rich.table import Table

    table = Table(show_header=bool(section.head), box=None, pad_edge=False)
    for head in section.head or section.rows[0].cells:
        table.add_column(beside(head) if section.head else "", overflow="fold")
    for row in section.rows:
        table.add_row(*(beside(cell) for cell in row.cells))
    console.print(table)
