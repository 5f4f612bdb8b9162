"""OCEL 2.0 from both of its files, and our own journal."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.journal.event import Event
from xiaoneng.packs.mappings import CaseEvent
from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.intake.error import LogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _event(id_: str, kind: str, time: str, *objects: str, **said: object) -> dict[str, object]:
    return {
        "id": id_,
        "type": kind,
        "time": time,
        "attributes": [{"name": name, "value": value} for name, value in said.items()],
        "relationships": [{"objectId": one, "qualifier": "of"} for one in objects],
    }


ORDERS = {
    "objectTypes": [
        {"name": "order", "attributes": [{"name": "due", "type": "time"}]},
        {"name": "item", "attributes": []},
    ],
    "eventTypes": [{"name": "place", "attributes": [{"name": "price", "type": "float"}]}],
    "objects": [
        {
            "id": "o1",
            "type": "order",
            "attributes": [
                {"name": "due", "time": "2026-03-05T00:00:00Z", "value": "2026-03-31T16:00:00Z"},
                {"name": "due", "time": "1970-01-01T00:00:00Z", "value": "2026-03-01T00:00:00Z"},
            ],
        },
        {"id": "o2", "type": "order"},
        {"id": "i1", "type": "item"},
    ],
    "events": [
        _event("e1", "place", "2026-03-02T10:00:00Z", "o1", "i1", price=2.5),
        _event("e2", "pack", "2026-03-03T10:00:00Z", "i1"),
        _event("e3", "pay", "2026-03-03T09:00:00Z", "o1", "i1"),
    ],
}


def test_each_object_of_the_case_type_is_a_case(tmp_path: Path, mapping: Callable[..., Any]) -> None:
    path = tmp_path / "log.jsonocel"
    path.write_text(json.dumps(ORDERS))
    told = (CaseEvent("ordered", "time:timestamp", {"deadline": "case:due"}),)
    log = read_log(path, mapping(id="event:id", data={"price": "price"}, case_events=told), case_type="order")
    assert log.cases.to_pylist() == ["o1"]
    assert log.event_ids().to_pylist() == ["o1#ordered", "e1", "e3"]
    assert log.data["price"].to_pylist() == [None, 2.5, None]
    assert log.data["deadline"].to_pylist() == [date(2026, 4, 1), None, None]
    assert [(one.code, one.case) for one in log.rejected] == [("no_events", "o2"), ("two_values", "o1")]
    assert read_log(path, zone="Asia/Shanghai", case_type="item").event_ids().to_pylist() == ["e1", "e3", "e2"]


def test_a_log_of_several_types_asks_which_is_the_case(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonocel"
    path.write_text(json.dumps(ORDERS))
    with pytest.raises(LogError) as caught:
        read_log(path, zone="Asia/Shanghai")
    assert str(caught.value) == (
        "log.jsonocel: has 2 object types, and none is named as the case; "
        "name one of them as `case_type`: item, order (XN-R013)"
    )
    with pytest.raises(LogError) as caught:
        read_log(path, zone="Asia/Shanghai", case_type="orders")
    assert str(caught.value) == (
        "log.jsonocel: has no object type 'orders'; did you mean 'order'? there are item, order (XN-R007)"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b"[]", "a.json: is no OCEL 2.0 in JSON: Expected `object`, got `array`"),
        ("a.jsonocel", b'{"objects": []', "a.jsonocel: is no OCEL 2.0 in JSON: Input data was truncated"),
        (
            "a.sqlite",
            b"no database at all, but longer than a header of one hundred bytes" * 3,
            "a.sqlite: is no OCEL 2.0",
        ),
        ("a.jsonl", b"{}\n", "a.jsonl: is no journal: a.jsonl:1: is no chained event"),
    ],
)
def test_a_file_of_another_kind_says_so(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LogError) as caught:
        read_log(tmp_path / name, zone="Asia/Shanghai")
    assert str(caught.value).startswith(message)


def test_a_database_without_the_tables_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("create table event (id text)")
    with pytest.raises(LogError, match=r"is no OCEL 2\.0 in SQLite: no such table: object"):
        read_log(path, zone="Asia/Shanghai")


def test_our_own_journal_is_read_after_corrections(tmp_path: Path) -> None:
    from xiaoneng.journal.chain import chain
    from xiaoneng.journal.jsonl import write_journal

    now = datetime(2026, 3, 9, 8, tzinfo=UTC)
    events = [
        Event("e1", "c1", "accepted", date(2026, 3, 2), now, 1, actor="张三", data={"days": 3}),
        Event("e2", "c1", "decided", datetime(2026, 3, 4, 1, tzinfo=UTC), now, 2),
        Event("e3", "c1", "correction", date(2026, 3, 5), now, 3, corrects="e2", retracted=True),
    ]
    path = tmp_path / "log.jsonl"
    write_journal(path, chain(events))
    log = read_log(path, zone="Asia/Shanghai")
    (first,) = log.events(0)
    assert (first.id, first.occurred, first.actor, first.data) == ("e1", date(2026, 3, 2), "张三", {"days": 3})
    assert first.recorded_at == now
