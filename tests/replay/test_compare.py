"""Two readings of the receipt log: the table of docs/developer/packs-notes.md is what comes out."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.comparisons import load_comparison
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.mappings import load_mapping
from xiaoneng.replay.compare import disagreement
from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.judge import judge_log

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)


def test_the_notes_say_what_the_comparison_finds(data: Path, root: Path) -> None:
    packs = open_packs(root / "packs")
    nl = root / "packs" / "nl"
    comparison = load_comparison(nl / "_comparisons" / "receipt.yaml")
    log = read_log(data / "logs" / "receipt.xes.gz", load_mapping(nl / "_mappings" / "receipt.yaml"))
    judged = [
        judge_log(log, packs.versions(name), {"nl": packs.calendar("nl")}, NOW)
        for name in (comparison.first, comparison.second)
    ]
    found = disagreement(log, comparison, *judged)
    lines = [(line.neither, line.second_only, line.first_only, line.both) for line in found.lines]
    notes = (root / "docs" / "developer" / "packs-notes.md").read_text(encoding="utf-8")
    assert [tuple(map(int, row[1:])) for row in ROW.findall(notes)] == lines
    assert (sum(map(sum, lines)), found.open_cases) == (1_329, 105)
    assert sum(line[2] + line[3] for line in lines) == 309


def test_groups_that_overlap_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(
        "comparison: c\nfirst: a\nsecond: b\nby: d\ngroups:\n  - {to: 5, zh: 短}\n  - {from: 5, zh: 长}\n",
        encoding="utf-8",
    )
    with pytest.raises(PackError, match=r"c.yaml:7: groups.1: overlaps the group before it"):
        load_comparison(file)
