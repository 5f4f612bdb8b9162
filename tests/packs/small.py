"""Small procedures made directly as values, for tests of what can be proved of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import Clock, Course, EventKind, Field, FieldType, JudgedBy, Procedure, Rule, RuleKind, Step
from xiaoneng.packs.selector import Selector, Selectors
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

CITE = ("cn-administrative-licensing-law#42(p1)",)


def on(*selected: str) -> Selectors:
    """Selectors, each as `kind` or `kind: condition`."""
    parts = (one.partition(": ") for one in selected)
    return tuple(Selector(kind, parse(where) if where else None) for kind, _, where in parts)


def field(name: str, sort: FieldType = FieldType.BOOLEAN, **keys: Any) -> Field:
    return Field(name, sort, Words(f"项{name}", name), **keys)


def kind(name: str, *fields: Field) -> EventKind:
    return EventKind(name, Words(f"事{name}", name), {one.id: one for one in fields})


def rule(name: str, sort: RuleKind, source: Selectors, target: Selectors = (), **keys: Any) -> Rule:
    return Rule(name, sort, Words(f"要求{name}", f"duty {name}"), CITE, source, target, line=7, **keys)


def clock(name: str, starts: Selectors, stops: Selectors, **keys: Any) -> Clock:
    given: dict[str, Any] = {"limit": Limit(20, LimitKind.WORKING_DAYS), "roll": False, "line": 5} | keys
    return Clock(name, Words(f"期限{name}", f"clock {name}"), Words("说明", "says"), starts, stops, cite=CITE, **given)


def steps(*kinds: str) -> Course:
    return tuple(Step(one) for one in kinds)


def procedure(
    *kinds: str | EventKind, opens: Selectors, ends: Selectors, rules: tuple[Rule, ...] = (), **keys: Any
) -> Procedure:
    declared = [one if isinstance(one, EventKind) else kind(one) for one in kinds]
    return Procedure(
        id="cn.small",
        name=Words("小程序", "small procedure"),
        in_force_from=dt.date(2020, 1, 1),
        in_force_until=None,
        judged_by=JudgedBy.RECEIPT,
        calendar="cn",
        zone="Asia/Shanghai",
        opens=opens,
        ends=ends,
        events={one.id: one for one in declared},
        rules=rules,
        file="cn/small/family.yaml",
        **keys,
    )
