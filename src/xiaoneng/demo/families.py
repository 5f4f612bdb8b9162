"""The procedures whose cases the city has: one entry per procedure, one module that tells a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaoneng.demo import renewal
from xiaoneng.demo.licensing import plan
from xiaoneng.demo.licensing.course import tell_licensing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from xiaoneng.demo.telling import Case


@dataclass(frozen=True, slots=True)
class Family:
    """How the cases of one procedure are told.

    `needs` names everything that can go wrong and what a case must be for it; `share` is the procedure's part of the
    city's cases, `prefix` begins their numbers.
    """

    procedure: str
    prefix: str
    share: float
    tell: Callable[[Case, dt.date], None]
    needs: Mapping[str, Mapping[str, object]]


FAMILIES = (
    Family("cn.licensing", "许可", 0.78, tell_licensing, plan.NEEDS),
    Family("cn.license-renewal", "延续", 0.22, renewal.tell_renewal, renewal.NEEDS),
)
