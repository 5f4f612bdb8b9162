"""The order in which facts are judged (docs/decisions/0002-judging-order.md)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from xiaoneng.journal.event import Event

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
NEVER = float("-inf")


def local_day(event: Event, zone: tzinfo) -> int:
    """Days since 1970-01-01: of a date as it stands, of an instant as the calendar on a wall in `zone`."""
    occurred = event.occurred
    if isinstance(occurred, datetime) and occurred.tzinfo is not zone:
        occurred = occurred.astimezone(zone)
    return occurred.toordinal() - EPOCH_ORDINAL


def instant(event: Event, zone: tzinfo) -> int:
    """Microseconds since 1970 UTC; a date counts from midnight in its own zone, else in `zone`."""
    occurred = event.occurred
    if not isinstance(occurred, datetime):
        home = ZoneInfo(event.zone) if event.zone else zone
        occurred = datetime.combine(occurred, time(), home)
    since = occurred - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def in_order(events: Sequence[Event], zone: tzinfo) -> tuple[Event, ...]:
    """Events of one subject in judging order; the same whatever the order they are given in.

    `sequence` must be unique within the subject. Cheap where all have instants, or all are dates, and they
    already stand in order.
    """
    if _stands(events):
        return tuple(events)
    days = _days(events, zone)
    if all(a < b for a, b in pairwise(days)):
        return tuple(events)
    groups: dict[int, list[Event]] = {}
    for day, event in zip(days, events, strict=True):
        groups.setdefault(day, []).append(event)
    return tuple(event for day in sorted(groups) for event in _one_day(groups[day]))


def ties(ordered: Sequence[Event], zone: tzinfo) -> tuple[int, ...]:
    """Positions i where nothing but `sequence` puts event i before event i + 1."""
    found = []
    for i, (a, b) in enumerate(pairwise(ordered)):
        one, other = a.occurred, b.occurred
        if type(one) is type(other):
            if isinstance(one, datetime) and isinstance(other, datetime):
                same = one.timestamp() == other.timestamp()
            else:
                same = one == other
        else:
            same = local_day(a, zone) == local_day(b, zone)
        if same and _by_source(a, b) == 0:
            found.append(i)
    return tuple(found)


def _by_source(a: Event, b: Event) -> int:
    """Which of two the reporting system numbered first: -1 for a, 1 for b, 0 where it cannot say."""
    if not a.source or a.source != b.source or a.source_sequence is None or b.source_sequence is None:
        return 0
    return (a.source_sequence > b.source_sequence) - (a.source_sequence < b.source_sequence)


def _stands(events: Sequence[Event]) -> bool:
    """Whether events of one precision stand in order; False also where that takes more than a look."""
    if not events:
        return True
    precision = type(events[0].occurred)
    last: float | date = NEVER if precision is datetime else date.min
    before = None
    for event in events:
        occurred = event.occurred
        if type(occurred) is not precision:
            return False
        at = occurred.timestamp() if isinstance(occurred, datetime) else occurred
        if at == last and before is not None:
            if event.sequence <= before.sequence or not _alike(before, event):
                return False
        elif at < last:  # type: ignore[operator]  # both are timestamps, or both dates
            return False
        last, before = at, event
    return True


def _alike(a: Event, b: Event) -> bool:
    """Whether sequence order is right for these neighbours and for every run made of such neighbours."""
    if a.source_sequence is None and b.source_sequence is None:
        return True
    return _by_source(a, b) < 0


def _days(events: Sequence[Event], zone: tzinfo) -> list[int]:
    """Local day of each event; an instant never belongs to an earlier day than an instant before it.

    (Clocks have been set back across midnight: without this, later instants would come first.)
    """
    days = [local_day(event, zone) for event in events]
    timed = [(event.occurred.timestamp(), i) for i, event in enumerate(events) if isinstance(event.occurred, datetime)]
    latest = None
    for _, i in sorted(timed):
        latest = days[i] if latest is None else max(latest, days[i])
        days[i] = latest
    return days


def _one_day(events: list[Event]) -> list[Event]:
    """Order one local day: always the lowest sequence among the events that nothing left must precede.

    Clock times go first, then the counters of one source; where the two run in a circle the clock is
    believed.
    """
    rest = sorted(events, key=lambda event: (event.sequence, event.id))
    if len(rest) == 1:
        return rest
    stamps = [event.occurred.timestamp() if isinstance(event.occurred, datetime) else None for event in rest]
    waits, followers = _counters(rest, stamps)
    clock: dict[float, list[int]] = {}
    for i, stamp in enumerate(stamps):
        if stamp is not None:
            clock.setdefault(stamp, []).append(i)
    coming = sorted(clock, reverse=True)
    is_open = [stamp is None for stamp in stamps]
    open_ones = [i for i in range(len(rest)) if is_open[i]]
    free = [i for i in open_ones if waits[i] == 0]
    left = 0
    taken = [False] * len(rest)
    done: list[Event] = []
    while len(done) < len(rest):
        if left == 0 and coming:
            instants = clock[coming.pop()]
            left = len(instants)
            for i in instants:
                is_open[i] = True
                heappush(open_ones, i)
                if waits[i] == 0:
                    heappush(free, i)
        i = heappop(free or open_ones)
        if taken[i]:
            continue
        taken[i] = True
        done.append(rest[i])
        left -= stamps[i] is not None
        for follower in followers[i]:
            waits[follower] -= 1
            if waits[follower] == 0 and is_open[follower]:
                heappush(free, follower)
    return done


def _counters(events: list[Event], stamps: list[float | None]) -> tuple[list[int], list[list[int]]]:
    """How many events each must wait for by the counter of its source, and who waits for it.

    Two events with different clock times do not wait for each other. `events` stand by sequence.
    """
    waits = [0] * len(events)
    followers: list[list[int]] = [[] for _ in events]
    sources: dict[str, list[tuple[int, int]]] = {}
    for i, event in enumerate(events):
        if event.source and event.source_sequence is not None:
            sources.setdefault(event.source, []).append((event.source_sequence, i))
    for numbered in sources.values():
        last_dated: list[int] = []
        timed: list[int] = []
        same_clock: dict[float, int] = {}
        for _, i in sorted(numbered):
            stamp = stamps[i]
            if stamp is None:
                before = last_dated + timed
                last_dated, timed, same_clock = [i], [], {}
            else:
                twin = same_clock.get(stamp)
                before = last_dated if twin is None else [twin]
                same_clock[stamp] = i
                timed.append(i)
            for earlier in before:
                followers[earlier].append(i)
            waits[i] = len(before)
    return waits, followers
