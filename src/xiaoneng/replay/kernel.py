"""When the kernel is compiled, and the one compiled copy of a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

COMPILE_FROM = 200_000
"""Events from which compiling pays; fewer are judged in plain Python, with no pause."""


@cache
def kernel() -> dict[str, Callable[..., Any]]:
    """The compiled kernel; made once per process."""
    from xiaoneng.replay.compiled import compile_kernel

    return compile_kernel()
