"""Running clocks, the warnings that stand on them, and when to look again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise import layout
from xiaoneng.supervise.encode import midnight, moment_of, office_instant
from xiaoneng.supervise.ladder import SEVERITY, thresholds
from xiaoneng.supervise.verdict import Finding, FindingKind, Running

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from xiaoneng.packs.model import Level
    from xiaoneng.supervise.findings import Reporter
    from xiaoneng.supervise.layout import Present
    from xiaoneng.supervise.program import Provision
    from xiaoneng.supervise.sink import Row


def read_clocks(
    reporter: Reporter, rows: Sequence[Row], now: Present
) -> tuple[tuple[Running, ...], list[Finding], dt.datetime | None]:
    """Running clocks, warnings, and the earliest instant after now at which either could change."""
    clocks: list[Running] = []
    warnings: list[Finding] = []
    wake: list[dt.datetime] = []
    for what, code, event, amount, due in rows:
        provision = reporter.program.provisions[code]
        if what == layout.WAITING and due != layout.NEVER:
            wake.append(_instant(reporter, provision, due, past=True))
        if what not in (layout.RUNNING, layout.HELD):
            continue
        activation = reporter.sequence[event].id
        held = what == layout.HELD
        known = not held and due != layout.NEVER
        shown = reporter.due_moment(provision, due) if known else None
        provisional = known and reporter.provisional(provision, due)
        clocks.append(Running(provision.id, activation, shown, amount, held, provisional, provision))
        if not known or (provision.clock is not None and provision.clock.binds != "agency"):
            if known:
                wake.append(_instant(reporter, provision, due, past=True))
            continue
        wake.append(_instant(reporter, provision, due, past=True))
        reached = _reached(reporter, provision, due, amount, now, wake)
        if reached is not None:
            moment, level = reached
            warnings.append(
                Finding(
                    subject=reporter.subject,
                    rule=provision.id,
                    kind=FindingKind.WARNING,
                    level=level,
                    activation=activation,
                    since=reporter.due_moment(provision, moment),
                    until=None,
                    evidence=(activation,),
                    provision=provision,
                    editions=reporter.editions,
                    due=shown,
                    provisional=provisional,
                )
            )
    return tuple(clocks), warnings, min(wake, default=None)


def _reached(
    reporter: Reporter, provision: Provision, due: int, amount: int, now: Present, wake: list[dt.datetime]
) -> tuple[int, Level] | None:
    """The highest level reached so far and since when; thresholds still ahead go into `wake`."""
    yardstick = {layout.ELAPSED: now.at, layout.OFFICE: now.office}.get(provision.time, now.day)
    best: tuple[int, Level] | None = None
    ladder = reporter.program.procedure.ladder
    for moment, level in thresholds(ladder, provision, due, amount, reporter.calendar):
        if moment > yardstick:
            wake.append(_instant(reporter, provision, moment, past=False))
        elif best is None or SEVERITY[level] > SEVERITY[best[1]]:
            best = moment, level
    return best


def _instant(reporter: Reporter, provision: Provision, moment: int, *, past: bool) -> dt.datetime:
    """The instant at which a threshold is reached; with `past`, the first at which a due moment is over."""
    if provision.time == layout.ELAPSED:
        return moment_of(moment + past)
    if provision.time == layout.OFFICE:
        # Late is later than the due second of office time, and the next one may not come before the office opens again.
        return moment_of(office_instant(moment + past, reporter.calendar, reporter.zone))
    return moment_of(midnight(moment + past, reporter.zone))
