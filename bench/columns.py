"""Rules over columns: plain rules beside other programs, conditioned rules, and the whole licensing procedure."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import bench.peers as others
from bench.government import NOW, government_log
from bench.measure import Row, rate, timed
from bench.packs import (
    FINES_NOW,
    PLAIN_RULES,
    XES,
    copies,
    fines_log,
    fines_procedure,
    judge,
    licensing,
    mega,
    packs,
    present_of,
    reports,
    violated,
)
from xiaoneng.replay.columns import encode_log
from xiaoneng.supervise.build import program_of

if TYPE_CHECKING:
    from bench.sizes import Sizes


def plain_rules(sizes: Sizes) -> list[Row]:
    """Twenty plain rules on the fines log, and the same rules in other programs."""
    if not XES.exists():
        return [Row("a", "20 plain rules, fines log", "no log: set XIAONENG_DATA")]
    procedure, calendar = fines_procedure(PLAIN_RULES), packs().calendar("it")
    log = fines_log()
    big = copies(log, sizes.copies)
    program, now = program_of(procedure), present_of(procedure, calendar, FINES_NOW)
    encoded = encode_log(big, program, calendar)
    ours = timed(lambda: judge(program, encoded, calendar, now, complete=True), sizes.runs)
    counts = violated(procedure, judge(program, encoded, calendar, now, complete=True))
    speed = len(big) / ours.cpu
    what = f"20 plain rules, fines log × {sizes.copies} ({mega(len(big))}, {len(big.cases):,} cases)"
    rows = [Row("a", what, rate(len(big), ours), "≥ 50 M events/s", speed >= 50e6, runs=ours.runs)]
    rules = others.sides(procedure, big)
    columns = others.frame(big)
    for name, call in (("polars", others.with_polars), ("duckdb", others.with_duckdb)):
        if importlib.util.find_spec(name) is None:
            rows.append(Row("a", f"{name}, the same", "not installed here: make bench installs it"))
            continue
        same(name, counts, call(columns, rules))
        theirs = timed(lambda call=call: call(columns, rules), sizes.peer_runs, 0)  # type: ignore[misc]
        ratio = f"ours {theirs.cpu / ours.cpu:.0f} × (CPU)"
        rows.append(Row("a", f"{name} 1 thread, the same", rate(len(big), theirs), ratio=ratio, runs=theirs.runs))
    rows.append(with_pm4py(sizes, speed, counts))
    return rows


def with_pm4py(sizes: Sizes, speed: float, counts: dict[str, int]) -> Row:
    """The same rules by pm4py, on the log once unless asked for in full."""
    if importlib.util.find_spec("pm4py") is None:
        return Row("a", "pm4py conformance_declare", "not installed here: make bench installs it")
    times = sizes.copies if sizes.full else 1
    log = copies(fines_log(), times)
    data, rules = others.pm4py_frame(log), others.sides(fines_procedure(PLAIN_RULES), log)
    found: dict[str, int] = {}
    theirs = timed(lambda: found.update(others.with_pm4py(data, rules, log.kinds)), 1, 0)
    same("pm4py", counts, {rule: count * sizes.copies // times for rule, count in found.items()})
    ratio = f"ours {speed * theirs.cpu / len(log):,.0f} × (CPU, per event)"
    met = speed * theirs.cpu / len(log) >= 400
    what = f"pm4py conformance_declare, log × {times} ({mega(len(log))})"
    return Row("a", what, rate(len(log), theirs), "ours ≥ 400 ×", met, ratio=ratio)


def same(name: str, ours: dict[str, int], theirs: dict[str, int]) -> None:
    """Assert that both count the same violated cases for every rule."""
    differ = {rule: (ours[rule], count) for rule, count in theirs.items() if ours[rule] != count}
    if differ or len(theirs) != PLAIN_RULES:
        raise AssertionError(f"{name} counts other cases (ours, theirs): {differ}, {len(theirs)} rules")


def conditioned_rules(sizes: Sizes) -> list[Row]:
    """All rules of the fines procedure, those with data and elapsed time included."""
    if not XES.exists():
        return [Row("b", "25 rules, fines log", "no log: set XIAONENG_DATA")]
    procedure, calendar = fines_procedure(), packs().calendar("it")
    log = copies(fines_log(), sizes.copies)
    program, now = program_of(procedure), present_of(procedure, calendar, FINES_NOW)
    encoding = timed(lambda: encode_log(log, program, calendar), 3)
    encoded = encode_log(log, program, calendar)
    ours = timed(lambda: judge(program, encoded, calendar, now, complete=True), sizes.runs)
    found = reports(judge(program, encoded, calendar, now, complete=True))
    what = f"25 rules (5 with data and elapsed time), fines log × {sizes.copies}; {found:,} findings"
    return [
        Row("b", what, rate(len(log), ours), runs=ours.runs),
        Row("b", "its encoding (kinds, conditions) to columns", rate(len(log), encoding), runs=3),
    ]


def whole_procedure(sizes: Sizes) -> list[Row]:
    """The licensing procedure on a made-up government log."""
    procedure, calendar = licensing(), packs().calendar("cn")
    log = government_log(sizes.events, calendar)
    program, now = program_of(procedure), present_of(procedure, calendar, NOW)
    encoding = timed(lambda: encode_log(log, program, calendar), 3)
    encoded = encode_log(log, program, calendar)
    ours = timed(lambda: judge(program, encoded, calendar, now, complete=False), sizes.runs)
    found = reports(judge(program, encoded, calendar, now, complete=False))
    what = (
        f"cn.licensing whole ({len(program.provisions)} rules and clocks), made-up log "
        f"({mega(len(log))}, {len(log.cases):,} cases); {found:,} findings"
    )
    return [
        Row("c", what, rate(len(log), ours), "≥ 15 M events/s", len(log) / ours.cpu >= 15e6, runs=ours.runs),
        Row("c", "its encoding (conditions, slots) to columns", rate(len(log), encoding), runs=3),
    ]
