"""The hash chain of a subject: nobody can change the past without being found out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaoneng.journal.canonical import event_bytes
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.sm3 import sm3

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xiaoneng.journal.event import Event

FIRST = b""
"""What the first event of a subject has as its previous hash."""

DOMAIN = b"xiaoneng/journal/1"


class Algorithm(StrEnum):
    """Hash functions a chain may use."""

    SHA256 = "sha256"
    SM3 = "sm3"


class Damage(StrEnum):
    """What is wrong with a link."""

    ALTERED = "altered"
    MISSING = "missing"
    REORDERED = "reordered"
    WRONG_PREVIOUS = "wrong_previous"


@dataclass(frozen=True, slots=True)
class ChainedEvent:
    """An event with its own hash, and the hash of the event before it in the same subject."""

    event: Event
    previous: bytes
    hash: bytes
    algorithm: Algorithm = Algorithm.SHA256


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link: which event of which subject, and what is wrong with it.

    For a missing event `sequence` is the number that is missing and `event_id` the event found in its place
    ("" at the end of the chain).
    """

    subject: str
    sequence: int
    event_id: str
    what: Damage


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk along the links found: the first broken one, how many held, the last hash per subject."""

    broken: Broken | None
    events: int
    heads: Mapping[str, bytes]


def link(previous: bytes, event: Event, algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    """Hash of an event, the hash before it (FIRST for none), its subject and the algorithm's name."""
    parts = (DOMAIN, algorithm.encode(), event.subject.encode(), previous, event_bytes(event))
    return digest(b"".join(len(part).to_bytes(8, "big") + part for part in parts), algorithm)


def digest(message: bytes, algorithm: Algorithm) -> bytes:
    """Hash a message; SM3 falls back to plain Python where OpenSSL leaves it out."""
    try:
        return hashlib.new(algorithm, message).digest()
    except ValueError:
        if algorithm != Algorithm.SM3:
            instead = f"use one of {', '.join(Algorithm)}"
            raise JournalError("XN-J050", f"{algorithm!r} is no known algorithm", instead=instead) from None
        return sm3(message)


def chain(events: Iterable[Event], algorithm: Algorithm = Algorithm.SHA256) -> Iterator[ChainedEvent]:
    """Link events in the order given, each subject by itself."""
    heads: dict[str, bytes] = {}
    for event in events:
        previous = heads.get(event.subject, FIRST)
        heads[event.subject] = link(previous, event, algorithm)
        yield ChainedEvent(event, previous, heads[event.subject], algorithm)


def verify(links: Iterable[ChainedEvent], published: Mapping[str, bytes] | None = None) -> Broken | None:
    """First broken link, or None; subjects may be mixed, each in its own order.

    `published` are hashes of earlier heads by subject: only they can show that the end of a chain was cut off
    or the whole of it written anew.
    """
    return walk(links, published).broken


def walk(links: Iterable[ChainedEvent], published: Mapping[str, bytes] | None = None) -> Walk:
    """Walk along the links up to the first broken one."""
    rest = iter(links)
    heads: dict[str, bytes] = {}
    reached: dict[str, int] = {}
    waiting = dict(published or {})
    count = 0
    for chained in rest:
        event = chained.event
        expected = reached.get(event.subject, 0) + 1
        before = heads.get(event.subject, FIRST)
        what = _damage(chained, expected, before)
        if what is not None:
            sequence = event.sequence
            if what is Damage.MISSING:
                sequence = expected
                if any(_is_at(later, event.subject, expected) for later in rest):
                    what, sequence = Damage.REORDERED, event.sequence
            return Walk(Broken(event.subject, sequence, event.id, what), count, heads)
        count += 1
        heads[event.subject] = chained.hash
        reached[event.subject] = expected
        if waiting.get(event.subject) == chained.hash:
            del waiting[event.subject]
    for subject in sorted(waiting):
        return Walk(Broken(subject, reached.get(subject, 0) + 1, "", Damage.MISSING), count, heads)
    return Walk(None, count, heads)


def _damage(chained: ChainedEvent, expected: int, before: bytes) -> Damage | None:
    event = chained.event
    if _link(chained, chained.previous) != chained.hash:
        named_wrong = chained.previous != before and _link(chained, before) == chained.hash
        return Damage.WRONG_PREVIOUS if named_wrong else Damage.ALTERED
    if event.sequence > expected:
        return Damage.MISSING
    if event.sequence < expected:
        return Damage.REORDERED
    return None if chained.previous == before else Damage.WRONG_PREVIOUS


def _link(chained: ChainedEvent, previous: bytes) -> bytes | None:
    """Hash the event should have; None where it cannot even be written."""
    try:
        return link(previous, chained.event, chained.algorithm)
    except JournalError:
        return None


def _is_at(chained: ChainedEvent, subject: str, sequence: int) -> bool:
    return chained.event.subject == subject and chained.event.sequence == sequence
