"""Events to columns, and moments to numbers and back."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.packs.model import RuleKind
from xiaoneng.supervise import encode, layout
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.encode import date_of, days_of, micros, midnight, moment_of, office_instant, present, zone_of
from xiaoneng.timing.errors import CalendarNotCovered

from .bench import SHANGHAI, calendar, clock, event, hours, judged, law, on, rule, wd

EPOCH_ORDINAL = encode.EPOCH_ORDINAL


def epoch(text: str) -> int:
    return on(text).toordinal() - EPOCH_ORDINAL


def test_an_instant_survives_the_way_to_microseconds_and_back() -> None:
    moment = dt.datetime(2026, 3, 2, 9, 30, 15, 123_456, tzinfo=ZoneInfo(SHANGHAI))
    assert moment_of(micros(moment)) == moment
    assert moment_of(-1) == dt.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC)
    assert date_of(epoch("03-02")) == dt.date(2026, 3, 2)


def test_midnight_is_local_and_follows_summer_time() -> None:
    amsterdam = zone_of("Europe/Amsterdam")
    spring = midnight(epoch("03-30"), amsterdam) - midnight(epoch("03-29"), amsterdam)
    autumn = midnight(epoch("10-26"), amsterdam) - midnight(epoch("10-25"), amsterdam)
    assert (spring // 3_600_000_000, autumn // 3_600_000_000) == (23, 25)


def test_local_midnights_are_kept_only_where_silence_makes_facts() -> None:
    assert days_of(calendar(), SHANGHAI, midnights=False).midnight == ()
    days = days_of(calendar(), SHANGHAI, midnights=True)
    assert moment_of(days.midnight[epoch("03-02") - days.first_day]).isoformat() == "2026-03-01T16:00:00+00:00"


def test_the_present_is_told_in_every_kind_of_time() -> None:
    now = dt.datetime(2026, 3, 2, 1, 30, 59, tzinfo=dt.UTC)  # 09:30:59 in Shanghai, an hour after opening
    at_nine = present(now, zone_of(SHANGHAI), calendar())
    at_opening = present(now.replace(hour=0, second=0), zone_of(SHANGHAI), calendar())
    assert at_nine.day == epoch("03-02")
    assert at_nine.at == micros(now)
    assert at_nine.office - at_opening.office == 3600 + 59


def test_office_time_comes_back_as_an_instant_within_office_hours() -> None:
    noon = encode.office_of(epoch("03-02"), 12 * 3600, calendar())
    assert moment_of(office_instant(noon, calendar(), zone_of(SHANGHAI))).isoformat() == "2026-03-02T04:00:00+00:00"
    assert (
        moment_of(office_instant(noon + 60, calendar(), zone_of(SHANGHAI))).isoformat() == "2026-03-02T05:31:00+00:00"
    )


def test_columns_hold_letter_day_instant_and_only_the_slots_a_letter_needs() -> None:
    program = program_of(law(rule(RuleKind.SAME_HANDS, "a", "b"), clock(hours(1), "c", "d")))
    events = [event(1, "a", "03-02", "ann"), event(2, "b", "03-02 23:59", "bob"), event(3, "c", "03-03 00:00", "eve")]
    facts, keys = encode.encode(program, events, zone_of(SHANGHAI), calendar())
    first = program.alphabet.first
    assert facts.letter == [first["a"], first["b"], first["c"]]
    assert facts.day == [epoch("03-02"), epoch("03-02"), epoch("03-03")]
    assert [at - facts.at[0] for at in facts.at] == [0, 86_340_000_000, 86_400_000_000]
    assert facts.slots == [[1, 2, layout.MISSING]]
    assert keys == 3


def test_days_stand_for_instants_where_no_hour_matters() -> None:
    program = program_of(law(clock(wd(1))))
    facts, _ = encode.encode(program, [event(1, "a", "03-02 09:00")], zone_of(SHANGHAI), calendar())
    assert facts.at == facts.day
    assert (program.instants, program.calendar) == (False, True)


def test_an_event_outside_the_calendar_is_refused_only_where_days_off_matter() -> None:
    early = [event(1, "a", "2001-03-02")]
    with pytest.raises(CalendarNotCovered):
        judged(law(clock(wd(1))), early)
    assert judged(law(rule(RuleKind.ABSENCE, "a")), early).breaches[0].since == dt.date(2001, 3, 2)
