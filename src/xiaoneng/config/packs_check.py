"""`packs check`: read every pack, judge its case files, prove it, and see that it narrows what it says it narrows."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaoneng.packs.checkup import Checkup
    from xiaoneng.packs.complaint import Complaint
    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.model import Procedure


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--quick", is_flag=True, help="不做证明 leave the proofs out")
def check(*, folder: Path | None, quick: bool) -> None:
    """检查 FOLDER 下的全部规则包：格式、案例、证明 (read, judge and prove every pack below FOLDER; default: all)."""
    from rich.console import Console
    from rich.progress import Progress

    from xiaoneng.packs.checkup import check_up
    from xiaoneng.packs.folder import open_packs

    started = perf_counter()
    root = packs_root(folder)
    packs = open_packs(root)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        reading = progress.add_task("读取 reading", total=None)
        found = check_up(packs, folder.resolve() if folder else root)
        progress.remove_task(reading)
        versions = [version for group in found.procedures.values() for version in group]
        task = progress.add_task("检查 checking", total=len(versions))
        told: list[str] = []
        for version in versions:
            progress.update(task, description=f"{version.id}@{version.in_force_from}")
            told += _examine(version, packs, found, quick=quick)
            progress.advance(task)
    for complaint in found.complaints:
        click.echo(str(complaint))
    for line in told:
        click.echo(line)
    click.echo(", ".join(f"{count} {thing}" for thing, count in found.counts.items()))
    click.echo(f"用时 took {perf_counter() - started:.1f} s", err=True)
    if found.complaints:
        click.echo(f"{len(found.complaints)} 处错误 complaints", err=True)
        raise click.exceptions.Exit(1)


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


def _examine(version: Procedure, packs: Packs, found: Checkup, *, quick: bool) -> Iterator[str]:
    """Try one version: what is wrong goes to the complaints, what is worth knowing is given as lines."""
    before = len(found.complaints)
    parts = [_cases(version, packs, found)]
    if version.notices:
        parts.append(_papers(version, packs, found))
    notes: list[str] = []
    if not quick:
        parts += _proofs(version, packs, found, notes.append)
    if version.narrows:
        parts.append(_narrowing(version, packs, found))
    wrong = len(found.complaints) - before
    parts += [f"{wrong} 处错误 complaints"] if wrong else []
    yield f"{version.id}@{version.in_force_from}: {', '.join(parts)}"
    yield from notes


def _note(found: Checkup, complaints: tuple[Complaint, ...]) -> None:
    found.complaints += [one for one in complaints if one not in found.complaints]


def _cases(version: Procedure, packs: Packs, found: Checkup) -> str:
    from xiaoneng.replay.trial import run_case

    cases = found.cases[version.file]
    calendar = found.attempt(lambda: packs.calendar(version.calendar))
    if calendar is None:
        return f"{len(cases)} 个案例未判 case files not judged"
    for case in cases:
        _note(found, run_case(case, calendar))
    return f"{len(cases)} 个案例 case files"


def _papers(version: Procedure, packs: Packs, found: Checkup) -> str:
    from xiaoneng.notices.paper import Press
    from xiaoneng.notices.trial import try_papers

    calendar = found.attempt(lambda: packs.calendar(version.calendar))
    if calendar is not None:
        press = Press(packs.root, packs.instruments, packs.places.of(version.id).acts or {})
        _note(found, try_papers(version, found.cases[version.file], press, calendar))
    return f"{len(version.notices)} 种文书 notices"


def _proofs(version: Procedure, packs: Packs, found: Checkup, note: Callable[[str], None]) -> list[str]:
    from xiaoneng.packs.document import read
    from xiaoneng.packs.proof_complaints import conceded, place, proof_complaints, wrong
    from xiaoneng.packs.prove import Verdict, prove

    proofs = prove(version)
    document = read(packs.root / version.file, shown_as=version.file)
    _note(found, proof_complaints(version, proofs, document))
    granted = conceded(version, proofs)
    for proof in proofs:
        warns = proof.is_warning and proof.verdict is Verdict.REFUTED
        if proof in granted:
            line = document.line(("concedes", proof.claim))
            note(f"{document.file}:{line}: 让步 conceded: {wrong(proof)}: {version.concedes[proof.claim]}")
        elif warns or proof.verdict is Verdict.NOT_PROVED:
            mark = "注意 warning" if warns else "未证明 not proved"
            where = place(proof, version)
            note(f"{document.file}:{document.line(where)}: {'.'.join(map(str, where))}: {mark}: {wrong(proof)}")
    proved = sum(proof.verdict is Verdict.PROVED for proof in proofs)
    open_ = sum(proof.verdict is Verdict.NOT_PROVED for proof in proofs)
    said = [f"{proved} 项已证 proved"]
    said += [f"{open_} 项未证 not proved"] if open_ else []
    return said + ([f"{len(granted)} 项让步 conceded"] if granted else [])


def _narrowing(version: Procedure, packs: Packs, found: Checkup) -> str:
    from xiaoneng.packs.narrow import narrows_versions

    national = found.attempt(lambda: packs.versions(version.narrows))
    calendar = found.attempt(lambda: packs.calendar(version.calendar))
    if national is None or calendar is None:
        return f"未与比较 not compared with {version.narrows}"
    complaints = narrows_versions(version, national, (calendar,))
    _note(found, complaints)
    return f"{'未收紧' if complaints else '收紧'} {'does not narrow' if complaints else 'narrows'} {version.narrows}"
