"""One thing, one word: docs/words.md names what the code and the packs name."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
import yaml

from xiaoneng.config.command import COMMANDS
from xiaoneng.journal.effective import BOOKKEEPING
from xiaoneng.packs.model import Binds, FieldType, Level, Nature, RuleKind
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

UNWANTED = {"status", "deadline", "manage", "manager", "process", "window", "suspend", "suspended", "punishment"}
KEPT = {"deadline", "process"}
"""Somebody else's words that are quoted; docs/words.md says whose."""

WHERE_KEPT = {"deadline": "packs/nl", "process": "src/xiaoneng/packs/bpmn.py"}
CODE = re.compile(r"`([^`]+)`")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "words.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words(page: str) -> dict[str, set[str]]:
    """Names in the second column of each table, by the section's title."""
    named: dict[str, set[str]] = {}
    section = ""
    for line in page.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("| "):
            named.setdefault(section, set()).update(CODE.findall(line.split("|")[2]))
    return named


def families(folder: Path) -> Iterator[tuple[Path, dict[str, dict[str, object]]]]:
    for file in sorted(folder.rglob("family*.yaml")):
        yield file, yaml.safe_load(file.read_text(encoding="utf-8")).get("events", {})


def identifiers(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def test_a_chinese_name_of_an_event_has_one_code(root: Path) -> None:
    codes: dict[str, set[str]] = {}
    for _, events in families(root / "packs" / "cn"):
        for kind, event in events.items():
            name = event.get("name", kind)
            codes.setdefault(name if isinstance(name, str) else name["zh"], set()).add(kind)  # type: ignore[index]
    assert {name: kinds for name, kinds in codes.items() if len(kinds) > 1} == {}


def test_every_kind_of_the_journal_itself_has_a_word(words: dict[str, set[str]]) -> None:
    assert words["Facts"] >= BOOKKEEPING


def test_every_rule_kind_has_a_word_and_no_other_stands_there(words: dict[str, set[str]]) -> None:
    assert words["Rule kinds"] == set(RuleKind)


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("Limits and clocks", LimitKind),
        ("Limits and clocks", Nature),
        ("Limits and clocks", Binds),
        ("Findings", Level),
        ("Fields of an event", FieldType),
    ],
)
def test_every_name_of_a_closed_list_has_a_word(section: str, names: type[StrEnum], words: dict[str, set[str]]) -> None:
    assert set(names) - words[section] == set()


def test_every_room_has_a_word_and_every_word_of_a_room_is_a_room(root: Path, words: dict[str, set[str]]) -> None:
    rooms = {path.parent.name for path in (root / "src" / "xiaoneng").glob("*/__init__.py")}
    assert rooms == words["The rooms of `src/xiaoneng`"]


def test_every_command_has_a_word_and_every_word_of_a_command_is_one(words: dict[str, set[str]]) -> None:
    assert set(COMMANDS) == words["Commands"]


def test_words_we_do_not_use_name_nothing_in_the_source(root: Path) -> None:
    found = [
        f"{file.relative_to(root)}:{line}: {name}"
        for file in sorted((root / "src").rglob("*.py"))
        for line, name in identifiers(file)
        for word in UNWANTED & set(name.lower().split("_"))
        if WHERE_KEPT.get(word) != file.relative_to(root).as_posix()
    ]
    assert found == []


def test_words_we_do_not_use_name_nothing_in_the_packs(root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {name}"
        for file, events in families(root / "packs")
        for kind, event in events.items()
        for name in (kind, *(event.get("fields") or {}))  # type: ignore[misc]
        for word in UNWANTED & set(name.split("_"))
        if not file.relative_to(root).as_posix().startswith(WHERE_KEPT.get(word, "nowhere") + "/")
    ]
    assert found == []


def test_what_is_not_used_and_what_is_kept_is_said_on_the_page(page: str) -> None:
    refused = page.partition("## Words we do not use")[2]
    kept = refused.partition("Kept, because")[2]
    forms = {word.removesuffix("s").removesuffix("ed").removesuffix("r") for word in UNWANTED - {"status", "process"}}
    assert [word for word in forms if word not in refused] == []
    assert [word for word in KEPT if f"`{word}`" not in kept] == []
    assert set(WHERE_KEPT) == KEPT
