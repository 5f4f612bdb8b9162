"""The tree is that of RFC 9162, and it grows without its leaves."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.chain import Algorithm, digest
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.merkle import Frontier, Head, leaf_hash, node_hash, root_of

from .trees import ENTRIES, LARGEST, ROOTS, Tree, grown

if TYPE_CHECKING:
    from collections.abc import Sequence


def as_defined(leaves: Sequence[bytes], algorithm: Algorithm) -> bytes:
    """MTH of §2.1.1, word for word, over leaf hashes."""
    if not leaves:
        return digest(b"", algorithm)
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return digest(b"\x01" + as_defined(leaves[:k], algorithm) + as_defined(leaves[k:], algorithm), algorithm)


def test_hashes_are_those_of_certificate_transparency() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    leaf = leaf_hash(bytes.fromhex("101112131415161718191a1b1c1d1e1f"))
    assert leaf.hex() == "3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a"
    node = node_hash(bytes(range(32)), bytes(range(32, 64)))
    assert node.hex() == "1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57"


def test_roots_are_those_of_certificate_transparency() -> None:
    frontier = Frontier()
    for size, (entry, root) in enumerate(zip(ENTRIES, ROOTS, strict=True), 1):
        frontier = frontier.extend([leaf_hash(entry)])
        assert frontier.head() == Head(size, root)
        assert root_of(leaf_hash(one) for one in ENTRIES[:size]) == root


@pytest.mark.parametrize("algorithm", Algorithm)
def test_leaf_by_leaf_gives_the_root_of_the_definition_at_every_size(algorithm: Algorithm) -> None:
    tree = grown(algorithm)
    for size, head in enumerate(tree.heads):
        assert head == Head(size, as_defined(tree.leaves[:size], algorithm), algorithm)


def test_the_empty_tree_hashes_nothing_in_every_algorithm() -> None:
    assert Frontier(algorithm=Algorithm.SM3).head().root == digest(b"", Algorithm.SM3)
    assert Frontier().head() == Head(0, hashlib.sha256().digest())


@given(st.lists(st.integers(0, LARGEST)), st.sampled_from(Algorithm))
def test_leaves_may_come_in_any_portions(cuts: list[int], algorithm: Algorithm) -> None:
    tree = grown(algorithm)
    frontier = Frontier(algorithm=algorithm)
    for cut in [*sorted(cuts), LARGEST]:
        frontier = frontier.extend(tree.leaves[frontier.size : cut])
        assert frontier.head() == tree.heads[cut]


@given(st.integers(0, LARGEST), st.sampled_from(Algorithm))
def test_a_frontier_is_found_again_from_the_nodes_and_grows_on(size: int, algorithm: Algorithm) -> None:
    tree = grown(algorithm)
    found = Frontier.at(size, tree.node, algorithm)
    assert found == Frontier(algorithm=algorithm).extend(tree.leaves[:size])
    assert len(found.roots) == size.bit_count()
    assert found.extend(tree.leaves[size:]).head() == tree.heads[-1]


def test_every_full_subtree_is_told_once_when_its_last_leaf_comes() -> None:
    tree = grown()
    assert len(tree.nodes) == 2 * LARGEST - LARGEST.bit_count()
    for (level, index), value in tree.nodes.items():
        assert value == as_defined(tree.leaves[index << level : (index + 1) << level], Algorithm.SHA256)
    told: list[tuple[int, int]] = []
    Frontier().extend(tree.leaves[:4], lambda level, index, _: told.append((level, index)))
    assert told == [(0, 0), (0, 1), (1, 0), (0, 2), (0, 3), (1, 1), (2, 0)]


def test_an_entry_made_of_two_hashes_is_not_the_node_above_them() -> None:
    left, right = grown().leaves[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert root_of([leaf_hash(left + right)]) != root_of([left, right])


def test_every_leaf_its_place_and_the_algorithm_matter() -> None:
    leaves = grown().leaves[:7]
    roots = {root_of(leaves), root_of(leaves[::-1]), root_of(leaves[:6]), root_of([*leaves, leaves[-1]])}
    assert len(roots) == 4
    assert grown(Algorithm.SM3).heads[7].root != root_of(leaves, Algorithm.SM3) != root_of(leaves)


def test_what_is_no_hash_is_refused_and_the_frontier_stays_as_it_was() -> None:
    frontier = Frontier().extend(grown().leaves[:3])
    before = frontier.head()
    for wrong in (b"", b"an entry", bytes(31), bytes(33)):
        with pytest.raises(JournalError, match="XN-J071"):
            frontier.extend([grown().leaves[3], wrong])
        with pytest.raises(JournalError, match="XN-J071"):
            frontier.extend([wrong])  # this one would vanish in a node at once
    assert frontier.head() == before


def test_roots_that_make_no_tree_are_refused() -> None:
    leaf = grown().leaves[0]
    for size, roots in ((0, (leaf,)), (1, ()), (2, (leaf, leaf)), (3, (leaf,)), (-1, (leaf,))):
        with pytest.raises(JournalError, match="XN-J073"):
            Frontier(size, roots)
    with pytest.raises(JournalError, match="XN-J073"):
        Frontier.at(-1, grown().node)
    with pytest.raises(JournalError, match="XN-J071"):
        Frontier(1, (b"short",))


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(JournalError, match="XN-J050"):
        Tree("md9")  # type: ignore[arg-type]
