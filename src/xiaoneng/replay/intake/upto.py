"""A log as it stood at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xiaoneng.replay.intake.outside import rows_of_log

if TYPE_CHECKING:
    from xiaoneng.replay.intake.log import Log


def upto(log: Log, at: int, day: int) -> Log:
    """The log without events after an instant (microseconds UTC; `day` its local epoch day), and without cases left empty."""
    happened = np.where(log.timed, log.at <= at, log.day <= day)
    return log if bool(happened.all()) else rows_of_log(log, happened)
