"""Findings in words, in Chinese and English."""

from __future__ import annotations

import pytest

from xiaoneng.packs.model import Lapse, RuleKind
from xiaoneng.supervise.explain import moment, tell

from .bench import at, clock, extension, hours, judged, ladder, law, on, rule, rung, wd

STEPS = ladder(rung("blue", "before", 1, "working_days"))


def words(procedure: object, events: str, now: str = "2026-12-31 12:00") -> list[str]:
    verdict = judged(procedure, events, now)  # type: ignore[arg-type]  # always a procedure
    return [tell(one, verdict.program.procedure).en for one in verdict.findings]


@pytest.mark.parametrize(
    ("events", "now", "said"),
    [
        ("03-02 a", "03-09 12:00", ("due by 2026-03-09", "soon due")),
        ("03-02 a", "03-10 12:00", ("due by 2026-03-09", "not done, late since 2026-03-10")),
        ("03-02 a; 03-12 b", "03-12 12:00", ("due by 2026-03-09", "done 2026-03-12, late")),
    ],
)
def test_a_clock_says_when_it_was_due_and_what_became_of_it(events: str, now: str, said: tuple[str, ...]) -> None:
    [text] = words(law(clock(wd(5)), ladder=STEPS), events, now)
    for part in said:
        assert part in text


def test_a_promise_is_called_one_and_silence_says_what_it_counts_as() -> None:
    promise = words(law(clock(wd(50), promised=wd(5))), "03-02 a", "03-10 12:00")
    assert "promised by 2026-03-09" in promise[0]
    silent = words(law(clock(wd(5), on_lapse=Lapse("c", from_start=False))), "03-02 a", "03-10 12:00")
    assert "silence counts as: word" in silent[0]


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ("03-02 a; 03-10 x", "came after expiry"),
        ("03-02 a; 03-03 x ok=1; 03-04 x ok=1", "no further extension"),
        ("03-02 a; 03-03 x", "lacks its approval"),
        ("03-02 a; 03-03 x ok=1 days=9", "more was granted"),
    ],
)
def test_an_extension_says_why_it_has_no_effect(events: str, said: str) -> None:
    procedure = law(clock(wd(5), extension=extension(wd(2), granted="days", lawful="ok == 1")))
    assert any(said in text for text in words(procedure, events, "03-10 12:00"))


def test_a_rule_says_what_it_asks_and_a_limit_by_when() -> None:
    assert words(law(rule(RuleKind.ABSENCE, "a")), "03-02 a") == ["word: not so since 2026-03-02."]
    timed = law(rule(RuleKind.RESPONSE, "a", "b", limit=wd(1)))
    assert words(timed, "03-02 a") == ["word: due 2026-03-03, not done."]
    assert words(timed, "03-02 a; 03-05 b") == ["word: due 2026-03-03, done 2026-03-05."]


def test_doubt_and_estimates_are_said() -> None:
    [doubt] = words(law(rule(RuleKind.PRECEDENCE, "a", "b")), "03-02 b; 03-02 a")
    assert "the order of events of one moment is unknown" in doubt
    [estimate] = words(law(clock(wd(5))), "2026-12-30 a", "2027-02-01 12:00")
    assert "provisional" in estimate


def test_a_moment_is_a_day_or_a_minute() -> None:
    assert moment(None) == ""
    assert moment(on("03-02")) == "2026-03-02"
    assert moment(at("03-02 17:05")) == "2026-03-02 17:05"
    [text] = words(law(clock(hours(1))), "03-02 09:00 a")
    assert "2026-03-02" in text
