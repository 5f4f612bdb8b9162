"""Dates, numbers and shares as people read them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit
from xiaoneng.ui import formats


def test_a_day_names_its_day_of_the_week() -> None:
    assert formats.day(dt.date(2026, 3, 2)) == "2026年3月2日 周一"
    assert formats.short_day(dt.date(2026, 3, 8)) == "3月8日 周日"


def test_an_instant_also_says_the_hour() -> None:
    at = dt.datetime(2026, 3, 2, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert formats.day(at) == "2026年3月2日 周一 09:05"
    assert formats.iso(at) == "2026-03-02T09:05+08:00"


def test_no_day_is_a_dash() -> None:
    assert formats.day(None) == formats.share(None) == "—"


@pytest.mark.parametrize(
    ("value", "text"), [(1, "100%"), (0, "0%"), (0.98765, "98.8%"), (0.99999, "99.9%"), (0.00001, "0.1%"), (0.5, "50%")]
)
def test_a_share_is_whole_only_where_it_is(value: float, text: str) -> None:
    assert formats.share(value) == text


def test_a_limit_says_its_kind_of_days() -> None:
    assert formats.limit(Limit(20, LimitKind.WORKING_DAYS)) == "20 个工作日"
    assert formats.limit(None) == ""


def test_every_kind_of_limit_has_a_word() -> None:
    assert set(formats.KINDS) == {str(kind) for kind in LimitKind}
