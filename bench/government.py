"""A government's log of licensing, made up: realistic courses, good and bad, drawn by a seeded generator."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from xiaoneng.replay.intake.log import Log

if TYPE_CHECKING:
    from xiaoneng.timing.calendar import Calendar

ZONE = "Asia/Shanghai"
OFFSET = 8 * 3600
FROM, UNTIL = dt.date(2020, 1, 2), dt.date(2025, 1, 2)
NOW = dt.datetime(2025, 6, 30, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PERSONS = 2_000
ROLES = "whrpzl"  # window, handler, reviewer, approver, presider of hearings, head
SLICES = 24
OFFICE = ((8 * 3600 + 1800, 12 * 3600), (13 * 3600 + 1800, 18 * 3600))


@dataclass(frozen=True)
class Step:
    """One event of a course: what, least working days since the one before, at most so many more, who, what it says."""

    kind: str
    gap: int
    more: int
    who: str
    says: dict[str, Any]


def step(kind: str, gap: int = 0, more: int = 2, who: str = "h", **says: Any) -> Step:
    return Step(kind, gap, more, who, says)


RECEIVED = step("application_received", who="w", item="许可", channel="internet")
AT_COUNTER = step("application_received", who="w", item="许可", channel="counter")
ACCEPTED = step("accepted", 0, 4, "w", handling="single", promised_days=15, receipt_given=True, testing_required=False)
TO_TEST = step("accepted", 0, 3, "w", handling="single", promised_days=18, receipt_given=True, testing_required=True)
JOINT = step("accepted", 0, 4, "w", handling="joint", promised_days=30, receipt_given=True)
TWO_LEVEL = step("accepted", 0, 4, "w", handling="two_level", receipt_given=True)
ASKED = step("supplement_notice_given", 0, 4, "w", new_facts=False, spot_error=False, outside_list=False)
GIVEN = step("supplement_received", 1, 8, "w")
VERIFIED = step("verified", 1, 3, "h", staff_count=2)
REVIEWED = step("reviewed", 1, 3, "r")
SOUND = {"written": True, "statements_heard": True, "on_the_spot": False, "remedies_told": True}
GRANTED = step("decision_made", 0, 3, "p", granted=True, concerns_others=False, **SOUND)
GRANTED_OTHERS = step("decision_made", 0, 3, "p", granted=True, concerns_others=True, **SOUND)
REFUSED = step("decision_made", 0, 3, "p", granted=False, concerns_others=False, reasons="不符合条件", **SOUND)
BASIS = {
    "relied.fee_schedule.standard": 120.0,
    "relied.fee_schedule.valid_from": dt.date(2015, 1, 1),
    "relied.fee_schedule.valid_until": dt.date(2030, 1, 1),
}
FEE = step("fee_charged", 0, 1, "w", amount=100.0, purpose="license", **BASIS)
TOO_MUCH = step("fee_charged", 0, 1, "w", amount=150.0, purpose="license", **BASIS)
DELIVERED = step("delivered", 0, 6, "w")
EXTENDED = step("extended", 1, 3, "l", days=10, approved_by="agency_head", reason="案情复杂", reason_told=True)
NOT_APPROVED = step("extended", 1, 3, "p", days=12, approved_by="other", reason="案情复杂", reason_told=False)
TOLD = (step("interested_party_told", 0, 1, "h"), step("hearing_right_told", 0, 1, "h"))
HELD = (
    step("hearing_notified", 1, 3, "h"),
    step("hearing_opened", 7, 6, "z", basis="requested", open_to_public=True),
    step("hearing_closed", 0, 1, "z"),
    step("hearing_minutes_signed", 0, 1, "z"),
)
SAME_PRESIDER = (HELD[0], step("hearing_opened", 3, 6, "r", basis="requested", open_to_public=False), *HELD[2:])


def off_clock(ground: str, more: int = 10, told: int | None = 15) -> tuple[Step, Step]:
    """An off-clock procedure: started and ended."""
    said = {} if told is None else {"told_days": told}
    return (
        step("special_procedure_started", 0, 2, "h", ground=ground, **said),
        step("special_procedure_ended", 3, more, "h", ground=ground),
    )


END = (GRANTED, FEE, DELIVERED)
TESTERS = step("testers_assigned", 0, 4, "h", staff_count=2)
COURSES: tuple[tuple[float, tuple[Step, ...]], ...] = (
    (14, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, *END)),
    (10, (AT_COUNTER, step("corrected_on_the_spot", 0, 0, "w"), ACCEPTED, TESTERS, VERIFIED, VERIFIED, REVIEWED, *END)),
    (14, (RECEIVED, ASKED, GIVEN, ACCEPTED, VERIFIED, VERIFIED, REVIEWED, *END)),
    (16, (RECEIVED, TO_TEST, TESTERS, *off_clock("testing"), VERIFIED, REVIEWED, *END)),
    (8, (RECEIVED, ASKED, GIVEN, ACCEPTED, VERIFIED, *off_clock("expert_review"), *off_clock("appraisal"), REVIEWED, *END)),
    (6, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, *TOLD, step("hearing_requested", 0, 4, "w", in_time=True), *HELD,
         GRANTED_OTHERS, FEE, DELIVERED)),
    (1, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, *TOLD, step("hearing_requested", 0, 4, "w", in_time=True),
         *SAME_PRESIDER, GRANTED_OTHERS, FEE, DELIVERED)),
    (4, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, *TOLD, step("decision_made", 5, 6, "p", granted=True, concerns_others=True,
         **SOUND), FEE, DELIVERED)),
    (2, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, *TOLD, step("hearing_waived", 1, 3, "w"), GRANTED_OTHERS, FEE, DELIVERED)),
    (2, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, step("hearing_announced", 0, 2, "h"), HELD[0],
         step("hearing_opened", 7, 8, "z", basis="public_interest", open_to_public=True), *HELD[2:], *END)),
    (5, (RECEIVED, ASKED, GIVEN, ACCEPTED, VERIFIED, VERIFIED, REVIEWED, EXTENDED,
         step("decision_made", 3, 10, "p", granted=True, **SOUND), FEE, DELIVERED)),
    (1, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, NOT_APPROVED, step("decision_made", 8, 15, "p", granted=True, **SOUND),
         TOO_MUCH, DELIVERED)),
    (4, (RECEIVED, JOINT, TESTERS, *off_clock("inspection", 14), VERIFIED, VERIFIED, REVIEWED, *END)),
    (3, (RECEIVED, TWO_LEVEL, VERIFIED, step("reviewed", 2, 9, "r"), step("preliminary_opinion_sent", 0, 4, "p"),
         step("preliminary_opinion_received", 0, 1, "w", promised_days=12), step("reviewed", 1, 9, "r"), *END)),
    (2, (RECEIVED, step("acceptance_refused", 0, 3, "w", reason="not_our_authority", proper_agency="其他机关",
         explanation="不属于本机关职权", receipt_given=True))),
    (1, (RECEIVED, ASKED, step("withdrawn", 2, 10, "w"))),
    (2, (RECEIVED, step("reviewed", 7, 6, "r"), GRANTED, FEE, DELIVERED)),
    (2, (RECEIVED, ACCEPTED, VERIFIED, step("reviewed", 10, 10, "r"), step("decision_made", 6, 25, "p", granted=True, **SOUND),
         FEE, DELIVERED)),
    (1, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, REFUSED)),
    (0.5, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, step("decision_made", 0, 3, "p", granted=False, written=True))),
    (1, (RECEIVED, ACCEPTED, VERIFIED, REVIEWED, GRANTED, FEE, step("delivered", 8, 20, "w"))),
    (0.5, (RECEIVED, ASKED, GIVEN, ASKED, GIVEN, ACCEPTED, step("verified", 1, 3, "h", staff_count=1), REVIEWED, *END)),
    (1, (RECEIVED, ACCEPTED, VERIFIED)),
)  # fmt: skip


def government_log(events: int, calendar: Calendar, seed: int = 20) -> Log:
    """About `events` events in case order; every instant lies in working hours, and none are tied."""
    chance = np.random.default_rng(seed)
    steps = [one for _, course in COURSES for one in course]
    lengths = np.array([len(course) for _, course in COURSES])
    begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    weights = np.array([weight for weight, _ in COURSES])
    weights = weights / weights.sum()
    cases = max(1, round(events / float(weights @ lengths)))
    course = chance.choice(len(COURSES), cases, p=weights)
    size = lengths[course]
    offsets = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    owner = np.repeat(np.arange(cases, dtype=np.int32), size)
    place = (np.arange(offsets[-1]) - offsets[owner]).astype(np.int32)
    row = (begins[course][owner] + place).astype(np.int16)
    gap = np.array([one.gap for one in steps], np.int32)[row]
    more = np.array([one.more for one in steps], np.float32)[row]
    gap += (chance.random(len(row), np.float32) * (more + 1)).astype(np.int32)
    first = calendar.prefix[day_of(FROM) - calendar.first_day]
    last = calendar.prefix[day_of(UNTIL) - calendar.first_day]
    gap[offsets[:-1]] = chance.integers(first, last, cases)
    walked = np.cumsum(gap, dtype=np.int64)
    walked -= (walked[offsets[:-1]] - gap[offsets[:-1]])[owner]
    day = np.array(calendar.index, np.int32)[walked]
    del walked, gap, more
    kinds = tuple(dict.fromkeys(one.kind for one in steps))
    return Log(
        cases=names("许", cases),
        offsets=offsets,
        kinds=kinds,
        kind=np.array([kinds.index(one.kind) for one in steps], np.uint16)[row],
        day=day,
        at=moments(day, place, chance),
        timed=np.ones(len(row), np.bool_),
        tied=np.zeros(len(row), np.bool_),
        number=place + 1,
        ids=None,
        actor=actors(steps, row, owner, chance),
        agency=None,
        recorded_at=None,
        source_sequence=None,
        data=contents(steps, row),
        rejected=(),
        rejected_counts={},
        zone=ZONE,
        source="bench",
        complete=False,
    )


def day_of(on: dt.date) -> int:
    return on.toordinal() - 719_163


def names(prefix: str, count: int) -> pa.Array:
    """Names of cases, all of one length."""
    import pyarrow.compute as pc

    number = pc.utf8_lpad(pc.cast(pa.array(np.arange(1, count + 1)), pa.string()), 8, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), number, "")


def moments(day: np.ndarray, place: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Instants within office hours, later for later events of a case on one day."""
    (opens, noon), (again, closes) = OFFICE
    span = (noon - opens + closes - again) // SLICES
    second = opens + place.astype(np.int64) * span + chance.integers(0, span, len(place), np.int32)
    second += np.where(second >= noon, again - noon, 0)
    return np.asarray((day.astype(np.int64) * 86_400 + second - OFFSET) * 1_000_000)


def actors(steps: list[Step], row: np.ndarray, owner: np.ndarray, chance: np.random.Generator) -> pa.DictionaryArray:
    """Who did it: for every role of a case one person."""
    person = chance.integers(0, PERSONS, int(owner[-1]) + 1, np.int32)
    role = np.array([ROLES.index(one.who) for one in steps], np.int32)[row]
    codes = role * PERSONS + (person[owner] + role * 7) % PERSONS
    return pa.DictionaryArray.from_arrays(
        pa.array(codes), pa.array([f"{r}{p:04}" for r in ROLES for p in range(PERSONS)])
    )


def contents(steps: list[Step], row: np.ndarray) -> dict[str, pa.Array]:
    """What the events say, one column per field; text and numbers as dictionaries."""
    columns = {}
    for field in dict.fromkeys(name for one in steps for name in one.says):
        values = list(dict.fromkeys(one.says[field] for one in steps if field in one.says))
        code = np.array([values.index(one.says[field]) if field in one.says else -1 for one in steps], np.int8)[row]
        if isinstance(values[0], bool):
            columns[field] = pa.array(np.array([*values, False])[code], mask=code < 0)
        else:
            columns[field] = pa.DictionaryArray.from_arrays(pa.array(code, mask=code < 0), pa.array(values))
    return columns
