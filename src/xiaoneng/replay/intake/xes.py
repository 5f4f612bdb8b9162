"""XES logs, plain or gzip, read by rustxes into columns."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import rustxes

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.rows import XES, Rows
from xiaoneng.replay.intake.xes_look import Look, empty_traces, look
from xiaoneng.replay.intake.xes_mend import mend

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_xes(path: Path) -> Rows:
    """Rows of an XES log. Attributes of a trace are `case:…`.

    Attributes that a trace or event does not say are null, also where the log declares a global default for
    them: a default is for writers. A trace without events is listed as lost. Raises LogError.
    """
    seen = look(path)
    frame = _frame(path, seen)
    if frame.height and XES.case in frame.columns:
        lost = empty_traces(path, seen) if seen.traces > frame[XES.case].n_unique() else ()
    else:
        lost = ()

    @cache
    def column(name: str) -> pa.Array:
        return _column(frame[name], name, path.name, seen)

    return Rows(path.name, tuple(frame.columns), column, XES, frame.height, lost=lost)


def _frame(path: Path, seen: Look) -> pl.DataFrame:
    if not seen.needs_mending:
        frame = _parse(path)
        if frame is not None:
            return frame
    # Defaults to take out, another encoding, or a year that nanoseconds cannot hold: read a mended copy.
    handle, name = tempfile.mkstemp(suffix=".xes", prefix="xiaoneng-")
    os.close(handle)
    try:
        mend(path, seen, Path(name))
        frame = _parse(Path(name))
    finally:
        Path(name).unlink()
    if frame is None:
        instead = "check the file with an XML parser"
        raise LogError("XN-R004", "is no well-formed XES", where=path.name, instead=instead)
    return frame


def _parse(path: Path) -> pl.DataFrame | None:
    """Frame of a file; None where the parser gives up."""
    try:
        with _quiet():
            frame: pl.DataFrame = rustxes.import_xes(str(path))[0]
    except BaseException as error:
        # A panic of the parser derives from BaseException and has no importable class.
        if type(error).__name__ != "PanicException":
            raise
        return None
    return frame


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the parser's own remarks from standard error: what it cannot read we say ourselves."""
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nothing)
        os.close(kept)


def _column(series: pl.Series, name: str, place: str, seen: Look) -> pa.Array:
    values = series.to_arrow(compat_level=pl.CompatLevel.oldest())
    if pa.types.is_timestamp(values.type):
        micros = pc.cast(values, pa.timestamp("us"), safe=False)
        key = name.removeprefix("case:")
        if key not in seen.naive:
            return pc.assume_timezone(micros, "UTC")
        if key in seen.zoned:
            instead = "give all its times an offset, or none"
            what = "has times with an offset from UTC and times without"
            raise LogError("XN-R009", what, where=f"{place}: {name}", instead=instead)
        return micros
    if pa.types.is_large_string(values.type):
        return _unquoted(pc.cast(values, pa.string()))
    return values


def _unquoted(values: pa.Array) -> pa.Array:
    """Texts of an attribute that is a number elsewhere come in quotes from the parser: take them off."""
    quoted = pc.match_substring_regex(values, pattern='^".*"$')
    if not pc.any(quoted).as_py():
        return values
    bare = pc.match_substring_regex(values, pattern=r"^(-?[0-9][0-9.eE+-]*|true|false)$")
    if not pc.all(pc.or_(quoted, bare)).as_py():
        return values
    return pc.if_else(quoted, pc.utf8_slice_codeunits(values, 1, -1), values)
