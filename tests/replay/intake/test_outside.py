"""Cases beyond the calendar, and bounds of what is listed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.intake.outside import reject_outside
from xiaoneng.replay.intake.rejection import Sieve

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "case,kind,occurred,n\na,x,2026-03-02,1\nb,x,2006-12-31,2\nb,y,2026-03-03,3\nc,x,2027-01-01,4\nd,x,2026-12-31,5\n"
)


def test_a_case_with_one_event_outside_is_left_out_whole_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(TEXT)
    log = reject_outside(read_log(path, zone="Asia/Shanghai"), date(2007, 1, 1), date(2026, 12, 31))
    assert log.cases.to_pylist() == ["a", "d"]
    assert log.offsets.tolist() == [0, 1, 2]
    assert log.data["n"].to_pylist() == [1, 5]
    assert [(one.code, one.case, one.row) for one in log.rejected] == [
        ("outside_calendar", "b", 0),
        ("outside_calendar", "c", 0),
    ]
    assert log.rejected[0].reason == (
        "an event on 2006-12-31 is outside the calendar (2007-01-01 to 2026-12-31); the case is not judged"
    )
    assert log.rejected_counts == {"outside_calendar": 2}


def test_a_log_inside_the_calendar_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(TEXT)
    log = read_log(path, zone="Asia/Shanghai")
    assert reject_outside(log, date(2000, 1, 1), date(2030, 1, 1)) is log


def test_every_rejection_is_counted_but_only_some_are_listed() -> None:
    sieve = Sieve(listed=3)
    sieve.reject("no_case", np.arange(2), lambda _: ("", "empty"))
    sieve.reject("no_case", np.arange(2, 10), lambda _: ("", "empty"))
    assert (len(sieve.listed), sieve.counts) == (3, {"no_case": 10})
    assert [one.row for one in sieve.listed] == [1, 2, 3]
