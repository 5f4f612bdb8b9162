"""Narrower: for every history and every loaded calendar each national breach is also found, and no later.

A local pack is a whole procedure. It may add event kinds, rules, clocks and a ladder; what the national pack says
stands in it under the same id, as it is or stricter. What cannot be proved narrower is complained of.

One thing is taken as narrower though it adds a fact: a clock whose silence means something may lapse earlier where the
agency's lateness is itself a breach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.alphabet import covers
from xiaoneng.packs.complaint import Complaint
from xiaoneng.packs.narrow_clocks import Trouble, clock_troubles
from xiaoneng.packs.narrow_rules import rule_troubles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaoneng.packs.model import Procedure
    from xiaoneng.timing.calendar import Calendar


def narrows(local: Procedure, national: Procedure, calendars: Iterable[Calendar]) -> tuple[Complaint, ...]:
    """Complain of everything in a local procedure that is not proved narrower than the national one."""
    loaded, found = tuple(calendars), []
    for trouble in _frame(local, national):
        found.append(_complaint(local, trouble, trouble.key, 1))
    for kind, theirs, ours in (("clocks", national.clocks, local.clocks), ("rules", national.rules, local.rules)):
        missing = {one.id for one in theirs} - {one.id for one in ours}
        for name in sorted(missing):
            trouble = Trouble("", f"{name} of {national.id} is not here", "keep it, as it is or stricter", "XN-N001")
            found.append(_complaint(local, trouble, kind, 1))
    clocks = {clock.id: clock for clock in local.clocks}
    for clock in national.clocks:
        if clock.id in clocks:
            mine = clocks[clock.id]
            for trouble in clock_troubles(mine, clock, (local, national), loaded):
                found.append(_complaint(local, trouble, f"clocks.{clock.id}", mine.line))
    for name in sorted(clocks.keys() - {clock.id for clock in national.clocks}):
        lapse = clocks[name].on_lapse
        if lapse is not None and lapse.deemed in national.events:
            wrong = f"deems {lapse.deemed} to have happened where the national pack does not"
            trouble = Trouble("on_lapse", wrong, "leave it out", "XN-N008")
            found.append(_complaint(local, trouble, f"clocks.{name}", clocks[name].line))
    rules = {rule.id: rule for rule in local.rules}
    for rule in national.rules:
        if rule.id in rules:
            ruled = rules[rule.id]
            for trouble in rule_troubles(ruled, rule, (local, national), loaded):
                found.append(_complaint(local, trouble, f"rules.{rule.id}", ruled.line))
    return tuple(sorted(found))


def narrows_versions(
    local: Procedure, national: Iterable[Procedure], calendars: Iterable[Calendar]
) -> tuple[Complaint, ...]:
    """Complain as `narrows` does, of every national version that holds on some day on which the local one does."""
    together = [one for one in national if _overlap(local, one)]
    if not together:
        wrong, instead = "no version of it is in force when this one is", "mend `in_force`, or narrow another pack"
        return (_complaint(local, Trouble("narrows", wrong, instead, "XN-N025"), "narrows", 1),)
    loaded = tuple(calendars)
    found = (complaint for one in together for complaint in narrows(local, one, loaded))
    return tuple(dict.fromkeys(found))


def _overlap(one: Procedure, other: Procedure) -> bool:
    return all(
        first.in_force_until is None or second.in_force_from < first.in_force_until
        for first, second in ((one, other), (other, one))
    )


def _complaint(local: Procedure, trouble: Trouble, where: str, line: int) -> Complaint:
    path = where if where == trouble.key or not trouble.key else f"{where}.{trouble.key}"
    return Complaint(local.file, line, path, trouble.wrong, trouble.instead, trouble.code)


def _frame(local: Procedure, national: Procedure) -> Iterator[Trouble]:
    """What both procedures must share for their findings to be compared at all."""
    for key in ("calendar", "zone", "judged_by"):
        wanted = getattr(national, key)
        if getattr(local, key) != wanted:
            yield Trouble(key, f"is {getattr(local, key)}", f"write {wanted}, as {national.id}", "XN-N002")
    if not covers(local.ends, national.ends):
        yield Trouble("ends", "leave out a national end", "list every national end", "XN-N002")
    for kind in national.events.values():
        mine = local.events.get(kind.id)
        if mine is None:
            wrong = f"{kind.id} of {national.id} is not declared, so it would be left out of judging"
            yield Trouble("events", wrong, "declare it", "XN-N002")
            continue
        for field in kind.fields.values():
            if field.id not in mine.fields or mine.fields[field.id].type is not field.type:
                wrong = f"{kind.id} does not have the national field {field.id}"
                yield Trouble("events", wrong, f"declare it as {field.type}", "XN-N002")
