"""From an archive of Parquet files to findings, in a process of its own: time and memory."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import Row, peak
from bench.packs import FINES_NOW, XES, copies, fines_log, fines_procedure, licensing, mega, packs, reports
from bench.process import child

if TYPE_CHECKING:
    from bench.sizes import Sizes
    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.judge import LogJudgement

PARTS = ("reading", "judging", "writing")


def from_parquet(sizes: Sizes) -> list[Row]:
    """Write archives here, then read and judge them in new processes (each once to fill caches, and then timed)."""
    from bench.government import government_log
    from xiaoneng.replay.archive import write_archive

    rows = []
    with tempfile.TemporaryDirectory() as folder:
        made = [
            ("cn.licensing", Path(folder, "licensing"), lambda: government_log(sizes.events, packs().calendar("cn")))
        ]
        if XES.exists():
            made.append(("it.traffic-fine", Path(folder, "fines"), lambda: copies(fines_log(), sizes.copies)))
        for name, place, make in made:
            write_archive(make(), place)
            rows += [_row(name, place, sizes), *_exported(name, place, sizes)]
    return rows


def _row(name: str, place: Path, sizes: Sizes) -> Row:
    told = [child("archive", name, str(place)) for _ in range(min(3, sizes.runs) + 1)][1:]
    best = sorted(told, key=lambda one: one["wall"])[len(told) // 2]
    parts = ", ".join(f"{part} {best['parts'][part]['cpu']:.2f}" for part in PARTS)
    what = (
        f"archive to findings in memory, {name} ({mega(best['events'])}, {best['findings']:,} findings); CPU s: {parts}"
    )
    figure = f"{best['wall']:.2f} s wall, {best['cpu']:.2f} s CPU (of it {best['system']:.2f} s system), {best['rss']:.1f} GiB"
    met = best["wall"] <= 2 and best["rss"] <= 2
    return Row("e", what, figure, "≤ 2 s, ≤ 2 GB", met, runs=len(told))


def _exported(name: str, place: Path, sizes: Sizes) -> list[Row]:
    """The same files by the general door, which checks and orders them; on one part of the archive only."""
    if name != "cn.licensing":
        return []
    one = child("door", name, str(place / "part-00000.parquet"))
    figure = f"{one['wall']:.2f} s wall, {one['cpu']:.2f} s CPU, {one['rss']:.1f} GiB"
    what = f"its first file read by read_log, checked and ordered ({mega(one['events'])})"
    return [Row("e", what, figure, ratio="" if sizes.full else "scaled: one file", runs=1)]


def read_and_judge(name: str, place: str) -> dict[str, Any]:
    """What the child does: read, judge, keep the findings as columns, and write them."""
    from bench.government import NOW
    from xiaoneng.replay.archive import read_archive
    from xiaoneng.replay.judge import judge_log
    from xiaoneng.replay.kernel import kernel
    from xiaoneng.supervise.build import program_of

    procedure, calendar, instant = _subject(name, NOW)
    program_of(procedure)
    kernel()
    taken: dict[str, dict[str, float]] = {}

    def part(label: str, call: Any) -> Any:
        before, wall = os.times(), time.perf_counter()
        result = call()
        wall, after = time.perf_counter() - wall, os.times()
        user, system = after.user - before.user, after.system - before.system
        taken[label] = {"cpu": user + system, "system": system, "wall": wall}
        return result

    log: Log = part("reading", lambda: read_archive(Path(place)))
    calendars = {procedure.calendar: calendar}
    judged = part("judging", lambda: judge_log(log, [procedure], calendars, instant, compiled=True))
    told = {key: sum(one[key] for one in taken.values()) for key in ("cpu", "wall", "system")}
    memory = peak()
    target = Path(place).parent / f"findings-{name}.parquet"
    part("writing", lambda: _write(target, judged))
    return {
        **told,
        "parts": taken,
        "rss": memory,
        "events": len(log),
        "findings": sum(reports(one.rows) for one in judged.parts),
    }


def _subject(name: str, instant: Any) -> tuple[Procedure, Any, Any]:
    if name == "cn.licensing":
        return licensing(), packs().calendar("cn"), instant
    return fines_procedure(20), packs().calendar("it"), FINES_NOW


def _write(path: Path, judged: LogJudgement) -> None:
    """Findings as columns: case, rule, positions of the events, due moment, and whether their order is unknown."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for one in judged.parts:
        rows, told = one.rows, one.reports
        ids = pa.array([provision.id for provision in one.program.provisions])
        columns = {
            "case": one.log.cases.take(pa.array(rows.case[told])),
            "rule": pa.DictionaryArray.from_arrays(pa.array(rows.code[told]), ids),
            "what": pa.array(rows.what[told]),
            "event": pa.array(rows.event[told]),
            "cause": pa.array(rows.cause[told]),
            "due": pa.array(rows.due[told]),
            "order_unknown": pa.array(one.order_unknown[told]),
        }
        tables.append(pa.table(columns))
    pq.write_table(pa.concat_tables(tables), path, compression="lz4")


def read_by_door(name: str, place: str) -> dict[str, Any]:
    """What the child does to read one file of an archive as any Parquet log."""
    from xiaoneng.replay.intake.door import read_log

    procedure = _subject(name, None)[0]
    cpu, wall = time.process_time(), time.perf_counter()
    log = read_log(Path(place), zone=procedure.zone)
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "rss": peak(),
        "events": len(log),
    }
