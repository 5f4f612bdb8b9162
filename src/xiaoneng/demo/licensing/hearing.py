"""Neighbours are told, may ask for a hearing, and are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.demo.people import person

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from xiaoneng.demo.licensing.plan import Plan
    from xiaoneng.demo.telling import Case


def hear(case: Case, course: Plan) -> Callable[[], None]:
    """Tell everything up to the decision; gives what is left to tell after it."""
    how = course.hearing
    if not how:
        return _nothing
    if how == "public":
        asked_on = _announce(case)
        return _hold(case, asked_on, "public_interest")
    who = person(case.chance)
    if not case.has("licensing.interested-told"):
        case.tell_later("interested_party_told", 0, 1, "handler", who=who)
    if how == "untold":
        case.later(1, 2)
        return _nothing
    case.tell("hearing_right_told", "handler", who=who)
    period = case.scene.days("hearing_request")
    if how == "hurried":
        case.later(1, period - 2)
    elif how == "waived":
        case.tell_later("hearing_waived", 1, 3, "counter")
    elif how == "silent":
        case.later(period + 1, period + 2)
    else:
        return _ask(case, how, who)
    return _nothing


def _ask(case: Case, how: str, who: str) -> Callable[[], None]:
    case.tell_later("hearing_requested", 1, 3, "counter", who=who, in_time=True)
    asked_on = case.on
    if how == "recanted":
        case.tell_later("hearing_request_withdrawn", 1, 4, "counter")
        case.off.append((asked_on, case.on))
        return _nothing
    if how == "skipped":
        case.later(2, 4)
        case.off.append((asked_on, case.on))
        return _nothing
    return _hold(case, asked_on, "requested")


def _announce(case: Case) -> dt.date:
    if case.has("licensing.hearing-announced"):
        return case.on
    case.tell_later("hearing_announced", 0, 1, "handler")
    return case.on


def _hold(case: Case, asked_on: dt.date, basis: str) -> Callable[[], None]:
    gap = case.scene.days("licensing.hearing-notice")
    if not case.has("licensing.hearing-notified"):
        case.tell_later("hearing_notified", 0, 3, "handler")
    if case.has("licensing.hearing-notice"):
        case.later(2, gap - 2)
    elif case.has("hearing_held"):
        limit = case.scene.days("hearing_held")
        case.go_to(case.desk.after(asked_on, limit + case.chance.randint(1, 3)))
    else:
        case.later(gap, gap + 2)
    presider = "reviewer" if case.has("licensing.hearing-presider") else "presider"
    case.tell("hearing_opened", presider, basis=basis, open_to_public=not case.has("licensing.hearing-public"))
    # Preparing lies off the clock for at most the days that the law gives for it.
    if not case.has("licensing.hearing-announced"):
        last = case.desk.after(asked_on, case.scene.days("hearing_held"))
        case.off.append((asked_on, min(case.on, last)))
    if case.has("licensing.hearing-closed-first"):
        case.later(1, 1)
        return lambda: _close(case, presider)
    case.tell("hearing_closed", presider)
    if case.has("licensing.hearing-minutes"):
        case.later(1, 2)
        return _nothing
    if case.has("licensing.decide-on-minutes"):
        case.later(0, 1)
        return lambda: _sign(case, presider)
    case.tell_later("hearing_minutes_signed", 0, 2, presider)
    return _nothing


def _close(case: Case, presider: str) -> None:
    case.tell_later("hearing_closed", 1, 1, presider)
    _sign(case, presider)


def _sign(case: Case, presider: str) -> None:
    case.tell_later("hearing_minutes_signed", 1, 2, presider)


def _nothing() -> None:
    """Nothing is left to tell."""
