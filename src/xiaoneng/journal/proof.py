"""Proofs of RFC 9162 §2.1: that a leaf stands in a tree, and that a tree is the beginning of another.

Making one reads at most 2·log2(size) nodes; checking one needs a trusted head, nothing of the store, and as many hashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.journal.chain import Algorithm
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.merkle import HASH_BYTES, fold, node_hash, span_root

if TYPE_CHECKING:
    from xiaoneng.journal.merkle import Head, Node


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Hashes that lead from leaf `index` (counted from 0) to the root of the tree with `size` leaves."""

    index: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """Hashes that lead to the roots of both sizes: the first `first` of `second` leaves are still what they were."""

    first: int
    second: int
    path: tuple[bytes, ...]


def prove_inclusion(index: int, size: int, node: Node, algorithm: Algorithm = Algorithm.SHA256) -> InclusionProof:
    """Prove that a leaf stands in the tree of this size (§2.1.3.1); raises XN-J072 for a leaf it does not have."""
    if not 0 <= index < size:
        what = f"leaf {index} does not stand in a tree of {size} leaves"
        raise JournalError("XN-J072", what, instead="count leaves from 0, and wait for a head that covers this one")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            path.append(span_root(middle, end, node, algorithm))
            end = middle
        else:
            path.append(span_root(start, middle, node, algorithm))
            start = middle
    return InclusionProof(index, size, tuple(reversed(path)))


def prove_consistency(first: int, second: int, node: Node, algorithm: Algorithm = Algorithm.SHA256) -> ConsistencyProof:
    """Prove that the tree of one size is the beginning of the tree of another (§2.1.4.1); raises XN-J072.

    From an empty tree, and from a tree to itself, there is nothing to show: the path is empty.
    """
    if not 0 <= first <= second:
        what = f"a tree of {second} leaves does not begin with {first} leaves"
        raise JournalError("XN-J072", what, instead="give the smaller size first")
    if first == 0:
        return ConsistencyProof(first, second, ())
    path = []
    start, end = 0, second
    while first != end:
        middle = _middle(start, end)
        if first <= middle:
            path.append(span_root(middle, end, node, algorithm))
            end = middle
        else:
            path.append(span_root(start, middle, node, algorithm))
            start = middle
    if start:
        path.append(span_root(start, end, node, algorithm))
    return ConsistencyProof(first, second, tuple(reversed(path)))


def verify_inclusion(proof: InclusionProof, leaf: bytes, head: Head) -> bool:
    """Whether the leaf hash stands under the trusted head where the proof says (§2.1.3.2)."""
    if proof.size != head.size or not 0 <= proof.index < proof.size or not _all_whole(leaf, head.root, *proof.path):
        return False
    fn, sn, r = proof.index, proof.size - 1, leaf
    for p in proof.path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r, head.algorithm)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p, head.algorithm)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == head.root


def verify_consistency(proof: ConsistencyProof, first: Head, second: Head) -> bool:
    """Whether the first trusted head's leaves are the beginning of the second's, unchanged (§2.1.4.2).

    The RFC leaves out two cases: equal sizes need equal roots, an empty tree is the beginning of every other.
    """
    if (proof.first, proof.second, first.algorithm) != (first.size, second.size, second.algorithm):
        return False
    if not 0 <= proof.first <= proof.second or not _all_whole(first.root, second.root, *proof.path):
        return False
    nothing = fold((), first.algorithm)
    if any(head.size == 0 and head.root != nothing for head in (first, second)):
        return False
    if first.size in {0, second.size}:
        return not proof.path and (first.size == 0 or first.root == second.root)
    if not proof.path:
        return False
    path = proof.path if first.size.bit_count() > 1 else (first.root, *proof.path)
    fn, sn = first.size - 1, second.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr, first.algorithm), node_hash(c, sr, first.algorithm)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c, first.algorithm)
        fn, sn = fn >> 1, sn >> 1
    return fr == first.root and sr == second.root and sn == 0


def _middle(start: int, end: int) -> int:
    """Where the leaves part: the largest power of two smaller than their number stands on the left."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _all_whole(*values: bytes) -> bool:
    """Whether all are hashes: bytes must not move from one to its neighbour in a node's hash."""
    return all(len(value) == HASH_BYTES for value in values)
