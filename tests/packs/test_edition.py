"""An edition changes with what a procedure means, and with nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rfc8785

from xiaoneng.packs import edition as edition_module
from xiaoneng.packs.folder import open_packs

from .places import FIXTURES, TEA, copied, spoil
from .spoiled import DECISION_LIMIT, rule

if TYPE_CHECKING:
    from pathlib import Path

LADDER = "xx/_ladders/two.yaml"


def edition(root: Path) -> str:
    return open_packs(root).procedure("xx.tea").edition


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("says: 受理一次", "says: {zh: 只受理一次, en: accept once}"),
        ("name: {zh: 茶叶许可, en: tea licence}", "name: 茶"),
        ("web: 网上", "web: {zh: 网上, en: web}"),
        ("family: tea\n", "# a comment\n\nfamily: tea\n"),
        ("    starts: received\n", "    starts: [{kind: received}]\n"),
        ("granted == false", "granted   ==   (False)"),
        (DECISION_LIMIT, "    roll: false\n" + DECISION_LIMIT),
        ("name: 承诺天数}", "name: 承诺天数, help: 写数字}"),
    ],
)
def test_words_and_spelling_are_no_meaning(old: str, new: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, old, new)
    assert edition(root) == edition(FIXTURES)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TEA, DECISION_LIMIT, DECISION_LIMIT.replace("20", "19")),
        (TEA, "granted == false", "granted == true"),
        (TEA, "cite: [xx-tea-law#4]", "cite: [xx-tea-law#3]"),
        (TEA, "in_force: {from: 2020-01-01}", "in_force: {from: 2020-01-02}"),
        (TEA, "judged_by: receipt", "judged_by: act"),
        (TEA, "counter: {zh: 窗口, en: counter}", "desk: {zh: 窗口, en: counter}"),
        (TEA, "by: [counter]", "by: [counter, hall]"),
        (TEA, "      - repeat: [delivered]\n", "      - delivered\n"),
        (TEA, *rule("kind: within_list, of: received, field: channel, list: [web]")),
        (LADDER, "used: 0.9, of: [statutory]", "used: 0.8, of: [statutory]"),
    ],
)
def test_what_a_verdict_rests_on_is_meaning(file: str, old: str, new: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, old, new, file)
    assert edition(root) != edition(FIXTURES)


def test_the_order_of_clocks_is_meaning(tmp_path: Path) -> None:
    root = copied(tmp_path)
    text = (root / TEA).read_text(encoding="utf-8")
    first, second = text.index("  acceptance:\n"), text.index("  decision:\n    name: 决定\n    says: {zh")
    third = text.index("  pickup:\n")
    (root / TEA).write_text(text[:first] + text[second:third] + text[first:second] + text[third:], encoding="utf-8")
    assert edition(root) != edition(FIXTURES)


def test_an_edition_is_sixteen_hex_digits_and_stays_the_same() -> None:
    assert edition(FIXTURES) == "1d8dc3aade5b965a"


def test_editions_are_hashes_of_canonical_json(root: Path) -> None:
    for versions in open_packs(root / "packs").procedures.values():
        for version in versions:
            meaning = edition_module._meaning(version)
            assert edition_module.canonical(meaning) == rfc8785.dumps(meaning)


@pytest.mark.parametrize("value", [0.5, 1e21, 1e-7, 100.0, -0.0])
def test_broken_numbers_are_written_as_the_standard_says(value: float) -> None:
    assert edition_module.canonical({"b": [value], "a": "中"}) == rfc8785.dumps({"b": [value], "a": "中"})
