"""What the kernel says of a case: values, without texts (those are made by `explain`)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from xiaoneng.packs.model import Level

if TYPE_CHECKING:
    from xiaoneng.journal.event import Event
    from xiaoneng.supervise.program import Program, Provision

Moment: TypeAlias = dt.date
"""A date (day precision) or an aware datetime: datetime is a kind of date."""


class FindingKind(StrEnum):
    """Still in time, or not."""

    WARNING = "warning"
    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Editions:
    """What a finding rests on: content hashes of the procedure and of the calendar."""

    procedure: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule or clock, for one activation: what is wrong or soon will be.

    `since` is the legal moment from which it holds, `until` the moment at which it ended (None: it goes on); a date where the
    law counts days or only the day is known. `evidence` are event ids, the activating one first. `provisional`: the
    date rests on days whose holiday notice is not out. `order_unknown`: another order of events of one moment would change it.
    """

    subject: str
    rule: str
    kind: FindingKind
    level: Level
    activation: str
    since: Moment
    until: Moment | None
    evidence: tuple[str, ...]
    provision: Provision
    editions: Editions
    due: Moment | None = None
    reason: int = 0
    provisional: bool = False
    order_unknown: bool = False

    @property
    def id(self) -> str:
        """Stable name: hash of subject, rule or clock, and activating event."""
        return hashlib.sha256(f"{self.subject}\n{self.rule}\n{self.activation}".encode()).hexdigest()[:24]

    @property
    def cite(self) -> tuple[str, ...]:
        """The articles it rests on."""
        return self.provision.cite


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: when it is due if nothing else happens; None while it is held off the clock without a cap."""

    clock: str
    activation: str
    due: Moment | None
    amount: int
    held: bool
    provisional: bool
    provision: Provision


@dataclass(frozen=True, slots=True)
class Deemed:
    """A fact that silence made: the kind of event, the last day on which it could have been avoided, and the day it stands on."""

    id: str
    kind: str
    clock: str
    activation: str
    due_on: dt.date
    occurred: dt.date
    position: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the kernel says of one case at one instant.

    `sequence` is what was judged, deemed facts included; `unknown` the events of undeclared kinds, which were not. `wake_at` is the
    next instant at which this could change by itself.
    `order_decides` names rules that gain a finding in another order of ties, `owed` the
    clocks and rules for which something is still to be done.
    """

    subject: str
    findings: tuple[Finding, ...]
    clocks: tuple[Running, ...]
    deemed: tuple[Deemed, ...]
    wake_at: dt.datetime | None
    closed: bool
    sequence: tuple[Event | Deemed, ...]
    unknown: tuple[Event, ...]
    order_decides: frozenset[str]
    owed: frozenset[str]
    program: Program
    words: tuple[int, ...]
    activations: tuple[int, ...]

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The findings that are breaches of law or promise."""
        return tuple(finding for finding in self.findings if finding.kind is FindingKind.BREACH)


NO_LEVEL = Level.NONE
