"""Working memory that is used again: fresh memory costs more to get than the kernel needs to fill it."""

from __future__ import annotations

from threading import local
from typing import Any

import numpy as np

_KEPT = local()


def scratch(name: str, size: int, kind: Any) -> np.ndarray:
    """Memory under a name, with whatever was in it; the same memory at the next call of the same thread."""
    kept: dict[str, np.ndarray] = _KEPT.__dict__
    if name not in kept or len(kept[name]) < size:
        kept[name] = np.empty(max(size, 1), kind)
    return kept[name][:size]
