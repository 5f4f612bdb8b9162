"""Nobody can change the past without being found out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal import chain as module
from xiaoneng.journal.canonical import event_bytes
from xiaoneng.journal.chain import FIRST, Algorithm, Broken, ChainedEvent, Damage, chain, digest, link, verify, walk
from xiaoneng.journal.error import JournalError
from xiaoneng.journal.sm3 import sm3

from .facts import DAY, NOON, fact, reliance


def links(algorithm: Algorithm = Algorithm.SHA256) -> list[ChainedEvent]:
    """Two subjects of four events each, one after the other entry by entry."""
    events = []
    for sequence in range(1, 5):
        for subject in ("case-1", "case-2"):
            events.append(fact(sequence, id=f"{subject}/{sequence}", subject=subject, data={"n": sequence}))
    return list(chain(events, algorithm))


CHANGES: list[dict[str, Any]] = [
    {"id": "other"},
    {"subject": "case-9"},
    {"subject": "case-2"},
    {"kind": "refused"},
    {"occurred": DAY + timedelta(days=1)},
    {"occurred": NOON},
    {"recorded_at": NOON + timedelta(microseconds=1)},
    {"sequence": 9},
    {"source": "hall"},
    {"source_sequence": 0},
    {"actor": "x"},
    {"agency": "x"},
    {"data": {}},
    {"data": {"n": float("nan")}},
    {"relied_on": (reliance(),)},
    {"corrects": "x"},
    {"retracted": True},
    {"zone": "UTC"},
]


@pytest.mark.parametrize("algorithm", Algorithm)
def test_an_untouched_journal_holds(algorithm: Algorithm) -> None:
    untouched = links(algorithm)
    assert verify(untouched) is None
    seen = walk(iter(untouched))
    assert (seen.broken, seen.events) == (None, 8)
    assert seen.heads == {"case-1": untouched[-2].hash, "case-2": untouched[-1].hash}
    assert verify([]) is None


@given(st.integers(0, 7), st.sampled_from(CHANGES), st.sampled_from(Algorithm))
def test_any_change_of_any_event_is_found_and_named(at: int, change: dict[str, Any], algorithm: Algorithm) -> None:
    altered = links(algorithm)
    event = replace(altered[at].event, **change)
    if event == altered[at].event:
        return
    altered[at] = replace(altered[at], event=event)
    assert verify(altered) == Broken(event.subject, event.sequence, event.id, Damage.ALTERED)


@given(st.integers(0, 7), st.integers(0, 31), st.integers(0, 7))
def test_any_flipped_bit_of_any_hash_is_found_and_named(at: int, byte: int, bit: int) -> None:
    def flipped(value: bytes) -> bytes:
        return value[:byte] + bytes([value[byte] ^ (1 << bit)]) + value[byte + 1 :] if value else b"\x01"

    altered = links()
    event = altered[at].event
    altered[at] = replace(altered[at], hash=flipped(altered[at].hash))
    assert verify(altered) == Broken(event.subject, event.sequence, event.id, Damage.ALTERED)
    altered = links()
    altered[at] = replace(altered[at], previous=flipped(altered[at].previous))
    assert verify(altered) == Broken(event.subject, event.sequence, event.id, Damage.WRONG_PREVIOUS)


@given(st.integers(0, 7))
def test_another_algorithm_is_an_alteration(at: int) -> None:
    altered = links()
    altered[at] = replace(altered[at], algorithm=Algorithm.SM3)
    broken = verify(altered)
    assert broken is not None
    assert broken.what is Damage.ALTERED
    assert broken.event_id == altered[at].event.id


@given(st.integers(0, 5))
def test_a_missing_event_is_named_by_its_number(at: int) -> None:
    cut = links()
    gone = cut.pop(at).event
    broken = verify(cut)
    follower = f"{gone.subject}/{gone.sequence + 1}"
    assert broken == Broken(gone.subject, gone.sequence, follower, Damage.MISSING)


@given(st.integers(0, 5))
def test_two_events_that_changed_places_are_found(at: int) -> None:
    swapped = links()
    swapped[at], swapped[at + 2] = swapped[at + 2], swapped[at]
    event = swapped[at].event
    assert verify(swapped) == Broken(event.subject, event.sequence, event.id, Damage.REORDERED)


@given(st.integers(0, 7))
def test_an_event_that_stands_twice_is_found(at: int) -> None:
    doubled = links()
    doubled.append(doubled[at])
    event = doubled[at].event
    assert verify(doubled) == Broken(event.subject, event.sequence, event.id, Damage.REORDERED)


def test_an_event_forged_with_a_right_hash_breaks_the_next_link() -> None:
    forged = links()
    event = replace(forged[2].event, kind="refused")
    forged[2] = replace(forged[2], event=event, hash=link(forged[2].previous, event))
    assert verify(forged) == Broken("case-1", 3, "case-1/3", Damage.WRONG_PREVIOUS)


def test_a_chain_spliced_onto_another_past_is_found() -> None:
    other = [replace(chained.event, actor="x") for chained in links() if chained.event.subject == "case-1"]
    spliced = [*links()[:1], *list(chain(other))[1:]]
    assert verify(spliced) == Broken("case-1", 2, "case-1/2", Damage.WRONG_PREVIOUS)


def test_only_a_published_head_shows_that_the_end_was_cut_off() -> None:
    whole = links()
    published = walk(whole).heads
    assert verify(whole, published) is None
    assert verify(whole, walk(whole[:4]).heads) is None
    assert verify(whole[:-1]) is None
    assert verify(whole[:-1], published) == Broken("case-2", 4, "", Damage.MISSING)
    assert verify([], {"case-3": b"x"}) == Broken("case-3", 1, "", Damage.MISSING)


def test_the_hash_depends_on_subject_algorithm_and_past() -> None:
    event = fact(1)
    assert link(FIRST, event) != link(FIRST, replace(event, subject="case-2"))
    assert link(FIRST, event) != link(b"x", event)
    assert len(link(FIRST, event, Algorithm.SM3)) == 32
    parts = (b"xiaoneng/journal/1", b"sha256", b"case-1", FIRST, event_bytes(event))
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert link(FIRST, event) == hashlib.sha256(framed).digest()


def test_sm3_works_where_openssl_leaves_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        @staticmethod
        def new(name: str, message: bytes) -> object:
            raise ValueError(name, message)

    monkeypatch.setattr(module, "hashlib", Without)
    assert digest(b"abc", Algorithm.SM3) == sm3(b"abc")
    with pytest.raises(JournalError, match="XN-J050"):
        digest(b"abc", "md9")  # type: ignore[arg-type]
