"""The public logs, read by the mappings that are shipped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from xiaoneng.packs.mappings import load_mapping
from xiaoneng.replay.intake.door import read_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log


@pytest.fixture(scope="module")
def receipt(data: Path, root: Path) -> Log:
    path = data / "logs" / "receipt.xes.gz"
    return read_log(path, load_mapping(root / "packs/nl/_mappings/receipt.yaml"))


def test_the_receipt_log_has_its_events_and_those_of_its_cases(receipt: Log) -> None:
    assert (len(receipt.cases), len(receipt)) == (1434, 8577 + 1434 + 1329)
    assert (receipt.number > 0).sum() == 8577
    assert receipt.rejected_counts == {}
    assert len(receipt.kinds) == 29
    assert receipt.complete


def test_a_case_without_an_end_is_not_given_the_default_of_1970(receipt: Log) -> None:
    assert receipt.day.min() > date(2010, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
    assert "completed" not in [event.kind for event in receipt.events(receipt.find("case-10011"))]


def test_309_cases_end_late_by_local_date_and_not_358_as_in_utc(receipt: Log) -> None:
    completed = np.flatnonzero(receipt.kind == receipt.kinds.index("completed"))
    received = np.flatnonzero(receipt.kind == receipt.kinds.index("application_received"))
    assert len(completed) == 1329
    case_of = np.searchsorted(receipt.offsets, completed, side="right") - 1
    deadline = np.asarray(receipt.data["deadline"].take(received).view("int32"))
    assert (receipt.day[completed] > deadline[case_of]).sum() == 309


def test_case_events_stand_in_judging_order(receipt: Log) -> None:
    inside = np.ones(len(receipt), dtype=bool)
    inside[receipt.offsets[:-1]] = False
    assert (np.diff(receipt.at, prepend=0)[inside] >= 0).all()


def test_the_fines_log_is_read_whole_with_its_ties(data: Path, root: Path) -> None:
    mapping = load_mapping(root / "packs/it/_mappings/traffic-fine.yaml")
    log = read_log(data / "logs" / "Road_Traffic_Fine_Management_Process.xes.gz", mapping)
    assert (len(log.cases), len(log), int(log.tied.sum())) == (150_370, 561_470, 12_018)
    assert set(log.kinds) == set(mapping.activities.values())
    assert log.rejected == ()
    first = log.events(log.find("A1"))
    assert [(event.kind, event.occurred.strftime("%Y-%m-%d %H:%M")) for event in first] == [
        ("create_fine", "2006-07-24 00:00"),
        ("send_fine", "2006-12-05 00:00"),
    ]
    assert first[0].data["amount"] == 35.0
    creations = log.kind == log.kinds.index("create_fine")
    amounts = np.asarray(log.data["amount"].fill_null(0))
    assert ((amounts > 30) & creations).sum() == 135_855


def test_the_declarations_log_is_read_whole(data: Path, mapping: Callable[..., Any]) -> None:
    plan = mapping(zone="Europe/Amsterdam", id="id", others="slug", data={"amount": "(case)_Amount"})
    log = read_log(data / "logs" / "bpic2020_DomesticDeclarations.xes.gz", plan, types={"amount": "amount"})
    assert (len(log.cases), len(log), len(log.kinds)) == (10_357, 55_628, 14)
    assert log.data["amount"].type == "double"
    assert log.data["amount"].null_count == 0
