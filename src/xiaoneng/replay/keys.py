"""Values of fields numbered within each case, so that the kernel can keep what it knows of each in a plain sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from xiaoneng.replay.kernel import COMPILE_FROM, kernel

if TYPE_CHECKING:
    import numpy.typing as npt


def number_keys(codes: Any, offsets: Any, seen: Any, number: Any, numbered: Any, counts: Any) -> None:  # noqa: PLR0917 - by position
    """Number the values (codes, -1 for none) of each case from 1 in order of first appearance; compiled for large logs.

    `seen` and `number` are working memory, one cell per distinct value; `counts` gets the numbers used per case, 0 included.
    """
    for c in range(len(offsets) - 1):
        used = 0
        for i in range(offsets[c], offsets[c + 1]):
            code = codes[i]
            if code >= 0:
                if seen[code] != c + 1:
                    seen[code] = c + 1
                    used += 1
                    number[code] = used
                numbered[i] = number[code]
        counts[c] = used + 1


def dense_keys(
    codes: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number values within each case from 1, in order of first appearance; 0 for none (-1). Also the count per case, 0 included."""
    numbered = np.zeros(len(codes), np.int64)
    counts = np.ones(len(offsets) - 1, np.int64)
    width = int(codes.max(initial=-1)) + 1
    seen, number = np.zeros(width, np.int64), np.zeros(width, np.int64)
    number_them = kernel()["number_keys"] if len(codes) >= COMPILE_FROM else number_keys
    number_them(codes, offsets, seen, number, numbered, counts)
    return numbered, counts
