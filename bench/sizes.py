"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Events, copies of the fines log, and numbers of runs."""

    events: int = 10_000_000
    copies: int = 18
    runs: int = 5
    peer_runs: int = 3
    lengths: tuple[int, ...] = (1_000, 10_000, 100_000)
    full: bool = False


TINY = Sizes(events=3_000, copies=1, runs=1, peer_runs=1, lengths=(100, 200))
