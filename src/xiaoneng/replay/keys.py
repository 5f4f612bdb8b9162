"""Values of fields numbered within each case, so that the kernel can keep what it knows of each in a plain sequence."""

from __future__ import annotations

from typing import Any


def number_keys(codes: Any, offsets: Any, seen: Any, number: Any, numbered: Any, counts: Any) -> None:
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
