"""Clocks: activations in a pool, off-clock time as a running sum, late ones told when they end.

The off-clock time of an activation is the difference of two readings of its clock's running sum, so opening or closing
a ground costs the same however many activations run. Running activations stand in order of their due moments, late ones in the
order in which they fell due, so that each is looked at a constant number of times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise.layout import (
    A_AMOUNT,
    A_BASE,
    A_DAY,
    A_DUE,
    A_EVENT,
    A_EXTENDED,
    A_NEXT,
    A_OFF,
    A_PREVIOUS,
    A_RANK,
    A_SEQUENCE,
    A_TIMES,
    ACTIVATION,
    AFTER_EXPIRY,
    C_GROUNDS,
    C_HEAD,
    C_LATE_HEAD,
    C_LATE_TAIL,
    C_OFF_AT,
    C_OFF_SUM,
    C_PENDING,
    C_REACH,
    C_TAIL,
    ELAPSED,
    FAR,
    H_AT,
    H_CLOCK,
    H_DAY,
    H_REACH,
    H_SUM,
    HISTORY,
    K_AMOUNT,
    K_AT,
    K_BIT,
    K_CAPS,
    K_CLEARS,
    K_CODE,
    K_EXTENSION,
    K_GROUNDS,
    K_HISTORY,
    K_KIND,
    K_LAPSE,
    K_MOST,
    K_QUIET,
    K_TIMES,
    MISSING,
    MONTHS,
    NOT_APPROVED,
    OVERDUE,
    REFUSED,
    TOO_LONG,
    TOO_OFTEN,
    UNTIL,
    V_ACTIVE,
    V_DUE,
    V_FREE,
    V_HISTORY,
    V_POOL,
    V_SEQUENCE,
)
from xiaoneng.supervise.moments import activation_due, yardstick
from xiaoneng.supervise.sink import count, emit, grow
from xiaoneng.timing.civil import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.supervise.layout import Case, Days, Tables
    from xiaoneng.supervise.sink import Row


def off_until(v: Sequence[int], c: int, x: int) -> int:
    """Off-clock time of the clock at `c` from the beginning of the case up to coordinate `x`, not before its last change."""
    reach = v[c + C_REACH]
    since = v[c + C_OFF_AT]
    end = min(x, reach)
    return v[c + C_OFF_SUM] + (end - since if end > since else 0)


def off_before(k: int, c: int, x: int, case: Case) -> int:
    """Off-clock time up to a coordinate that may lie before the clock's last changes (looked up in its history)."""
    if x >= case.v[c + C_OFF_AT]:
        return off_until(case.v, c, x)
    h = case.v[V_HISTORY] - HISTORY
    while h >= 0:
        if case.history[h + H_CLOCK] == k and case.history[h + H_AT] <= x:
            end = min(x, case.history[h + H_REACH])
            since = case.history[h + H_AT]
            return case.history[h + H_SUM] + (end - since if end > since else 0)
        h -= HISTORY
    return 0


def settle_off(t: Tables, k: int, x: int, case: Case) -> None:
    """Carry the running sum of off-clock time up to `x`, before a ground changes there."""
    v = case.v
    c = t.clocks[k + K_AT]
    # A day stands at its midnight, before an instant of that day which is judged earlier: such an interval measures nothing.
    v[c + C_OFF_SUM] = off_until(v, c, x)
    v[c + C_OFF_AT] = max(x, v[c + C_OFF_AT])


def remember_off(t: Tables, k: int, day: int, case: Case) -> None:
    """Keep the change for clocks that may later start from an earlier day."""
    if t.clocks[k + K_HISTORY]:
        v = case.v
        c = t.clocks[k + K_AT]
        h = v[V_HISTORY]
        grow(case.history, h, HISTORY)
        case.history[h + H_CLOCK] = k
        case.history[h + H_AT] = v[c + C_OFF_AT]
        case.history[h + H_SUM] = v[c + C_OFF_SUM]
        case.history[h + H_REACH] = v[c + C_REACH]
        case.history[h + H_DAY] = day
        v[V_HISTORY] = h + HISTORY


def open_ground(t: Tables, k: int, ground: int, day: int, x: int, case: Case) -> None:
    """Time stops for the clock, at most for the ground's cap; a ground that is open already goes on."""
    v = case.v
    g = t.clocks[k + K_AT] + C_GROUNDS + ground
    if v[g] == MISSING:
        settle_off(t, k, x, case)
        cap = t.caps[t.clocks[k + K_CAPS] + ground]
        v[g] = x + cap if cap >= 0 else FAR
        v[t.clocks[k + K_AT] + C_REACH] = max(v[t.clocks[k + K_AT] + C_REACH], v[g])
        remember_off(t, k, day, case)
        if t.clocks[k + K_KIND] >= ELAPSED:
            settle_starts(t, k, x, case)


def close_ground(t: Tables, k: int, ground: int, day: int, x: int, case: Case) -> None:
    """Time counts again, unless another ground still holds the clock."""
    v = case.v
    c = t.clocks[k + K_AT]
    if v[c + C_GROUNDS + ground] != MISSING:
        settle_off(t, k, x, case)
        v[c + C_GROUNDS + ground] = MISSING
        reach = MISSING
        for g in range(t.clocks[k + K_GROUNDS]):
            reach = max(reach, v[c + C_GROUNDS + g])
        v[c + C_REACH] = reach
        remember_off(t, k, day, case)
        if t.clocks[k + K_KIND] >= ELAPSED:
            settle_starts(t, k, x, case)


def settle_starts(t: Tables, k: int, x: int, case: Case) -> None:
    """A ground known by its day only moves at midnight, before activations judged earlier: measure their off-clock time anew."""
    c = t.clocks[k + K_AT]
    pool = case.pool
    a = case.v[c + C_HEAD]
    while a >= 0:
        following = pool[a + A_NEXT]
        start = pool[a + A_BASE] + pool[a + A_OFF] - pool[a + A_AMOUNT]
        if start > x:
            off = off_until(case.v, c, start)
            pool[a + A_BASE] += pool[a + A_OFF] - off
            pool[a + A_OFF] = off
            rank(t, k, a, case)
            unlink(c, a, case)
            insert(c, a, case)
        a = following


def take(case: Case) -> int:
    """Take a free activation from the pool."""
    v = case.v
    a = v[V_FREE]
    if a >= 0:
        v[V_FREE] = case.pool[a + A_NEXT]
        return a
    a = v[V_POOL]
    grow(case.pool, a, ACTIVATION)
    v[V_POOL] = a + ACTIVATION
    return a


def release(a: int, case: Case) -> None:
    """Give an activation back to the pool."""
    case.pool[a + A_NEXT] = case.v[V_FREE]
    case.v[V_FREE] = a


def insert(c: int, a: int, case: Case) -> None:
    """Put an activation among the running ones of its clock, in order of due moment (from the back: usually the last)."""
    v = case.v
    pool = case.pool
    after = v[c + C_TAIL]
    while after >= 0 and pool[after + A_RANK] > pool[a + A_RANK]:
        after = pool[after + A_PREVIOUS]
    pool[a + A_PREVIOUS] = after
    if after >= 0:
        pool[a + A_NEXT] = pool[after + A_NEXT]
        pool[after + A_NEXT] = a
    else:
        pool[a + A_NEXT] = v[c + C_HEAD]
        v[c + C_HEAD] = a
    following = pool[a + A_NEXT]
    if following >= 0:
        pool[following + A_PREVIOUS] = a
    else:
        v[c + C_TAIL] = a


def set_running(t: Tables, k: int, a: int, day: int, x: int, off: int, case: Case) -> None:
    """(Re)start the time of an activation at a day and coordinate; its amount is already there."""
    pool = case.pool
    kind = t.clocks[k + K_KIND]
    amount = pool[a + A_AMOUNT]
    base = amount - off
    if kind not in (MONTHS, UNTIL):
        base += x
    pool[a + A_BASE] = base
    pool[a + A_EXTENDED] = 0
    pool[a + A_TIMES] = 0
    pool[a + A_DAY] = day
    pool[a + A_OFF] = off
    rank(t, k, a, case)
    insert(t.clocks[k + K_AT], a, case)


def rank(t: Tables, k: int, a: int, case: Case) -> None:
    """Where an activation stands among the running ones: its due moment without later off-clock time."""
    pool = case.pool
    if t.clocks[k + K_KIND] == MONTHS:
        months = pool[a + A_AMOUNT] + pool[a + A_EXTENDED]
        pool[a + A_RANK] = add_months(pool[a + A_DAY], months) - pool[a + A_OFF]
    else:
        pool[a + A_RANK] = pool[a + A_BASE] + pool[a + A_EXTENDED]


def begin(t: Tables, k: int, amount: int, event: int, case: Case) -> int:
    """Take an activation of clock `k` for an event; the caller sets its time."""
    v = case.v
    a = take(case)
    pool = case.pool
    pool[a + A_EVENT] = event
    pool[a + A_AMOUNT] = amount
    pool[a + A_SEQUENCE] = v[V_SEQUENCE]
    v[V_SEQUENCE] += 1
    v[t.clocks[k + K_AT] + C_PENDING] += 1
    v[V_ACTIVE] |= t.clocks[k + K_BIT]
    return a


def unlink_head(c: int, case: Case) -> int:
    """Take the running activation that is due first out of its clock's list."""
    v = case.v
    a = v[c + C_HEAD]
    following = case.pool[a + A_NEXT]
    v[c + C_HEAD] = following
    if following >= 0:
        case.pool[following + A_PREVIOUS] = -1
    else:
        v[c + C_TAIL] = -1
    return a


def unlink_late(c: int, case: Case) -> int:
    """Take the activation that fell due first out of its clock's late ones."""
    v = case.v
    a = v[c + C_LATE_HEAD]
    v[c + C_LATE_HEAD] = case.pool[a + A_NEXT]
    if v[c + C_LATE_HEAD] < 0:
        v[c + C_LATE_TAIL] = -1
    return a


def put_late(t: Tables, k: int, a: int, due: int, case: Case) -> None:
    """Put an activation, in no list, behind the late ones of its clock; where the clock lapses, it no longer pends."""
    v = case.v
    c = t.clocks[k + K_AT]
    if t.clocks[k + K_LAPSE] >= 0:
        v[c + C_PENDING] -= 1
    case.pool[a + A_DUE] = due
    case.pool[a + A_NEXT] = -1
    if v[c + C_LATE_TAIL] >= 0:
        case.pool[v[c + C_LATE_TAIL] + A_NEXT] = a
    else:
        v[c + C_LATE_HEAD] = a
    v[c + C_LATE_TAIL] = a


def take_lapsing(c: int, due: int, case: Case) -> int:
    """Of the late activations of one due day, take out the one that started first (days off roll several onto one day)."""
    v = case.v
    pool = case.pool
    found = v[c + C_LATE_HEAD]
    before_found = -1
    before = found
    a = pool[found + A_NEXT]
    while a >= 0:
        if pool[a + A_DUE] == due and pool[a + A_SEQUENCE] < pool[found + A_SEQUENCE]:
            found = a
            before_found = before
        before = a
        a = pool[a + A_NEXT]
    following = pool[found + A_NEXT]
    if before_found >= 0:
        pool[before_found + A_NEXT] = following
    else:
        v[c + C_LATE_HEAD] = following
    if following < 0:
        v[c + C_LATE_TAIL] = before_found
    return found


def unlink(c: int, a: int, case: Case) -> None:
    """Take any running activation out of its clock's list."""
    v = case.v
    before = case.pool[a + A_PREVIOUS]
    following = case.pool[a + A_NEXT]
    if before >= 0:
        case.pool[before + A_NEXT] = following
    else:
        v[c + C_HEAD] = following
    if following >= 0:
        case.pool[following + A_PREVIOUS] = before
    else:
        v[c + C_TAIL] = before


def expire_in_past(t: Tables, k: int, days: Days, a: int, x: int, case: Case) -> None:
    """An activation that starts from an earlier coordinate `x` may have expired before a ground opened since."""
    v = case.v
    c = t.clocks[k + K_AT]
    reach = MISSING
    for h in range(0, v[V_HISTORY], HISTORY):
        if case.history[h + H_CLOCK] == k:
            at = case.history[h + H_AT]
            if at >= x and at > reach:
                due = activation_due(t, k, days, case.pool, a, case.history[h + H_SUM])
                if yardstick(t.clocks[k + K_KIND], case.history[h + H_DAY], at) > due:
                    unlink(c, a, case)
                    put_late(t, k, a, due, case)
                    return
            reach = case.history[h + H_REACH]


def expire(t: Tables, k: int, days: Days, day: int, x: int, case: Case) -> None:
    """Move the activations whose due moment has passed at (`day`, `x`) to the late ones; later off-clock time no longer helps.

    On a clock that lapses, the late ones that a deemed fact (i < 0) meets are about to lapse at the same moment as it did.
    """
    v = case.v
    c = t.clocks[k + K_AT]
    # Where an open ground holds the clock, what was late before it opened was told apart then.
    if v[c + C_HEAD] >= 0 and x > v[c + C_REACH]:
        move_late(t, k, days, yardstick(t.clocks[k + K_KIND], day, x), off_until(v, c, x), case)


def move_late(t: Tables, k: int, days: Days, moment: int, off: int, case: Case) -> None:
    """Move the activations due before a moment to the late ones, `off` being all the off-clock time so far."""
    v = case.v
    c = t.clocks[k + K_AT]
    while v[c + C_HEAD] >= 0:
        due = activation_due(t, k, days, case.pool, v[c + C_HEAD], off)
        if moment <= due:
            break
        put_late(t, k, unlink_head(c, case), due, case)


def lapsing_from(t: Tables, k: int, i: int, case: Case) -> int:
    """Due day from which late activations are left alone: those that lapse at the same moment as the deemed fact (i < 0) here."""
    return case.v[V_DUE] if i < 0 and t.clocks[k + K_LAPSE] >= 0 else FAR


def tell_late(t: Tables, k: int, cause: int, moment: int, bound: int, case: Case, out: list[Row]) -> None:
    """Report every late activation due before `bound`, ended by the event `cause` at `moment` (-1: not ended), and let go of it.

    A stop known by its day only stands at midnight, so it may be in time although an hour of that day was too late.
    """
    v = case.v
    c = t.clocks[k + K_AT]
    while v[c + C_LATE_HEAD] >= 0 and case.pool[v[c + C_LATE_HEAD] + A_DUE] < bound:
        a = unlink_late(c, case)
        if moment > case.pool[a + A_DUE] and not t.clocks[k + K_QUIET]:
            emit(out, OVERDUE, t.clocks[k + K_CODE], case.pool[a + A_EVENT], cause, case.pool[a + A_DUE])
        release(a, case)
        if t.clocks[k + K_LAPSE] < 0:
            v[c + C_PENDING] -= 1


def stop(t: Tables, k: int, i: int, day: int, x: int, event: int, case: Case, out: list[Row]) -> None:
    """End every activation of a clock: those in time are fulfilled, the late ones told."""
    v = case.v
    c = t.clocks[k + K_AT]
    tell_late(t, k, event, yardstick(t.clocks[k + K_KIND], day, x), lapsing_from(t, k, i, case), case, out)
    while v[c + C_HEAD] >= 0:
        release(unlink_head(c, case), case)
        v[c + C_PENDING] -= 1
    if v[c + C_LATE_HEAD] < 0:
        v[V_ACTIVE] &= ~t.clocks[k + K_CLEARS]


def restart(t: Tables, k: int, day: int, x: int, case: Case) -> None:
    """Start the time of every running activation anew; late ones stay late."""
    c = t.clocks[k + K_AT]
    off = off_until(case.v, c, x)
    a = case.v[c + C_HEAD]
    case.v[c + C_HEAD] = -1
    case.v[c + C_TAIL] = -1
    while a >= 0:
        following = case.pool[a + A_NEXT]
        set_running(t, k, a, day, x, off, case)
        a = following


def extend(
    t: Tables,
    k: int,
    i: int,
    event: int,
    granted: int,
    lawful: int,
    case: Case,
    out: list[Row],
    tally: list[int],
) -> None:
    """Lengthen the running activations as far as the law allows, and report what it does not allow."""
    v = case.v
    pool = case.pool
    c = t.clocks[k + K_AT]
    bound = lapsing_from(t, k, i, case)
    late = v[c + C_LATE_HEAD]
    if late >= 0 and pool[late + A_DUE] >= bound:
        late = -1
    if v[c + C_HEAD] < 0 and late < 0:
        return
    most = t.clocks[k + K_MOST]
    reason = 0
    earliest = FAR
    a = late
    while a >= 0 and pool[a + A_DUE] < bound:
        if pool[a + A_SEQUENCE] < earliest:
            earliest = pool[a + A_SEQUENCE]
            reason = AFTER_EXPIRY
        a = pool[a + A_NEXT]
    a = v[c + C_HEAD]
    v[c + C_HEAD] = -1
    v[c + C_TAIL] = -1
    while a >= 0:
        following = pool[a + A_NEXT]
        refused = 0
        if pool[a + A_TIMES] >= t.clocks[k + K_TIMES]:
            refused = TOO_OFTEN
        elif not lawful:
            refused = NOT_APPROVED
        else:
            more = granted if granted >= 0 else most
            if more > most:
                more = most
                refused = TOO_LONG
            pool[a + A_EXTENDED] += more
            pool[a + A_TIMES] += 1
        if refused and pool[a + A_SEQUENCE] < earliest:
            earliest = pool[a + A_SEQUENCE]
            reason = refused
        rank(t, k, a, case)
        insert(c, a, case)
        a = following
    code = t.clocks[k + K_EXTENSION]
    if code >= 0:
        count(tally, code)
        if reason:
            emit(out, REFUSED, code, event, event, reason)


def amount_of(t: Tables, k: int, said: int) -> int:
    """The limit of a new activation: the clock's own, or what the starting event says (MISSING if it does not)."""
    own = t.clocks[k + K_AMOUNT]
    return said if own == MISSING else own
