"""Heads and proofs go out as JSON and come back the same, or are refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.canonical import dumps
from xiaoneng.journal.chain import Algorithm
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.merkle import Head
from xiaoneng.journal.proof import ConsistencyProof, InclusionProof
from xiaoneng.journal.proof_form import (
    read_consistency,
    read_head,
    read_inclusion,
    write_consistency,
    write_head,
    write_inclusion,
)

from .trees import CONSISTENCIES, INCLUSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

HASHES = st.binary(min_size=32, max_size=32)
SIZES = st.integers(0, 2**53 - 1)
PATHS = st.lists(HASHES).map(tuple)
ZERO = "00" * 32


def sent(value: object) -> Any:
    """What another program reads."""
    return json.loads(dumps(value))


@given(st.builds(Head, SIZES, HASHES, st.sampled_from(Algorithm)))
def test_a_head_comes_back_the_same(head: Head) -> None:
    assert read_head(sent(write_head(head))) == head


@given(st.builds(InclusionProof, SIZES, SIZES, PATHS))
def test_an_inclusion_proof_comes_back_the_same(proof: InclusionProof) -> None:
    assert read_inclusion(sent(write_inclusion(proof))) == proof


@given(st.builds(ConsistencyProof, SIZES, SIZES, PATHS))
def test_a_consistency_proof_comes_back_the_same(proof: ConsistencyProof) -> None:
    assert read_consistency(sent(write_consistency(proof))) == proof


def test_the_forms_are_plain() -> None:
    assert sent(write_head(Head(3, bytes(32), Algorithm.SM3))) == {"algorithm": "sm3", "root": ZERO, "size": 3}
    inclusion = {"index": 2, "path": ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"], "size": 3}
    assert sent(write_inclusion(INCLUSIONS[3])) == inclusion
    assert sent(write_consistency(CONSISTENCIES[0])) == {"first": 1, "path": [], "second": 1}


READERS: list[tuple[Callable[[object], object], dict[str, object]]] = [
    (read_head, {"algorithm": "sha256", "root": ZERO, "size": 3}),
    (read_inclusion, {"index": 0, "path": [ZERO], "size": 3}),
    (read_consistency, {"first": 0, "path": [ZERO], "second": 3}),
]
WRONG: dict[str, list[tuple[object, str]]] = {
    "algorithm": [("md5", "XN-J050"), (None, "XN-J050"), (["sha256"], "XN-J050")],
    "root": [(wrong, "XN-J064") for wrong in ("", "00" * 31, "00" * 33, "0G" * 32, "AA" * 32, ZERO + "\n", 0, None)],
    "path": [("", "XN-J070"), ({}, "XN-J070"), (None, "XN-J070"), ([ZERO, ""], "XN-J064"), ([" " + ZERO], "XN-J064")],
}
NUMBERS: list[object] = [-1, 1.0, True, "3", None, 2**53]


@pytest.mark.parametrize(("read", "good"), READERS)
def test_a_field_that_says_nothing_is_refused_by_name(
    read: Callable[[object], object], good: dict[str, object]
) -> None:
    read(good)
    for field in good:
        for wrong, code in WRONG.get(field, [(number, "XN-J074") for number in NUMBERS]):
            with pytest.raises(JournalError, match=code) as refused:
                read(good | {field: wrong})
            assert refused.value.where.startswith(field)


@pytest.mark.parametrize(("read", "good"), READERS)
def test_another_form_is_refused(read: Callable[[object], object], good: dict[str, object]) -> None:
    short = dict(list(good.items())[1:])
    others: list[object] = [None, [], "", 3, {}, short, good | {"more": 1}]
    for wrong in others:
        with pytest.raises(JournalError, match="XN-J070"):
            read(wrong)
