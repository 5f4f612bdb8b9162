"""Writing a case file: what happened in a walk, and what was found, as a test that a lawyer can sign."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaoneng.journal.event import Event
    from xiaoneng.packs.words import Words


def case_text(
    says: Words, events: Sequence[Event], now: dt.date, breaches: Iterable[tuple[str, dt.date]], proves: Sequence[str]
) -> str:
    """Write a case file; `breaches` are rules with the moment since which they are broken, `now` the day of judging."""
    lines = [f"says: {{zh: {_text(says.zh)}, en: {_text(says.en)}}}", f"now: {now.isoformat()}"]
    lines += [f"proves: [{', '.join(proves)}]"] if proves else []
    lines.append("events:")
    for event in events:
        actor = f", actor: {_text(event.actor)}" if event.actor else ""
        data = f", data: {_mapping(event)}" if event.data else ""
        lines.append(f"  - {{on: {_day(event.occurred)}, kind: {event.kind}{actor}{data}}}")
    found = [f"  - {{rule: {rule}, since: {_day(since)}}}" for rule, since in breaches]
    lines += ["findings:", *found] if found else ["findings: []"]
    return "\n".join(lines) + "\n"


def _mapping(event: Event) -> str:
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in event.data.items()) + "}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return str(value) if isinstance(value, (int, float)) else _text(str(value))


def _text(text: str) -> str:
    """Quote a text; JSON strings are YAML strings."""
    return json.dumps(text, ensure_ascii=False)


def _day(moment: dt.date) -> str:
    return moment.date().isoformat() if isinstance(moment, dt.datetime) else moment.isoformat()
