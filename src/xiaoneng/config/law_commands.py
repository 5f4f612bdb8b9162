"""Commands about law: list the instruments, show an article on a day, take in full texts."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.law.library import Library

HOME = "XIAONENG_HOME"

LEVELS = {
    "law": "法律",
    "administrative_regulation": "行政法规",
    "local_regulation": "地方性法规",
    "department_rule": "部门规章",
    "local_government_rule": "地方政府规章",
    "normative_document": "规范性文件",
    "party_regulation": "党内法规",
    "foreign": "外国法",
}


def texts_file() -> Path:
    """File of the imported full texts: below XIAONENG_HOME, else in the user's own folder for the program."""
    return Path(os.environ.get(HOME) or click.get_app_dir("xiaoneng")) / "law" / "fulltexts.json"


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dt.date:
    if value is None:
        return dt.datetime.now().astimezone().date()  # noqa: TID251 - the command line reads the clock
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2026-10-01 (write a date as 2026-10-01)") from error


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn what our rooms refuse into a message and exit code 2."""
    from xiaoneng.law.error import LawError
    from xiaoneng.packs.complaint import PackError

    try:
        yield
    except (LawError, PackError, FileNotFoundError) as error:
        raise click.UsageError(str(error)) from error


def _library() -> Library:
    from xiaoneng.packs.instruments import load_library
    from xiaoneng.packs.locate import packs_folder

    return load_library(packs_folder())


@click.group()
def law() -> None:
    """法律依据：目录、条文、全文 (legal bases)."""


@law.command(name="list")
def list_() -> None:
    """列出全部法律文件 (every instrument known)."""
    with _spoken():
        instruments = _library().instruments
    for name, instrument in sorted(instruments.items()):
        until = f" 至 {instrument.in_force_until} 废止" if instrument.in_force_until else ""
        places = len({article.key for article in instrument.articles})
        head = f"{name} 《{instrument.title_zh}》 {LEVELS[instrument.level]}"
        click.echo(f"{head}，{instrument.in_force_from} 起施行{until}，条目 {places}")


@law.command()
@click.argument("citation")
@click.option("--on", callback=_day, help="哪一天的法律，默认今天 the law of which day (default today)")
def show(*, citation: str, on: dt.date) -> None:
    """显示一条依据在某日的要求，有全文的附全文 (what a citation asks on a day)."""
    from xiaoneng.law.citation import Citation
    from xiaoneng.law.fulltext import load

    with _spoken():
        library = _library()
        cited = Citation.parse(citation)
        article = library.article(cited, on=on)
        click.echo(f"{library.text(cited)} ({cited})")
        click.echo(f"  {article.asks_zh}")
        click.echo(f"  {article.asks_en}".rstrip())
        full = load(texts_file()).article(library.instrument(cited.instrument), cited.article)
    if full is not None:
        click.echo("全文 full text（以官方公布为准 the official text prevails）:")
        for line in full.split("\n"):
            click.echo(f"  {line}")


@law.command(name="import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def import_(*, folder: Path) -> None:
    """导入 FOLDER 中的法律全文 (.md)，存于本机，不进仓库 (take in full texts)."""
    from xiaoneng.law.fulltext import import_texts, plain_title, save

    with _spoken():
        texts = import_texts(folder)
        instruments = _library().instruments.values()
        save(texts, texts_file())
    matched = [one for one in instruments if plain_title(one.title_zh) in texts.by_title]
    articles = sum(map(len, texts.by_title.values()))
    click.echo(f"已导入 {len(texts.by_title)} 部、{articles} 条 → {texts_file()}")
    click.echo(f"与目录对应 {len(matched)} 部 (instruments matched)")
