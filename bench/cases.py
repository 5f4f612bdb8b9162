"""One case: long ones compiled and plain, a short one to its verdict, and its words."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from bench.measure import MICRO, Row, per_call, timed
from bench.packs import XES, fines_procedure, licensing, packs, present_of

if TYPE_CHECKING:
    from bench.sizes import Sizes
    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.intake.log import Log

NANO = 1e9
SLACK = 2.0
"""A longer case may cost that much more per event before it counts as more than linear (noise, caches)."""


def long_cases(sizes: Sizes) -> list[Row]:
    """One endless case of growing length: nanoseconds per event should stay the same."""
    from bench.government import NOW, government_log
    from bench.packs import FINES_NOW, fines_log, judge, one_case
    from xiaoneng.replay.columns import encode_log
    from xiaoneng.supervise.build import program_of

    longest = max(sizes.lengths)
    subjects: list[tuple[str, Procedure, Log, str, dt.datetime]] = [
        ("cn.licensing", licensing(), government_log(2 * longest, packs().calendar("cn")), "cn", NOW)
    ]
    if XES.exists():
        subjects.append(("it.traffic-fine", fines_procedure(), fines_log(), "it", FINES_NOW))
    rows = []
    for name, procedure, log, place, instant in subjects:
        calendar = packs().calendar(place)
        program, now = program_of(procedure), present_of(procedure, calendar, instant)
        for compiled in (True, False):
            costs = []
            for length in sizes.lengths:
                encoded = encode_log(one_case(log, length), program, calendar)
                call = lambda e=encoded, c=compiled: judge(program, e, calendar, now, complete=False, compiled=c)  # type: ignore[misc]  # noqa: B023, E731
                costs.append(timed(call, 3 if compiled else 1).cpu / length * NANO)
            figure = " → ".join(f"{cost:,.0f}" for cost in costs) + " ns/event"
            lengths = " → ".join(f"{length:,}" for length in sizes.lengths)
            what = f"one case of {lengths} events, {name}, {'compiled' if compiled else 'plain Python'}"
            # The shortest compiled case pays the call; growth counts from the second length on.
            grown = costs[-1] / costs[-2]
            rows.append(
                Row(
                    "d", what, figure, "linear", grown <= SLACK, f"{grown:.1f} × longest : before", 3 if compiled else 1
                )
            )
    return rows


def short_case(sizes: Sizes) -> list[Row]:  # noqa: ARG001 - as every part
    """Ten events in memory to a verdict and to its words, with no compiler in the process."""
    from xiaoneng.journal.event import Event
    from xiaoneng.supervise.explain import tell
    from xiaoneng.supervise.judge import supervise
    from xiaoneng.supervise.story import tell_case

    rows = []
    fines = fines_procedure(20)
    kinds = ("create_fine", "send_fine", "insert_fine_notification", "insert_date_appeal_to_prefecture",
             "send_appeal_to_prefecture", "receive_result_appeal_from_prefecture", "notify_result_appeal_to_offender",
             "add_penalty", "payment", "send_for_credit_collection")  # fmt: skip
    begin = dt.datetime(2010, 3, 1, 9, tzinfo=dt.UTC)
    moments = [begin + dt.timedelta(days=12 * n) for n in range(len(kinds))]
    events = [
        Event(f"e{n}", "case", kind, at, at, n + 1) for n, (kind, at) in enumerate(zip(kinds, moments, strict=True))
    ]
    italy, now = packs().calendar("it"), dt.datetime(2011, 1, 1, tzinfo=dt.UTC)
    verdict = supervise(fines, events, italy, now, complete=True)
    cost, runs = per_call(lambda: supervise(fines, events, italy, now, complete=True))
    what = f"one case, 10 events, 20 rules: events to verdict, plain Python ({len(verdict.findings)} findings)"
    rows.append(Row("f", what, f"{cost * MICRO:.0f} µs", "≤ 60 µs", cost <= 60e-6, runs=runs))
    events, china, now = licensing_case()
    procedure = licensing()
    verdict = supervise(procedure, events, china, now)
    cost, runs = per_call(lambda: supervise(procedure, events, china, now))
    what = f"one case, {len(events)} events, whole cn.licensing: the same ({len(verdict.findings)} findings)"
    rows.append(Row("f", what, f"{cost * MICRO:.0f} µs", runs=runs))
    finding = verdict.findings[0]
    cost, runs = per_call(lambda: tell(finding, procedure))
    rows.append(Row("f", "one finding told in words", f"{cost * MICRO:.1f} µs", "≤ 2 ms", cost <= 2e-3, runs=runs))
    cost, runs = per_call(lambda: tell_case(verdict, china, now))
    rows.append(
        Row("f", "the whole case told, every day explained", f"{cost * 1e3:.2f} ms", "≤ 2 ms", cost <= 2e-3, runs=runs)
    )
    if "numba" in sys.modules:
        raise AssertionError("a compiler was loaded for one case")
    return rows


def licensing_case() -> tuple[list[object], object, dt.datetime]:
    """Ten facts of a license that was decided late."""
    from xiaoneng.journal.event import Event

    home = dt.timezone(dt.timedelta(hours=8))
    told = (
        ("application_received", 1, "w1", {"channel": "internet"}),
        ("supplement_notice_given", 3, "w1", {"missing": ("图纸",), "new_facts": False}),
        ("supplement_received", 8, "w1", {}),
        ("accepted", 9, "w1", {"handling": "single", "promised_days": 10, "receipt_given": True}),
        ("special_procedure_started", 10, "h1", {"ground": "testing", "told_days": 10}),
        ("special_procedure_ended", 22, "h1", {"ground": "testing"}),
        ("verified", 23, "h1", {"staff_count": 2}),
        ("reviewed", 30, "r1", {}),
        ("decision_made", 58, "p1", {"granted": True, "written": True, "statements_heard": True}),
        ("delivered", 60, "w1", {}),
    )
    first = dt.datetime(2024, 3, 1, 9, 30, tzinfo=home)
    events: list[object] = []
    for number, (kind, day, actor, says) in enumerate(told):
        at = first + dt.timedelta(days=day - 1, minutes=number)
        events.append(Event(f"e{number}", "case", kind, at, at, number + 1, actor=actor, data=says))
    return events, packs().calendar("cn"), dt.datetime(2024, 6, 30, 12, tzinfo=home)
