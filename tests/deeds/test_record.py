"""One path in: locked, appended, judged and saved together, never changed, once however often it is delivered."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, TypeAlias

import psycopg
import pytest

from xiaoneng.journal.chain import verify
from xiaoneng.journal.error import JournalError
from xiaoneng.packs.folder import UnknownPackError
from xiaoneng.supervise.judge import supervise

if TYPE_CHECKING:
    from xiaoneng.deeds.record import Draft, Recorded
    from xiaoneng.packs.folder import Packs
    from xiaoneng.store.postgres import EmbeddedPostgres

pytestmark = pytest.mark.usefixtures("empty")
NOW = dt.datetime(2026, 5, 6, 9, tzinfo=dt.UTC)
DAY = dt.date
Fact: TypeAlias = "tuple[str, dt.date, dict[str, object]]"


def facts(*pairs: Fact) -> list[Draft]:
    from xiaoneng.deeds import record

    return [record.Draft(kind, on, "张三", "安澜市水利局", data) for kind, on, data in pairs]


RECEIVED: Fact = ("application_received", DAY(2026, 3, 2), {"applicant": "甲公司", "item": "取水许可"})
ACCEPTED: Fact = ("accepted", DAY(2026, 3, 2), {"handling": "single", "receipt_given": True})


def recorded(packs: Packs, subject: str, *pairs: Fact, now: dt.datetime = NOW) -> Recorded:
    from xiaoneng.deeds.record import record

    return record(packs, subject, "cn.licensing", facts(*pairs), lambda: now)


def test_facts_are_chained_judged_and_kept_together(packs: Packs, owner: psycopg.Connection) -> None:
    from django.db import connection

    from xiaoneng.store.journal_rows import events_of

    done = recorded(packs, "许可-1", RECEIVED, ACCEPTED)
    assert [event.id for event in done.events] == ["许可-1-01", "许可-1-02"]
    with connection.cursor() as cursor:
        links = events_of(cursor, "许可-1")
    assert verify(links) is None
    verdict = supervise(packs.procedure("cn.licensing"), [one.event for one in links], packs.calendar("cn"), NOW)
    kept = owner.execute("SELECT id, rule, agency FROM finding ORDER BY id").fetchall()
    assert kept == sorted((one.id, one.rule, "安澜市水利局") for one in verdict.findings)
    assert kept
    wake = owner.execute("SELECT wake_at, closed, last_sequence FROM subject").fetchone()
    assert wake == (verdict.wake_at, False, 2)


def test_a_second_delivery_changes_nothing(packs: Packs, owner: psycopg.Connection) -> None:
    from xiaoneng.deeds.record import Draft as Given
    from xiaoneng.deeds.record import record

    draft = Given("application_received", DAY(2026, 3, 2), source="厅系统", source_id="A-1")
    first = record(packs, "许可-1", "cn.licensing", [draft, draft], lambda: NOW)
    again = record(packs, "许可-1", "cn.licensing", [draft], lambda: NOW)
    assert (len(first.events), first.known) == (1, ("A-1",))
    assert (again.events, again.known, again.judged) == ((), ("A-1",), None)
    assert owner.execute("SELECT count(*) FROM event").fetchone() == (1,)


def test_what_is_no_fact_leaves_nothing_behind(packs: Packs, owner: psycopg.Connection) -> None:
    with pytest.raises(JournalError, match="XN-J"):
        recorded(packs, "许可-1", RECEIVED, ("", DAY(2026, 3, 2), {}))
    from xiaoneng.deeds.record import record

    with pytest.raises(UnknownPackError):
        record(packs, "许可-1", "cn.nothing", facts(RECEIVED), lambda: NOW)
    counted = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM subject), (SELECT count(*) FROM unsealed)"
    assert owner.execute(counted).fetchone() == (0, 0, 0)


def test_the_instant_of_recording_never_goes_back(packs: Packs) -> None:
    recorded(packs, "许可-1", RECEIVED)
    later = recorded(packs, "许可-1", ACCEPTED, now=NOW - dt.timedelta(hours=3))
    assert later.events[0].recorded_at == NOW


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET body = replace(body, '甲', '乙')",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE delivery SET subject = 'x'",
        "DELETE FROM head",
        "CREATE TABLE mine (n int)",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "DROP TABLE finding",
    ],
)
def test_the_application_can_only_add(packs: Packs, server: EmbeddedPostgres, change: str) -> None:
    recorded(packs, "许可-1", RECEIVED)
    with psycopg.connect(server.app_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(change)


def test_not_even_the_owner_changes_a_fact_by_mistake(packs: Packs, server: EmbeddedPostgres) -> None:
    recorded(packs, "许可-1", RECEIVED)
    for change in ("UPDATE event SET kind = 'x'", "DELETE FROM event", "TRUNCATE event"):
        with (
            psycopg.connect(server.url) as connection,
            pytest.raises(psycopg.errors.RestrictViolation, match="only added to"),
        ):
            connection.execute(change)


def test_a_row_altered_behind_every_guard_is_found_out(packs: Packs, owner: psycopg.Connection) -> None:
    from django.db import connection

    from xiaoneng.store.journal_rows import all_events

    for number in (1, 2, 3):
        recorded(packs, f"许可-{number}", RECEIVED, ACCEPTED)
    owner.execute("UPDATE event SET body = replace(body, '2026-03-02', '2026-03-20') WHERE id = '许可-2-02'")
    with connection.cursor() as cursor:
        broken = verify(all_events(cursor))
    assert broken is not None
    assert (broken.subject, broken.sequence) == ("许可-2", 2)


def test_two_who_record_at_once_take_turns(packs: Packs, owner: psycopg.Connection) -> None:
    from django.db import connection

    from xiaoneng.store.journal_rows import events_of

    def act(number: int) -> None:
        try:
            recorded(packs, "许可-1", ("reviewed", DAY(2026, 3, number), {}))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(3, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connection.cursor() as cursor:
        links = events_of(cursor, "许可-1")
    assert [one.event.sequence for one in links] == list(range(1, 9))
    assert verify(links) is None
    assert owner.execute("SELECT last_sequence FROM subject").fetchone() == (8,)


def test_time_alone_changes_the_answer_and_wake_notices(packs: Packs, owner: psycopg.Connection) -> None:
    from xiaoneng.deeds.wake import wake

    early = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
    for number in range(5):
        recorded(packs, f"许可-{number}", RECEIVED, ACCEPTED, now=early)
    assert wake(packs, early) == 0
    late = dt.datetime(2026, 4, 2, tzinfo=dt.UTC)
    assert wake(packs, late, batch=2) == 5
    assert owner.execute("SELECT DISTINCT rule, kind FROM finding").fetchall() == [("decision", "breach")]
    assert wake(packs, late) == 0


def test_what_is_derived_can_be_thrown_away_and_what_was_altered_is_named(
    packs: Packs, owner: psycopg.Connection
) -> None:
    from xiaoneng.deeds.rebuild import rebuild

    for number in range(4):
        recorded(packs, f"许可-{number}", RECEIVED, ACCEPTED)
    assert rebuild(packs).different == ()
    before = owner.execute("SELECT * FROM finding ORDER BY subject, id").fetchall()
    owner.execute("DELETE FROM finding WHERE subject = '许可-2'")
    owner.execute("UPDATE finding SET level = 'none' WHERE subject = '许可-3'")
    assert rebuild(packs).different == ("许可-2", "许可-3")
    assert owner.execute("SELECT * FROM finding ORDER BY subject, id").fetchall() == before
    assert rebuild(packs).different == ()
