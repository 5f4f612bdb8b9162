"""Run the benchmark: `python -m bench [PARTS] [--write] [--full] [--tiny]`; parts are the letters a to k."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from bench.measure import Row, load
from bench.sizes import TINY, Sizes
from bench.table import print_table, write_table

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = "abcdefghijk"


def parts() -> dict[str, Callable[[Sizes], list[Row]]]:
    """What each letter runs; imported here, so that the process of one part loads nothing of another."""
    import importlib

    places = {
        "a": ("columns", "plain_rules"),
        "b": ("columns", "conditioned_rules"),
        "c": ("columns", "whole_procedure"),
        "d": ("cases", "long_cases"),
        "e": ("archive", "from_parquet"),
        "f": ("cases", "short_case"),
        "g": ("start", "working_days"),
        "h": ("start", "reading"),
        "i": ("start", "start_up"),
        "j": ("start", "compiling"),
        "k": ("load", "loading"),
    }

    def lazily(module: str, name: str) -> Callable[[Sizes], list[Row]]:
        return lambda sizes: list(getattr(importlib.import_module(f"bench.{module}"), name)(sizes))

    return {letter: lazily(*place) for letter, place in places.items()}


def child(words: list[str]) -> Any:
    """What a process of its own answers."""
    what, *rest = words
    if what == "part":
        sizes = Sizes(**{**json.loads(rest[1]), "lengths": tuple(json.loads(rest[1])["lengths"])})
        return [row.plain() for row in parts()[rest[0]](sizes)]
    if what in {"archive", "door"}:
        from bench.archive import read_and_judge, read_by_door

        return read_and_judge(*rest) if what == "archive" else read_by_door(*rest)
    from bench.start import compile_once

    return compile_once(*rest)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help="letters a to k; all if none")
    parser.add_argument("--write", action="store_true", help="put the table into docs/developer/performance.md")
    parser.add_argument("--full", action="store_true", help="pm4py on all copies of the log too")
    parser.add_argument("--tiny", action="store_true", help="sizes that only show that it runs")
    parser.add_argument("--child", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(child(asked.child)))
        return
    from dataclasses import asdict, replace

    from bench.process import child as process

    sizes = replace(TINY if asked.tiny else Sizes(), full=asked.full)
    before = load()
    rows = []
    for letter in asked.parts or PARTS:
        print(f"… {letter}", file=sys.stderr, flush=True)
        rows += [Row(**one) for one in process("part", letter, json.dumps(asdict(sizes)))]
    loads = f"{before} before, {load()} after"
    print_table(rows, loads)
    if asked.write:
        write_table(rows, loads)


if __name__ == "__main__":
    main()
