"""Compare kernel and oracle for a while: `PYTHONPATH=tests python -m oracle.fuzz --seconds 600 --first-seed 1`."""

from __future__ import annotations

import argparse
import sys
import time

from .compare import HISTORIES, cases, difference


def main(seconds: float | None = None, count: int | None = None, first_seed: int = 1_000_000) -> int:
    """Compare for that many seconds, or that many histories; 1 at the first difference, else 0."""
    began = time.monotonic()
    compared = 0
    for name, procedure, history in cases(first_seed):
        found = difference(name, procedure, history)
        compared += 1
        if found:
            print(found)  # noqa: T201  # a command line
            print(f"{compared} histories compared, the last one differs")  # noqa: T201
            return 1
        over = seconds is not None and time.monotonic() - began >= seconds
        if over or (count is not None and compared >= count):
            break
    last = first_seed + (compared - 1) // HISTORIES
    print(f"{compared} histories compared, seeds {first_seed} to {last}: no difference")  # noqa: T201
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--count", type=int)
    parser.add_argument("--first-seed", type=int, default=1_000_000)
    chosen = parser.parse_args()
    if chosen.seconds is None and chosen.count is None:
        parser.error("say --seconds or --count")
    sys.exit(main(chosen.seconds, chosen.count, chosen.first_seed))
