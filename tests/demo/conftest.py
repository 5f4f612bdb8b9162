"""The demonstration city, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.demo.city import City, make_city
from xiaoneng.demo.families import FAMILIES
from xiaoneng.packs.folder import Packs, open_packs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")


@pytest.fixture(scope="session")
def city(packs: Packs) -> City:
    return make_city({one.procedure: packs.procedure(one.procedure) for one in FAMILIES}, packs.calendar("cn"))
