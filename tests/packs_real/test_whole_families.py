"""What every national family has: forms, plain words, papers, stories, rows of the mission, both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.cases import STORY
from xiaoneng.packs.folder import Packs
from xiaoneng.packs.model import FieldType
from xiaoneng.packs.roles import Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.words import Words

ROOT = Path(__file__).resolve().parents[2] / "packs"
PACKS = Packs(ROOT)
NATIONAL = [name for name in PACKS.ids if name.startswith("cn.") and name.count(".") == 1]
INTERNAL = frozenset({"cn.parallel-opinion"})
"""Families in which no party outside the administration hears anything."""
FEWEST_STORIES = 3


def newest(name: str) -> Procedure:
    return PACKS.versions(name)[-1]


def words(procedure: Procedure) -> Iterator[tuple[str, Words]]:
    for kind in procedure.events.values():
        yield f"events.{kind.id}", kind.name
        yield from ((f"events.{kind.id}.tells", one.says) for one in kind.tells)
        for field in kind.fields.values():
            yield f"events.{kind.id}.{field.id}", field.name
            if field.help is not None:
                yield f"events.{kind.id}.{field.id}.help", field.help
            yield from ((f"events.{kind.id}.{field.id}.{key}", choice) for key, choice in field.choices.items())
    for group, things in (("clocks", procedure.clocks), ("rules", procedure.rules)):
        for thing in things:
            yield f"{group}.{thing.id}", thing.says
    for named, parts in (
        ("actions", procedure.actions),
        ("notices", procedure.notices),
        ("publishes", procedure.publishes),
    ):
        yield from ((f"{named}.{part.id}", part.name) for part in parts)


@pytest.mark.parametrize("name", NATIONAL)
def test_everything_is_said_in_chinese_and_in_english(name: str) -> None:
    for version in PACKS.versions(name):
        assert [place for place, said in words(version) if not said.en or said.en == said.zh] == []


@pytest.mark.parametrize("name", NATIONAL)
def test_every_required_field_in_which_one_writes_says_what(name: str) -> None:
    for version in PACKS.versions(name):
        fields = [(kind.id, field) for kind in version.events.values() for field in kind.fields.values()]
        open_ = [(kind, field) for kind, field in fields if field.type not in (FieldType.BOOLEAN, FieldType.CHOICE)]
        assert [f"{kind}.{field.id}" for kind, field in open_ if field.required and field.help is None] == []


@pytest.mark.parametrize("name", NATIONAL)
def test_it_carries_rows_of_the_mission(name: str) -> None:
    assert newest(name).carries


@pytest.mark.parametrize("name", NATIONAL)
def test_it_has_papers_and_tells_its_party(name: str) -> None:
    version = newest(name)
    assert version.notices
    assert name in INTERNAL or sum(bool(kind.tells) for kind in version.events.values()) >= FEWEST_STORIES


@pytest.mark.parametrize("name", NATIONAL)
def test_it_has_whole_stories(name: str) -> None:
    folder = ROOT.joinpath(*name.split(".")) / "cases" / STORY
    assert len(list(folder.glob("*.yaml"))) >= FEWEST_STORIES


@pytest.mark.parametrize("name", NATIONAL)
def test_what_can_happen_somebody_may_do(name: str) -> None:
    for version in PACKS.versions(name):
        done = {action.event for action in version.actions}
        deemed = {clock.on_lapse.deemed for clock in version.clocks if clock.on_lapse}
        left = set(version.events) - done - deemed
        assert left <= {"hearing_not_requested"}, left


@pytest.mark.parametrize("name", NATIONAL)
def test_a_personal_field_is_never_public(name: str) -> None:
    for version in PACKS.versions(name):
        fields = [(kind.id, field) for kind in version.events.values() for field in kind.fields.values()]
        assert [f"{kind}.{field.id}" for kind, field in fields if field.personal and field.public] == []


@pytest.mark.parametrize("name", ["cn.efficiency-complaint", "cn.hotline-ticket", "cn.petition", "cn.accountability"])
def test_no_paper_tells_an_agency_or_the_accused_who_complained(name: str) -> None:
    """Petition Work Regulation articles 30 and 46: what the accuser gave never reaches the accused."""
    roles = PACKS.places.of(name).roles
    assert roles is not None
    for version in PACKS.versions(name):
        for notice in version.notices:
            outside = {
                role
                for role in notice.to
                if roles[role].side is Side.PARTY and role not in ("accused", "accused_person")
            }
            template = (ROOT / notice.template).read_text(encoding="utf-8")
            named = [
                f"{kind.id}.{field.id}"
                for kind in version.events.values()
                for field in kind.fields.values()
                if field.personal and field.id in ("complainant", "petitioner", "caller", "informant", "contact")
            ]
            if not outside:
                assert [one for one in named if f'"{one}"' in template] == [], notice.id
