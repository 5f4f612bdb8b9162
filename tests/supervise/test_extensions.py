"""Extensions: five working days from Monday 03-02 end on 03-09, three more on 03-12."""

from __future__ import annotations

import pytest

from xiaoneng.packs.model import Binds, Extension
from xiaoneng.supervise.layout import AFTER_EXPIRY, NOT_APPROVED, TOO_LONG, TOO_OFTEN

from .bench import clock, dues, extension, hours, judged, law, lines, months, wd

HEAD = "approved_by == 'head' and given(reason)"


def told(events: str, by: Extension, now: str = "03-09 23:00") -> tuple[list[str], list[str], list[int]]:
    verdict = judged(law(clock(wd(5), extension=by)), events, now)
    return lines(verdict), dues(verdict), [one.reason for one in verdict.breaches if one.reason]


def test_an_extension_before_expiry_lengthens_the_limit() -> None:
    assert told("03-02 a; 03-05 x", extension(wd(3))) == ([], ["k e1 03-12"], [])
    assert told("03-02 a; 03-09 x", extension(wd(3))) == ([], ["k e1 03-12"], [])


def test_an_extension_after_expiry_is_refused() -> None:
    found = told("03-02 a; 03-10 x", extension(wd(3)), "03-10 12:00")
    assert found == (["k e1 03-10", "k.extension e2 03-10"], [], [AFTER_EXPIRY])


def test_an_extension_too_often_is_refused() -> None:
    once = told("03-02 a; 03-04 x; 03-05 x", extension(wd(3)))
    assert once == (["k.extension e3 03-05"], ["k e1 03-12"], [TOO_OFTEN])
    assert told("03-02 a; 03-04 x; 03-05 x", extension(wd(3), times=2)) == ([], ["k e1 03-17"], [])


@pytest.mark.parametrize(
    ("said", "due", "reasons"),
    [
        ("days=2", "03-11", []),
        ("days=3", "03-12", []),
        ("days=9", "03-12", [TOO_LONG]),
        ("days=0", "03-09", []),
        ("", "03-12", []),  # no number said: the whole
        ("days=some", "03-12", []),
    ],
)
def test_what_is_granted_counts_up_to_the_most(said: str, due: str, reasons: list[int]) -> None:
    events = f"03-02 a; 03-05 x {said}".strip()
    found = ["k.extension e2 03-05"] if reasons else []
    assert told(events, extension(wd(3), granted="days")) == (found, [f"k e1 {due}"], reasons)


@pytest.mark.parametrize(
    ("said", "approved"),
    [
        ("approved_by=head reason=snow", True),
        ("approved_by=clerk reason=snow", False),
        ("approved_by=head", False),
        ("reason=snow", False),
    ],
)
def test_an_extension_needs_the_head_and_a_reason_where_the_pack_asks(said: str, approved: bool) -> None:
    found, due, reasons = told(f"03-02 a; 03-05 x {said}", extension(wd(3), lawful=HEAD))
    if approved:
        assert (found, due, reasons) == ([], ["k e1 03-12"], [])
    else:
        assert (found, due, reasons) == (["k.extension e2 03-05"], ["k e1 03-09"], [NOT_APPROVED])


def test_a_refused_extension_does_not_use_up_the_lawful_one() -> None:
    found = told("03-02 a; 03-04 x; 03-05 x approved_by=head reason=snow", extension(wd(3), lawful=HEAD))
    assert found == (["k.extension e2 03-04"], ["k e1 03-12"], [NOT_APPROVED])


def test_an_extension_of_nothing_is_nothing() -> None:
    assert told("03-02 x", extension(wd(3))) == ([], [], [])
    assert told("03-02 a; 03-03 b; 03-10 x", extension(wd(3))) == ([], [], [])


def test_one_event_is_refused_once_for_the_oldest_reason() -> None:
    # e1 has expired, e2 still runs: the event is refused for e1 and lengthens e2.
    found = told("03-02 a; 03-06 a; 03-10 x", extension(wd(3)), "03-10 12:00")
    assert found == (["k e1 03-10", "k.extension e3 03-10"], ["k e2 03-18"], [AFTER_EXPIRY])
    # e1 has been extended before, e2 has not.
    twice = told("03-02 a; 03-03 x; 03-04 a; 03-05 x", extension(wd(3)))
    assert twice == (["k.extension e4 03-05"], ["k e1 03-12", "k e3 03-16"], [TOO_OFTEN])


def test_several_late_activations_refuse_an_extension_once() -> None:
    found = told("03-02 a; 03-03 a; 03-20 x", extension(wd(3)), "03-20 12:00")
    assert found == (["k e1 03-10", "k e2 03-11", "k.extension e3 03-20"], [], [AFTER_EXPIRY])


def test_an_extension_lengthens_the_promise_and_is_reported_once() -> None:
    procedure = law(clock(wd(10), promised=wd(5), extension=extension(wd(3))))
    verdict = judged(procedure, "03-02 a; 03-04 x; 03-05 x", "03-05 12:00")
    assert lines(verdict) == ["k.extension e3 03-05"]
    assert dues(verdict) == ["k e1 03-19", "k.promised e1 03-12"]


def test_an_extension_of_what_binds_the_party_lengthens_and_reports_nothing() -> None:
    procedure = law(clock(wd(5), binds=Binds.PARTY, extension=extension(wd(3))))
    verdict = judged(procedure, "03-02 a; 03-04 x; 03-05 x", "03-05 12:00")
    assert (lines(verdict), dues(verdict)) == ([], ["k e1 03-12"])


def test_months_and_hours_are_extended_in_their_own_kind() -> None:
    by_month = law(clock(months(1), extension=extension(months(1))))
    assert dues(judged(by_month, "01-31 a; 02-10 x", "02-10 12:00")) == ["k e1 03-31"]  # not 02-28 and a month
    by_hour = law(clock(hours(2), extension=extension(hours(3))))
    assert dues(judged(by_hour, "03-02 09:00 a; 03-02 10:00 x", "03-02 10:00")) == ["k e1 03-02T14:00"]


def test_a_refused_extension_cites_the_article_on_extensions() -> None:
    verdict = judged(law(clock(wd(5), extension=extension(wd(3)))), "03-02 a; 03-04 x; 03-05 x", "03-05 12:00")
    assert verdict.breaches[0].cite == ("law#2",)
    bare = Extension(extension(wd(3)).by, wd(3), 1)
    verdict = judged(law(clock(wd(5), extension=bare)), "03-02 a; 03-04 x; 03-05 x", "03-05 12:00")
    assert verdict.breaches[0].cite == ("law#1",)
