"""Make the demonstration city, judge it, and show what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import datetime as dt

    from rich.progress import Progress

    from xiaoneng.demo.city import City
    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.folder import Packs
    from xiaoneng.ui.section import ReportPart

FOLDER = Path("build/demo")
GOOD = "good"
"""Case files that are not retold: they stand at the edge of a limit, and nothing goes wrong in them."""
UNTIL = "2026-11-20"


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default=True,
    help="写到哪个文件夹 folder",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="换一个数,换一座城市 another number, another city",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default=UNTIL,
    show_default=True,
    help="城市的最后一天 the city's last day",
)
@click.option("--open/--no-open", "open_", default=False, help="在浏览器中打开报告 open the report in a browser")
def demo(*, out: Path, seed: int, until: dt.datetime, open_: bool) -> None:
    """造一座虚构的城市,依法逐件监督,写成报告 (a city, judged case by case, in a report)."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from xiaoneng.config.demo_summary import print_demo
    from xiaoneng.config.opening import opened_packs

    console = Console()
    packs = opened_packs()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        city, journals = _make(packs, out, until.date(), seed, progress)
        parts = [_judge(packs, city, name, path, progress) for name, path in journals.items()]
        progress.add_task("写报告 report", total=None)
        report = _report(packs, city, parts, out)
        findings = _findings(city, parts, out)
    print_demo(
        console, city, parts, {"报告 report": report, "发现 findings": findings, "事实 facts": out / "journal.jsonl.gz"}
    )
    if open_:
        click.launch(report.resolve().as_uri())


def _make(packs: Packs, out: Path, until: dt.date, seed: int, progress: Progress) -> tuple[City, dict[str, Path]]:
    from xiaoneng.demo.city import make_city
    from xiaoneng.demo.families import FAMILIES
    from xiaoneng.demo.write import write_city

    making = progress.add_task("造城市 making the city", total=None)
    procedures = {family.procedure: packs.procedure(family.procedure) for family in FAMILIES}
    calendar = packs.calendar(next(iter(procedures.values())).calendar)
    files = told_files(packs)
    procedures |= {name: packs.procedure(name) for name in files}
    city = make_city(procedures, calendar, until, files=files, seed=seed)
    progress.update(making, description="写日志 writing its journal")
    journals = write_city(out, city)
    progress.remove_task(making)
    return city, journals


def told_files(packs: Packs) -> dict[str, list[CaseFile]]:
    """Stories and bad case files of every national procedure whose cases are not made up one by one."""
    from xiaoneng.demo.families import FAMILIES
    from xiaoneng.packs.cases import case_paths, load_case

    made = {family.procedure for family in FAMILIES}
    place = next(iter(made)).partition(".")[0]
    files: dict[str, list[CaseFile]] = {}
    for name in packs.ids:
        if name not in made and name.rpartition(".")[0] == place:
            versions = packs.versions(name)
            paths = case_paths(packs.root.joinpath(*name.split(".")))
            read = (load_case(path, versions, packs.root) for path in paths if path.parent.name != GOOD)
            files[name] = [case for case in read if case.procedure == versions[-1]]
    return files


def _judge(packs: Packs, city: City, name: str, path: Path, progress: Progress) -> ReportPart:
    from xiaoneng.config.opening import opened_log
    from xiaoneng.replay.judge import judge_log
    from xiaoneng.ui.report import TOLD, part_of

    title = packs.procedure(name).name.zh
    task = progress.add_task(f"{title}:读取 reading", total=None)
    log, versions, calendars = opened_log(packs, path, name, "")
    progress.update(task, description=f"{title}:判断 judging", total=len(log))
    judged = judge_log(log, versions, calendars, city.until, progress=lambda n: progress.advance(task, n))
    progress.reset(task, description=f"{title}:说明 telling", total=TOLD)
    part = part_of(judged, city.until, progress=lambda n: progress.advance(task, n))
    progress.remove_task(task)
    return part


def _report(packs: Packs, city: City, parts: list[ReportPart], out: Path) -> Path:
    from xiaoneng.demo.agencies import CITY
    from xiaoneng.packs.words import Words
    from xiaoneng.ui.report import Heading, render

    heading = Heading(
        Words(f"{CITY} · 依法监督报告", "Anlan City: supervision report"),
        Words(
            "演示：城市、机关、人员与办件均为虚构。", "A demonstration: city, agencies, people and cases are invented."
        ),
    )
    path = out / "report.html"
    path.write_text(render(parts, packs.instruments, city.until, heading), encoding="utf-8")
    return path


def _findings(city: City, parts: list[ReportPart], out: Path) -> Path:
    import msgspec

    from xiaoneng.replay.outcome import head, told

    path = out / "findings.json"
    said = [head(part.judged, city.until) | {"findings": [one.record() for one in told(part.judged)]} for part in parts]
    path.write_bytes(msgspec.json.format(msgspec.json.encode(said), indent=1))
    return path
