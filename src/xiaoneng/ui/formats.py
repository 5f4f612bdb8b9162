"""Dates, numbers and shares as people in China read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaoneng.timing.limit import Limit

WEEKDAYS = "一二三四五六日"
KINDS = {
    "working_days": "个工作日",
    "calendar_days": "日",
    "months": "个月",
    "years": "年",
    "working_hours": "个工作小时",
    "elapsed_hours": "小时",
}
NOTHING = "—"


def day(on: dt.date | None) -> str:
    """2026年3月2日 周一; an instant also says the hour."""
    if on is None:
        return NOTHING
    text = f"{on.year}年{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"
    return f"{text} {on:%H:%M}" if isinstance(on, dt.datetime) else text


def short_day(on: dt.date) -> str:
    """3月2日 周一."""
    return f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"


def iso(on: dt.date) -> str:
    """For the `datetime` of a time element."""
    return on.isoformat(timespec="minutes") if isinstance(on, dt.datetime) else on.isoformat()


def month(text: str) -> str:
    """2026-03 as 3月; the year stands beside it."""
    return f"{int(text.partition('-')[2])}月"


def count(number: int) -> str:
    """1,234."""
    return f"{number:,}"


def share(value: float | None) -> str:
    """98.7%; never 100% where something is missing, never 0% where something is there."""
    if value is None:
        return NOTHING
    percent = round(value * 100, 1)
    if value < 1:
        percent = min(percent, 99.9)
    if value > 0:
        percent = max(percent, 0.1)
    return f"{percent:g}%"


def limit(value: Limit | None) -> str:
    """20 个工作日; empty where there is no fixed limit."""
    return "" if value is None else f"{value.n} {KINDS[str(value.kind)]}"
