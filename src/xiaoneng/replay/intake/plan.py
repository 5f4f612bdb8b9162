"""Which column means what: from a mapping, or the names of our own export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xiaoneng.replay.intake.error import LogError, missing
from xiaoneng.replay.intake.moments import Clock
from xiaoneng.replay.intake.zone import zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from xiaoneng.packs.mappings import CaseEvent, Mapping
    from xiaoneng.replay.intake.rows import Rows


@dataclass(frozen=True, slots=True)
class Plan:
    """What to take from the rows. Empty names are columns that the log does not have.

    `kinds` turns activities into event kinds; None keeps every name as the kind it is. `types` are the types of the
    pack's fields where known; they decide how text is read.
    """

    clock: Clock
    zone: str
    case: str
    activity: str
    time: str
    source: str = ""
    actor: str = ""
    agency: str = ""
    id: str = ""
    recorded_at: str = ""
    source_sequence: str = ""
    precision_column: str = ""
    is_by_day: bool = False
    is_complete: bool = False
    kinds: MappingOf[str, str] | None = None
    slugs: bool = False
    data: MappingOf[str, str] = field(default_factory=dict)
    case_events: tuple[CaseEvent, ...] = ()
    types: MappingOf[str, str] = field(default_factory=dict)


def mapped(rows: Rows, mapping: Mapping, zone: str, types: MappingOf[str, str]) -> Plan:
    """Plan by a mapping; `zone` is the procedure's, for local days where the mapping names none."""
    plan = Plan(
        clock=_clock(rows, mapping.zone or zone, is_said=bool(mapping.zone)),
        zone=mapping.zone or zone,
        source=mapping.mapping,
        case=mapping.case or rows.dialect.case,
        activity=mapping.activity or rows.dialect.activity,
        time=mapping.time or rows.dialect.time,
        actor=mapping.actor or "",
        agency=mapping.agency or "",
        id=mapping.id or "",
        recorded_at=mapping.recorded_at or "",
        source_sequence=mapping.source_sequence or "",
        is_by_day=mapping.precision == "day",
        is_complete=mapping.complete,
        kinds=mapping.activities,
        slugs=mapping.others == "slug",
        data=mapping.data,
        case_events=tuple(mapping.case_events),
        types=types,
    )
    asked = [plan.case, plan.activity, plan.time, plan.actor, plan.agency, plan.id, plan.recorded_at]
    asked += [plan.source_sequence, *plan.data.values()]
    for event in plan.case_events:
        asked += [event.time, *event.data.values()]
    return _checked(rows, plan, asked)


def own(rows: Rows, zone: str, types: MappingOf[str, str]) -> Plan:
    """Plan by the names of our own export: every other column of an event is its data."""
    names, says = frozenset(rows.names), rows.dialect
    said = _said_zone(rows)
    parts = {says.case, says.activity, says.time, says.actor, says.agency, says.id, says.recorded_at}
    parts |= {says.source_sequence, says.precision, says.zone, *says.aside}
    data = {name: name for name in rows.names if name not in parts and not name.startswith(("case:", "xn:"))}
    plan = Plan(
        clock=_clock(rows, said or zone, is_said=bool(said)),
        zone=said or zone,
        source=rows.place if says.source_sequence in names else "",
        case=says.case,
        activity=says.activity,
        time=says.time,
        actor=says.actor if says.actor in names else "",
        agency=says.agency if says.agency in names else "",
        id=says.id if says.id in names else "",
        recorded_at=says.recorded_at if says.recorded_at in names else "",
        source_sequence=says.source_sequence if says.source_sequence in names else "",
        precision_column=says.precision if says.precision in names else "",
        data=data,
        types=types,
    )
    return _checked(rows, plan, [plan.case, plan.activity, plan.time])


def _clock(rows: Rows, zone: str, *, is_said: bool) -> Clock:
    if not zone:
        instead = "add `zone:` to the mapping, such as `zone: Asia/Shanghai`, or name the procedure"
        raise LogError("XN-R016", "no zone is known for its local days", where=rows.place, instead=instead)
    return Clock(zone_of(zone, rows.place), is_said, rows.place)


def _said_zone(rows: Rows) -> str:
    """Zone that our own export wrote into the log, beside the events or in the case."""
    for name in (rows.dialect.zone, f"case:{rows.dialect.zone}"):
        if name in rows.names and rows.height:
            found = rows.column(name).drop_null()
            return str(found[0].as_py()) if len(found) else ""
    return ""


def _checked(rows: Rows, plan: Plan, asked: list[str]) -> Plan:
    for name in asked:
        if name and name not in rows.names:
            raise missing("column", name, rows.names, rows.place)
    return plan
