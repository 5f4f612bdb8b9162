"""The door for families: from files to frozen procedures, or to complaints with file and line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from xiaoneng.packs import procedure_checks
from xiaoneng.packs.citations import check_citations
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.document import check, read
from xiaoneng.packs.edition import edition
from xiaoneng.packs.load_clocks import load_clocks
from xiaoneng.packs.load_events import load_actions, load_course, load_events, load_grounds
from xiaoneng.packs.load_outward import (
    check_rows,
    check_tells,
    load_holds,
    load_notices,
    load_publications,
    load_schedules,
)
from xiaoneng.packs.load_rules import load_rules
from xiaoneng.packs.model import Procedure
from xiaoneng.packs.narrowed import FAMILY, whole
from xiaoneng.packs.reading import Reading
from xiaoneng.packs.schema import FamilyIn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xiaoneng.law.library import Library
    from xiaoneng.packs.complaint import Complaint
    from xiaoneng.packs.model import Ladder
    from xiaoneng.packs.place import Places


def load_procedure(
    path: Path, *, instruments: Library | None, ladders: Mapping[str, Ladder], places: Places
) -> Procedure:
    """Load one version of one procedure.

    The procedure's id and the names in complaints are counted from the root of `places`, the folder of the packs.
    `instruments` of None leaves the citations unchecked but for their form. Raises PackError with everything wrong.
    """
    root = places.root
    folders, document = whole(path, root, places.documents)
    family = check(FamilyIn, document)
    document.must_be("family", family.family, path.parent.name, "the folder")
    reading = Reading(document)
    reading.clock_ids = frozenset(family.clocks)
    place = places.of(procedure_id(path.parent, root))
    load_events(family, reading)
    check_tells(family, reading)
    grounds = load_grounds(family, reading)
    opens = reading.selectors(family.opens, ("opens",))
    ends = reading.selectors(family.ends, ("ends",))
    held = [one for ground in grounds.values() for one in (*ground.opens, *ground.closes)]
    clocks = load_clocks(family, grounds, reading)
    rules = load_rules(family, reading)
    procedure_checks.check_ids(clocks, rules, reading)
    procedure_checks.check_pending(clocks, rules, grounds, reading)
    procedure_checks.check_lapses(clocks, reading)
    procedure_checks.check_conditions((*opens, *ends, *held), clocks, rules, reading)
    procedure = Procedure(
        id=procedure_id(path.parent, root),
        name=family.name.words,
        in_force_from=family.in_force.from_,
        in_force_until=family.in_force.until,
        judged_by=family.judged_by,
        calendar=family.calendar,
        zone=family.zone,
        opens=opens,
        ends=ends,
        events=reading.events,
        clocks=clocks,
        rules=rules,
        grounds=grounds,
        actions=load_actions(family, place, reading),
        course=load_course(family, reading),
        notices=load_notices(family, folders, place, reading),
        publishes=load_publications(family, reading),
        schedule=load_schedules(family, reading),
        holds=load_holds(family, reading),
        carries=tuple(family.carries),
        ladder=_ladder(family, ladders, reading),
        narrows=family.narrows or "",
        concedes={claim: reason.words for claim, reason in family.concedes.items()},
        file=document.file,
    )
    if not root.joinpath(*family.calendar.split("."), "_calendar").is_dir():
        wrong = f"there is no calendar {family.calendar}"
        reading.complain(("calendar",), wrong, f"add packs/{family.calendar}/_calendar", "XN-P082")
    check_rows(family, place, reading)
    check_citations(procedure, instruments, reading)
    if reading.complaints:
        raise PackError(reading.complaints)
    return replace(procedure, edition=edition(procedure))


def load_versions(
    folder: Path, *, instruments: Library | None, ladders: Mapping[str, Ladder], places: Places
) -> tuple[Procedure, ...]:
    """Load every version in a family's folder, in order of `in_force`; raises PackError where two overlap."""
    complaints: list[Complaint] = []
    versions: list[Procedure] = []
    for path in sorted(folder.glob(FAMILY)):
        try:
            versions.append(load_procedure(path, instruments=instruments, ladders=ladders, places=places))
        except PackError as error:
            complaints += error.complaints
    versions.sort(key=lambda one: one.in_force_from)
    for earlier, later in pairwise(versions):
        if earlier.in_force_until is None or earlier.in_force_until > later.in_force_from:
            document = read(places.root / earlier.file, shown_as=earlier.file)
            wrong = f"still holds on {later.in_force_from}, when {later.file} begins"
            instead = f"write `until: {later.in_force_from}`"
            complaints.append(document.complain(("in_force",), wrong, instead, "XN-P083"))
    if complaints:
        raise PackError(complaints)
    return tuple(versions)


def procedure_id(folder: Path, root: Path) -> str:
    """Id of the procedure whose files lie in a folder: packs/cn/licensing is cn.licensing."""
    return ".".join(folder.relative_to(root).parts)


def _ladder(family: FamilyIn, ladders: Mapping[str, Ladder], reading: Reading) -> Ladder | None:
    if family.ladder is None:
        return None
    try:
        ladder = ladders.get(family.ladder)
    except PackError as error:
        reading.complaints += error.complaints
        return None
    if ladder is None:
        place, _, stem = family.ladder.rpartition(".")
        instead = f"add packs/{place or 'PLACE'}/_ladders/{stem}.yaml"
        reading.complain(("ladder",), f"there is no ladder {family.ladder}", instead, "XN-P084")
    return ladder
