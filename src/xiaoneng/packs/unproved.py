"""Whether the case files of a procedure prove all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.case_checks import EXTENSION, PROMISED
from xiaoneng.packs.complaint import Complaint
from xiaoneng.packs.model import Binds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Procedure


def unproved(procedure: Procedure, case_files: Sequence[CaseFile]) -> tuple[Complaint, ...]:
    """Complain about each clock and rule without a good file or without a bad file that proves it.

    A bad file proves a clock or rule whose breach is among its findings. A clock that binds no agency has no
    breaches: it needs a good file, and one that says when it is due or what its lapse deems. What a local pack has
    unchanged from the pack it narrows (line 0) was proved there.
    """
    complaints: list[Complaint] = []
    for clock in procedure.clocks:
        if not clock.line:
            continue
        about = [case for case in case_files if clock.id in case.proves]
        if clock.binds is Binds.AGENCY:
            names = frozenset({clock.id, clock.id + PROMISED, clock.id + EXTENSION})
            complaints += _missing(procedure, f"clocks.{clock.id}", clock.line, about, names)
            continue
        deemed = clock.on_lapse.deemed if clock.on_lapse else ""
        complaints += _missing(procedure, f"clocks.{clock.id}", clock.line, about, None)
        if not any(clock.id in case.due or deemed in {one.kind for one in case.deemed} for case in about):
            wrong, instead = "no case file shows when it ends", "add one with `due:` or `deemed:`"
            path = f"clocks.{clock.id}"
            complaints.append(Complaint(procedure.file, clock.line, path, wrong, instead, "XN-P092"))
    for rule in procedure.rules:
        if not rule.line:
            continue
        about = [case for case in case_files if rule.id in case.proves]
        complaints += _missing(procedure, f"rules.{rule.id}", rule.line, about, frozenset({rule.id}))
    return tuple(complaints)


def _missing(
    procedure: Procedure, path: str, line: int, about: Sequence[CaseFile], names: frozenset[str] | None
) -> Iterator[Complaint]:
    name = path.partition(".")[2]
    if not any(case.good for case in about):
        instead = f"add one under cases/good that says `proves: [{name}]`"
        yield Complaint(procedure.file, line, path, "no good case file proves it", instead, "XN-P090")
    if names is not None and not any(names & {one.rule for one in case.findings} for case in about):
        instead = f"add one under cases/bad that proves and finds {name}"
        yield Complaint(procedure.file, line, path, "no bad case file proves it", instead, "XN-P091")
