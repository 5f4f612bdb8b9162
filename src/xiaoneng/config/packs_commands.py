"""Commands about packs: check what a lawyer has written, show it, compare it."""

from __future__ import annotations

import click

from xiaoneng.config.packs_check import check
from xiaoneng.config.packs_diff import diff
from xiaoneng.config.packs_duties import duties
from xiaoneng.config.packs_new import new
from xiaoneng.config.packs_show import show
from xiaoneng.config.packs_try import try_


@click.group()
def packs() -> None:
    """规则包：检查、展示、比较 (law as data: check, show, compare)."""


packs.add_command(check)
packs.add_command(show)
packs.add_command(diff)
packs.add_command(duties)
packs.add_command(new)
packs.add_command(try_)
