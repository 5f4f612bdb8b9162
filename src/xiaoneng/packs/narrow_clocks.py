"""Whether a local clock is narrower than the national clock of the same id.

Each check is sound by itself: more starts and fewer stops keep more activations running, a shorter limit with less time
off the clock and no more extension ends earlier, so that every national lateness is found and no later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.packs.alphabet import covers, same_events
from xiaoneng.packs.model import Binds
from xiaoneng.packs.narrow_limits import comparable, longer
from xiaoneng.timing.limit import Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaoneng.packs.model import Clock, Ground, Procedure
    from xiaoneng.timing.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something is not narrower: the key that says so, what is wrong, what to write, a stable code."""

    key: str
    wrong: str
    instead: str
    code: str


def clock_troubles(
    local: Clock,
    national: Clock,
    grounds: tuple[Procedure, Procedure],
    calendars: Sequence[Calendar],
) -> Iterator[Trouble]:
    """Everything that keeps a local clock from being narrower; `grounds` are the local and the national procedure."""
    yield from _activations(local, national)
    why = longer(local.limit, national.limit, calendars, local_rolls=local.roll, national_rolls=national.roll)
    if why:
        yield Trouble("limit", why, "write a limit that never ends later", "XN-N005")
    by_numbers = local.limit == national.limit or comparable(
        local.limit, national.limit, local_rolls=local.roll, national_rolls=national.roll
    )
    if not why and not by_numbers and (local.off_clock or local.extension is not None):
        wrong = "is compared day by day, which says nothing once days are off the clock or added"
        yield Trouble("limit", wrong, "write the national kind of day", "XN-N005")
    yield from _off_clock(local, national, *grounds)
    yield from _extension(local, national)
    yield from _lapse(local, national)
    if national.binds is Binds.AGENCY and local.binds is not Binds.AGENCY:
        wrong = f"binds the {local.binds}, so that the agency's lateness is no longer found"
        yield Trouble("binds", wrong, "write agency", "XN-N010")
    yield from _promised(local, national, calendars)


def _activations(local: Clock, national: Clock) -> Iterator[Trouble]:
    if local.first_only and not national.first_only:
        yield Trouble("activations", "counts the first start only", "write each", "XN-N009")
    if local.first_only and not same_events(local.starts, national.starts):
        wrong = "differ, so that another event may be the first"
        yield Trouble("starts", wrong, "write the national starts, or activations: each", "XN-N003")
    elif not covers(local.starts, national.starts):
        yield Trouble("starts", "leave out a national start", "list every national start", "XN-N003")
    if not covers(national.stops, local.stops):
        yield Trouble("stops", "stop at more than the national ones", "list national stops only", "XN-N004")
    if national.same and local.same != national.same:
        wrong = f"is {local.same or 'left out'}, so that a stop ends other activations too"
        yield Trouble("same", wrong, f"write {national.same}", "XN-N012")
    extended = local.extension is not None
    if not covers(national.restart, local.restart):
        yield Trouble("restart", "restarts at more than the national events", "list national ones only", "XN-N013")
    elif extended and not covers(local.restart, national.restart):
        wrong = "restarts at fewer events, so that an extension granted before would last"
        yield Trouble("restart", wrong, "list every national one", "XN-N013")


def _off_clock(local: Clock, national: Clock, ours: Procedure, theirs: Procedure) -> Iterator[Trouble]:
    for name in local.off_clock:
        if name not in national.off_clock:
            wrong, instead = f"{name} is no national ground of this clock", "leave it out"
            yield Trouble("off_clock", wrong, instead, "XN-N006")
        else:
            why = wider_ground(ours.grounds[name], theirs.grounds[name])
            if why:
                yield Trouble("off_clock", f"{name} {why}", "write the national ground", "XN-N006")


def wider_ground(local: Ground, national: Ground) -> str:
    """Say how a local ground may hold the clock longer than the national one; nothing where it cannot.

    Where the law caps each interval, the events must be the same: an interval that opens later would end later.
    """
    if national.cap is None:
        if not covers(national.opens, local.opens):
            return "opens at more than the national events"
        return "" if covers(local.closes, national.closes) else "closes at fewer than the national events"
    if local.cap is None or local.cap.kind != national.cap.kind or local.cap.n > national.cap.n:
        return f"is not capped at {national.cap.n} {national.cap.kind}"
    if not (same_events(local.opens, national.opens) and same_events(local.closes, national.closes)):
        return "opens or closes at other events, and each interval has a cap"
    return ""


def _extension(local: Clock, national: Clock) -> Iterator[Trouble]:
    """An extension nationally refused must be refused here too, so events and what is asked are the same."""
    ours, theirs = local.extension, national.extension
    if ours is None and theirs is None:
        return
    if ours is None or theirs is None:
        wrong = "is not national law" if theirs is None else "is gone, so that a refused one is no longer found"
        instead = "leave it out" if theirs is None else "keep it, with fewer days where that is meant"
        yield Trouble("extension", wrong, instead, "XN-N007")
        return
    if not same_events(ours.by, theirs.by):
        yield Trouble("extension.by", "names other events", "name the national ones", "XN-N007")
    if ours.most.kind != theirs.most.kind or ours.most.n > theirs.most.n:
        wrong = f"{ours.most.n} {ours.most.kind} is not at most {theirs.most.n} {theirs.most.kind}"
        yield Trouble("extension", wrong, "grant no more", "XN-N007")
    if ours.times > theirs.times:
        yield Trouble("extension.times", f"is {ours.times}", f"write {theirs.times} or less", "XN-N007")
    if ours.granted != theirs.granted:
        wrong = "reads what is granted from another field"
        yield Trouble("extension.granted", wrong, f"write {theirs.granted or 'nothing'}", "XN-N007")
    if (ours.lawful and ours.lawful.tree) != (theirs.lawful and theirs.lawful.tree):
        wrong = "asks something else of the approval"
        yield Trouble("extension.approved_by", wrong, "ask what the national clock asks", "XN-N007")


def _lapse(local: Clock, national: Clock) -> Iterator[Trouble]:
    """The deemed fact is the same; it may come earlier only where the lateness itself is found."""
    if local.on_lapse != national.on_lapse:
        wrong, instead = "gives silence another meaning", "write what the national clock says"
        yield Trouble("on_lapse", wrong, instead, "XN-N008")
    elif local.on_lapse is not None and local.limit != national.limit and local.binds is not Binds.AGENCY:
        wrong = "comes earlier, and the lateness is not the agency's"
        yield Trouble("on_lapse", wrong, "write the national limit", "XN-N008")


def _promised(local: Clock, national: Clock, calendars: Sequence[Calendar]) -> Iterator[Trouble]:
    ours, theirs = local.promised, national.promised
    limit = local.limit
    if isinstance(ours, Limit) and isinstance(limit, Limit) and (ours.kind != limit.kind or ours.n > limit.n):
        wrong = f"{ours.n} {ours.kind} is not at most the limit"
        yield Trouble("promised", wrong, f"promise {limit.n} {limit.kind} or less", "XN-N011")
        return
    if theirs is None:
        return
    if ours is None:
        yield Trouble("promised", "is gone", "keep the promise, or promise less time", "XN-N011")
        return
    why = longer(ours, theirs, calendars, local_rolls=local.roll, national_rolls=national.roll)
    if why or (isinstance(ours, Limit) and isinstance(theirs, Limit) and ours.kind != theirs.kind):
        yield Trouble("promised", why or "is of another kind", "promise no more time", "XN-N011")
