"""The kernel compiled: the same functions, their globals rebound to compiled ones, over arrays.

Nothing of the kernel is written again here but its three places of memory and output (`supervise.sink`). The functions are
listed in the order in which they call each other; a plain `njit` would not see un-jitted callees.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import numba
from numba.np import arrayobj

from xiaoneng.replay.keys import number_keys
from xiaoneng.supervise import clocks, fold, layout, moments, plain, points, sink
from xiaoneng.timing import arithmetic, civil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


class Compiled:
    """A compiled function: machine code is made (or read from the cache) at the first call for each kind of arguments."""

    def __init__(self, dispatcher: Any) -> None:
        self.dispatcher = dispatcher

    def __call__(self, *arguments: Any) -> Any:
        """Call it."""
        signature = tuple(map(numba.typeof, arguments))
        if signature not in self.dispatcher.overloads:
            with _no_index_from_the_end():
                self.dispatcher.compile(signature)
        return self.dispatcher(*arguments)


@contextmanager
def _no_index_from_the_end() -> Iterator[None]:
    """Compile `a[i]` as it is meant in the kernel, where no index is negative: a test of every index would cost a fifth."""
    known = arrayobj.fix_integer_index

    def as_it_is(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:  # noqa: ARG001 - numba's signature
        return context.cast(builder, index, kind, numba.types.intp)

    arrayobj.fix_integer_index = as_it_is
    try:
        yield
    finally:
        arrayobj.fix_integer_index = known


def compile_kernel() -> dict[str, Callable[..., Any]]:
    """Every kernel function by name, as lazily compiling functions that call each other."""
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
    return {name: Compiled(dispatcher) for name, dispatcher in bound.items()}
