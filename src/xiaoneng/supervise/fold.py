"""One case from first event to present: the kernel's loop.

The sequence judged is the events and, between them, the facts that silence makes. Positions in that sequence are what rows
speak of; a DEEMED row tells where a deemed fact stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise.clocks import (
    amount_of,
    begin,
    close_ground,
    expire,
    expire_in_past,
    extend,
    move_late,
    off_before,
    off_until,
    open_ground,
    release,
    restart,
    set_running,
    stop,
    take_lapsing,
    tell_late,
)
from xiaoneng.supervise.layout import (
    A_AMOUNT,
    A_DAY,
    A_DUE,
    A_EVENT,
    A_EXTENDED,
    A_NEXT,
    BREACH,
    C_HEAD,
    C_LATE_HEAD,
    C_OFF_AT,
    C_PENDING,
    C_REACH,
    C_STARTED,
    CHAIN_NEXT,
    CLOCK,
    CLOSED,
    DEEMED,
    EXTEND,
    FAR,
    FLAG,
    HANDS,
    HELD,
    K_AT,
    K_BIT,
    K_CODE,
    K_COLUMN,
    K_FIRST,
    K_FROM_START,
    K_GRANTED,
    K_KEY,
    K_KIND,
    K_LAPSE,
    K_MONTH,
    K_MONTH_DAY,
    K_QUIET,
    K_ROLL,
    K_SLOT,
    L_CLOCKS,
    L_ENDS,
    L_FROM,
    L_MOVES,
    L_STARTS,
    L_TO,
    LAPSED,
    LAST_SOURCE,
    LETTER,
    MISSING,
    MONTHS,
    NEVER,
    OP,
    OPEN_GROUND,
    OVERDUE,
    P_BLAME,
    P_CODE,
    PLAIN,
    PREVIOUS,
    RULES_PER_GROUP,
    RUNNING,
    STOP,
    UNLIMITED,
    UNTIL,
    V_ACTIVE,
    V_CLOSE,
    V_CLOSED,
    V_DAY,
    V_DUE,
    V_KEYS,
    V_NEXT_LAPSE,
    V_TRAIL,
    V_WORDS,
    WAITING,
)
from xiaoneng.supervise.moments import activation_due, coordinate, midnight_of, next_yearly, span_due, yardstick
from xiaoneng.supervise.plain import last_source, owe, step, still_open
from xiaoneng.supervise.points import check, finish_points, keep, key_of, slot
from xiaoneng.supervise.sink import count, emit, grow
from xiaoneng.timing.arithmetic import working_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.supervise.layout import Case, Days, Facts, Present, Tables
    from xiaoneng.supervise.sink import Row


def step_plain(t: Tables, letter: int, event: int, case: Case, out: list[Row]) -> None:
    """Let every plain rule take one letter; the words of their state are kept among the variables of the case."""
    v = case.v
    for group in range(t.groups):
        at = V_WORDS + 2 * group
        w = (letter * t.groups + group) * 12
        v[at], v[at + 1], reports = step(t.words, w, t.all_bits[group], v[at], v[at + 1])
        while reports:
            bit = reports & -reports
            reports ^= bit
            rule = group * RULES_PER_GROUP + t.bits[bit % 67]
            blame = t.plain[rule * PLAIN + P_BLAME]
            blamed = event
            if blame == PREVIOUS:
                blamed = event - 1
            elif blame == LAST_SOURCE:
                blamed = last_source(t, group, bit, case.trail, event, 0)
            emit(out, BREACH, t.plain[rule * PLAIN + P_CODE], blamed, event, 0)


def start(
    t: Tables,
    k: int,
    days: Days,
    slots: Sequence[Sequence[int]],
    i: int,
    day: int,
    at: int,
    office: int,
    effective: int,
    event: int,
    case: Case,
    tally: list[int],
) -> None:
    """Begin an activation of clock `k`; `effective` is the start day where a deemed fact counts from an earlier one."""
    v = case.v
    c = t.clocks[k + K_AT]
    if t.clocks[k + K_FIRST]:
        if v[c + C_STARTED]:
            return
        v[c + C_STARTED] = 1
    kind = t.clocks[k + K_KIND]
    amount = 0
    if kind != UNLIMITED:
        said = slot(slots, t.clocks[k + K_SLOT], i) if t.clocks[k + K_SLOT] >= 0 else MISSING
        amount = amount_of(t, k, said)
        if t.clocks[k + K_MONTH]:
            amount = next_yearly(effective, t.clocks[k + K_MONTH], t.clocks[k + K_MONTH_DAY])
        if amount == MISSING:
            return
    count(tally, t.clocks[k + K_CODE])
    backwards = effective != day
    if backwards:
        at = midnight_of(days, effective)
        office = working_index(days.prefix, days.first_day, effective - 1) * days.per_day
        day = effective
    a = begin(t, k, amount, event, case)
    if t.clocks[k + K_LAPSE] >= 0:
        # Whatever else happens to a clock only moves its lapses away, so the day to look again stays a lower bound.
        v[V_NEXT_LAPSE] = 0
    if t.clocks[k + K_KEY] >= 0:
        cell = key_of(slots, t.clocks[k + K_KEY], i) * t.columns + t.clocks[k + K_COLUMN]
        case.pool[a + A_NEXT] = case.keyed[cell] - 1
        case.keyed[cell] = a + 1
        case.pool[a + A_DAY] = day
        case.pool[a + A_EXTENDED] = 0
        case.pool[a + A_DUE] = NEVER
        if kind == UNTIL:
            case.pool[a + A_DUE] = span_due(kind, 0, t.clocks[k + K_ROLL], days, amount, amount)
        elif kind != UNLIMITED:
            x = coordinate(kind, days, day, at, office)
            case.pool[a + A_DUE] = span_due(kind, amount, t.clocks[k + K_ROLL], days, day, x)
        return
    x = coordinate(kind, days, day, at, office)
    off = off_before(k, c, x, case) if backwards or x < v[c + C_OFF_AT] else off_until(v, c, x)
    set_running(t, k, a, day, x, off, case)
    if backwards:
        expire_in_past(t, k, days, a, x, case)


def stop_keyed(
    t: Tables, k: int, slots: Sequence[Sequence[int]], i: int, moment: int, event: int, case: Case, out: list[Row]
) -> None:
    """End the activations whose starting event has the same value of the field."""
    cell = key_of(slots, t.clocks[k + K_KEY], i) * t.columns + t.clocks[k + K_COLUMN]
    a = case.keyed[cell] - 1
    case.keyed[cell] = 0
    while a >= 0:
        following = case.pool[a + A_NEXT]
        if moment > case.pool[a + A_DUE] and t.clocks[k + K_KIND] != UNLIMITED and not t.clocks[k + K_QUIET]:
            emit(out, OVERDUE, t.clocks[k + K_CODE], case.pool[a + A_EVENT], event, case.pool[a + A_DUE])
        case.v[t.clocks[k + K_AT] + C_PENDING] -= 1
        release(a, case)
        a = following


def move_ground(t: Tables, o: int, days: Days, day: int, at: int, office: int, case: Case) -> None:
    """Open or close a ground of a clock."""
    k = t.ops[o + 1]
    x = coordinate(t.clocks[k + K_KIND], days, day, at, office)
    expire(t, k, days, day, x, case)
    if t.ops[o] == OPEN_GROUND:
        open_ground(t, k, t.ops[o + 2], day, x, case)
    else:
        close_ground(t, k, t.ops[o + 2], day, x, case)


def move_clock(
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
    """Extend, restart or stop the activations of a clock."""
    op = t.ops[o]
    k = t.ops[o + 1]
    v = case.v
    kind = t.clocks[k + K_KIND]
    x = coordinate(kind, days, day, at, office)
    if t.clocks[k + K_KEY] >= 0:
        stop_keyed(t, k, slots, i, yardstick(kind, day, x), event, case, out)
        return
    expire(t, k, days, day, x, case)
    if op == STOP:
        stop(t, k, i, day, x, event, case, out)
    elif op == EXTEND:
        granted = slot(slots, t.clocks[k + K_GRANTED], i) if t.clocks[k + K_GRANTED] >= 0 else MISSING
        extend(t, k, i, event, granted, t.ops[o + 2], case, out, tally)
    else:
        restart(t, k, day, x, case)
        if t.clocks[k + K_LAPSE] >= 0:
            v[V_NEXT_LAPSE] = 0


def next_lapse(t: Tables, days: Days, day: int, at: int, office: int, case: Case) -> int:
    """Which clock lapses first before `day`; -1 for none, and then the day to look again is kept."""
    v = case.v
    soonest = NEVER
    look_again = NEVER
    found = -1
    for j in range(len(t.lapses)):
        k = t.lapses[j]
        c = t.clocks[k + K_AT]
        due = NEVER
        if v[c + C_LATE_HEAD] >= 0:
            # Found expired while an earlier lapse took effect: its own is still to come.
            due = case.pool[v[c + C_LATE_HEAD] + A_DUE]
        elif v[c + C_HEAD] >= 0:
            x = coordinate(t.clocks[k + K_KIND], days, day, at, office)
            if x <= v[c + C_REACH]:
                look_again = day
            else:
                due = activation_due(t, k, days, case.pool, v[c + C_HEAD], off_until(v, c, x))
        if due < soonest:
            soonest = due
            found = k
    if soonest < day:
        v[V_NEXT_LAPSE] = soonest
        for j in range(len(t.lapses)):
            # Everything due on one day ends together, before anything that is deemed of it takes effect.
            k = t.lapses[j]
            c = t.clocks[k + K_AT]
            x = coordinate(t.clocks[k + K_KIND], days, day, at, office)
            if x > v[c + C_REACH]:
                move_late(t, k, days, soonest + 1, off_until(v, c, x), case)
        return found
    v[V_NEXT_LAPSE] = min(soonest, look_again)
    return -1


def judge_case(
    t: Tables,
    days: Days,
    facts: Facts,
    low: int,
    high: int,
    now: Present,
    complete: int,
    case: Case,
    out: list[Row],
    tally: list[int],
) -> None:
    """Judge the events low..high of the columns up to the present.

    `complete` says that nothing more will come. Each turn takes the next lapse, if one falls before the next event, or that event.
    """
    v = case.v
    i = low
    while True:
        at_end = i >= high
        if at_end:
            day = now.day
            at = now.at
            office = now.office
        else:
            day = facts.day[i]
            at = facts.at[i]
            office = facts.slots[t.office][i] if t.office >= 0 else 0
        lapsing = -1
        if v[V_NEXT_LAPSE] < day:
            lapsing = next_lapse(t, days, day, at, office, case)
        if at_end and lapsing < 0:
            break
        event = v[V_TRAIL]
        effective = day
        row = i
        if lapsing >= 0:
            c = t.clocks[lapsing + K_AT]
            due = v[V_NEXT_LAPSE]
            v[V_DUE] = due
            a = take_lapsing(c, due, case)
            if not t.clocks[lapsing + K_QUIET]:
                emit(out, LAPSED, t.clocks[lapsing + K_CODE], case.pool[a + A_EVENT], event, due)
            emit(out, DEEMED, t.clocks[lapsing + K_CODE], event, case.pool[a + A_EVENT], due)
            v[V_NEXT_LAPSE] = 0
            letter = t.clocks[lapsing + K_LAPSE]
            # A date that lay in the past when the clock started lapses at once: nothing is deemed before its cause.
            day = max(due + 1, v[V_DAY])
            at = midnight_of(days, day)
            office = working_index(days.prefix, days.first_day, day - 1) * days.per_day
            effective = case.pool[a + A_DAY] if t.clocks[lapsing + K_FROM_START] else day
            release(a, case)
            row = -1
        else:
            letter = facts.letter[i]
            i += 1
        v[V_DAY] = day
        step_plain(t, letter, event, case, out)
        grow(case.trail, event, 1)
        case.trail[event] = letter
        v[V_TRAIL] = event + 1
        if t.letters[letter * LETTER + L_ENDS] and not v[V_CLOSED]:
            v[V_CLOSED] = 1
            v[V_CLOSE] = event
        at_letter = letter * LETTER
        for o in range(t.letters[at_letter + L_FROM], t.letters[at_letter + L_MOVES], OP):
            op = t.ops[o]
            if op <= CHAIN_NEXT:
                check(t, o, days, facts.slots, row, day, at, office, event, case, out, tally)
            if op == HANDS or CHAIN_NEXT < op <= FLAG:
                keep(t, o, days, facts.slots, row, day, at, office, event, case, tally)
            elif op > FLAG:
                move_ground(t, o, days, day, at, office, case)
        if v[V_ACTIVE] & t.letters[at_letter + L_CLOCKS]:
            for o in range(t.letters[at_letter + L_MOVES], t.letters[at_letter + L_STARTS], OP):
                if v[V_ACTIVE] & t.clocks[t.ops[o + 1] + K_BIT]:
                    move_clock(t, o, days, facts.slots, row, day, at, office, event, case, out, tally)
        for o in range(t.letters[at_letter + L_STARTS], t.letters[at_letter + L_TO], OP):
            start(t, t.ops[o + 1], days, facts.slots, row, day, at, office, effective, event, case, tally)
    finish(t, days, now, complete, case, out)


def finish(t: Tables, days: Days, now: Present, complete: int, case: Case, out: list[Row]) -> None:
    """Report what is late, owed or still running at the present."""
    v = case.v
    length = v[V_TRAIL]
    closed = v[V_CLOSED]
    closing = v[V_CLOSE]
    if complete and not closed and length > 0:
        closed = 1
        closing = length - 1
    if closed:
        for group in range(t.groups):
            open_rules = still_open(t, group, v[V_WORDS + 2 * group], v[V_WORDS + 2 * group + 1])
            while open_rules:
                bit = open_rules & -open_rules
                open_rules ^= bit
                owe(t, group, bit, case.trail, 0, length, closing, out)
    finish_points(t, days, now, closed, closing, case, out)
    for k in range(0, len(t.clocks), CLOCK):
        c = t.clocks[k + K_AT]
        if v[c + C_PENDING] == 0:
            continue
        kind = t.clocks[k + K_KIND]
        x = coordinate(kind, days, now.day, now.at, now.office)
        if t.clocks[k + K_KEY] >= 0:
            moment = yardstick(kind, now.day, x)
            for key in range(v[V_KEYS]):
                a = case.keyed[key * t.columns + t.clocks[k + K_COLUMN]] - 1
                while a >= 0:
                    due = case.pool[a + A_DUE]
                    tell_open(t, k, a, due, int(kind != UNLIMITED and moment > due), 0, closed, closing, case, out)
                    a = case.pool[a + A_NEXT]
            continue
        expire(t, k, days, now.day, x, case)
        tell_late(t, k, -1, FAR, FAR, case, out)
        reach = v[c + C_REACH]
        held = reach >= FAR
        off = off_until(v, c, x if held else max(x, reach))
        a = v[c + C_HEAD]
        while a >= 0:
            due = activation_due(t, k, days, case.pool, a, off)
            tell_open(t, k, a, due, 0, held, closed, closing, case, out)
            a = case.pool[a + A_NEXT]


def tell_open(
    t: Tables, k: int, a: int, due: int, late: int, held: int, closed: int, closing: int, case: Case, out: list[Row]
) -> None:
    """Report an activation that no event has stopped: late, owed at closing, or running (`held`: off the clock without a cap)."""
    code = t.clocks[k + K_CODE]
    quiet = t.clocks[k + K_QUIET]
    event = case.pool[a + A_EVENT]
    kind = t.clocks[k + K_KIND]
    if kind == UNLIMITED:
        emit(out, CLOSED if closed else WAITING, code, event, closing, NEVER)
    elif late:
        if not quiet:
            emit(out, OVERDUE, code, event, -1, due)
    else:
        amount = case.pool[a + A_AMOUNT] + case.pool[a + A_EXTENDED]
        if kind in (MONTHS, UNTIL):
            amount = 0 if held else due - case.pool[a + A_DAY]
        emit(out, HELD if held else RUNNING, code, event, amount, due)
