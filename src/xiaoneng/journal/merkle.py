"""The Merkle tree of RFC 9162 §2.1: one root stands for all leaves, and it grows without them.

A node (level, index) is the root of the full subtree over the leaves index·2^level up to (index + 1)·2^level. Who keeps
the nodes never hashes a leaf again: heads and proofs of any size read at most 2·log2(size) of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.journal.chain import Algorithm, digest
from xiaoneng.journal.error import JournalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Node = Callable[[int, int], bytes]
    Keep = Callable[[int, int, bytes], object]

HASH_BYTES = 32
"""Length of a hash; every algorithm of the journal gives as many."""


@dataclass(frozen=True, slots=True)
class Head:
    """A tree at one size. A root does not tell its own size: trust them together (signed) or not at all."""

    size: int
    root: bytes
    algorithm: Algorithm = Algorithm.SHA256


@dataclass(frozen=True, slots=True)
class Frontier:
    """The tree's right edge: the roots of its full subtrees, largest first, one for each 1 in the binary size."""

    size: int = 0
    roots: tuple[bytes, ...] = ()
    algorithm: Algorithm = Algorithm.SHA256

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.roots) != self.size.bit_count():
            what = f"{len(self.roots)} roots do not make a tree of {self.size} leaves"
            raise JournalError("XN-J073", what, instead="give one root for each 1 in the binary size, largest first")
        for root in self.roots:
            _whole(root)

    @classmethod
    def at(cls, size: int, node: Node, algorithm: Algorithm = Algorithm.SHA256) -> Frontier:
        """Find the frontier of a tree whose nodes are kept."""
        return cls(size, tuple(_nodes(0, size, node)), algorithm)

    def extend(self, leaves: Iterable[bytes], keep: Keep | None = None) -> Frontier:
        """Append leaf hashes; `keep(level, index, hash)` is told each node that is now full, the leaves too.

        Costs one node hash per leaf on average, log2(size) at most. Raises XN-J071 for what is no hash.
        """
        size, roots = self.size, list(self.roots)
        for leaf in leaves:
            grown, level, index = _whole(leaf), 0, size
            if keep is not None:
                keep(level, index, grown)
            while index & 1:
                grown = node_hash(roots.pop(), grown, self.algorithm)
                level, index = level + 1, index >> 1
                if keep is not None:
                    keep(level, index, grown)
            roots.append(grown)
            size += 1
        return Frontier(size, tuple(roots), self.algorithm)

    def head(self) -> Head:
        """Size and root; of an empty tree the hash of nothing. Costs log2(size) node hashes at most."""
        return Head(self.size, fold(self.roots, self.algorithm), self.algorithm)


def leaf_hash(entry: bytes, algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    """Hash an entry as a leaf, which no inner node can be taken for."""
    return digest(b"\x00" + entry, algorithm)


def node_hash(left: bytes, right: bytes, algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    """Hash two subtrees as the one above them."""
    return digest(b"\x01" + left + right, algorithm)


def root_of(leaves: Iterable[bytes], algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    """Root over leaf hashes (§2.1.1)."""
    return Frontier(algorithm=algorithm).extend(leaves).head().root


def span_root(start: int, end: int, node: Node, algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    """Root over the leaves from `start` to before `end`, which must be a subtree: `start` a multiple of its width."""
    return fold(tuple(_nodes(start, end, node)), algorithm)


def fold(roots: Sequence[bytes], algorithm: Algorithm) -> bytes:
    """Root over the roots of full subtrees, largest first; over none the hash of nothing."""
    if not roots:
        return digest(b"", algorithm)
    folded = roots[-1]
    for root in roots[-2::-1]:
        folded = node_hash(root, folded, algorithm)
    return folded


def _nodes(start: int, end: int, node: Node) -> Iterator[bytes]:
    """Give the full subtrees over these leaves, largest first; `start` is a multiple of the largest."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield node(level, start >> level)
        start += 1 << level


def _whole(value: bytes) -> bytes:
    if len(value) != HASH_BYTES:
        what = f"{len(value)} bytes are no hash"
        raise JournalError("XN-J071", what, instead=f"give hashes of {HASH_BYTES} bytes: of an entry its leaf_hash")
    return value
