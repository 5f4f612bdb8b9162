"""Mappings and ladders are read as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.ladders import Ladders
from xiaoneng.packs.mappings import CaseEvent, load_mapping
from xiaoneng.packs.model import Level, Nature, Point, Rung

from .places import FIXTURES
from .spoiled import MAPPING

if TYPE_CHECKING:
    from pathlib import Path


def test_columns_left_out_are_those_of_xes() -> None:
    mapping = load_mapping(FIXTURES / MAPPING)
    assert (mapping.case, mapping.activity, mapping.time) == ("case:concept:name", "concept:name", "time:timestamp")
    assert (mapping.actor, mapping.agency, mapping.id) == ("org:resource", "", "")
    assert (mapping.precision, mapping.complete, mapping.others) == ("day", True, "slug")
    assert mapping.activities == {"Receive": "received", "1": "accepted"}
    assert mapping.case_events == (CaseEvent("received", "case:startdate", {"deadline": "case:deadline"}),)


def test_a_short_mapping_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("mapping: short\nprocedure: xx.tea\nzone: Europe/Rome\n", encoding="utf-8")
    mapping = load_mapping(path)
    assert (mapping.precision, mapping.complete, mapping.others) == ("instant", False, "keep")
    assert mapping.case_type == ""


def test_a_mapping_names_the_objects_that_are_cases(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    path.write_text("mapping: orders\nprocedure: xx.tea\nzone: Europe/Rome\ncase_type: order\n", encoding="utf-8")
    assert load_mapping(path).case_type == "order"


def test_a_mapping_names_its_file_in_complaints(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("mapping: short\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"short\.yaml:1: procedure: missing"):
        load_mapping(path)


def test_a_ladder_has_a_rung_for_each_line() -> None:
    ladder = Ladders(FIXTURES)["xx.two"]
    statutory, promised = frozenset({Nature.STATUTORY}), frozenset({Nature.PROMISED})
    assert ladder.rungs == (
        Rung(Level.BLUE, Point.BEFORE, statutory | promised, 1, "working_days"),
        Rung(Level.YELLOW, Point.USED, statutory, 900),
        Rung(Level.YELLOW, Point.PASSED, promised),
        Rung(Level.RED, Point.PASSED, statutory),
    )
    assert (ladder.id, ladder.rules) == ("xx.two", Level.RED)


def test_ladders_are_known_by_place_and_name() -> None:
    ladders = open_packs(FIXTURES).ladders
    assert list(ladders) == ["xx.two"]
    assert len(ladders) == 1
    assert ladders["xx.two"] is ladders["xx.two"]
    for unknown in ("two", "yy.two", "xx.three"):
        assert unknown not in ladders
