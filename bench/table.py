"""The table: on the screen and in docs/developer/performance.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

from bench.packs import ROOT

if TYPE_CHECKING:
    from bench.measure import Row

PAGE = ROOT / "docs" / "developer" / "performance.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
HEAD = ("", "measured", "figure", "target", "", "ratio", "runs")
PROGRAMS = ("numba", "numpy", "pyarrow", "rustxes", "polars", "duckdb", "pm4py", "chinesecalendar")


def print_table(rows: list[Row], loads: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*HEAD, box=None, header_style="bold")
    for row in rows:
        table.add_row(*cells(row), style="bold red" if row.met is False else "")
    console = Console(width=None if os.isatty(1) else 220)
    console.print(table)
    console.print(f"{machine()}; load average {loads}")
    console.print(versions())


def cells(row: Row) -> tuple[str, ...]:
    met = {True: "✓", False: "missed", None: ""}[row.met]
    return row.part, row.what, row.figure, row.target, met, row.ratio, str(row.runs)


def write_table(rows: list[Row], loads: str, page: Path = PAGE) -> None:
    """Put the table between the markers of a page; parts that were not measured keep their rows."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = ["| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD)]
    measured = {row.part for row in rows}
    kept = [line for line in rest.partition(END)[0].splitlines() if line[3:5] == " |"]
    kept = [line for line in kept if line[2:3].isalpha() and line[2] not in measured]
    lines += sorted([*kept, *("| " + " | ".join(cells(row)) + " |" for row in rows)], key=lambda line: line[2])
    again = (
        f" Measured last: parts {', '.join(sorted(measured))}; the others earlier, under other load." if kept else ""
    )
    note = f"{machine()}; load average {loads} (1, 5 and 15 minutes). {versions()}.{again}"
    page.write_text("\n".join([before + BEGIN, "", *lines, "", note, "", END]) + after, encoding="utf-8")


def machine() -> str:
    """What ran it."""
    model = ""
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else ""
    return f"{model or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def versions() -> str:
    """Versions of what was measured beside ours."""
    found = []
    for name in PROGRAMS:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name} not installed")
    return ", ".join(found)
