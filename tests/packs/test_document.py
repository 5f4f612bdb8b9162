"""A YAML file is read with the line of every key, or refused without harm."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from xiaoneng.packs import document
from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.document import check, parse, read

if TYPE_CHECKING:
    from pathlib import Path

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
TABS = (
    "x.yaml:2: is not valid YAML: found character that cannot start any token; "
    "indent with spaces, not with tabs (XN-P001)"
)
BRACKETS = "x.yaml:2: is not valid YAML: did not find expected ',' or ']'; mend the indentation or quoting (XN-P001)"


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    n: int
    many: list[int] = []


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str
    inner: Inner | None = None
    table: dict[str, int] = {}


def refused(text: str) -> list[str]:
    with pytest.raises(PackError) as caught:
        check(Outer, parse(text, "x.yaml"))
    return [str(complaint) for complaint in caught.value.complaints]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a:\n\tb: 1\n", TABS),
        ("a: [1\n", BRACKETS),
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3: a: stands twice; keep one of them (XN-P002)"),
        ("a:\n  b: 1\n  b: 2\n", "x.yaml:3: a.b: stands twice; keep one of them (XN-P002)"),
        ("a: " + "[" * 99 + "]" * 99, "x.yaml:1: is nested deeper than 40 levels; flatten it (XN-P003)"),
        ("a: " + "[" * 9_999, "x.yaml:2: is not valid YAML"),
        (BOMB, "x.yaml:2: uses a YAML alias; write the value out (XN-P004)"),
        ("a: &a {b: 1}\nc: {<<: *a}\n", "x.yaml:2: uses a YAML alias; write the value out (XN-P004)"),
        ("a: {<<: {b: 1}}\n", "x.yaml:1: a: "),
        ("a: 1\n---\nb: 2\n", "x.yaml:2: holds a second YAML document; give it a file of its own (XN-P001)"),
        ("a: !!python/object/apply:os.system [ls]\nname: x\n", "x.yaml:1: a: is not a word of this format"),
        ("a: !!python/name:os.system ''\n", "x.yaml:1: a: cannot be read: could not determine a constructor"),
        ("a: 2026-02-30\n", "x.yaml:1: a: cannot be read: day is out of range for month; write a plain"),
        ("a: " + "9" * 5000, "x.yaml:1: a: cannot be read: Exceeds the limit"),
        ("? [1, 2]\n: 3\n", "x.yaml:1: a key must be a word or a number; write a plain key (XN-P001)"),
        ("1.5: 3\n", "x.yaml:1: a key must be a word or a number; write a plain key (XN-P001)"),
        ("a: \x07\n", "x.yaml:1: is not valid YAML: "),
        ("", "x.yaml:1: is empty; write at least its first key (XN-P007)"),
        ("# nothing\n", "x.yaml:1: is empty; write at least its first key (XN-P007)"),
        ("- a\n", "x.yaml:1: is a list, not a mapping; write `key: value` lines at the top (XN-P007)"),
        ("\n\nhello\n", "x.yaml:3: is a single value, not a mapping; write `key: value` lines at the top (XN-P007)"),
        ("inner: {n: 1}\n", "x.yaml:1: name: missing; write `name:` (XN-P010)"),
        ("name: a\ninner: {n: 1, m: 2}\n", "x.yaml:2: inner.m: is not a word of this format; remove it"),
        ("name: 5\n", "x.yaml:1: name: Input should be a valid string; found 5 (XN-P012)"),
        ("name: a\ninner:\n  n: x\n", "x.yaml:3: inner.n: Input should be a valid integer; found 'x' (XN-P012)"),
        ("name: a\ninner: [1]\n", "x.yaml:2: inner: is not a mapping; write its keys below it (XN-P013)"),
        ("name: a\ntable:\n", "x.yaml:2: table: is not a mapping; write its keys below it (XN-P013)"),
        ("name: a\ninner: {n: 1, many: 3}\n", "x.yaml:2: inner.many: is not a list; write [one, two] (XN-P013)"),
        ("name: a\ntable:\n  5: 1\n", "x.yaml:3: table.5: Input should be a valid string; found 5 (XN-P012)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, complaint: str) -> None:
    assert refused(text)[0].startswith(complaint)


def test_every_fault_of_a_file_is_said_in_order_of_lines() -> None:
    found = refused("inner:\n  many: [1]\n  x: 1\ntable: {a: b}\n")
    assert [line.split(": ")[:2] for line in found] == [
        ["x.yaml:1", "inner.n"],
        ["x.yaml:1", "name"],
        ["x.yaml:3", "inner.x"],
        ["x.yaml:4", "table.a"],
    ]


def test_keys_that_yaml_would_change_stay_words() -> None:
    read_in = parse("on: 1\nyes: 2\n2026-01-01: 3\n7: 4\n", "x.yaml")
    assert read_in.data == {"on": 1, "yes": 2, "2026-01-01": 3, 7: 4}


def test_values_are_plain() -> None:
    read_in = parse("a: [1, 1.5, true, null, 2026-03-02, '007']\n", "x.yaml")
    assert read_in.data == {"a": [1, 1.5, True, None, dt.date(2026, 3, 2), "007"]}


def test_a_path_that_is_not_in_the_file_has_the_line_of_what_holds_it() -> None:
    read_in = parse("a:\n  b: 1\nc: [x,\n  y]\n", "x.yaml")
    assert [read_in.line(path) for path in (("a", "b", "z"), ("c", 1), ("q",), ())] == [2, 4, 1, 1]


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\nb: 许可\n".encode("gb18030"))
    with pytest.raises(PackError) as caught:
        read(path)
    assert str(caught.value) == "x.yaml:2: is not UTF-8; save it as UTF-8 (XN-P006)"


def test_a_huge_file_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_BYTES", 10)
    (tmp_path / "x.yaml").write_text("a: 12345678\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"shown\.yaml:1: is larger than 10 bytes; split it \(XN-P005\)"):
        read(tmp_path / "x.yaml", shown_as="shown.yaml")


def test_a_complaint_about_a_whole_file_names_no_key() -> None:
    assert str(Complaint("x.yaml", 1, "", "is empty", "fill it", "XN-P007")) == "x.yaml:1: is empty; fill it (XN-P007)"


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
"""Without line breaks other than \\n, which YAML folds."""
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS | st.dates()
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TREES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=15
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_what_yaml_writes_is_read_back_with_a_line_for_every_key(data: dict[str, object]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    if "&id" in text:
        return
    read_in = parse(text, "x.yaml")
    assert read_in.data == data
    lines = text.splitlines()
    for key in data:
        assert lines[read_in.line((key,)) - 1].startswith((key, f"'{key}'"))


@given(st.text(alphabet="ab:-[]{}&*!'\"#|>\n\t 1,?%@", max_size=60))
def test_no_text_does_worse_than_a_complaint(text: str) -> None:
    found: tuple[Complaint, ...] | None = None
    try:
        parse(text, "x.yaml")
    except PackError as error:
        found = error.complaints
    assert found != ()
