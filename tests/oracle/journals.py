"""Histories by chance: few days, many ties, corrections, late entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from xiaoneng.journal.event import Event, Reliance

from .days import Days
from .facts import runs_in_circles
from .procedures import KINDS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

FIRST_DAYS = (
    date(2026, 2, 9), date(2026, 2, 12), date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 23), date(2026, 2, 26),
    date(2026, 9, 18), date(2026, 9, 24), date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 7), date(2026, 10, 9),
)  # fmt: skip
STEPS = (0, 0, 0, 0, 1, 1, 1, 2, 3, 5, 8, 30)
TIMES = (time(0), time(8, 30), time(9), time(9), time(11, 20), time(12), time(13), time(17), time(17, 1), time(23, 30))
HOURS = ((time(9), time(12)), (time(13), time(17)))


def each_day(first: str, last: str) -> Iterator[date]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


HOLIDAYS = frozenset(
    day
    for first, last in (
        ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-10-01", "2025-10-08"),
        ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"), ("2027-01-01", "2027-01-03"), ("2027-02-05", "2027-02-11"),
        ("2027-10-01", "2027-10-07"),
    )
    for day in each_day(first, last)
)  # fmt: skip
MAKE_UP = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-01-26", "2025-02-08", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09",
        "2026-09-20", "2026-10-10", "2027-02-14",
    )
)  # fmt: skip


@dataclass(frozen=True)
class History:
    """What one case is judged on."""

    events: list[Event]
    now: datetime
    complete: bool


def days_in(zone: str) -> Days:
    return Days(HOLIDAYS, MAKE_UP, zone, HOURS)


def some_history(chance: random.Random, days: Days) -> History:
    day = chance.choice(FIRST_DAYS)
    dated = chance.random() < 0.4
    drafts = []
    for _ in range(chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14))):
        day += timedelta(days=chance.choice(STEPS[:-1] if chance.random() < 0.9 else STEPS))
        drafts.append(day)
    last = day
    if chance.random() < 0.3:
        chance.shuffle(drafts)
    zone = ZoneInfo(days.zone)
    events: list[Event] = []
    counters: dict[str, list[int]] = {name: chance.sample(range(1, 40), 30) for name in ("hall", "web")}
    if chance.random() < 0.6:
        for numbers in counters.values():
            numbers.sort()
    for sequence, on in enumerate(drafts, 1):
        occurred = on if dated or chance.random() < 0.2 else some_instant(chance, on, zone)
        recorded = datetime.combine(on, time(9), zone) + timedelta(hours=chance.choice((0, 1, 8, 30, 80, 200)))
        source = chance.choice(("", "", "hall", "hall", "web"))
        number = counters[source].pop(0) if source and chance.random() < 0.6 else None
        mended = [event for event in events if event.kind != "reliance_corrected"]
        corrects = chance.choice(mended).id if mended and chance.random() < 0.12 else ""
        kind = "z" if chance.random() < 0.03 else chance.choice(KINDS[:6] if chance.random() < 0.85 else KINDS)
        data: Mapping[str, Any] = some_data(chance, on)
        retracted = False
        if corrects:
            kind, retracted = "correction", chance.random() < 0.3
            data = {} if retracted else {"replacement": some_replacement(chance, on, zone)}
        elif chance.random() < 0.02:
            kind, data = "reliance_corrected", some_note(chance)
        events.append(
            Event(
                id=f"e{sequence}", subject="case", kind=kind, occurred=occurred, recorded_at=recorded,
                sequence=sequence, source=source, source_sequence=number,
                actor=chance.choice(("", "ann", "ann", "bob", "eve")), agency=chance.choice(("", "o", "p")), data=data,
                relied_on=some_reliance(chance), corrects=corrects, retracted=retracted,
            )
        )  # fmt: skip
    if runs_in_circles(events, days):
        events = [replace(event, source_sequence=None) for event in events]
    now_on = last + timedelta(days=chance.choice((0, 0, 1, 1, 2, 3, 5, 8, 13, 40, 100, 400)))
    now = datetime.combine(now_on, chance.choice(TIMES), zone).astimezone(UTC)
    now = max([now, *(event.occurred for event in events if isinstance(event.occurred, datetime))])
    return History(events, now.astimezone(UTC), chance.random() < 0.3)


def some_instant(chance: random.Random, on: date, zone: ZoneInfo) -> datetime:
    at = datetime.combine(on, chance.choice(TIMES), zone)
    return at.astimezone(UTC) if chance.random() < 0.3 else at


def some_data(chance: random.Random, on: date) -> dict[str, Any]:
    deadline = on + timedelta(days=chance.choice((-2, 0, 1, 3, 4, 9)))
    all_of = {
        "amount": chance.randint(0, 9), "handling": chance.choice(("x", "y", "z")), "key": chance.choice(("p", "q")),
        "flag": chance.random() < 0.5, "limit": chance.randint(1, 6), "days": chance.randint(1, 6),
        "deadline": deadline.isoformat(), "reason": "because", "approved_by": chance.choice(("head", "clerk")),
        "tags": chance.choice((["t"], ["s", "t"], ["u"])),
    }  # fmt: skip
    data: dict[str, Any] = {name: value for name, value in all_of.items() if chance.random() < 0.75}
    for name in all_of:
        if chance.random() < 0.03:
            data[name] = [] if name == "tags" else chance.choice((None, ""))
    return data


def some_replacement(chance: random.Random, on: date, zone: ZoneInfo) -> dict[str, Any]:
    day = on - timedelta(days=chance.choice((0, 0, 1, 3)))
    occurred: Any = day if chance.random() < 0.5 else some_instant(chance, day, zone)
    return {
        "kind": chance.choice(KINDS[:6]),
        "occurred": occurred.isoformat() if chance.random() < 0.5 else occurred,
        "actor": chance.choice(("", "ann", "bob")),
        "data": some_data(chance, day),
    }


def some_reliance(chance: random.Random) -> tuple[Reliance, ...]:
    if chance.random() < 0.5:
        return ()
    values = {"standard": chance.randint(0, 9), "key": "k"} if chance.random() < 0.9 else {}
    return (Reliance("fee", chance.choice("kl"), chance.choice("12"), values, date(2026, 1, 1), None),)


def some_note(chance: random.Random) -> dict[str, Any]:
    note: dict[str, Any] = {
        "register": "fee", "key": "k", "version": "3", "values": {"standard": chance.randint(0, 9)},
        "valid_from": date(2026, 1, 1), "valid_until": None,
    }  # fmt: skip
    return {**note, "of_version": "1"} if chance.random() < 0.5 else note
