"""XES: what is read, and what is said of a file that cannot be read."""

from __future__ import annotations

import gzip
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.mappings import CaseEvent
from xiaoneng.replay.intake import xes_look
from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.intake.error import LogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROLE = '<string key="role" value="甲"/>'
ONE = {"c1": [("A", "2026-03-02T23:30:00Z"), ("B", "2026-03-03T10:00:00+08:00")]}


def test_days_are_those_of_the_zone(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    log = read_log(xes(ONE), mapping())
    assert [event.occurred.isoformat() for event in log.events(0)] == [
        "2026-03-03T07:30:00+08:00",
        "2026-03-03T10:00:00+08:00",
    ]
    assert log.day[0] == log.day[1]


def test_plain_and_packed_say_the_same(
    xes: Callable[..., Path], mapping: Callable[..., Any], same: Callable[..., None]
) -> None:
    same(read_log(xes(ONE), mapping()), read_log(xes(ONE, "log.xes.gz"), mapping()))


def test_a_date_of_the_data_is_a_local_day(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    due = '<date key="due" value="2026-04-01T00:00:00+08:00"/>'
    log = read_log(xes({"c1": [("A", "2026-03-02T10:00:00+08:00", due)]}), mapping(data={"due_on": "due"}))
    assert log.data["due_on"].to_pylist() == [date(2026, 4, 1)]


def test_a_declared_default_is_no_value(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    head = '<log><global scope="event"><string key="role" value="NONE"/></global>'
    head += '<global scope="trace"><date key="end" value="1970-01-01T00:00:00Z"/></global>'
    role = '<string key="role" value="NONE"/>'
    path = xes({"c1": [("A", "2026-03-02T10:00:00Z"), ("B", "2026-03-02T11:00:00Z", role)]}, head=head)
    log = read_log(path, mapping(data={"role": "role"}))
    assert log.data["role"].to_pylist() == [None, "NONE"]


def test_a_log_in_gb18030_is_read_where_it_says_so(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    path = xes({"办件1": [("受理", "2026-03-02T10:00:00Z")]})
    path.write_bytes(path.read_bytes().replace(b"UTF-8", b"GB18030").decode().encode("gb18030"))
    log = read_log(path, mapping(activities={"受理": "accepted"}))
    assert (log.cases.to_pylist(), log.kinds) == (["办件1"], ("accepted",))


def test_a_placeholder_of_the_year_9999_does_not_stop_the_log(
    xes: Callable[..., Path], mapping: Callable[..., Any]
) -> None:
    end = '<date key="end" value="9999-12-31T00:00:00Z"/>'
    log = read_log(xes({"c1": [("A", "2026-03-02T10:00:00Z", end)]}), mapping(data={"kind": "concept:name"}))
    assert len(log) == 1


def test_naive_times_are_of_the_zone_of_the_mapping(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    log = read_log(xes({"c1": [("A", "2026-03-02T10:00:00")]}), mapping())
    assert log.events(0)[0].occurred.isoformat() == "2026-03-02T10:00:00+08:00"


def test_naive_times_without_a_zone_are_refused(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    path = xes({"c1": [("A", "2026-03-02T10:00:00")]})
    with pytest.raises(LogError) as caught:
        read_log(path, mapping(zone=""), zone="Asia/Shanghai")
    assert str(caught.value) == (
        "log.xes: time:timestamp: 1 times say no offset from UTC and no zone is known for them; "
        "add `zone:` to the mapping, such as `zone: Asia/Shanghai` (XN-R008)"
    )


def test_times_with_and_without_offset_are_refused(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    path = xes({"c1": [("A", "2026-03-02T10:00:00"), ("B", "2026-03-02T10:00:00Z")]})
    with pytest.raises(LogError) as caught:
        read_log(path, mapping())
    assert str(caught.value) == (
        "log.xes: time:timestamp: has times with an offset from UTC and times without; "
        "give all its times an offset, or none (XN-R009)"
    )


def test_a_case_without_events_is_listed(xes: Callable[..., Path], mapping: Callable[..., Any]) -> None:
    log = read_log(xes({"c0": [], **ONE}), mapping())
    assert log.cases.to_pylist() == ["c1"]
    assert [(one.code, one.case, one.row) for one in log.rejected] == [("no_events", "c0", 0)]


def test_unreadable_times_and_empty_names_are_listed_with_their_row(
    xes: Callable[..., Path], mapping: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    path = xes({"c1": [("A", "yesterday"), ("", "2026-03-02T10:00:00Z"), ("B", "2026-03-02T10:00:00Z")]})
    log = read_log(path, mapping())
    assert [(one.code, one.case, one.row, one.reason) for one in log.rejected] == [
        ("no_activity", "c1", 2, "concept:name is empty"),
        ("no_time", "c1", 1, "time:timestamp is empty or no time"),
    ]
    assert log.event_ids().to_pylist() == ["c1#3"]
    assert capfd.readouterr().err == ""


def test_case_events_come_first_in_their_moment_and_keep_their_data(
    tmp_path: Path, mapping: Callable[..., Any]
) -> None:
    moment = "2026-03-02T10:00:00+08:00"
    dates = f'<date key="start" value="{moment}"/><date key="due" value="2026-04-01T00:00:00+08:00"/>'
    event = f'<event><string key="concept:name" value="A"/><date key="time:timestamp" value="{moment}"/></event>'
    path = tmp_path / "log.xes"
    path.write_text(
        f'<log><trace><string key="concept:name" value="c1"/>{dates}{event}</trace>'
        f'<trace><string key="concept:name" value="c2"/>{event}</trace></log>'
    )
    told = (CaseEvent("received", "case:start", {"deadline": "case:due"}),)
    log = read_log(path, mapping(case_events=told))
    assert log.event_ids().to_pylist() == ["c1#received", "c1#1", "c2#1"]
    assert log.events(0)[0].data == {"deadline": date(2026, 4, 1)}
    assert log.tied.tolist() == [False, True, False]


@pytest.mark.parametrize("size", [31, 50, 64, 200, 333])
def test_where_the_pieces_of_a_file_end_changes_nothing(
    xes: Callable[..., Path],
    mapping: Callable[..., Any],
    same: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    head = '<?xml version="1.0"?><log><global scope="event"><string key="role" value="无"/></global>\n'
    head += '<global scope="trace"/>'
    cases = {f"办{i}": [("受理", "2026-03-02T10:00:00Z"), ("办结", "2026-03-03T10:00:00Z", ROLE)] for i in range(5)}
    path = xes(cases, "log.xes", head)
    expected = read_log(path, mapping(data={"role": "role"}))
    monkeypatch.setattr(xes_look, "CHUNK", size)
    same(read_log(path, mapping(data={"role": "role"})), expected)
    assert expected.data["role"].to_pylist() == [None, "甲"] * 5


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut.xes.gz": (
        lambda text: gzip.compress(text)[:-20],
        "cut.xes.gz: ends in the middle of the gzip; fetch it again (XN-R003)",
    ),
    "plain.xes.gz": (lambda text: text, "plain.xes.gz: is not gzip; take .gz off its name (XN-R003)"),
    "packed.xes": (gzip.compress, "packed.xes: is gzip; name it .xes.gz (XN-R004)"),
    "none.xes": (lambda _: b"", "none.xes: is empty; give an XES log (XN-R004)"),
    "words.xes": (
        lambda _: b"case,kind\n",
        "words.xes: is not XML: it begins with 'case,kind\\n'; give an XES log (XN-R004)",
    ),
    "page.xes": (
        lambda _: b"<html><body/></html>",
        "page.xes: is XML but no XES: it begins with <html>; give an XES log, whose first element is <log> (XN-R004)",
    ),
    "half.xes": (
        lambda text: text[:-30],
        "half.xes: ends before </log>: its end is missing; fetch it again (XN-R005)",
    ),
    "crossed.xes": (
        lambda text: text.replace(b"</event></trace>", b"</trace></event>"),
        "crossed.xes: is no well-formed XES; check the file with an XML parser (XN-R004)",
    ),
    "gbk.xes": (
        lambda text: text.replace(b"c1", "办".encode("gb18030")),
        (
            'gbk.xes: is not UTF-8 after \'trace><string key="concept:name" value="\'; '
            "say its true encoding in the first line (such as GB18030), or convert it to UTF-8 (XN-R006)"
        ),
    ),
    "martian.xes": (
        lambda text: text.replace(b"UTF-8", b"MARS-1"),
        "martian.xes: says the encoding 'MARS-1', which is unknown; convert the file to UTF-8 (XN-R006)",
    ),
    "empty.xes": (
        lambda _: b"<log></log>",
        "empty.xes: has no events; give a log with at least one event (XN-R010)",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_says_why(
    name: str, xes: Callable[..., Path], mapping: Callable[..., Any], capfd: pytest.CaptureFixture[str]
) -> None:
    spoil, message = BAD[name]
    path = xes(ONE)
    spoiled = path.with_name(name)
    spoiled.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(LogError) as caught:
        read_log(spoiled, mapping())
    assert str(caught.value) == message
    assert capfd.readouterr().err == ""
