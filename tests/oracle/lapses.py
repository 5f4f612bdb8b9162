"""The sequence of a case with its deemed facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .clocks import run
from .facts import deemed_fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.packs.model import Procedure

    from .days import Days
    from .facts import Fact

Deemed = tuple[str, date, date]


def with_deemed(
    procedure: Procedure, facts: Sequence[Fact], days: Days, today: date
) -> tuple[list[Fact], list[Deemed]]:
    """Facts and deemed facts in judging order, and of each deemed fact its kind, due day and effective day.

    All activations that are due before an event's day have ended before it; what is deemed follows one by one, the
    earliest due day first, then the clock's place in the pack, then the order of starting.
    """
    sequence: list[Fact] = []
    found: list[Deemed] = []
    for fact in [*facts, None]:
        horizon = today if fact is None else fact.day
        while (new := next_lapse(procedure, sequence, days, horizon)) is not None:
            deemed, due = new
            sequence.append(deemed)
            found.append((deemed.kind, due, deemed.start_day or deemed.day))
        if fact is not None:
            sequence.append(fact)
    return sequence, found


def next_lapse(procedure: Procedure, sequence: Sequence[Fact], days: Days, horizon: date) -> tuple[Fact, date] | None:
    happened = {fact.id for fact in sequence}
    waiting = []
    for place, clock in enumerate(procedure.clocks):
        if clock.on_lapse is None:
            continue
        done = run(clock, sequence, procedure.grounds, days, horizon)
        for number, activation in enumerate(done.activations):
            if activation.lapsed is None:
                continue
            start = activation.start.date() if isinstance(activation.start, datetime) else activation.start
            effective = start if clock.on_lapse.from_start else None
            day = max([activation.lapsed + timedelta(days=1), *(fact.day for fact in sequence[-1:])])
            fact = deemed_fact(clock, activation.fact.id, day, days, start_day=effective)
            if fact.id not in happened:
                waiting.append(((activation.lapsed, place, number), fact))
    if not waiting:
        return None
    (due, _, _), fact = min(waiting, key=lambda one: one[0])
    return fact, due
