"""The kernel compiled: the same functions, their globals rebound to compiled ones, over arrays.

Nothing of the kernel is written again here but its three places of memory and output (`supervise.sink`). The functions are
listed in the order in which they call each other; a plain `njit` would not see un-jitted callees.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import numba

from xiaoneng.replay.keys import number_keys
from xiaoneng.supervise import clocks, fold, layout, moments, plain, points, sink
from xiaoneng.timing import arithmetic, civil

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

MODULES: tuple[ModuleType, ...] = (civil, arithmetic, moments, plain, clocks, points, fold)


class Out(NamedTuple):
    """Rows as columns. `n` holds how many were written (more than fit if the last chunk was too small) and the current case."""

    what: np.ndarray
    code: np.ndarray
    case: np.ndarray
    event: np.ndarray
    cause: np.ndarray
    due: np.ndarray
    n: np.ndarray


def emit(out: Out, what: int, code: int, event: int, cause: int, due: int) -> None:
    """Write one row, or only count it when the columns are full."""
    i = out.n[0]
    out.n[0] = i + 1
    if i < len(out.what):
        out.what[i] = what
        out.code[i] = code
        out.case[i] = out.n[1]
        out.event[i] = event
        out.cause[i] = cause
        out.due[i] = due


def grow(memory: np.ndarray, used: int, by: int) -> None:
    """Do nothing: a chunk is given memory for its longest case."""


def count(tally: np.ndarray, code: int) -> None:
    """Count one activation."""
    tally[code] += 1


def chunk(
    t: Any,
    days: Any,
    facts: Any,
    offsets: Any,
    keys: Any,
    low: int,
    high: int,
    now: Any,
    complete: int,
    case: Any,
    out: Out,
    tally: Any,
) -> None:
    """Judge the cases low..high."""
    for c in range(low, high):
        out.n[1] = c
        for i in range(len(t.start)):
            case.v[i] = t.start[i]
        case.v[KEYS] = keys[c]
        for i in range(keys[c] * t.columns):
            case.keyed[i] = 0
        judge_case(t, days, facts, offsets[c], offsets[c + 1], now, complete, case, out, tally)  # type: ignore[name-defined]  # noqa: F821 - bound when compiled


def plain_chunk(t: Any, letter: Any, offsets: Any, low: int, high: int, complete: int, out: Out) -> None:
    """Judge the cases low..high of a procedure that has plain rules only."""
    for c in range(low, high):
        out.n[1] = c
        judge_plain(t, letter, offsets[c], offsets[c + 1], complete, out)  # type: ignore[name-defined]  # noqa: F821 - bound when compiled


KEYS = layout.V_KEYS


def _cache_folder() -> Path:
    """Compiled code is kept per content of the kernel: a changed kernel never meets old machine code."""
    digest = hashlib.sha256()
    for module in (*MODULES, layout, sink):
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "xiaoneng" / f"compiled-{digest.hexdigest()[:16]}"


def _functions(module: ModuleType) -> list[FunctionType]:
    """The functions a module defines, in the order of its text."""
    own = [value for value in vars(module).values() if isinstance(value, FunctionType)]
    return sorted((f for f in own if f.__module__ == module.__name__), key=lambda f: f.__code__.co_firstlineno)


def compile_kernel() -> dict[str, Callable[..., Any]]:
    """Every kernel function by name, as lazily compiling dispatchers that call each other."""
    numba.config.CACHE_DIR = str(_cache_folder())  # type: ignore[attr-defined]
    bound: dict[str, Any] = {}
    functions: list[Any] = [function for module in MODULES for function in _functions(module)]
    njit: Any = numba.njit
    everything: tuple[Any, ...] = (*functions, emit, grow, count, chunk, plain_chunk, number_keys)
    for function in everything:
        names = {**function.__globals__}
        copy = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
        copy.__qualname__ = function.__qualname__
        copy.__module__ = function.__module__
        # All in one piece and without reference counting: passing the tables to a call costs more than the call does.
        bound[function.__name__] = njit(copy, cache=True, nogil=True, boundscheck=False, forceinline=True, _nrt=False)
    for dispatcher in bound.values():
        dispatcher.py_func.__globals__.update(bound)
    return bound
