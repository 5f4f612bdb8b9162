"""A journal in a file."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.chain import Algorithm, ChainedEvent, chain, verify
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.jsonl import read_journal, write_journal

from .facts import NOON, VALUES, WORDS, correction, fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENTS = [fact(1, data={"名": "值"}), fact(2, occurred=NOON), correction(3, "e1")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_is_written_is_read_again(tmp_path: Path, name: str, algorithm: Algorithm) -> None:
    links = list(chain(EVENTS, algorithm))
    path = tmp_path / name
    assert write_journal(path, links) == 3
    first = path.read_bytes()
    assert list(read_journal(path)) == links
    assert write_journal(path, links) == 3
    assert path.read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == [name]


@given(st.dictionaries(WORDS, VALUES, max_size=4))
def test_any_data_still_verifies_after_the_file(tmp_path_factory: Any, data: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("journal") / "a.jsonl"
    write_journal(path, chain([fact(1, data=data)]))
    assert verify(read_journal(path)) is None


def test_a_large_double_is_no_large_integer_after_the_file(tmp_path: Path) -> None:
    write_journal(tmp_path / "a.jsonl", chain([fact(1, data={"n": 6.152166909330753e16, "m": -(2.0**60)})]))
    assert verify(read_journal(tmp_path / "a.jsonl")) is None


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    def failing() -> Iterator[ChainedEvent]:
        yield from chain(EVENTS)
        raise RuntimeError("power cut")

    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with pytest.raises(RuntimeError, match="power cut"):
        write_journal(path, failing())
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.jsonl"]


def line(**change: Any) -> str:
    good: dict[str, Any] = {"algorithm": "sha256", "hash": "00", "previous": "", "event": {"envelope": 3}}
    return json.dumps({**good, **change})


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("\n", "XN-J061"),
        ('{"a', "XN-J061"),
        ("[" * 100_000, "XN-J061"),
        ("[]", "XN-J062"),
        ('{"a": 1}', "XN-J062"),
        (line(event=7), "XN-J062"),
        (line(more=7), "XN-J062"),
        ('{"a": 1, "a": 2}', "XN-J063"),
        (line(algorithm="md5"), "XN-J050"),
        (line(algorithm=[1]), "XN-J050"),
        (line(), "XN-J001"),
        ('{"a": NaN}', "XN-J042"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad: str, code: str) -> None:
    path = tmp_path / "a.jsonl"
    write_journal(path, chain(EVENTS[:1]))
    with path.open("a") as stream:
        stream.write(bad)
    with pytest.raises(JournalError, match=r"^a\.jsonl:2: ") as caught:
        list(read_journal(path))
    assert caught.value.code == code


@pytest.mark.parametrize("bad", ["0a 0b", "AB", "zz", 7])
def test_a_hash_is_lower_case_hexadecimal(tmp_path: Path, bad: object) -> None:
    path = tmp_path / "a.jsonl"
    write_journal(path, chain(EVENTS[:1]))
    good = json.loads(path.read_text())
    path.write_text(json.dumps({**good, "previous": bad}))
    with pytest.raises(JournalError, match=r"a\.jsonl:1: previous: .*XN-J064"):
        list(read_journal(path))


def test_a_torn_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    write_journal(path, chain(EVENTS))
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(JournalError, match="XN-J060"):
        list(read_journal(path))
    path.write_bytes(b"not packed")
    with pytest.raises(JournalError, match="XN-J060"):
        list(read_journal(path))


def test_the_archive_is_plain_gzip(tmp_path: Path) -> None:
    write_journal(tmp_path / "a.jsonl", chain(EVENTS))
    write_journal(tmp_path / "a.jsonl.gz", chain(EVENTS))
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == (tmp_path / "a.jsonl").read_bytes()
