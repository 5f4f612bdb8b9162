"""Kernel and oracle say the same of the real packs: of every case file, and of case files changed by chance."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.cases import CaseFile, case_paths, load_case
from xiaoneng.packs.folder import Packs

from .compare import difference
from .journals import History
from .real import both_of, changed

if TYPE_CHECKING:
    from .compare import Both

ROOT = Path(__file__).resolve().parents[2] / "packs"
PACKS = Packs(ROOT)
CHANGED = 30
"""Changed histories of each procedure."""


@cache
def files(name: str) -> list[CaseFile]:
    return [load_case(path, PACKS.versions(name), ROOT) for path in case_paths(ROOT.joinpath(*name.split(".")))]


@cache
def both(calendar: str) -> Both:
    return both_of(PACKS.calendar(calendar))


@pytest.mark.parametrize("name", PACKS.ids)
def test_the_oracle_says_the_same_of_every_case_file(name: str) -> None:
    for case in files(name):
        history = History(list(case.events), case.now, case.complete)
        found = difference(case.path.name, case.procedure, history, both(case.procedure.calendar))
        assert not found, found


@pytest.mark.parametrize("name", PACKS.ids)
def test_the_oracle_says_the_same_of_histories_nobody_has_thought_of(name: str) -> None:
    for number in range(CHANGED if files(name) else 0):
        chance = random.Random(f"{name}/{number}")
        case = chance.choice(files(name))
        found = difference(f"{name}/{number}", case.procedure, changed(case, chance), both(case.procedure.calendar))
        assert not found, found
