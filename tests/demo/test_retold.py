"""Cases that are retold from the packs show in the city what they prove of the law."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from xiaoneng.demo.families import FAMILIES
from xiaoneng.demo.retold import Retelling
from xiaoneng.journal.event import Event
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from xiaoneng.demo.city import City
    from xiaoneng.demo.telling import Draft
    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.model import Procedure

FIRST, UNTIL = dt.date(2025, 9, 20), dt.date(2026, 11, 20)
FEW = 10


def test_every_national_procedure_has_cases_in_the_city(packs: Packs, whole_city: City) -> None:
    national = {name for name in packs.ids if name.count(".") == 1 and name.startswith("cn.")}
    told = Counter(whole_city.procedure_of.values())
    assert {name: told[name] for name in national if told[name] < FEW} == {}


def test_every_clock_and_rule_of_a_retold_procedure_is_broken_in_the_city(
    packs: Packs, whole_city: City, known: dict[str, Procedure], files: dict[str, list[CaseFile]]
) -> None:
    made = {family.procedure for family in FAMILIES}
    cases: dict[str, list[Event]] = defaultdict(list)
    for event in whole_city.events:
        cases[event.subject].append(event)
    broken: dict[str, set[str]] = defaultdict(set)
    for subject, events in cases.items():
        name = whole_city.procedure_of[subject]
        if name not in made:
            verdict = supervise(known[name], events, packs.calendar("cn"), whole_city.until)
            broken[name] |= {one.rule for one in verdict.breaches}
    # A duty that is judged at the end of a case which no event closes is broken in the files only, which say that nothing comes.
    wanted = {
        name: {finding.rule for case in told if not case.complete for finding in case.findings}
        for name, told in files.items()
    }
    left = {name: sorted(rules - broken[name]) for name, rules in wanted.items() if rules - broken[name]}
    assert sum(map(len, left.values())) <= sum(map(len, wanted.values())) // 100, left


def test_a_story_is_retold_on_days_that_work_as_in_the_original(
    packs: Packs, known: dict[str, Procedure], files: dict[str, list[CaseFile]]
) -> None:
    procedure, calendar = known["cn.public-service"], packs.calendar("cn")
    retelling = Retelling(procedure, calendar, FIRST, UNTIL, 1)
    for subject, drafts in retelling.cases(files[procedure.id]):
        assert subject.startswith(f"{procedure.name.zh}-202")
        assert FIRST <= day(drafts[0]) <= UNTIL
        assert not any(isinstance(value, dt.date) for draft in drafts for value in draft.data.values())


def test_a_retold_case_gets_the_findings_of_its_file(
    packs: Packs, known: dict[str, Procedure], files: dict[str, list[CaseFile]]
) -> None:
    import random

    procedure, calendar = known["cn.public-service"], packs.calendar("cn")
    retelling = Retelling(procedure, calendar, FIRST, UNTIL, 1)
    for file in files[procedure.id]:
        chance = random.Random(file.path.stem)
        shift = retelling.shift(file, chance)
        assert shift is not None
        events = [numbered(i, draft) for i, draft in enumerate(retelling.retell(file, shift, chance))]
        found = supervise(procedure, events, calendar, file.now + shift, complete=file.complete).breaches
        assert sorted(one.rule for one in found) == sorted(one.rule for one in file.findings), file.path.name


def test_a_law_that_no_longer_holds_is_not_retold(packs: Packs, files: dict[str, list[CaseFile]]) -> None:
    old, new = packs.versions("cn.disclosure-request")
    retelling = Retelling(old, packs.calendar("cn"), FIRST, UNTIL, 1)
    assert list(retelling.cases(files[new.id])) == []


def day(draft: Draft) -> dt.date:
    return draft.occurred.date() if isinstance(draft.occurred, dt.datetime) else draft.occurred


def numbered(place: int, draft: Draft) -> Event:
    return Event(
        f"e{place}", "case", draft.kind, draft.occurred, draft.recorded_at, place + 1, draft.source, draft.source_sequence,
        draft.actor, draft.agency, draft.data, draft.relied_on,
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_retells_the_same(
    packs: Packs, known: dict[str, Procedure], files: dict[str, list[CaseFile]], seed: int
) -> None:
    procedure, calendar = known["cn.public-service"], packs.calendar("cn")
    one, other = (list(Retelling(procedure, calendar, FIRST, UNTIL, seed).cases(files[procedure.id])) for _ in range(2))
    assert one == other
