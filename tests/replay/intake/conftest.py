"""Small logs, mappings, and what it means that two logs are the same."""

from __future__ import annotations

import gzip
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from xiaoneng.packs.mappings import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n'
STANDARD: dict[str, Any] = {
    "mapping": "small",
    "procedure": "",
    "zone": "Asia/Shanghai",
    "precision": "instant",
    "complete": False,
    "case": "case:concept:name",
    "activity": "concept:name",
    "time": "time:timestamp",
    "actor": "",
    "agency": "",
    "id": "",
    "recorded_at": "",
    "source_sequence": "",
    "activities": {},
    "others": "keep",
    "data": {},
    "case_events": (),
}


@pytest.fixture
def mapping() -> Callable[..., Mapping]:
    """Make a mapping; what is not said is that of a small XES log in Shanghai."""
    return lambda **said: Mapping(**(STANDARD | said))


@pytest.fixture
def xes(tmp_path: Path) -> Callable[..., Path]:
    """Write an XES log of cases: name → (trace attributes, events), each event (activity, time, other attributes)."""

    def write(cases: dict[str, list[tuple[str, ...]]], name: str = "log.xes", head: str = HEAD) -> Path:
        traces = []
        for case, events in cases.items():
            said = [f'<string key="concept:name" value="{case}"/>']
            for activity, time, *rest in events:
                inner = f'<string key="concept:name" value="{activity}"/><date key="time:timestamp" value="{time}"/>'
                said.append(f"<event>{inner}{''.join(rest)}</event>")
            traces.append(f"<trace>{''.join(said)}</trace>")
        text = (head + "\n".join(traces) + "\n</log>\n").encode()
        path = tmp_path / name
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return write


@pytest.fixture
def same() -> Callable[..., None]:
    """Assert that two logs say the same of the same events, whatever their files and the numbers in them."""

    def check(a: Log, b: Log, *, apart: tuple[str, ...] = ()) -> None:
        for field in fields(a):
            if field.name in {"ids", "number", "kinds", "kind", "source", "complete", *apart}:
                continue
            one, other = getattr(a, field.name), getattr(b, field.name)
            if isinstance(one, np.ndarray):
                np.testing.assert_array_equal(one, other, field.name)
            elif isinstance(one, pa.Array):
                assert one.to_pylist() == other.to_pylist(), field.name
            elif field.name == "data":
                assert {k: v.to_pylist() for k, v in one.items()} == {k: v.to_pylist() for k, v in other.items()}
            else:
                assert one == other, field.name
        assert [a.kinds[code] for code in a.kind] == [b.kinds[code] for code in b.kind]
        assert a.event_ids().to_pylist() == b.event_ids().to_pylist()

    return check
