"""Packs are compiled once, and never answered from a compilation of other content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs import compiled
from xiaoneng.packs.compiled import compiled_packs, content
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.folder import load_everything, open_packs

from .places import FIXTURES, copied, spoil

if TYPE_CHECKING:
    from pathlib import Path

TEA = "xx/tea/family.yaml"


def read_anew(packs: object) -> None:
    raise AssertionError(f"{packs} were read anew")


def test_what_was_compiled_equals_what_is_read(tmp_path: Path) -> None:
    first = compiled_packs(FIXTURES, tmp_path / "cache")
    second = compiled_packs(FIXTURES, tmp_path / "cache")
    read = load_everything(open_packs(FIXTURES))
    assert first.procedures == second.procedures == read.procedures
    assert second.instruments == read.instruments


def test_a_compilation_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled_packs(FIXTURES, tmp_path / "cache")
    monkeypatch.setattr(compiled, "load_everything", read_anew)
    assert compiled_packs(FIXTURES, tmp_path / "cache").ids


def test_a_mended_number_is_another_content(tmp_path: Path) -> None:
    root = copied(tmp_path)
    before = compiled_packs(root, tmp_path / "cache").procedure("xx.tea").edition
    spoil(root, "granted == false", "granted == true", TEA)
    assert compiled_packs(root, tmp_path / "cache").procedure("xx.tea").edition != before


def test_a_change_of_the_code_that_reads_is_another_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(FIXTURES)
    monkeypatch.setattr(compiled, "ROOMS", ("timing",))
    assert content(FIXTURES) != before
    assert tmp_path.is_dir()


def test_a_damaged_compilation_is_passed_over(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    compiled_packs(FIXTURES, cache)
    (file,) = cache.glob("packs-*.pickle")
    file.write_bytes(file.read_bytes()[:100])
    assert compiled_packs(FIXTURES, cache).ids


def test_a_compilation_that_others_may_write_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    compiled_packs(FIXTURES, cache)
    (file,) = cache.glob("packs-*.pickle")
    file.chmod(0o666)
    monkeypatch.setattr(compiled, "load_everything", read_anew)
    with pytest.raises(AssertionError, match="read anew"):
        compiled_packs(FIXTURES, cache)


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    assert compiled_packs(FIXTURES, tmp_path / "cache").ids


def test_broken_packs_are_not_compiled(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "judged_by: receipt", "judged_by: chance", TEA)
    with pytest.raises(PackError):
        compiled_packs(root, tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*.pickle"))


def test_only_a_few_compilations_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(compiled, "KEPT", 2)
    for number in (19, 18, 17):
        root = copied(tmp_path / str(number))
        spoil(root, "in_force: {from: 2020-01-01}", f"in_force: {{from: 2020-01-{number}}}", TEA)
        compiled_packs(root, cache)
    assert len(list(cache.glob("packs-*.pickle"))) == 2
