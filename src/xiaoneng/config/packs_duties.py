"""`packs duties`: what is due in a year though nobody asks for it."""

from __future__ import annotations

import datetime as dt
import json

import click


@click.command()
@click.option("--year", type=click.IntRange(1990, 2100), required=True, help="年份 the year")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON (print JSON)")
def duties(*, year: int, as_json: bool) -> None:
    """列出一年内依法应当主动履行的职责：何时开始、何时到期 (duties of a year: when each opens and is due)."""
    from xiaoneng.config.packs_show import open_here, title
    from xiaoneng.packs.occurrences import occurrences

    packs = open_here()
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    found = [one for versions in packs.procedures.values() for one in occurrences(versions, first, last)]
    found.sort(key=lambda one: (one.opens_on, one.due_on, one.procedure))
    if as_json:
        listed = [
            {
                "procedure": one.procedure,
                "duty": one.schedule.id,
                "name": one.schedule.name.zh,
                "opens_on": one.opens_on.isoformat(),
                "due_on": one.due_on.isoformat(),
                "each": one.schedule.each,
                "cite": list(one.schedule.cite),
            }
            for one in found
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for one in found:
        basis = "、".join(title(cite, packs).zh for cite in one.schedule.cite)
        click.echo(f"{one.opens_on} → {one.due_on}  {one.schedule.name}  {one.procedure}  {basis}")
    if not found:
        click.echo(f"{year} 年没有主动履行的职责 (no duty is due in {year})")
