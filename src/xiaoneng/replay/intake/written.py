"""Times written as text: ISO 8601 in the forms that outside systems use, whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.replay.intake.zone import DAY, SECOND

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
FORM = (
    r"^\s*(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"(?:[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<z>Z|z|UTC|[+-]\d{2}:?(?:\d{2})?)?)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Written:
    """Times as written: `local` microseconds on the wall, `offset` microseconds where one was given."""

    local: Ints
    offset: Ints
    known: Bools  # a time of our calendar
    has_offset: Bools
    has_clock: Bools  # False: a day


def parse(texts: pa.Array) -> Written:
    """Read times written as text; what is none is not `known`."""
    parts = pc.extract_regex(texts, pattern=FORM)
    known = np.asarray(pc.fill_null(parts.is_valid(), fill_value=False))
    year, month, day = (_number(parts, name) for name in "ymd")
    hour, minute, second = (_number(parts, name) for name in "HMS")
    known &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    known &= (hour < 24) & (minute < 60) & (second < 60)
    safe_year, safe_month = np.where(known, year, 1970), np.where(known, month, 1)
    first = _epoch_day(safe_year, safe_month)
    following = _epoch_day(safe_year + (safe_month == 12), safe_month % 12 + 1)
    known &= day <= following - first
    fraction = pc.utf8_rpad(pc.struct_field(parts, "f"), 6, padding="0")
    micros = _integers(pc.utf8_slice_codeunits(fraction, 0, 6))
    local = (first + day - 1) * DAY + (hour * 3600 + minute * 60 + second) * SECOND + micros
    zone = pc.struct_field(parts, "z")
    return Written(
        local=np.where(known, local, 0),
        offset=_offset(zone),
        known=known,
        has_offset=_said(zone),
        has_clock=_said(pc.struct_field(parts, "H")),
    )


def _number(parts: pa.Array, name: str) -> Ints:
    return _integers(pc.struct_field(parts, name))


def _integers(texts: pa.Array) -> Ints:
    """Digits as numbers; nothing said is 0."""
    padded = pc.utf8_lpad(pc.fill_null(texts, ""), 1, padding="0")
    return np.asarray(pc.cast(padded, pa.int64()))


def _said(texts: pa.Array) -> Bools:
    return np.asarray(pc.fill_null(pc.not_equal(texts, ""), fill_value=False))


def _offset(zone: pa.Array) -> Ints:
    """Microseconds east of UTC; only a handful of different ones stands in a log."""
    coded = pc.fill_null(zone, "").dictionary_encode()
    table = [_one_offset(text) for text in coded.dictionary.to_pylist()]
    if not table:
        return np.zeros(len(zone), dtype=np.int64)
    return np.asarray(np.array(table, dtype=np.int64)[np.asarray(coded.indices)])


def _one_offset(text: str) -> int:
    digits = text[1:].replace(":", "")
    if not digits.isdigit():
        return 0
    seconds = int(digits[:2]) * 3600 + int(digits[2:] or "0") * 60
    return (-seconds if text.startswith("-") else seconds) * SECOND


def _epoch_day(year: Ints, month: Ints) -> Ints:
    """Days from 1970-01-01 to the first of a month."""
    months = (year - 1970) * 12 + (month - 1)
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64), dtype=np.int64)
