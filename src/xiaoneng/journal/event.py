"""A fact: what happened to a subject, when in law, and when we learned it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CORRECTION = "correction"
RELIANCE_CORRECTED = "reliance_corrected"


class Precision(StrEnum):
    """How exactly the legal moment is known."""

    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Reliance:
    """One register entry an act relied on, copied: a later register cannot change what the act saw.

    Valid from `valid_from` up to and including `valid_until`; None leaves that side open.
    """

    register: str
    key: str
    version: str
    values: Mapping[str, object] = field(hash=False)
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One appended fact. Building it checks nothing: `journal.envelope.read` is the door.

    `occurred` is the legal moment: a date, or an aware datetime where the instant is known. `recorded_at`
    (aware) is when we learned it; `sequence` our append number within the subject, from 1. `source` and
    `source_sequence` are the reporting system and its own number. `corrects` is the id of the event a
    correction is about; `retracted` on a correction takes that event away. `zone` is the IANA zone a date was
    meant in, "" for the procedure's own.
    """

    id: str
    subject: str
    kind: str
    occurred: date | datetime
    recorded_at: datetime
    sequence: int
    source: str = ""
    source_sequence: int | None = None
    actor: str = ""
    agency: str = ""
    data: Mapping[str, object] = field(default_factory=dict, hash=False)
    relied_on: tuple[Reliance, ...] = ()
    corrects: str = ""
    retracted: bool = False
    zone: str = ""

    @property
    def precision(self) -> Precision:
        """Day where `occurred` is a date, instant where it is a datetime."""
        return Precision.INSTANT if isinstance(self.occurred, datetime) else Precision.DAY
