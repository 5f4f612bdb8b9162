"""Calendars for the tests of the timing room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.calendars import load_calendar
from xiaoneng.timing.build import YearNotice, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xiaoneng.timing.calendar import Calendar


@pytest.fixture(scope="session")
def cn(root: Path) -> Calendar:
    """China, 2007 to 2026, with ten provisional years."""
    return load_calendar(root / "packs" / "cn" / "_calendar")


@pytest.fixture(scope="session")
def nl(root: Path) -> Calendar:
    return load_calendar(root / "packs" / "nl" / "_calendar")


@pytest.fixture(scope="session")
def it(root: Path) -> Calendar:
    return load_calendar(root / "packs" / "it" / "_calendar")


@pytest.fixture(scope="session")
def plain() -> Callable[..., Calendar]:
    """Make a calendar of empty years, nine to five with an hour at noon."""

    def make(*years: YearNotice, hours: tuple[int, ...] = (32_400, 43_200, 46_800, 61_200)) -> Calendar:
        return build("test", "Asia/Shanghai", years or [bare(2025), bare(2026)], weekend=(5, 6), hours=hours)

    return make


def bare(year: int) -> YearNotice:
    """A year whose notice names no day."""
    return YearNotice(year, (f"notice of {year}",), {}, {})
