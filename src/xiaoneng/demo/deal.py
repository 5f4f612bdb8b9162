"""Who gets which case, and what goes wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from xiaoneng.demo.agencies import AGENCIES, Agency, Item
from xiaoneng.demo.telling import Case, Scene

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from xiaoneng.demo.families import Family

TIMES = 3
"""How often each thing goes wrong at least."""
SETTLED = 75
"""Working days after which a case has surely ended; breaches that must be seen begin before."""
CARELESS = 0.02
"""Agencies that err less are left out where breaches are dealt to everybody."""
USUAL = {
    "decision": 6,
    "decision.promised": 9,
    "completeness": 4,
    "delivery": 4,
    "licensing.notice-once": 3,
    "renewal": 3,
}
"""What goes wrong more often than the rest, in every agency."""
LINGERING = 24


@dataclass(frozen=True, slots=True)
class Dealt:
    """One case to be told."""

    on: dt.date
    agency: Agency
    item: Item
    faults: frozenset[str]


def deal(scene: Scene, family: Family, size: int, first: dt.date) -> Iterator[Case]:
    """Tell the cases of one procedure, by opening day."""
    chance = Random(f"{scene.seed}/{family.procedure}")  # noqa: S311 - seeded, to repeat
    dealt = sorted(_all(scene, family, size, first, chance), key=lambda one: one.on)
    numbers: dict[int, int] = {}
    for one in dealt:
        numbers[one.on.year] = number = numbers.get(one.on.year, 0) + 1
        case = Case(scene, f"{family.prefix}-{one.on.year}-{number:05d}", one.agency, one.item, one.faults)
        family.tell(case, one.on)
        yield case


def _all(scene: Scene, family: Family, size: int, first: dt.date, chance: Random) -> Iterator[Dealt]:
    desk = scene.desk
    days = desk.between(first, scene.until)
    deck = [fault for fault in family.needs if not fault.startswith("story.")] * TIMES
    for fault in deck:
        on = desk.after(first, chance.randint(1, max(days - SETTLED, 1)))
        yield Dealt(on, *_careless(family, fault, chance), frozenset((fault,)))
    yield from _lingering(scene, family, chance)
    for _ in range(size - len(deck) - LINGERING):
        agency = chance.choices(AGENCIES, [one.weight for one in AGENCIES])[0]
        on = desk.after(first, chance.randint(1, days))
        item, faults = chance.choice(agency.items), frozenset[str]()
        if chance.random() < agency.faults:
            fault = _habit(family, agency, chance)
            item = chance.choice([one for one in agency.items if fits(one, family.needs[fault])])
            faults = frozenset((fault,))
        yield Dealt(on, agency, item, faults)


def _careless(family: Family, fault: str, chance: Random) -> tuple[Agency, Item]:
    """Somebody in whose work this can go wrong."""
    needs = family.needs[fault]
    pairs = [(one, item) for one in AGENCIES if one.faults > CARELESS for item in one.items if fits(item, needs)]
    return chance.choices(pairs, [one.weight for one, _ in pairs])[0]


def _habit(family: Family, agency: Agency, chance: Random) -> str:
    """What goes wrong in an agency: its habits, what goes wrong everywhere, now and then something else."""
    can = [fault for fault in family.needs if any(fits(item, family.needs[fault]) for item in agency.items)]
    can = [fault for fault in can if not fault.startswith("story.") or fault in agency.habits]
    weights = [3 * agency.habits.get(fault, 0) + USUAL.get(fault, 1) for fault in can]
    return chance.choices(can, weights)[0]


def _lingering(scene: Scene, family: Family, chance: Random) -> Iterator[Dealt]:
    """Cases that stand near the end of their time on the last day."""
    for _ in range(LINGERING):
        agency, item = _careless(family, "story.linger", chance)
        if family.procedure == "cn.licensing":
            promised = item.promised or scene.days("decision")
            on = scene.desk.after(scene.until, -promised + chance.choice((-2, -1, 0, 0, 1, 1, 1, 2)))
        else:
            on = scene.desk.after(scene.until, -22 + chance.randint(0, 5))
        yield Dealt(on, agency, item, frozenset(("story.linger",)))


def fits(item: Item, needs: Mapping[str, object]) -> bool:
    """Whether something can go wrong in a case of this item."""
    asks = {
        "hearing": item.touches_others,
        "special": bool(item.review),
        "tests": item.tests,
        "fee": bool(item.fee),
    }
    if any(needs.get(name) and not has for name, has in asks.items()):
        return False
    handling = needs.get("handling")
    if handling == "joint":
        return item.joint
    if handling == "two_level":
        return item.two_level
    return not (handling == "single" and (item.joint or item.two_level))
