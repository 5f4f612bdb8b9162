"""XES 1.0 (IEEE 1849) with findings as attributes of the events that are their evidence."""

from __future__ import annotations

import gzip
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.rows import XES
from xiaoneng.replay.outlet.moments import iso, midnights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xiaoneng.replay.intake.log import Log
    from xiaoneng.replay.outlet.marks import Marks

AT_ONCE = 100_000
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Identity" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
<classifier name="Activity" keys="concept:name"/>
"""
ESCAPES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\n", "&#10;"),
    ("\r", "&#13;"),
    ("\t", "&#9;"),
)


def write_xes(log: Log, marks: Marks, path: Path) -> None:
    """Write a log, packed where the name ends in .gz, some hundred thousand events at a time."""
    columns = _columns(log, marks)
    traces = _traces(log, marks)
    with gzip.open(path, "wb", compresslevel=6) if path.suffix == ".gz" else path.open("wb") as file:
        file.write(HEAD.encode())
        for first, last in _spans(log.offsets):
            start, end = int(log.offsets[first]), int(log.offsets[last])
            parts = [_attribute(name, column.slice(start, end - start), log.zone) for name, column in columns.items()]
            events = pc.binary_join_element_wise("<event>", *parts, "</event>\n", "")
            offsets = pa.array((log.offsets[first : last + 1] - start).astype(np.int32))
            bodies = pc.binary_join(pa.ListArray.from_arrays(offsets, events), "")
            some = pc.binary_join_element_wise(traces.slice(first, last - first), bodies, "</trace>\n", "")
            for trace in some:
                file.write(trace.as_buffer())
        file.write(b"</log>\n")


def _columns(log: Log, marks: Marks) -> dict[str, pa.Array]:
    """Columns of the events by key, in the type that the key has in XES."""
    kinds = pa.DictionaryArray.from_arrays(pa.array(log.kind), pa.array(log.kinds, pa.string()))
    columns = {
        XES.activity: kinds,
        XES.time: pa.array(log.at).view(pa.timestamp("us", tz="UTC")),
        XES.id: log.event_ids(),
        XES.actor: log.actor,
        XES.agency: log.agency,
        XES.source_sequence: log.source_sequence,
        **log.data,
        "xn:findings": marks.count,
        "xn:finding_ids": marks.ids,
        "xn:rules": marks.rules,
    }
    if log.recorded_at is not None:
        columns[XES.recorded_at] = pa.array(log.recorded_at).view(pa.timestamp("us", tz="UTC"))
    if not log.timed.all():
        columns[XES.precision] = pc.if_else(pa.array(log.timed), None, "day")
    return {name: column for name, column in columns.items() if column is not None}


def _traces(log: Log, marks: Marks) -> pa.Array:
    """Opening of each trace with the attributes of the case."""
    parts = [
        _attribute("concept:name", log.cases, log.zone),
        _attribute("xn:findings", pa.array(marks.of_case), log.zone),
    ]
    zone = f'<string key="{XES.zone}" value="{log.zone}"/>'
    return pc.binary_join_element_wise("<trace>", *parts, zone, "\n", "")


def _attribute(key: str, values: pa.Array, zone: str) -> pa.Array:
    """Elements of one attribute; nothing where the event does not say it."""
    if pa.types.is_dictionary(values.type):
        said = _attribute(key, values.dictionary, zone)
        return pc.fill_null(said.take(values.indices), "")
    tag, text = _text(values, zone)
    element = pc.binary_join_element_wise(f'<{tag} key="{_escaped(key)}" value="', text, '"/>', "")
    return pc.fill_null(element, "")


def _text(values: pa.Array, zone: str) -> tuple[str, pa.Array]:
    kind = values.type
    if pa.types.is_timestamp(kind):
        return "date", iso(np.asarray(values.view(pa.int64())), zone)
    if pa.types.is_date(kind):
        return "date", midnights(values, zone)
    if pa.types.is_integer(kind):
        return "int", pc.cast(values, pa.string())
    if pa.types.is_floating(kind):
        return "float", pc.cast(values, pa.string())
    if pa.types.is_boolean(kind):
        return "boolean", pc.cast(values, pa.string())
    if pa.types.is_list(kind):
        values = pc.binary_join(values, "|")
    text = pc.cast(values, pa.string())
    for plain, escape in ESCAPES:
        text = pc.replace_substring(text, plain, escape)
    return "string", pc.replace_substring_regex(text, r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "")


def _escaped(key: str) -> str:
    for plain, escape in ESCAPES:
        key = key.replace(plain, escape)
    return key


def _spans(offsets: np.ndarray) -> Iterator[tuple[int, int]]:
    """Spans of whole cases of about AT_ONCE events."""
    borders = np.searchsorted(offsets, np.arange(0, int(offsets[-1]) + AT_ONCE, AT_ONCE))
    yield from pairwise(np.unique(np.minimum(np.append(borders, len(offsets) - 1), len(offsets) - 1)).tolist())
