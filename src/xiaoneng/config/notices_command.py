"""The papers of a case, and what its party was told."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--case", required=True, help="办件编号 id of the case")
@click.option("--procedure", default="", help="按哪个程序 which procedure, such as cn.licensing")
@click.option("--map", "map_", default="", help="映射文件或其编号 a mapping: its file, or its id")
@click.option("--now", "now_", default=None, help="截至何时,默认现在 as of which instant; now if left out")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="文书写到哪个文件夹 folder for the PDF files",
)
def notices(*, log: Path, case: str, procedure: str, map_: str, now_: str | None, out: Path | None) -> None:
    """一个办件的文书和告知:列出,或写成 PDF (the papers of one case and what its party was told)."""
    from xiaoneng.config.opening import opened_case, opened_packs
    from xiaoneng.notices.facts import as_event, facts_of
    from xiaoneng.notices.paper import Press, pdf
    from xiaoneng.notices.produced import produced
    from xiaoneng.notices.told import told
    from xiaoneng.supervise.explain import moment
    from xiaoneng.supervise.judge import supervise
    from xiaoneng.supervise.verdict import Deemed

    packs = opened_packs()
    opened = opened_case(packs, log, case, procedure, map_, now_)
    version, calendar = opened.procedure, opened.calendar
    sequence = supervise(version, opened.events, calendar, opened.now, complete=opened.complete).sequence
    for place, member in enumerate(sequence):
        known = [one for one in sequence[: place + 1] if not isinstance(one, Deemed)]
        words = told(facts_of(version, known, as_event(member, case), calendar))
        if words is not None:
            click.echo(f"{moment(member.occurred)}  {words.zh}")
    papers = list(produced(version, opened.events, calendar, opened.now))
    click.echo(f"文书 notices: {len(papers)}")
    press = Press(packs.root, packs.instruments, packs.places.of(version.id).acts or {})
    for number, (notice, facts) in enumerate(papers, 1):
        line = f"{facts.day()}  {notice.name}"
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            file = out / f"{number:02d}-{notice.id}.pdf"
            file.write_bytes(pdf(notice, facts, press))
            line += f" → {file}"
        click.echo(line)
