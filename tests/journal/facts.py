"""Facts for the tests of the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from xiaoneng.journal.event import CORRECTION, Event, Reliance

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 3, 2)


def fact(sequence: int, kind: str = "accepted", **more: Any) -> Event:
    given: dict[str, Any] = {"id": f"e{sequence}", "subject": "case-1", "occurred": DAY, "recorded_at": NOON}
    return Event(**{**given, "kind": kind, "sequence": sequence, **more})


def correction(sequence: int, of: str, **replacement: Any) -> Event:
    contents = {"kind": "accepted", "occurred": "2026-03-03", **replacement}
    return fact(sequence, CORRECTION, corrects=of, data={"replacement": contents})


def retraction(sequence: int, of: str) -> Event:
    return fact(sequence, CORRECTION, corrects=of, retracted=True)


def reliance(version: str = "1", key: str = "officer-7", **more: Any) -> Reliance:
    given: dict[str, Any] = {"register": "credentials", "values": {"name": "王"}, "valid_from": date(2020, 1, 1)}
    return Reliance(**{**given, "version": version, "key": key, **more})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
ZONED = st.datetimes(datetime(1992, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


@st.composite
def journals(draw: st.DrawFn) -> list[Event]:
    """One subject: facts, corrections of facts and of corrections, retractions."""
    found: list[Event] = []
    for sequence in range(1, draw(st.integers(1, 8)) + 1):
        target = f"e{draw(st.integers(1, 9))}"
        shape = draw(st.integers(0, 3))
        if shape == 0 and target != f"e{sequence}":
            found.append(correction(sequence, target, data={"n": sequence}))
        elif shape == 1 and target != f"e{sequence}":
            found.append(retraction(sequence, target))
        else:
            occurred = draw(st.one_of(st.dates(DAY, DAY + timedelta(3)), ZONED))
            found.append(fact(sequence, draw(st.sampled_from(["accepted", "ended"])), occurred=occurred))
    return found
