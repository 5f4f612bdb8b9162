"""Commands about packs: check what a lawyer has written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from xiaoneng.packs.checkup import Checkup


@click.group()
def packs() -> None:
    """规则包 law as data: check it."""


@packs.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """检查 FOLDER 下的全部规则包 check every pack below FOLDER (default: all packs)."""
    found = examine(folder)
    for complaint in found.complaints:
        click.echo(str(complaint))
    click.echo(", ".join(f"{count} {thing}" for thing, count in found.counts.items()))
    if found.complaints:
        click.echo(f"{len(found.complaints)} 处错误 complaints", err=True)
        raise click.exceptions.Exit(1)


def examine(folder: Path | None) -> Checkup:
    """Look through the packs below a folder; a folder outside the packs is a folder of packs of its own."""
    from xiaoneng.packs.checkup import check_up
    from xiaoneng.packs.folder import open_packs

    root = packs_root(folder)
    return check_up(open_packs(root), folder.resolve() if folder else root)


def packs_root(folder: Path | None) -> Path:
    """Folder from which procedure ids are counted: that of the packs in use, if `folder` lies in it."""
    from xiaoneng.packs.locate import packs_folder

    if folder is None:
        return packs_folder().resolve()
    below = folder.resolve()
    try:
        root = packs_folder().resolve()
    except FileNotFoundError:
        return below
    return root if below.is_relative_to(root) else below
