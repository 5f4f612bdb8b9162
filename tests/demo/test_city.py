"""The demonstration city: the same every time, alive, and wrong in every way the packs know."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from xiaoneng.demo import city as city_module
from xiaoneng.demo.agencies import AGENCIES, HOUSING, LINJIANG, WANGSHAN
from xiaoneng.demo.city import make_city
from xiaoneng.demo.families import FAMILIES
from xiaoneng.demo.record import record
from xiaoneng.demo.write import JOURNAL, write_city
from xiaoneng.journal.chain import verify
from xiaoneng.journal.event import Precision
from xiaoneng.journal.jsonl import read_journal
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.demo.city import City
    from xiaoneng.demo.telling import Case, Draft
    from xiaoneng.journal.event import Event
    from xiaoneng.packs.folder import Packs
    from xiaoneng.packs.model import Procedure
    from xiaoneng.supervise.verdict import Verdict

SEVERAL = 3
SMALL = 900


def procedures(packs: Packs) -> dict[str, Procedure]:
    return {one.procedure: packs.procedure(one.procedure) for one in FAMILIES}


@pytest.fixture(scope="module")
def verdicts(city: City, packs: Packs) -> dict[str, Verdict]:
    cases: dict[str, list[Event]] = defaultdict(list)
    for event in city.events:
        cases[event.subject].append(event)
    known, calendar = procedures(packs), packs.calendar("cn")
    return {
        case: supervise(known[city.procedure_of[case]], events, calendar, city.until) for case, events in cases.items()
    }


def test_the_same_call_gives_the_same_city(packs: Packs) -> None:
    one, other = (make_city(procedures(packs), packs.calendar("cn"), cases=SMALL) for _ in range(2))
    assert one == other


def test_another_seed_gives_another_city(packs: Packs) -> None:
    one, other = (make_city(procedures(packs), packs.calendar("cn"), seed=seed, cases=SMALL) for seed in (1, 2))
    assert one.events != other.events


def test_the_city_lives_until_the_day_it_is_told(packs: Packs) -> None:
    until = dt.date(2025, 6, 30)
    city = make_city(procedures(packs), packs.calendar("cn"), until, cases=SMALL)
    assert max(event.recorded_at for event in city.events) <= city.until
    assert city.until.date() == until


def test_written_twice_the_files_have_the_same_bytes_and_their_chains_hold(packs: Packs, tmp_path: Path) -> None:
    city = make_city(procedures(packs), packs.calendar("cn"), cases=SMALL)
    parts = write_city(tmp_path / "a", city)
    write_city(tmp_path / "b", city)
    names = [JOURNAL, *(path.name for path in parts.values())]
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert verify(read_journal(tmp_path / "a" / name)) is None
    links = list(read_journal(tmp_path / "a" / JOURNAL))
    assert [link.event.id for link in links] == [event.id for event in city.events]
    assert len(links) == sum(sum(1 for _ in read_journal(path)) for path in parts.values())


def test_every_clock_and_every_rule_is_broken_a_few_times(city: City, verdicts: dict[str, Verdict]) -> None:
    broken = Counter((city.procedure_of[case], f.rule) for case, verdict in verdicts.items() for f in verdict.breaches)
    for name in city.procedures:
        program = next(one.program for case, one in verdicts.items() if city.procedure_of[case] == name)
        duties = {
            one.id
            for one in program.provisions
            if one.rule is not None or (one.clock is not None and one.clock.binds == "agency")
        }
        assert {duty: broken[name, duty] for duty in duties if broken[name, duty] < SEVERAL} == {}


def test_who_does_nothing_wrong_breaks_nothing(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    faultless = set()

    def remember(case: Case) -> list[Draft]:
        if not case.faults:
            faultless.add(case.subject)
        return record(case)

    monkeypatch.setattr(city_module, "record", remember)
    city = make_city(procedures(packs), packs.calendar("cn"), cases=SMALL, seed=7)
    cases: dict[str, list[Event]] = defaultdict(list)
    for event in city.events:
        if event.subject in faultless:
            cases[event.subject].append(event)
    known, calendar = procedures(packs), packs.calendar("cn")
    wrong = [
        finding
        for case, events in cases.items()
        for finding in supervise(known[city.procedure_of[case]], events, calendar, city.until).breaches
        if not finding.order_unknown
    ]
    assert wrong == []


def test_two_agencies_are_bad_and_one_is_excellent(verdicts: dict[str, Verdict]) -> None:
    total: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for verdict in verdicts.values():
        agency = next(member.agency for member in verdict.sequence if hasattr(member, "agency"))
        total[agency] += 1
        bad[agency] += bool(verdict.breaches)
    share = {agency.name: bad[agency.name] / total[agency.name] for agency in AGENCIES}
    ranked = sorted(share, key=share.__getitem__)
    assert set(ranked[-2:]) == {HOUSING.name, WANGSHAN.name}
    assert ranked[0] == LINJIANG.name
    assert share[LINJIANG.name] < 0.03


def test_some_cases_are_nearly_due_on_the_last_day(verdicts: dict[str, Verdict]) -> None:
    warned = [one for verdict in verdicts.values() for one in verdict.findings if one.kind == "warning"]
    assert len(warned) >= SEVERAL


def test_facts_come_late_in_bulk_mended_tied_and_of_kinds_nobody_declared(
    city: City, verdicts: dict[str, Verdict]
) -> None:
    assert sum(event.kind == "correction" for event in city.events) >= SEVERAL
    assert sum(event.retracted for event in city.events) >= SEVERAL
    assert sum(event.precision is Precision.DAY for event in city.events) >= SEVERAL
    assert sum(len(verdict.unknown) for verdict in verdicts.values()) >= SEVERAL
    at_night = [event for event in city.events if event.recorded_at.hour >= 22]
    assert len(at_night) >= SEVERAL
    assert {event.agency for event in at_night} >= {WANGSHAN.name}
    doubtful = [one for verdict in verdicts.values() for one in verdict.findings if one.order_unknown]
    decided = [verdict for verdict in verdicts.values() if verdict.order_decides]
    assert len(doubtful) >= SEVERAL
    assert len(decided) >= SEVERAL


def test_facts_happen_on_working_days(city: City, packs: Packs) -> None:
    calendar = packs.calendar("cn")
    facts = [event.occurred for event in city.events if event.kind != "correction"]
    days = {occurred.toordinal() - dt.date(1970, 1, 1).toordinal() for occurred in facts}
    assert all(calendar.is_working(day) for day in days)
