"""A case while it is told: drafts of facts along working days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from xiaoneng.demo.people import staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.demo.agencies import Agency, Item
    from xiaoneng.demo.desk import Desk, Off
    from xiaoneng.journal.event import Reliance
    from xiaoneng.packs.model import Clock, Procedure

ROLES = {"counter": 3, "handler": 4, "reviewer": 2, "presider": 2, "approver": 2, "cashier": 1}
"""How many officers of an agency do what."""


@dataclass(slots=True)
class Draft:
    """A fact before it has its number. `corrects` is another draft of the same case."""

    kind: str
    occurred: dt.date
    recorded_at: dt.datetime
    actor: str
    agency: str
    data: dict[str, object]
    relied_on: tuple[Reliance, ...] = ()
    corrects: Draft | None = None
    retracted: bool = False
    source: str = ""
    source_sequence: int | None = None


@dataclass(slots=True)
class Scene:
    """What every case of a procedure shares."""

    seed: int
    desk: Desk
    procedure: Procedure
    until: dt.date
    officers: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def clock(self, name: str) -> Clock:
        """Give a clock of the procedure."""
        return next(clock for clock in self.procedure.clocks if clock.id == name)

    def days(self, name: str) -> int:
        """How many days the law gives: of a clock, or of a rule with a limit."""
        rules = (rule for rule in self.procedure.rules if rule.id == name)
        thing = next(rules, None) or self.clock(name)
        return int(thing.limit.n)  # type: ignore[union-attr]  # the clocks asked for have a fixed limit

    def most(self, name: str) -> int:
        """How many days an extension of a clock may grant."""
        extension = self.clock(name).extension
        assert extension is not None
        return extension.most.n

    def people(self, agency: str) -> Mapping[str, tuple[str, ...]]:
        """Officers of an agency by what they do; the same in every procedure."""
        if agency not in self.officers:
            names = iter(staff(Random(f"{self.seed}/{agency}"), sum(ROLES.values())))  # noqa: S311 - seeded, to repeat
            self.officers[agency] = {role: tuple(next(names) for _ in range(size)) for role, size in ROLES.items()}
        return self.officers[agency]


class Case:
    """One case: who handles it, what goes wrong in it, and where its story stands (`at`)."""

    def __init__(self, scene: Scene, subject: str, agency: Agency, item: Item, faults: frozenset[str]) -> None:
        self.scene, self.subject, self.agency, self.item, self.faults = scene, subject, agency, item, faults
        self.desk = scene.desk
        self.chance = Random(f"{scene.seed}/{subject}")  # noqa: S311 - seeded, to repeat
        people = scene.people(agency.name)
        self.officers = {role: self.chance.choice(names) for role, names in people.items()}
        self.drafts: list[Draft] = []
        self.off: list[Off] = []
        self.at = dt.datetime.min.replace(tzinfo=dt.UTC)

    def has(self, *faults: str) -> bool:
        """Whether one of these things goes wrong here."""
        return not self.faults.isdisjoint(faults)

    @property
    def on(self) -> dt.date:
        """The day on which the story stands."""
        return self.at.date()

    def begin(self, on: dt.date) -> None:
        """Start the story on a working day."""
        self.at = self.desk.moment(self.chance, on, early=True)

    def go_to(self, on: dt.date) -> None:
        """Go on to a day, or stay where that day has passed."""
        if on > self.on:
            self.at = self.desk.moment(self.chance, on, early=True)

    def later(self, low: int, high: int) -> None:
        """Let working days pass, from `low` to `high` of them."""
        days = self.chance.randint(low, high)
        if days:
            self.go_to(self.desk.after(self.on, days))

    def tell(self, kind: str, role: str = "", **data: object) -> Draft:
        """Write a fact where the story stands; the next one comes some minutes later."""
        self.at += dt.timedelta(minutes=self.chance.randint(3, 14), seconds=self.chance.randrange(60))
        actor = self.officers.get(role, role)
        recorded = self.at + dt.timedelta(seconds=self.chance.randint(2, 40))
        draft = Draft(kind, self.at, recorded, actor, self.agency.name, data)
        self.drafts.append(draft)
        return draft

    def tell_later(self, kind: str, low: int, high: int, role: str = "", **data: object) -> Draft:
        """Let working days pass, then write a fact."""
        self.later(low, high)
        return self.tell(kind, role, **data)

    def often(self, share: float) -> bool:
        """Whether something happens that happens in such a share of cases."""
        return self.chance.random() < share
