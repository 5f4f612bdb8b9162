"""Every case file that lies beside the law is judged by the kernel and must come out as it says."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.packs.cases import case_paths, load_case, local_day
from xiaoneng.packs.folder import Packs
from xiaoneng.packs.unproved import unproved
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    import datetime as dt

ROOT = Path(__file__).resolve().parents[2] / "packs"
FAMILIES = (
    "cn.licensing",
    "cn.license-renewal",
    "nl.wabo-receipt",
    "nl.wabo-receipt-statutory",
    "it.traffic-fine",
    "it.traffic-fine-law",
)
FILES = [(name, path) for name in FAMILIES for path in case_paths(ROOT.joinpath(*name.split(".")))]


@lru_cache(maxsize=1)
def packs() -> Packs:
    return Packs(ROOT)


@pytest.mark.parametrize(("name", "path"), FILES, ids=[f"{name}:{path.stem}" for name, path in FILES])
def test_a_case_file_comes_out_as_it_says(name: str, path: Path) -> None:
    case = load_case(path, packs().versions(name), ROOT)
    zone = ZoneInfo(case.procedure.zone)
    verdict = supervise(
        case.procedure, case.events, packs().calendar(case.procedure.calendar), case.now, complete=case.complete
    )
    found = sorted((one.rule, shown(one.since, zone), shown(one.until, zone)) for one in verdict.breaches)
    wanted = sorted((one.rule, shown(one.since, zone), shown(one.until, zone)) for one in case.findings)
    assert [rule for rule, *_ in found] == [rule for rule, *_ in wanted]
    for (_, since, until), (_, since_wanted, until_wanted) in zip(found, wanted, strict=True):
        assert since_wanted in ("", since)
        assert until_wanted in ("", until)
    assert [(one.kind, one.occurred) for one in verdict.deemed] == [(one.kind, one.on) for one in case.deemed]
    assert verdict.unknown == ()


@pytest.mark.parametrize("name", FAMILIES)
def test_every_clock_and_rule_has_a_good_and_a_bad_case(name: str) -> None:
    versions = packs().versions(name)
    cases = [load_case(path, versions, ROOT) for owner, path in FILES if owner == name]
    for version in versions:
        about = [case for case in cases if case.procedure.file == version.file]
        assert [str(one) for one in unproved(version, about)] == []


def shown(moment: dt.date | None, zone: ZoneInfo) -> str:
    """Local day of a moment, "" for none."""
    return "" if moment is None else str(local_day(moment, zone))
