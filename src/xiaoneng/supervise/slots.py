"""Slots: the few numbers of an event that rules and clocks need besides its letter, day and instant."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from xiaoneng.supervise.conditions import as_date, is_number, say
from xiaoneng.supervise.layout import MISSING

if TYPE_CHECKING:
    from datetime import tzinfo

    from xiaoneng.journal.event import Event

EPOCH_ORDINAL = 719_163


class SlotKind(Enum):
    """What a slot holds."""

    OFFICE = "office time elapsed before the event (seconds)"
    ACTOR = "the actor, numbered within the case from 1; 0 for nobody"
    KEY = "the value of a field, numbered within the case from 1; 0 for nothing said"
    AMOUNT = "a whole number from a field, times a factor"
    UNTIL = "a date from a field, as epoch day"
    RECORDED = "the moment of recording, in the yardstick of a kind of time"


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: `field` is for KEY, AMOUNT and UNTIL, `factor` and `most` for AMOUNT, `time` for RECORDED.

    `most` is a number beyond all calendars, in the unit of the field.
    """

    kind: SlotKind
    field: str = ""
    factor: int = 1
    most: int = 1_000_000
    time: int = 0


def amount(event: Event, slot: Slot, zone: tzinfo) -> int:
    """A whole number, not negative, that the event says in a field, in the unit of its clock; else MISSING.

    Numbers beyond all calendars count as one that is just beyond them.
    """
    value = say(event, (slot.field,), zone)
    if not is_number(value) or not math.isfinite(value) or value < 0 or value != int(value):  # type: ignore[arg-type, operator, call-overload]
        return MISSING
    return min(int(value), slot.most) * slot.factor  # type: ignore[call-overload, no-any-return]


def until(event: Event, slot: Slot, zone: tzinfo) -> int:
    """The date that the event says in a field, as epoch day; else MISSING."""
    on = as_date(say(event, (slot.field,), zone), zone)
    return MISSING if on is None else on.toordinal() - EPOCH_ORDINAL


def key(event: Event, slot: Slot, zone: tzinfo, numbers: dict[tuple[str, object], int]) -> int:
    """Number of a field's value (or the actor) within the case; 0 for nothing said."""
    if slot.kind is SlotKind.ACTOR:
        return numbers.setdefault(("", event.actor), len(numbers) + 1) if event.actor else 0
    value = say(event, (slot.field,), zone)
    return numbers.setdefault(("=", str(value)), len(numbers) + 1) if value is not None else 0
