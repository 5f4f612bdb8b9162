"""What changed between two procedures, and in which direction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.calendars import load_calendar
from xiaoneng.packs.diff import Change, Effect, Part, diff
from xiaoneng.packs.model import Binds, Extension, Ground, Lapse, Procedure, RuleKind
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

from .small import clock, kind, on, procedure, rule

if TYPE_CHECKING:
    from pathlib import Path

W = LimitKind.WORKING_DAYS
HEARING = Ground("hearing", Words("听证", "hearing"), on("heard"), on("decided"), None, ("x",))
EXTENSION = Extension(on("heard"), Limit(10, W), 1, cite=("x",))


def pack(**keys: Any) -> Procedure:
    given: dict[str, Any] = {"opens": on("asked"), "ends": on("decided"), "grounds": {"hearing": HEARING}} | keys
    return procedure("asked", "heard", "decided", "again", **given)


def timed(**keys: Any) -> Procedure:
    starts, stops = keys.pop("starts", on("asked")), keys.pop("stops", on("decided"))
    return pack(clocks=(clock("decision", starts, stops, **keys),))


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(one.id, one.key, one.before.zh, one.after.zh, one.effect.value) for one in changes]


def test_nothing_changed() -> None:
    same = timed(extension=EXTENSION, off_clock=("hearing",))
    assert diff(same, same) == ()
    assert diff(same, timed(extension=replace(EXTENSION, cite=()), off_clock=("hearing",))) == ()


def test_a_shorter_limit_is_stricter_from_the_day_the_new_version_holds() -> None:
    new = replace(timed(limit=Limit(15, W)), in_force_from=dt.date(2026, 7, 1))
    assert diff(timed(), new) == (
        Change(
            part=Part.CLOCK,
            id="decision",
            key="limit",
            before=Words("20个工作日", "20 working days"),
            after=Words("15个工作日", "15 working days"),
            effect=Effect.STRICTER,
            from_on=dt.date(2026, 7, 1),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ({}, {"limit": Limit(21, W)}, ("limit", "20个工作日", "21个工作日", "looser")),
        ({}, {"limit": Limit(20, LimitKind.CALENDAR_DAYS)}, ("limit", "20个工作日", "20日（自然日）", "other")),
        ({}, {"starts": on("asked", "again")}, ("starts", "事asked", "事asked或事again", "stricter")),
        ({}, {"first_only": True}, ("starts", "事asked", "首次事asked", "looser")),
        ({}, {"stops": on("decided", "heard")}, ("stops", "事decided", "事decided或事heard", "looser")),
        ({}, {"same": "who"}, ("stops", "事decided", "事decided（同一who）", "stricter")),
        ({}, {"promised": Limit(10, W)}, ("promised", "—", "10个工作日", "stricter")),
        ({"off_clock": ("hearing",)}, {"off_clock": ()}, ("off_clock", "听证", "—", "stricter")),
        ({}, {"restart": on("again")}, ("restart", "—", "事again", "looser")),
        ({}, {"on_lapse": Lapse("decided", from_start=False)}, ("on_lapse", "—", "视为事decided，自届满起", "other")),
        ({}, {"binds": Binds.PARTY}, ("binds", "行政机关", "行政相对人", "looser")),
        (
            {"extension": EXTENSION},
            {"extension": replace(EXTENSION, most=Limit(5, W))},
            ("extension", "事heard：最多10个工作日", "事heard：最多5个工作日", "stricter"),
        ),
    ],
)
def test_each_key_of_a_clock_is_told_with_its_direction(
    old: dict[str, Any], new: dict[str, Any], change: tuple[str, str, str, str]
) -> None:
    assert told(diff(timed(**old), timed(**(old | new)))) == [("decision", *change)]


def test_limits_of_different_days_are_compared_over_the_calendars(root: Path) -> None:
    china = load_calendar(root / "packs/cn/_calendar")
    new = timed(limit=Limit(15, LimitKind.CALENDAR_DAYS), roll=True)
    assert [one.effect for one in diff(timed(), new, (china,))] == [Effect.STRICTER]


def test_two_changes_of_one_clock_are_told_apart() -> None:
    changes = diff(timed(), timed(limit=Limit(15, W), stops=on("decided", "heard")))
    assert [(one.key, one.effect.value) for one in changes] == [("limit", "stricter"), ("stops", "looser")]


def test_clocks_and_rules_that_come_or_go() -> None:
    duty = rule("duty", RuleKind.ABSENCE, on("heard"))
    old, new = pack(rules=(duty,)), timed()
    assert told(diff(old, new)) == [
        ("decision", "", "—", "期限decision：20个工作日", "stricter"),
        ("duty", "", "要求duty", "—", "looser"),
    ]
    assert told(diff(new, old)) == [
        ("decision", "", "期限decision：20个工作日", "—", "looser"),
        ("duty", "", "—", "要求duty", "stricter"),
    ]


def test_a_clock_that_binds_the_party_is_neither_stricter_nor_looser() -> None:
    assert [one.effect for one in diff(pack(), timed(binds=Binds.PARTY))] == [Effect.OTHER]


def test_a_rule_is_told_key_by_key_with_the_direction_of_the_whole() -> None:
    def ruled(sort: RuleKind, **keys: Any) -> Procedure:
        return pack(rules=(rule("duty", sort, on("asked"), on("decided"), **keys),))

    assert told(diff(ruled(RuleKind.RESPONSE), ruled(RuleKind.CHAIN_RESPONSE, limit=Limit(3, W)))) == [
        ("duty", "kind", "有此后必有彼", "紧接着应有", "stricter"),
        ("duty", "limit", "—", "3个工作日", "stricter"),
    ]
    assert told(diff(ruled(RuleKind.RESPONSE), ruled(RuleKind.ALTERNATE_RESPONSE))) == [
        ("duty", "kind", "有此后必有彼", "再次之前应有答复", "stricter")
    ]
    assert told(diff(ruled(RuleKind.PRECEDENCE, n=2), ruled(RuleKind.PRECEDENCE))) == [
        ("duty", "n", "2", "1", "looser")
    ]


def test_selectors_of_a_rule_are_told() -> None:
    old = pack(rules=(rule("duty", RuleKind.RESPONSE, on("asked"), on("decided")),))
    new = pack(rules=(rule("duty", RuleKind.RESPONSE, on("asked", "again"), on("decided", "heard")),))
    assert told(diff(old, new)) == [
        ("duty", "source", "事asked", "事asked或事again", "other"),
        ("duty", "target", "事decided", "事decided或事heard", "other"),
    ]


def test_wording_and_citations_change_no_direction() -> None:
    duty = rule("duty", RuleKind.ABSENCE, on("heard"))
    new = replace(duty, says=Words("新"), cite=("a-b#1", "a-b#2"))
    assert told(diff(pack(rules=(duty,)), pack(rules=(new,)))) == [
        ("duty", "says", "要求duty", "新", "other"),
        ("duty", "cite", "cn-administrative-licensing-law#42(p1)", "a-b#1；a-b#2", "other"),
    ]


def test_grounds_events_and_ends_are_told() -> None:
    old = pack()
    new = pack(ends=on("decided", "heard"), grounds={"hearing": replace(HEARING, cap=Limit(20, W))})
    new = replace(new, events={**{k: v for k, v in new.events.items() if k != "again"}, "new": kind("new")})
    assert [(one.part.value, *line) for one, line in zip(diff(old, new), told(diff(old, new)), strict=True)] == [
        ("event", "again", "", "事again", "—", "other"),
        ("event", "new", "", "—", "事new", "other"),
        ("ends", "ends", "", "事decided", "事decided或事heard", "other"),
        ("ground", "hearing", "", "听证：事heard至事decided", "听证（最多20个工作日）：事heard至事decided", "stricter"),
    ]


def test_another_article_of_a_promise_is_a_change_of_what_is_cited() -> None:
    promised = timed(promised=Limit(10, W))
    (change,) = diff(promised, timed(promised=Limit(10, W), promised_cite=("a-b#1",)))
    assert (change.key, change.after.en.rpartition("; ")[2], change.effect) == ("cite", "a-b#1", "other")


def test_a_wider_ground_does_not_hide_which_way_an_extension_went() -> None:
    held = {"off_clock": ("hearing",)}
    before = timed(extension=EXTENSION, **held)
    after = timed(extension=replace(EXTENSION, most=Limit(5, W)), **held)
    wider = replace(after.grounds["hearing"], opens=on("asked", *(one.kind for one in after.grounds["hearing"].opens)))
    changes = diff(before, replace(after, grounds={"hearing": wider}))
    assert {one.key: one.effect for one in changes} == {"": "looser", "extension": "stricter"}
