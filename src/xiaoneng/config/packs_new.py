"""`packs new`: a family that already passes `packs check`, but for what only a lawyer can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

KINDS = [str(LimitKind.WORKING_DAYS), str(LimitKind.CALENDAR_DAYS)]


@click.command()
@click.argument("family")
@click.option("--zh", prompt="中文名称 Chinese name", help="中文名称 Chinese name")
@click.option("--en", prompt="英文名称 English name", help="英文名称 English name")
@click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-01-01",
    show_default=True,
    help="施行日期 in force from",
)
@click.option(
    "--days", type=click.IntRange(0, 1000), prompt="多少日内作出决定 days to decide", help="期限 days to decide"
)
@click.option(
    "--kind", type=click.Choice(KINDS), prompt="工作日还是自然日 kind of day", help="哪种日 kind of day; no default"
)
@click.option("--cite", default="", help="依据的条文 the article, as cn-administrative-licensing-law#42(p1)")
def new(*, family: str, zh: str, en: str, since: dt.datetime, days: int, kind: str, cite: str) -> None:
    """新建规则包 FAMILY（如 cn.tobacco-permit），除法律依据外已经完整 (a new pack, whole but for its articles)."""
    from xiaoneng.packs.folder import open_packs
    from xiaoneng.packs.locate import packs_folder
    from xiaoneng.packs.scaffolding import Answers, scaffold

    root = packs_folder().resolve()
    packs = open_packs(root)
    answers = Answers(family, zh, en, since.date(), days, LimitKind(kind), cite)
    files = scaffold(answers, packs.calendar("cn"), root)
    folder = root.joinpath(*family.split("."))
    for name, text in files.items():
        _write(folder / name, text)
    for name in files:
        click.echo(f"  {folder.relative_to(root) / name}")
    open_ = "" if cite else "；依据的条文（cite）留待填写 (the articles are left for you to fill in)"
    click.echo(f"已建立 {family}{open_}")
    click.echo(f"接着 next: xiaoneng packs check {folder} · xiaoneng packs try {family}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
