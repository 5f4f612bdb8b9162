"""CSV and Parquet, as our own export or any other program writes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from xiaoneng.replay.intake.error import LogError
from xiaoneng.replay.intake.rows import TABLE, Rows
from xiaoneng.replay.intake.xes_look import unpacked

if TYPE_CHECKING:
    from pathlib import Path

SEPARATORS = (",", ";", "\t")

ARROW = (".arrow", ".feather")
"""Endings of Arrow IPC files."""


def read_csv(path: Path) -> Rows:
    """Rows of a CSV file with a header, separated by comma, semicolon or tab, in UTF-8. Everything is text."""
    raw = b"".join(unpacked(path)).removeprefix(b"\xef\xbb\xbf")
    if not raw.strip():
        raise LogError("XN-R010", "is empty", where=path.name, instead="give a header and at least one row")
    _require_utf8(raw, path.name)
    header = raw[: raw.find(b"\n") if b"\n" in raw else len(raw)].decode()
    separator = max(SEPARATORS, key=header.count)
    try:
        table = pc_csv.read_csv(
            pa.BufferReader(raw),
            read_options=pc_csv.ReadOptions(use_threads=True),
            parse_options=pc_csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            convert_options=pc_csv.ConvertOptions(
                column_types=dict.fromkeys(_header(raw, separator, path.name), pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        instead = "give every row as many values as the header names"
        raise LogError("XN-R011", f"is no regular CSV: {error}", where=path.name, instead=instead) from error
    return _rows(path.name, table, first=2, typed=False)


def read_parquet(path: Path) -> Rows:
    """Rows of a Parquet or Arrow file, or of all Parquet files of a folder in order of name."""
    files = sorted(path.glob("**/*.parquet")) if path.is_dir() else [path]
    if not files:
        instead = "give a folder that holds .parquet files"
        raise LogError("XN-R010", "holds no Parquet file", where=path.name, instead=instead)
    tables = []
    for file in files:
        try:
            tables.append(_read_arrow(file) if file.suffix in ARROW else pq.read_table(file))
        except (pa.ArrowInvalid, OSError) as error:
            what = f"is no whole {'Arrow' if file.suffix in ARROW else 'Parquet'} file: {error}"
            raise LogError("XN-R011", what, where=file.name, instead="write it again") from error
    try:
        table = pa.concat_tables(tables, promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        instead = "give the files of one log the same columns"
        raise LogError(
            "XN-R011", f"its files do not fit together: {error}", where=path.name, instead=instead
        ) from error
    return _rows(path.name, table, first=1, typed=True)


def _read_arrow(file: Path) -> pa.Table:
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()


def _rows(place: str, table: pa.Table, *, first: int, typed: bool) -> Rows:
    @cache
    def column(name: str) -> pa.Array:
        chunks = table.column(name).chunks
        if len(chunks) == 1:
            return chunks[0]
        return pa.concat_arrays(_alike(chunks)) if chunks else pa.array([], table.schema.field(name).type)

    return Rows(place, tuple(table.column_names), column, TABLE, table.num_rows, first=first, typed=typed)


def _alike(chunks: list[pa.Array]) -> list[pa.Array]:
    """Chunks of a dictionary column may count differently: give them as plain values."""
    if not pa.types.is_dictionary(chunks[0].type):
        return chunks
    return [pc.cast(chunk, chunk.type.value_type) for chunk in chunks]


def _header(raw: bytes, separator: str, place: str) -> list[str]:
    """Names of the columns; raises LogError where one stands twice."""
    options = pc_csv.ParseOptions(delimiter=separator, newlines_in_values=True)
    end = raw.find(b"\n") + 1 or len(raw)
    try:
        names = list(pc_csv.read_csv(pa.BufferReader(raw[:end]), parse_options=options).column_names)
    except pa.ArrowInvalid as error:
        what, instead = f"has no header that can be read: {error}", "name the columns in the first row"
        raise LogError("XN-R011", what, where=place, instead=instead) from error
    for name in names:
        if names.count(name) > 1:
            raise LogError("XN-R011", f"has two columns {name!r}", where=place, instead="name each column once")
    return names


def _require_utf8(raw: bytes, place: str) -> None:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise LogError("XN-R006", f"line {line} is not UTF-8", where=place, instead=_advice(raw)) from error


def _advice(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "save it as UTF-8"
    return "it may be GB18030; save it as UTF-8 (iconv -f GB18030 -t UTF-8)"
