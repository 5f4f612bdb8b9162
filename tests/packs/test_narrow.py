"""A local pack is narrower where it is proved to find every national breach, and no later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.calendars import load_calendar
from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import (
    Binds,
    EventKind,
    Extension,
    FieldLimit,
    FieldType,
    Ground,
    JudgedBy,
    Lapse,
    Procedure,
    RuleKind,
    UntilField,
    Yearly,
)
from xiaoneng.packs.narrow import narrows
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

from .small import clock, field, kind, on, procedure, rule

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.packs.complaint import Complaint
    from xiaoneng.timing.calendar import Calendar

W, C, M = LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, LimitKind.MONTHS
HEARING = Ground("hearing", Words("听证"), on("opened"), on("closed"), None, ("x",))
CAPPED = replace(HEARING, cap=Limit(20, W))
EXTENSION = Extension(on("extended"), Limit(10, W), 1, "days", parse("approved_by == 'head'"))
ASKED = kind(
    "asked", field("amount", FieldType.NUMBER), field("deadline", FieldType.DATE), field("who", FieldType.TEXT)
)
LAPSE = Lapse("decided", from_start=False)
MORE = {"extension": EXTENSION}
PARTY = {"on_lapse": LAPSE, "binds": Binds.PARTY}
START = replace(LAPSE, from_start=True)
HELD, CUT = {"off_clock": ("hearing",)}, {"off_clock": ("hearing",), "hearing": CAPPED}
KINDS: tuple[str | EventKind, ...] = (ASKED, "decided", "withdrawn", "opened", "closed", "extended", "again")


def pack(**keys: Any) -> Procedure:
    given: dict[str, Any] = {"opens": on("asked"), "ends": on("decided"), "grounds": {"hearing": HEARING}} | keys
    return procedure(*KINDS, **given)


def timed(**keys: Any) -> Procedure:
    grounds = {"hearing": keys.pop("hearing", HEARING)}
    return pack(
        clocks=(
            clock("decision", keys.pop("starts", on("asked")), keys.pop("stops", on("decided", "withdrawn")), **keys),
        ),
        grounds=grounds,
    )


def codes(found: tuple[Complaint, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.path.removeprefix("clocks.decision.").removeprefix("rules.duty.")) for one in found]


@pytest.fixture(scope="module")
def china(root: Path) -> Calendar:
    return load_calendar(root / "packs/cn/_calendar")


def test_a_procedure_is_narrower_than_itself() -> None:
    same = timed(off_clock=("hearing",), extension=EXTENSION, promised=Limit(10, W), restart=on("again"))
    assert narrows(same, same, ()) == ()


@pytest.mark.parametrize(
    "local",
    [
        {"limit": Limit(15, W)},
        {"starts": on("asked", "again")},
        {"stops": on("decided")},
        {"off_clock": ()},
        {"off_clock": ("hearing",), "hearing": CAPPED},
        {"off_clock": ("hearing",), "hearing": replace(HEARING, closes=on("closed", "again"))},
        {"extension": replace(EXTENSION, most=Limit(5, W))},
        {"promised": Limit(12, W)},
        {"promised": FieldLimit("amount", W)},
        {"same": "who"},
        {"restart": ()},
    ],
)
def test_what_is_stricter_is_narrower(local: dict[str, Any]) -> None:
    national: dict[str, Any] = {"off_clock": ("hearing",), "extension": EXTENSION, "restart": on("again")}
    if "restart" in local:
        national["extension"] = None
    mine = national | local
    if "promised" in local and isinstance(local["promised"], Limit):
        national["promised"] = Limit(15, W)
    assert narrows(timed(**mine), timed(**national), ()) == ()


@pytest.mark.parametrize(
    ("national", "local", "expected"),
    [
        ({}, {"limit": Limit(21, W)}, ("XN-N005", "limit")),
        ({}, {"limit": Limit(100, LimitKind.WORKING_HOURS)}, ("XN-N005", "limit")),
        ({}, {"limit": FieldLimit("amount", W)}, ("XN-N005", "limit")),
        ({}, {"limit": UntilField("deadline")}, ("XN-N005", "limit")),
        ({}, {"limit": Limit(10, C)}, ("XN-N005", "limit")),
        ({"limit": UntilField("deadline")}, {"limit": UntilField("deadline"), "roll": True}, ("XN-N005", "limit")),
        ({"starts": on("asked", "again")}, {"starts": on("asked")}, ("XN-N003", "starts")),
        ({}, {"starts": on("asked: amount > 30")}, ("XN-N003", "starts")),
        ({"stops": on("decided")}, {"stops": on("decided", "withdrawn")}, ("XN-N004", "stops")),
        ({}, {"first_only": True}, ("XN-N009", "activations")),
        ({"first_only": True}, {"first_only": True, "starts": on("asked", "again")}, ("XN-N003", "starts")),
        ({"same": "who"}, {"same": ""}, ("XN-N012", "same")),
        ({}, {"restart": on("again")}, ("XN-N013", "restart")),
        ({"restart": on("again"), "extension": EXTENSION}, {"restart": ()}, ("XN-N013", "restart")),
        ({}, {"off_clock": ("hearing",)}, ("XN-N006", "off_clock")),
        (HELD, {"hearing": replace(HEARING, opens=on("opened", "again"))}, ("XN-N006", "off_clock")),
        (HELD, {"hearing": replace(HEARING, closes=())}, ("XN-N006", "off_clock")),
        (CUT, {"hearing": HEARING}, ("XN-N006", "off_clock")),
        (CUT, {"hearing": replace(CAPPED, cap=Limit(21, W))}, ("XN-N006", "off_clock")),
        (CUT, {"hearing": replace(CAPPED, opens=())}, ("XN-N006", "off_clock")),
        (CUT, {"hearing": replace(CAPPED, closes=on("closed", "again"))}, ("XN-N006", "off_clock")),
        ({}, {"extension": EXTENSION}, ("XN-N007", "extension")),
        (MORE, {"extension": None}, ("XN-N007", "extension")),
        (MORE, {"extension": replace(EXTENSION, most=Limit(11, W))}, ("XN-N007", "extension")),
        (MORE, {"extension": replace(EXTENSION, times=2)}, ("XN-N007", "extension.times")),
        (MORE, {"extension": replace(EXTENSION, granted="")}, ("XN-N007", "extension.granted")),
        (MORE, {"extension": replace(EXTENSION, lawful=None)}, ("XN-N007", "extension.approved_by")),
        (MORE, {"extension": replace(EXTENSION, by=on("again"))}, ("XN-N007", "extension.by")),
        ({}, {"on_lapse": LAPSE}, ("XN-N008", "on_lapse")),
        ({"on_lapse": LAPSE}, {"on_lapse": START}, ("XN-N008", "on_lapse")),
        (PARTY, {"limit": Limit(5, W)}, ("XN-N008", "on_lapse")),
        ({}, {"binds": Binds.PARTY}, ("XN-N010", "binds")),
        ({}, {"promised": Limit(21, W)}, ("XN-N011", "promised")),
        ({}, {"promised": Limit(10, C)}, ("XN-N011", "promised")),
        ({"promised": Limit(10, W)}, {"promised": Limit(11, W)}, ("XN-N011", "promised")),
        ({"promised": Limit(10, W)}, {"promised": None}, ("XN-N011", "promised")),
    ],
)  # fmt: skip
def test_what_is_looser_or_cannot_be_compared_is_refused(
    national: dict[str, Any], local: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert codes(narrows(timed(**(national | local)), timed(**national), ())) == [expected]


def test_a_lower_cap_is_narrower() -> None:
    local = timed(off_clock=("hearing",), hearing=replace(CAPPED, cap=Limit(10, W)))
    assert narrows(local, timed(**CUT), ()) == ()


def test_an_earlier_lapse_is_narrower_where_the_lateness_is_the_agencys() -> None:
    assert narrows(timed(on_lapse=LAPSE, limit=Limit(15, W)), timed(on_lapse=LAPSE), ()) == ()


def test_another_kind_of_day_is_proved_over_every_start_day_of_the_calendars(china: Calendar) -> None:
    national = timed(limit=Limit(10, W))
    assert narrows(timed(limit=Limit(7, C), roll=True), national, (china,)) == ()
    (refused,) = narrows(timed(limit=Limit(14, C), roll=True), national, (china,))
    assert refused.wrong == (
        "of 14 calendar_days from 2007-01-06 ends on 2007-01-22, the national 10 working_days on 2007-01-19"
    )


def test_another_kind_of_day_is_not_compared_where_days_are_off_the_clock(china: Calendar) -> None:
    national = timed(limit=Limit(10, W), off_clock=("hearing",))
    local = timed(limit=Limit(7, C), roll=True, off_clock=("hearing",))
    assert codes(narrows(local, national, (china,))) == [("XN-N005", "limit")]


def test_a_limit_rolled_forward_where_the_national_one_is_not_is_compared_day_by_day(china: Calendar) -> None:
    national = timed(limit=Limit(60, C), roll=False)
    assert narrows(timed(limit=Limit(30, C), roll=True), national, (china,)) == ()
    assert codes(narrows(timed(limit=Limit(59, C), roll=True), national, (china,))) == [("XN-N005", "limit")]
    assert narrows(timed(limit=Limit(1, M), roll=True), timed(limit=Limit(60, C), roll=True), (china,)) == ()


def test_conditions_are_compared_by_what_they_select() -> None:
    national = timed(starts=on("asked: amount > 30"))
    assert narrows(timed(starts=on("asked: amount > 20")), national, ()) == ()
    assert narrows(timed(starts=on("asked: not (amount <= 30)")), national, ()) == ()
    assert codes(narrows(timed(starts=on("asked: amount > 40")), national, ())) == [("XN-N003", "starts")]


def ruled(sort: RuleKind, source: tuple[str, ...], target: tuple[str, ...] = (), **keys: Any) -> Procedure:
    base = timed(off_clock=("hearing",))
    return replace(base, rules=(rule("duty", sort, on(*source), on(*target), **keys),))


R = RuleKind
JANUARY, DECEMBER = Yearly(1, 31), Yearly(12, 31)
OVER = {n: (f"asked: amount > {n}",) for n in (20, 30, 40)}
DAYS = {n: Limit(n, W) for n in range(10)}
A, B, X = ("asked",), ("decided",), ("asked", "again")


@pytest.mark.parametrize(
    ("national", "local"),
    [
        (ruled(R.RESPONSE, A, X), ruled(R.RESPONSE, X, ("again",))),
        (ruled(R.RESPONSE, A, B), ruled(R.ALTERNATE_RESPONSE, A, B)),
        (ruled(R.PRECEDENCE, A, B), ruled(R.PRECEDENCE, A, B, n=2)),
        (ruled(R.PRECEDENCE, A, B), ruled(R.PRECEDENCE, A, B, limit=DAYS[5])),
        (ruled(R.PRECEDENCE, A, B), ruled(R.PRECEDENCE, A, B, same="who")),
        (ruled(R.PRECEDENCE, A, B, limit=DAYS[6]), ruled(R.PRECEDENCE, A, B, limit=DAYS[5])),
        (ruled(R.CHAIN_RESPONSE, A, B, limit=Limit(6, C)), ruled(R.CHAIN_RESPONSE, A, B, limit=Limit(6, C))),
        (ruled(R.RESPONSE, A, B, limit=DAYS[6]), ruled(R.RESPONSE, X, B, limit=DAYS[5])),
        (ruled(R.RESPONSE, A, B), ruled(R.RESPONSE, A, B, same="who")),
        (ruled(R.ABSENCE, A, n=3), ruled(R.ABSENCE, X, n=2)),
        (ruled(R.ABSENCE, A, n=3, same="who"), ruled(R.ABSENCE, A, n=2)),
        (ruled(R.DIFFERENT_HANDS, A + B), ruled(R.DIFFERENT_HANDS, X + B)),
        (ruled(R.SAME_HANDS, A, B), ruled(R.SAME_HANDS, A, (*B, "closed"))),
        (ruled(R.MINIMUM_GAP, A, B, limit=DAYS[7]), ruled(R.MINIMUM_GAP, X, B, limit=DAYS[8])),
        (ruled(R.RECORDED_LATE, A, limit=DAYS[2]), ruled(R.RECORDED_LATE, X, limit=DAYS[1])),
        (ruled(R.NOT_WHILE, A, pending="decision"), ruled(R.NOT_WHILE, X, pending="decision")),
        (ruled(R.NOT_WHILE, A, pending="hearing"), ruled(R.NOT_WHILE, X, pending="hearing")),
        (ruled(R.PUBLISHED_BY, A, X, limit=JANUARY), ruled(R.PUBLISHED_BY, X, A, limit=JANUARY)),
        (ruled(R.NOT_ABOVE, OVER[30]), ruled(R.NOT_ABOVE, OVER[20])),
    ],
)
def test_a_rule_that_finds_more_is_narrower(national: Procedure, local: Procedure) -> None:
    assert narrows(local, national, ()) == ()


@pytest.mark.parametrize(
    ("national", "local", "expected"),
    [
        (ruled(R.RESPONSE, A, B), ruled(R.RESPONSE, A, (*B, "again")), ("XN-N021", "rules.duty")),
        (ruled(R.RESPONSE, A, B), ruled(R.PRECEDENCE, A, B), ("XN-N021", "rules.duty")),
        (ruled(R.RESPONSE, A, B), ruled(R.RESPONSE, A, B, limit=DAYS[9]), ("XN-N022", "within")),
        (ruled(R.RESPONSE, A, B, limit=DAYS[6]), ruled(R.RESPONSE, A, B, limit=DAYS[7]), ("XN-N022", "within")),
        (ruled(R.RESPONSE, A, B, limit=DAYS[6]), ruled(R.RESPONSE, A, B), ("XN-N022", "within")),
        (ruled(R.RESPONSE, A, B, same="who"), ruled(R.RESPONSE, A, B), ("XN-N023", "same")),
        (ruled(R.PRECEDENCE, A, B, limit=DAYS[6]), ruled(R.PRECEDENCE, A, B), ("XN-N022", "within")),
        (ruled(R.PRECEDENCE, A, B, limit=DAYS[6]), ruled(R.PRECEDENCE, A, B, same="who"), ("XN-N022", "within")),
        (ruled(R.PRECEDENCE, A, B, same="who"), ruled(R.PRECEDENCE, X, B, same="who"), ("XN-N023", "from")),
        (ruled(R.PRECEDENCE, A, B, n=2), ruled(R.PRECEDENCE, A, B, same="who"), ("XN-N023", "n")),
        (ruled(R.ABSENCE, A, n=2), ruled(R.ABSENCE, A, n=2, same="who"), ("XN-N023", "same")),
        (ruled(R.ABSENCE, A, n=2, same="who"), ruled(R.ABSENCE, A, n=3, same="who"), ("XN-N023", "n")),
        (ruled(R.DIFFERENT_HANDS, X + B), ruled(R.DIFFERENT_HANDS, A + B), ("XN-N023", "of")),
        (ruled(R.SAME_HANDS, A, B), ruled(R.SAME_HANDS, X, B), ("XN-N023", "from")),
        (ruled(R.SAME_HANDS, A, B), ruled(R.DIFFERENT_HANDS, A + B), ("XN-N020", "kind")),
        (ruled(R.MINIMUM_GAP, A, B, limit=DAYS[7]), ruled(R.MINIMUM_GAP, A, B, limit=Limit(9, C)), ("XN-N022", "gap")),
        (ruled(R.MINIMUM_GAP, X, B, limit=DAYS[7]), ruled(R.MINIMUM_GAP, A, B, limit=DAYS[7]), ("XN-N023", "from")),
        (ruled(R.RECORDED_LATE, A, limit=DAYS[2]), ruled(R.RECORDED_LATE, A, limit=DAYS[3]), ("XN-N022", "limit")),
        (ruled(R.NOT_WHILE, A, pending="decision"), ruled(R.NOT_WHILE, A, pending="hearing"), ("XN-N024", "pending")),
        (ruled(R.PUBLISHED_BY, A, B, limit=JANUARY), ruled(R.PUBLISHED_BY, A, B, limit=DECEMBER), ("XN-N022", "by")),
        (ruled(R.NOT_ABOVE, OVER[30]), ruled(R.NOT_ABOVE, OVER[40]), ("XN-N021", "rules.duty")),
    ],
)  # fmt: skip
def test_a_rule_that_may_find_less_is_refused(national: Procedure, local: Procedure, expected: tuple[str, str]) -> None:
    assert codes(narrows(local, national, ())) == [expected]


def test_a_missed_national_breach_is_told_with_the_history_that_shows_it_and_the_line_of_the_local_rule() -> None:
    (found,) = narrows(ruled(R.ABSENCE, A, n=3), ruled(R.ABSENCE, A, n=2), ())
    assert str(found) == (
        "cn/small/family.yaml:7: rules.duty: misses a national breach: asked → asked; "
        "write a rule that finds it too (XN-N021)"
    )


def test_what_is_pending_until_silence_must_lapse_as_nationally() -> None:
    duty = (rule("duty", R.NOT_WHILE, on("asked"), pending="decision"),)
    national = replace(timed(on_lapse=LAPSE), rules=duty)
    local = replace(timed(on_lapse=LAPSE, limit=Limit(10, W)), rules=duty)
    assert codes(narrows(local, national, ())) == [("XN-N024", "pending")]
    assert narrows(national, national, ()) == ()


def test_what_is_pending_while_a_ground_is_open_needs_the_national_ground() -> None:
    duty = (rule("duty", R.NOT_WHILE, on("asked"), pending="hearing"),)
    local = replace(timed(hearing=replace(HEARING, closes=on("closed", "again"))), rules=duty)
    assert codes(narrows(local, replace(timed(), rules=duty), ())) == [("XN-N024", "pending")]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"calendar": "nl"}, "calendar"),
        ({"zone": "Europe/Rome"}, "zone"),
        ({"judged_by": JudgedBy.ACT}, "judged_by"),
        ({"ends": on("withdrawn")}, "ends"),
        ({"events": {}}, "events"),
    ],
)
def test_both_must_share_calendar_zone_end_and_events(changed: dict[str, Any], path: str) -> None:
    found = narrows(replace(pack(), **changed), pack(), ())
    assert {(one.code, one.path) for one in found} == {("XN-N002", path)}


def test_a_national_field_that_is_gone_is_refused() -> None:
    bare = pack()
    bare = replace(bare, events={**bare.events, "asked": EventKind("asked", Words("x"))})
    assert [one.wrong for one in narrows(bare, pack(), ())] == [
        f"asked does not have the national field {name}" for name in ("amount", "deadline", "who")
    ]


def test_national_clocks_and_rules_may_not_be_left_out() -> None:
    assert codes(narrows(pack(), ruled(R.ABSENCE, A), ())) == [("XN-N001", "clocks"), ("XN-N001", "rules")]


def test_a_local_pack_may_add_events_rules_and_clocks() -> None:
    local = ruled(R.CHAIN_RESPONSE, A, B)
    local = replace(local, events={**local.events, "local": kind("local")})
    added = clock("local", on("local"), on("decided"))
    assert narrows(replace(local, clocks=(*local.clocks, added)), timed(off_clock=("hearing",)), ()) == ()


def test_a_local_clock_may_not_deem_a_national_event() -> None:
    added = clock("local", on("asked"), on("decided"), on_lapse=LAPSE)
    found = narrows(replace(timed(), clocks=(*timed().clocks, added)), timed(), ())
    assert [(one.code, one.path) for one in found] == [("XN-N008", "clocks.local.on_lapse")]


def test_an_event_only_the_local_pack_knows_does_not_hide_a_national_breach() -> None:
    national = ruled(R.CHAIN_RESPONSE, A, B)
    local = replace(national, events={**national.events, "local": kind("local")})
    assert narrows(local, national, ()) == ()
