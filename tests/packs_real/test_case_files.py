"""Every case file that lies beside the law is judged at both speeds and must come out as it says."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import pytest

from xiaoneng.packs.cases import CaseFile, case_paths, load_case
from xiaoneng.packs.folder import Packs
from xiaoneng.packs.unproved import unproved
from xiaoneng.replay.trial import run_case, run_case_in_columns

ROOT = Path(__file__).resolve().parents[2] / "packs"
FAMILIES = Packs(ROOT).ids
FILES = [(name, path) for name in FAMILIES for path in case_paths(ROOT.joinpath(*name.split(".")))]
NAMES = [f"{name}:{path.stem}" for name, path in FILES]


@lru_cache(maxsize=1)
def packs() -> Packs:
    return Packs(ROOT)


@cache
def loaded(name: str, path: Path) -> CaseFile:
    return load_case(path, packs().versions(name), ROOT)


@pytest.mark.parametrize(("name", "path"), FILES, ids=NAMES)
def test_a_case_file_comes_out_as_it_says(name: str, path: Path) -> None:
    case = loaded(name, path)
    assert [str(one) for one in run_case(case, packs().calendar(case.procedure.calendar))] == []


@pytest.mark.parametrize(("name", "path"), FILES, ids=NAMES)
def test_a_case_file_comes_out_the_same_as_columns_and_compiled(name: str, path: Path) -> None:
    case = loaded(name, path)
    calendar = packs().calendar(case.procedure.calendar)
    assert [str(one) for one in run_case_in_columns(case, calendar, compiled=True)] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_every_clock_and_rule_has_a_good_and_a_bad_case(name: str) -> None:
    cases = [loaded(owner, path) for owner, path in FILES if owner == name]
    for version in packs().versions(name):
        about = [case for case in cases if case.procedure.file == version.file]
        assert [str(one) for one in unproved(version, about)] == []
