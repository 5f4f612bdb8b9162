"""Of several entries of one register the first is judged, online and in a journal that is read as a log."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.journal.chain import chain
from xiaoneng.journal.event import Event, Reliance
from xiaoneng.journal.jsonl import write_journal
from xiaoneng.replay.intake.door import read_log

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_entry_of_a_register_is_the_one_that_is_read(tmp_path: Path) -> None:
    at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    officers = (
        Reliance("officer", "a1", "1", {"name": "甲"}, dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
        Reliance("officer", "b2", "1", {"name": "乙"}, dt.date(2020, 1, 1), dt.date(2021, 1, 1)),
    )
    path = tmp_path / "facts.jsonl.gz"
    write_journal(path, chain([Event("e1", "case", "investigated", at, at, 1, relied_on=officers)]))
    log = read_log(path, zone="Asia/Shanghai")
    (event,) = log.events(0)
    (entry,) = event.relied_on
    assert (entry.key, entry.valid_until) == ("a1", dt.date(2030, 1, 1))
