"""What the demonstration prints: the city in a few lines, and what to try next."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from xiaoneng.ui import formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from xiaoneng.demo.city import City
    from xiaoneng.ui.section import ReportPart

WORST = 5
MANY = 20
"""An agency with fewer cases is not ranked: chance would rank it."""
BROKEN = 6
SOON = 6


def print_demo(console: Console, city: City, parts: Sequence[ReportPart], files: Mapping[str, Path]) -> None:
    """Print everything, Chinese first."""
    until = city.until
    console.print(
        f"[bold]安澜市[/] Anlan · 虚构的城市 an invented city\n截至 as of {formats.day(until)}", highlight=False
    )
    console.print()
    console.print(_procedures(parts))
    console.print()
    console.print(_agencies(parts))
    console.print()
    console.print(_rules(parts))
    console.print()
    console.print(_soon(parts))
    console.print()
    for name, path in files.items():
        console.print(f"[bold]{name}[/]  {escape(str(path))}", soft_wrap=True)
    console.print()
    _next(console, city, parts, files)


def _procedures(parts: Sequence[ReportPart]) -> Table:
    table = _table(
        "程序 procedure", "办件 cases", "事实 facts", "有违反 violated", "红 red", "黄 yellow", "预警 soon due"
    )
    for part in parts:
        s = part.summary
        levels: Counter[str] = Counter()
        for (kind, level), number in s.levels.items():
            levels[f"{kind} {level}"] += number
        table.add_row(
            part.judged.parts[-1].procedure.name.zh if part.judged.parts else "—",
            formats.count(s.cases),
            formats.count(s.events),
            f"{formats.count(s.violated_cases)} ({formats.share(s.violated_cases / max(s.judged_cases, 1))})",
            f"[red]{formats.count(levels['breach red'])}[/]",
            f"[yellow]{formats.count(levels['breach yellow'])}[/]",
            f"[blue]{formats.count(s.warnings)}[/]",
        )
    return table


def _agencies(parts: Sequence[ReportPart]) -> Table:
    cases: Counter[str] = Counter()
    violated: Counter[str] = Counter()
    breaches: Counter[str] = Counter()
    for part in parts:
        for line in part.summary.agencies:
            cases[line.agency] += line.cases
            violated[line.agency] += line.violated_cases
            breaches[line.agency] += line.breaches
    ranked = sorted((name for name in cases if cases[name] >= MANY), key=lambda name: -violated[name] / cases[name])
    table = _table("机关 agency", "办件 cases", "有违反 violated", "违反 breaches")
    for name in [*ranked[:WORST], *ranked[-1:]] if len(ranked) > WORST else ranked:
        share = violated[name] / cases[name]
        style = "green" if name == ranked[-1] else ""
        table.add_row(
            name, formats.count(cases[name]), formats.share(share), formats.count(breaches[name]), style=style
        )
    return table


def _rules(parts: Sequence[ReportPart]) -> Table:
    table = _table("规则 rule", "违反 breaches", "适用 applied", "按时 on time")
    lines = [line for part in parts for line in part.summary.rules]
    for line in sorted(lines, key=lambda one: -one.count.breaches)[:BROKEN]:
        provision = line.provision
        thing = provision.rule.says if provision.rule is not None else provision.clock.name if provision.clock else None
        mark = " · 承诺" if provision.promise else " · 延期" if provision.extension else ""
        table.add_row(
            f"{escape(thing.zh.rstrip('。') if thing else '')}{mark} [dim]{provision.id}[/]",
            formats.count(line.count.breaches),
            formats.count(line.count.activations),
            formats.share(line.on_time),
        )
    return table


def _soon(parts: Sequence[ReportPart]) -> Table:
    table = _table("即将到期 soon", "届满 due", "机关 agency", right=False)
    coming = sorted((one for part in parts for one in part.summary.coming), key=lambda one: str(one.finding.due))
    for one in coming[:SOON]:
        name = one.finding.provision.clock.name.zh if one.finding.provision.clock else one.finding.rule
        table.add_row(f"{one.finding.subject} {name}", formats.day(one.finding.due), one.agency)
    if len(coming) > SOON:
        table.add_row(f"[dim]另有 {len(coming) - SOON} 项 more[/]", "", "")
    return table


def _next(console: Console, city: City, parts: Sequence[ReportPart], files: Mapping[str, Path]) -> None:
    folder = next(iter(files.values())).parent
    part = next((part for part in parts if part.summary.worst), None)
    if part is None:
        return
    procedure, case = part.judged.parts[-1].procedure.id, part.summary.worst[0].case
    log, now = folder / f"{procedure}.jsonl.gz", f"{city.until:%Y-%m-%dT%H:%M}"
    console.print("[bold]接着试试 try next[/]")
    called = _called()
    for words in (
        f"{called} explain {log} --procedure {procedure} --case {case} --now {now}",
        f"{called} replay {log} --procedure {procedure} --now {now}",
        f"{called} packs show {procedure}",
        f"{called} journal verify {folder / 'journal.jsonl.gz'}",
    ):
        console.print(f"  {escape(words)}", soft_wrap=True, highlight=False)


def _called() -> str:
    """How this program was called, so that the next call can be copied: its path from here, where it has one."""
    path = Path(sys.argv[0])
    if path.name != "xiaoneng" or not path.is_file():
        return "xiaoneng"
    here = Path.cwd()
    return str(path.absolute().relative_to(here)) if path.absolute().is_relative_to(here) else path.name


def _table(first: str, *rest: str, right: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(first.replace(" ", "\n", 1), overflow="fold")
    for name in rest:
        table.add_column(name.replace(" ", "\n", 1), justify="right" if right else "left", no_wrap=True)
    return table
