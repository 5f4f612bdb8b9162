"""Columns of event data in the few types that packs know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.moments import moments

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from xiaoneng.replay.intake.moments import Clock

WHOLE = r"^-?(0|[1-9][0-9]{0,17})$"
DECIMAL = r"^[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$"
DAY_FORM = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?$"
TRUTH = r"^(true|false|True|False|TRUE|FALSE)$"


def as_text(values: pa.Array) -> pa.Array:
    """A column as text; nothing said is null, never ""."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.cast(kind.value_type)
    if not pa.types.is_string(values.type):
        values = pc.cast(values, pa.string())
    empty = pc.equal(values, "")
    return pc.if_else(empty, None, values) if pc.any(empty).as_py() else values


def value_column(values: pa.Array, clock: Clock, column: str, *, declared: str, typed: bool) -> pa.Array:
    """A column of data as text, int64, float64, bool, date32 or a list of text.

    Times become local days: packs know dates only. `declared` is the type that the pack gives the field ("" where it is
    not known): text that is none of it becomes null. Without it text stays text where the file knows types, and
    is read as numbers, truth or dates where every value is one.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        return value_column(values.cast(kind.value_type), clock, column, declared=declared, typed=typed)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _dates(values, clock, column)
    if pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return values
    if pa.types.is_integer(kind):
        return pc.cast(values, pa.float64() if declared == "amount" else pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pc.cast(values, pa.float64())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pc.cast(values, pa.list_(pa.string()))
    text = as_text(values)
    return _read(text, clock, column, declared or ("text" if typed else _guess(text)))


def _read(text: pa.Array, clock: Clock, column: str, declared: str) -> pa.Array:
    if declared == "date":
        return _dates(text, clock, column)
    if declared == "boolean":
        return pc.equal(pc.utf8_lower(_only(text, TRUTH)), "true")
    if declared in {"number", "amount"}:
        whole = declared == "number" and _all(text, WHOLE)
        return pc.cast(_only(text, WHOLE if whole else DECIMAL), pa.int64() if whole else pa.float64())
    return text


def _guess(text: pa.Array) -> str:
    """Type that every value of a column of text fits; codes with leading zeros stay text."""
    if text.null_count == len(text):
        return "text"
    for form, name in ((DECIMAL, "number"), (TRUTH, "boolean"), (DAY_FORM, "date")):
        if _all(text, form):
            return name
    return "text"


def _all(text: pa.Array, form: str) -> bool:
    return pc.all(pc.match_substring_regex(text, pattern=form)).as_py() is not False


def _only(text: pa.Array, form: str) -> pa.Array:
    return pc.if_else(pc.match_substring_regex(text, pattern=form), text, None)


def _dates(values: pa.Array, clock: Clock, column: str) -> pa.Array:
    found = moments(values, replace(clock, is_said=True), column)
    return pa.array(found.day, mask=~found.known).view(pa.date32())


def joined(parts: list[pa.Array]) -> pa.Array:
    """Columns one after another; where their types differ, as text."""
    kinds = {part.type for part in parts if not pa.types.is_null(part.type)}
    if not kinds:
        return pa.nulls(sum(len(part) for part in parts))
    wanted = next(iter(kinds)) if len(kinds) == 1 else pa.string()
    if kinds == {pa.int64(), pa.float64()}:
        wanted = pa.float64()
    arrays = [part if part.type == wanted else pc.cast(part, wanted) for part in parts]
    return pa.concat_arrays(arrays)


def taken(values: pa.Array, rows: npt.NDArray[np.int64]) -> pa.Array:
    """Values of rows; row -1 gives null."""
    lacks = rows < 0
    return values.take(pa.array(rows, mask=lacks) if lacks.any() else pa.array(rows))
