"""What is in a tree can be proved, what is not cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.chain import Algorithm
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.merkle import Frontier, Head, leaf_hash, node_hash, root_of
from xiaoneng.journal.proof import (
    ConsistencyProof,
    InclusionProof,
    prove_consistency,
    prove_inclusion,
    verify_consistency,
    verify_inclusion,
)

from .trees import (
    CONSISTENCIES,
    ENTRIES,
    INCLUSIONS,
    LARGEST,
    PUBLIC_HEAD,
    PUBLIC_LEAF,
    PUBLIC_PROOF,
    ROOTS,
    Tree,
    flipped,
    grown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

HUGE = 2**53 - 1
ALGORITHMS = st.sampled_from(Algorithm)
PLACES = st.integers(1, LARGEST).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))
PAIRS = st.integers(2, LARGEST).flatmap(lambda second: st.tuples(st.integers(1, second - 1), st.just(second)))


def included(place: tuple[int, int], algorithm: Algorithm = Algorithm.SHA256) -> tuple[Tree, InclusionProof]:
    tree = grown(algorithm)
    return tree, prove_inclusion(*place, tree.node, algorithm)


def consistent(pair: tuple[int, int], algorithm: Algorithm = Algorithm.SHA256) -> tuple[Tree, ConsistencyProof]:
    tree = grown(algorithm)
    return tree, prove_consistency(*pair, tree.node, algorithm)


def path_as_defined(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of §2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m < k:
        return [*path_as_defined(m, leaves[:k]), root_of(leaves[k:])]
    return [*path_as_defined(m - k, leaves[k:]), root_of(leaves[:k])]


def subproof_as_defined(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of §2.1.4.1, word for word."""
    if m == len(leaves):
        return [] if whole else [root_of(leaves)]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m <= k:
        return [*subproof_as_defined(m, leaves[:k], whole=whole), root_of(leaves[k:])]
    return [*subproof_as_defined(m - k, leaves[k:], whole=False), root_of(leaves[:k])]


def test_proofs_are_those_of_certificate_transparency() -> None:
    nodes: dict[tuple[int, int], bytes] = {}
    leaves = [leaf_hash(entry) for entry in ENTRIES]
    Frontier().extend(leaves, lambda level, index, value: nodes.update({(level, index): value}))
    heads = [Head(size, root) for size, root in enumerate(ROOTS, 1)]
    for inclusion in INCLUSIONS:
        assert prove_inclusion(inclusion.index, inclusion.size, lambda *at: nodes[at]) == inclusion
        assert verify_inclusion(inclusion, leaves[inclusion.index], heads[inclusion.size - 1])
    for proof in CONSISTENCIES:
        assert prove_consistency(proof.first, proof.second, lambda *at: nodes[at]) == proof
        assert verify_consistency(proof, heads[proof.first - 1], heads[proof.second - 1])


def test_the_proof_of_a_public_log_holds() -> None:
    assert verify_inclusion(PUBLIC_PROOF, PUBLIC_LEAF, PUBLIC_HEAD)
    for at, part in enumerate(PUBLIC_PROOF.path):
        path = (*PUBLIC_PROOF.path[:at], flipped(part, at), *PUBLIC_PROOF.path[at + 1 :])
        assert not verify_inclusion(replace(PUBLIC_PROOF, path=path), PUBLIC_LEAF, PUBLIC_HEAD)


def test_proofs_are_those_of_the_definition_at_every_size_and_place() -> None:
    for size in range(1, 41):
        for index in range(size):
            tree, inclusion = included((index, size))
            assert list(inclusion.path) == path_as_defined(index, tree.leaves[:size])
            tree, proof = consistent((index + 1, size))
            assert list(proof.path) == subproof_as_defined(index + 1, tree.leaves[:size], whole=True)


@given(PLACES, ALGORITHMS)
def test_every_leaf_is_proved_at_every_size(place: tuple[int, int], algorithm: Algorithm) -> None:
    tree, proof = included(place, algorithm)
    assert verify_inclusion(proof, tree.leaves[proof.index], tree.heads[proof.size])
    assert not verify_inclusion(proof, tree.leaves[proof.index - 1], tree.heads[proof.size]) or proof.size == 1


@given(PAIRS, ALGORITHMS)
def test_every_size_is_proved_the_beginning_of_every_later_one(pair: tuple[int, int], algorithm: Algorithm) -> None:
    tree, proof = consistent(pair, algorithm)
    assert verify_consistency(proof, tree.heads[proof.first], tree.heads[proof.second])


@given(PLACES, st.integers(0, 10**6), st.integers(0, 7), ALGORITHMS)
def test_any_flipped_bit_breaks_an_inclusion_proof(place: tuple[int, int], at: int, bit: int, by: Algorithm) -> None:
    tree, proof = included(place, by)
    leaf, head = tree.leaves[proof.index], tree.heads[proof.size]
    bad = flipped(b"".join((leaf, head.root, *proof.path)), at, bit)
    parts = tuple(bad[start : start + 32] for start in range(0, len(bad), 32))
    assert not verify_inclusion(replace(proof, path=parts[2:]), parts[0], replace(head, root=parts[1]))


@given(PAIRS, st.integers(0, 10**6), st.integers(0, 7), ALGORITHMS)
def test_any_flipped_bit_breaks_a_consistency_proof(pair: tuple[int, int], at: int, bit: int, by: Algorithm) -> None:
    tree, proof = consistent(pair, by)
    first, second = tree.heads[proof.first], tree.heads[proof.second]
    bad = flipped(b"".join((first.root, second.root, *proof.path)), at, bit)
    parts = tuple(bad[start : start + 32] for start in range(0, len(bad), 32))
    forged = replace(proof, path=parts[2:])
    assert not verify_consistency(forged, replace(first, root=parts[0]), replace(second, root=parts[1]))


@given(PLACES, PLACES)
def test_a_proof_holds_for_no_other_place_and_no_other_size(place: tuple[int, int], other: tuple[int, int]) -> None:
    tree, proof = included(place)
    leaf = tree.leaves[proof.index]
    for index, size in {(other[0], proof.size), (proof.index, other[1]), other, (-1, proof.size)} - {place}:
        moved = replace(proof, index=index, size=size)
        assert not verify_inclusion(moved, leaf, tree.heads[proof.size])
        assert not verify_inclusion(moved, leaf, tree.heads[max(size, 0)])


@given(PAIRS, PAIRS)
def test_a_proof_holds_for_no_other_two_sizes(pair: tuple[int, int], other: tuple[int, int]) -> None:
    tree, proof = consistent(pair)
    for first, second in {(other[0], pair[1]), (pair[0], other[1]), other, pair[::-1]} - {pair}:
        moved = replace(proof, first=first, second=second)
        assert not verify_consistency(moved, tree.heads[pair[0]], tree.heads[pair[1]])
        assert not verify_consistency(moved, tree.heads[first], tree.heads[second])


@given(PLACES, PAIRS, st.integers(0, 9), st.binary(max_size=64))
def test_a_path_too_long_too_short_or_in_another_order_proves_nothing(
    place: tuple[int, int], pair: tuple[int, int], at: int, more: bytes
) -> None:
    tree, inclusion = included(place)
    _, consistency = consistent(pair)

    def holds(path: tuple[bytes, ...], whole: tuple[bytes, ...]) -> bool:
        if whole is inclusion.path:
            forged = replace(inclusion, path=path)
            return verify_inclusion(forged, tree.leaves[inclusion.index], tree.heads[inclusion.size])
        return verify_consistency(replace(consistency, path=path), tree.heads[pair[0]], tree.heads[pair[1]])

    for path in (inclusion.path, consistency.path):
        here = at % (len(path) + 1)
        for added in (more, bytes(32), tree.heads[inclusion.size].root):
            assert not holds((*path[:here], added, *path[here:]), path)
        if path:
            here %= len(path)
            assert not holds(path[:here] + path[here + 1 :], path)
        if len(path) > 1:
            assert not holds((*path[1:], path[0]), path)
            joined = (path[0] + path[1][:1], path[1][1:], *path[2:])
            assert not holds(joined, path)


@given(PAIRS, st.integers(0, LARGEST), ALGORITHMS)
def test_a_past_changed_after_a_head_was_published_is_found_out(
    pair: tuple[int, int], at: int, algorithm: Algorithm
) -> None:
    tree = grown(algorithm)
    first, second = pair
    leaves = tree.leaves[:second]
    leaves[at % first] = leaf_hash(b"another past", algorithm)
    nodes: dict[tuple[int, int], bytes] = {}
    keep = Frontier(algorithm=algorithm).extend(leaves, lambda *told: nodes.update({told[:2]: told[2]}))
    forged = prove_consistency(first, second, lambda *key: nodes[key], algorithm)
    assert not verify_consistency(forged, tree.heads[first], keep.head())


def test_an_empty_tree_and_a_tree_itself_need_no_path() -> None:
    tree = grown()
    for size in range(10):
        for same in (0, size):
            proof = prove_consistency(same, size, tree.node)
            assert proof.path == ()
            assert verify_consistency(proof, tree.heads[same], tree.heads[size])
            padded = replace(proof, path=(tree.leaves[0],))
            assert not verify_consistency(padded, tree.heads[same], tree.heads[size])
            wrong = replace(tree.heads[same], root=tree.leaves[20])
            assert not verify_consistency(proof, wrong, tree.heads[size])
    assert not verify_consistency(ConsistencyProof(1, 8, ()), tree.heads[1], tree.heads[8])
    wrong = replace(tree.heads[0], root=tree.leaves[0])
    assert not verify_consistency(ConsistencyProof(0, 0, ()), wrong, wrong)
    assert not verify_consistency(ConsistencyProof(-1, 0, ()), replace(wrong, size=-1), tree.heads[0])


def test_nothing_stands_in_an_empty_tree() -> None:
    tree = grown()
    assert not verify_inclusion(InclusionProof(0, 0, ()), tree.heads[0].root, tree.heads[0])
    assert not verify_inclusion(InclusionProof(1, 1, ()), tree.leaves[0], tree.heads[1])


def test_another_algorithm_proves_nothing() -> None:
    tree, inclusion = included((3, 8))
    _, proof = consistent((3, 8))
    other = replace(tree.heads[8], algorithm=Algorithm.SM3)
    assert not verify_inclusion(inclusion, tree.leaves[3], other)
    assert not verify_consistency(proof, tree.heads[3], other)
    assert not verify_consistency(proof, replace(tree.heads[3], algorithm=Algorithm.SM3), other)


def test_bytes_do_not_move_between_neighbours() -> None:
    tree, inclusion = included((0, 8))
    leaf, (next_one, *rest) = tree.leaves[0], inclusion.path
    moved = replace(inclusion, path=(next_one[1:], *rest))
    assert node_hash(leaf, next_one) == node_hash(leaf + next_one[:1], next_one[1:])
    assert not verify_inclusion(moved, leaf + next_one[:1], tree.heads[8])
    _, proof = consistent((1, 8))
    longer = replace(tree.heads[1], root=leaf + next_one[:1])
    assert not verify_consistency(replace(proof, path=moved.path), longer, tree.heads[8])


def test_a_path_must_be_as_long_as_the_sizes_say_even_where_the_roots_come_out() -> None:
    a, b, c, more = grown().leaves[:4]
    pair = node_hash(a, b)
    assert not verify_inclusion(InclusionProof(0, 1, (a,)), b, Head(1, pair))
    assert not verify_inclusion(InclusionProof(0, 8, ()), a, Head(8, a))
    assert not verify_consistency(ConsistencyProof(1, 8, (b,)), Head(1, a), Head(8, pair))
    assert not verify_consistency(ConsistencyProof(3, 2, (a, b)), Head(3, a), Head(2, pair))
    assert not verify_consistency(ConsistencyProof(3, 5, ()), Head(3, a), Head(5, a))
    three, four = node_hash(pair, c), node_hash(pair, node_hash(c, more))
    assert verify_consistency(ConsistencyProof(3, 4, (c, more, pair)), Head(3, three), Head(4, four))
    above = Head(3, node_hash(more, three)), Head(4, node_hash(more, four))
    assert not verify_consistency(ConsistencyProof(3, 4, (c, more, pair, more)), *above)


@given(st.integers(1, HUGE), st.integers(0, HUGE), st.integers(0, HUGE))
def test_a_proof_in_a_huge_tree_reads_few_nodes(size: int, index: int, first: int) -> None:
    # All leaves are alike, so that the nodes of a level are, and no leaf need be kept.
    index, first = index % size, first % size
    levels = [leaf_hash(b"")]
    while len(levels) < 54:
        levels.append(node_hash(levels[-1], levels[-1]))
    asked: list[int] = []

    def node(level: int, at: int) -> bytes:
        assert (at + 1) << level <= size, "only full subtrees are asked for"
        asked.append(level)
        return levels[level]

    head = Frontier.at(size, node).head()
    most = 2 * size.bit_length()
    asked.clear()
    assert verify_inclusion(prove_inclusion(index, size, node), levels[0], head)
    assert len(asked) <= most
    asked.clear()
    proof = prove_consistency(first, size, node)
    assert len(asked) <= most
    assert verify_consistency(proof, Frontier.at(first, node).head(), head)


@pytest.mark.parametrize("place", [(0, 0), (1, 1), (-1, 3), (0, -1)])
def test_a_leaf_that_the_tree_does_not_have_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(JournalError, match="XN-J072"):
        prove_inclusion(*place, grown().node)


@pytest.mark.parametrize("pair", [(2, 1), (-1, 3), (0, -1)])
def test_a_tree_does_not_begin_with_more_than_it_has(pair: tuple[int, int]) -> None:
    with pytest.raises(JournalError, match="XN-J072"):
        prove_consistency(*pair, grown().node)


@given(PLACES)
def test_pymerkle_accepts_our_inclusion_proofs_and_we_accept_its(place: tuple[int, int]) -> None:
    tree, ours = included(place)
    leaf, head = tree.leaves[ours.index], tree.heads[ours.size]
    made = pymerkle.InmemoryTree.init_from_entries(tree.entries[: ours.size]).prove_inclusion(ours.index + 1)
    told = pymerkle.InclusionProof("sha256", True, ours.size, ours.index + 1, made.rule, [leaf, *ours.path])  # noqa: FBT003 - theirs
    pymerkle.verify_inclusion(leaf, head.root, told, index=ours.index + 1, size=ours.size, algorithm="sha256")
    assert verify_inclusion(InclusionProof(ours.index, ours.size, tuple(made.path[1:])), made.path[0], head)
    with pytest.raises(pymerkle.InvalidProof):
        pymerkle.verify_inclusion(leaf, flipped(head.root, 0), told)


@given(PAIRS)
def test_pymerkle_accepts_our_consistency_proofs(pair: tuple[int, int]) -> None:
    tree, ours = consistent(pair)
    first, second = tree.heads[ours.first], tree.heads[ours.second]
    made = pymerkle.InmemoryTree.init_from_entries(tree.entries[: ours.second]).prove_consistency(ours.first)
    # The RFC begins with the last full subtree of the first tree and its neighbour; pymerkle takes the neighbour apart
    # down to the first new leaf. Those parts are taken from pymerkle, all else is ours.
    path = ours.path if ours.first.bit_count() > 1 else (first.root, *ours.path)
    width = min(ours.first & -ours.first, ours.second - ours.first)
    parts = made.path[: 1 + (width - 1).bit_length()]
    neighbour = parts[0]
    for part in parts[1:]:
        neighbour = made.hasher.hash_pair(neighbour, part)
    assert path[1] == neighbour
    told = pymerkle.ConsistencyProof(
        "sha256", True, ours.second, ours.first, made.rule, made.subset, [*parts, path[0], *path[2:]]  # noqa: FBT003 - theirs
    )  # fmt: skip
    sizes = {"prior_size": ours.first, "later_size": ours.second, "algorithm": "sha256"}
    pymerkle.verify_consistency(first.root, second.root, told, **sizes)
    with pytest.raises(pymerkle.InvalidProof):
        pymerkle.verify_consistency(flipped(first.root, 0), second.root, told, **sizes)
