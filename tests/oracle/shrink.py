"""A smaller case that still shows the difference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaoneng.packs.model import Procedure

    from .journals import History

Case = tuple["Procedure", "History"]


def shrunk(procedure: Procedure, history: History, differs: Callable[[Procedure, History], bool]) -> Case:
    """Leave out events, rules, clocks and what they say, one at a time, as long as the two still differ."""
    case = (procedure, history)
    smaller = True
    while smaller:
        smaller = False
        for candidate in simpler(*case):
            if stands(candidate) and differs(*candidate):
                case, smaller = candidate, True
                break
    return case


def stands(case: Case) -> bool:
    """Whether everything a rule or clock names is still there."""
    procedure, history = case
    named = {clock.id for clock in procedure.clocks} | {rule.id for rule in procedure.rules} | set(procedure.grounds)
    ids = {event.id for event in history.events}
    return all(not rule.pending or rule.pending in named for rule in procedure.rules) and all(
        not event.corrects or event.corrects in ids for event in history.events
    )


def simpler(procedure: Procedure, history: History) -> Iterator[Case]:
    events = history.events
    for i in range(len(events)):
        yield procedure, replace(history, events=events[:i] + events[i + 1 :])
    for i in range(len(procedure.rules)):
        yield replace(procedure, rules=procedure.rules[:i] + procedure.rules[i + 1 :]), history
    for i, clock in enumerate(procedure.clocks):
        before, after = procedure.clocks[:i], procedure.clocks[i + 1 :]
        yield replace(procedure, clocks=before + after), history
        plainer = (
            replace(clock, on_lapse=None), replace(clock, promised=None), replace(clock, extension=None),
            replace(clock, restart=()), replace(clock, off_clock=clock.off_clock[1:]), replace(clock, same=""),
            replace(clock, first_only=False),
        )  # fmt: skip
        for one in plainer:
            if one != clock:
                yield replace(procedure, clocks=(*before, one, *after)), history
    if procedure.ends:
        yield replace(procedure, ends=()), history
    if history.complete:
        yield procedure, replace(history, complete=False)
    for i, event in enumerate(events):
        for name in () if event.corrects else tuple(event.data):
            data = {key: value for key, value in event.data.items() if key != name}
            if event.kind != "reliance_corrected":
                yield procedure, replace(history, events=[*events[:i], replace(event, data=data), *events[i + 1 :]])
        plainer_events = (
            replace(event, actor=""), replace(event, agency=""), replace(event, relied_on=()),
            replace(event, source="", source_sequence=None),
        )  # fmt: skip
        for one_event in plainer_events:
            if one_event != event:
                yield procedure, replace(history, events=[*events[:i], one_event, *events[i + 1 :]])
