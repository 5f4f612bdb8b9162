"""The demonstration city, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.config.demo_command import told_files
from xiaoneng.demo.city import City, make_city
from xiaoneng.demo.families import FAMILIES
from xiaoneng.packs.folder import Packs, open_packs

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Procedure


@pytest.fixture(scope="session")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")


@pytest.fixture(scope="session")
def city(packs: Packs) -> City:
    return make_city({one.procedure: packs.procedure(one.procedure) for one in FAMILIES}, packs.calendar("cn"))


@pytest.fixture(scope="session")
def files(packs: Packs) -> dict[str, list[CaseFile]]:
    return told_files(packs)


@pytest.fixture(scope="session")
def known(packs: Packs, files: dict[str, list[CaseFile]]) -> dict[str, Procedure]:
    names = {*files, *(one.procedure for one in FAMILIES)}
    return {name: packs.procedure(name) for name in names}


@pytest.fixture(scope="session")
def whole_city(packs: Packs, known: dict[str, Procedure], files: dict[str, list[CaseFile]]) -> City:
    """The city with the cases that are retold from the packs; few are made up."""
    return make_city(known, packs.calendar("cn"), files=files, cases=400)
