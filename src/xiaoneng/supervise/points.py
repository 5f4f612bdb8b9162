"""Rules over one or two events, and rules that count: small operations an event kind carries with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise.layout import (
    AFTER_WITHIN,
    AT_LEAST,
    AT_MOST,
    BREACH,
    CHAIN,
    CHAIN_KEEP,
    CHAIN_NEXT,
    CHAINED,
    CLOSED,
    COUNT,
    COUNTED,
    GAP,
    HANDS,
    KEEP_DUE,
    KEEP_GAP,
    KEEP_HANDS,
    KEYED_AT_LEAST,
    KEYED_AT_MOST,
    KEYED_COUNT,
    MISSING,
    MONTHS,
    NEVER,
    NOT_WHILE,
    OVERDUE,
    S_AMOUNT,
    S_KIND,
    S_ROLL,
    SAME_HANDS,
    WAITING,
)
from xiaoneng.supervise.moments import coordinate, span_due, yardstick
from xiaoneng.supervise.sink import count, emit
from xiaoneng.timing.civil import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.supervise.layout import Case, Days, Present, Tables
    from xiaoneng.supervise.sink import Row


def slot(slots: Sequence[Sequence[int]], s: int, i: int) -> int:
    """What event `i` says in slot `s`; a deemed fact (i < 0) says nothing."""
    return slots[s][i] if i >= 0 else MISSING


def key_of(slots: Sequence[Sequence[int]], s: int, i: int) -> int:
    """Value of a field as a number within the case; 0 for nothing said."""
    return slots[s][i] if i >= 0 else 0


def check(
    t: Tables,
    o: int,
    days: Days,
    slots: Sequence[Sequence[int]],
    i: int,
    day: int,
    at: int,
    office: int,
    event: int,
    case: Case,
    out: list[Row],
    tally: list[int],
) -> None:
    """Carry out one checking operation on what was before this event."""
    v = case.v
    op = t.ops[o]
    a = t.ops[o + 1]
    b = t.ops[o + 2]
    code = t.ops[o + 3]
    if op == CHAIN_NEXT:
        if v[a]:
            v[a] = 0
            span = t.ops[o + 4]
            x = coordinate(t.spans[span + S_KIND], days, day, at, office)
            if not b:
                emit(out, BREACH, code, v[a + 1], event, 0)
            elif yardstick(t.spans[span + S_KIND], day, x) > v[a + 2]:
                emit(out, OVERDUE, code, v[a + 1], event, v[a + 2])
        return
    broken = False
    if op == HANDS:
        actor = key_of(slots, t.actor, i)
        if actor == 0:
            return
        before = case.keyed[actor * t.columns + a]
        seen = before | b
        broken = before != 0 and (seen & (seen - 1)) != 0
    elif op == SAME_HANDS:
        actor = key_of(slots, t.actor, i)
        if actor == 0:
            return
        broken = v[a] != 0 and v[a] != actor
    elif op == GAP:
        kind = t.spans[b + S_KIND]
        x = coordinate(kind, days, day, at, office)
        earliest = v[a + 1] if kind == MONTHS else v[a + 1] + t.spans[b + S_AMOUNT]
        broken = v[a] != 0 and x < earliest
    elif op == AFTER_WITHIN:
        kind = t.spans[b + S_KIND]
        broken = v[a] == 0 or yardstick(kind, day, coordinate(kind, days, day, at, office)) > v[a + 1]
    elif op == AT_LEAST:
        broken = v[a] < b
    elif op == AT_MOST:
        broken = v[a] >= b
    elif op == KEYED_AT_LEAST:
        broken = case.keyed[key_of(slots, t.ops[o + 4], i) * t.columns + a] < b
    elif op == KEYED_AT_MOST:
        broken = case.keyed[key_of(slots, t.ops[o + 4], i) * t.columns + a] >= b
    elif op == NOT_WHILE:
        broken = v[a] > 0
    else:
        kind = t.spans[b + S_KIND]
        recorded = slot(slots, a, i)
        x = coordinate(kind, days, day, at, office)
        due = span_due(kind, t.spans[b + S_AMOUNT], t.spans[b + S_ROLL], days, day, x)
        broken = recorded != MISSING and recorded > due
    count(tally, code)
    if broken:
        emit(out, BREACH, code, event, event, 0)


def keep(
    t: Tables,
    o: int,
    days: Days,
    slots: Sequence[Sequence[int]],
    i: int,
    day: int,
    at: int,
    office: int,
    event: int,
    case: Case,
    tally: list[int],
) -> None:
    """Carry out one remembering operation."""
    v = case.v
    op = t.ops[o]
    a = t.ops[o + 1]
    b = t.ops[o + 2]
    if op == KEEP_HANDS:
        actor = key_of(slots, t.actor, i)
        if actor != 0:
            v[a] = actor
    elif op == HANDS:
        actor = key_of(slots, t.actor, i)
        if actor != 0:
            case.keyed[actor * t.columns + a] |= b
    elif op == KEEP_GAP:
        kind = t.spans[b + S_KIND]
        x = coordinate(kind, days, day, at, office)
        v[a] = 1
        v[a + 1] = add_months(day, t.spans[b + S_AMOUNT]) if kind == MONTHS else x
    elif op in (KEEP_DUE, CHAIN_KEEP):
        kind = t.spans[b + S_KIND]
        x = coordinate(kind, days, day, at, office)
        due = span_due(kind, t.spans[b + S_AMOUNT], t.spans[b + S_ROLL], days, day, x)
        v[a] = 1
        if op == KEEP_DUE:
            v[a + 1] = due
        else:
            count(tally, t.ops[o + 3])
            v[a + 1] = event
            v[a + 2] = due
    elif op == COUNT:
        v[a] += 1
    elif op == KEYED_COUNT:
        case.keyed[key_of(slots, t.ops[o + 4], i) * t.columns + a] += 1
    else:
        v[a] = b


def finish_points(t: Tables, days: Days, now: Present, closed: int, closing: int, case: Case, out: list[Row]) -> None:
    """Report counts that were not reached at closing, and chain responses that wait for a next event."""
    v = case.v
    for r in range(0, len(t.counted), COUNTED):
        if v[t.counted[r]] < t.counted[r + 1]:
            emit(out, CLOSED if closed else WAITING, t.counted[r + 2], 0, closing, NEVER)
    for r in range(0, len(t.chained), CHAINED):
        a = t.chained[r]
        if v[a]:
            kind = t.spans[t.chained[r + 1] + S_KIND]
            x = coordinate(kind, days, now.day, now.at, now.office)
            passed = yardstick(kind, now.day, x) > v[a + 2]
            if closed:
                emit(out, CHAIN if passed else CLOSED, t.chained[r + 2], v[a + 1], closing, v[a + 2])
            elif passed:
                emit(out, OVERDUE, t.chained[r + 2], v[a + 1], -1, v[a + 2])
            else:
                emit(out, WAITING, t.chained[r + 2], v[a + 1], -1, v[a + 2])
