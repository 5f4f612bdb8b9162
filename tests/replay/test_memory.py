"""The compiled kernel is given memory beforehand; these cases need the most. Each runs apart: too little ends the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from tests.replay.logs import log_of
from tests.supervise.bench import at, calendar, clock, ground, history, law, wd
from xiaoneng.packs.model import Lapse
from xiaoneng.replay.judge import judge_log

{made}
plain, compiled = (
    judge_log(log, [procedure], {{"cn": calendar()}}, at("12-31"), compiled=speed).parts[0].rows for speed in (False, True)
)
assert len(plain) == len(compiled), (len(plain), len(compiled))
print(len(plain))
"""
SILENCE = """
levels = range({levels})
clocks = [
    clock(wd(1), f"z{{i}}", "b", id=f"k{{i}}{{one}}", on_lapse=Lapse(f"z{{i + 1}}", from_start=False))
    for i in levels
    for one in "xy"
]
procedure = law(*clocks, kinds=" ".join(f"z{{i}}" for i in range({levels} + 1)) + " b", opens="z0")
log = log_of({{"case": history("03-02 z0")}})
"""
GROUNDS = """
grounds = [ground("a", "a", name=f"g{i}") for i in range(8)]
held = clock(wd(50), "b", "c", off_clock=tuple(one.id for one in grounds))
procedure = law(held, clock(wd(1), "d", "e", id="m", on_lapse=Lapse("b", from_start=True)), *grounds)
log = log_of({"case": history("; ".join(f"03-{2 + i // 50:02} a" for i in range(400)))})
"""


@pytest.mark.parametrize(
    ("made", "rows"),
    [
        (SILENCE.format(levels=3), 28),
        (SILENCE.format(levels=9), 2_044),  # each silence makes a fact that begins two more
        (GROUNDS, 0),  # each event closes and opens eight grounds of a clock that may start earlier
    ],
    ids=["silence", "silence that doubles nine times", "eight grounds at once"],
)
def test_there_is_room_for_every_fact_and_every_change(made: str, rows: int) -> None:
    script = SCRIPT.format(root=str(ROOT), made=made)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (ran.returncode, ran.stdout) == (0, f"{rows}\n"), ran.stderr[-500:]
