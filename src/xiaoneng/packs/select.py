"""Which version of the law applies to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.model import JudgedBy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xiaoneng.packs.model import Procedure


class NotInForceError(LookupError):
    """No version of a procedure holds on the day that chooses (XN-P086)."""


def select(versions: Sequence[Procedure], first_on: date, last_on: date) -> Procedure:
    """Choose the version for a case by the local days of its first and last event.

    Each version says by `judged_by` which of the two days it looks at. Where more than one version claims the case
    (the law changed the way of choosing), the latest holds. Raises NotInForceError where none does.
    """
    for version in sorted(versions, key=lambda one: one.in_force_from, reverse=True):
        if holds(version, first_on if version.judged_by is JudgedBy.RECEIPT else last_on):
            return version
    raise _none(versions, first_on, last_on)


def on(versions: Sequence[Procedure], day: date) -> Procedure:
    """Choose the version in force on a day."""
    return select(versions, day, day)


def holds(version: Procedure, day: date) -> bool:
    """Whether a version is in force on a day; `in_force_until` is the first day on which it is not."""
    until = version.in_force_until
    return version.in_force_from <= day and (until is None or day < until)


def _none(versions: Sequence[Procedure], first_on: date, last_on: date) -> NotInForceError:
    earliest = min(versions, key=lambda one: one.in_force_from, default=None)
    if earliest is None:
        return NotInForceError("there is no version to choose from; add family.yaml to its folder (XN-P086)")
    day = first_on if earliest.judged_by is JudgedBy.RECEIPT else last_on
    return NotInForceError(
        f"no version of {earliest.id} is in force on {day}; the first holds from {earliest.in_force_from}, "
        f"so add family.{day.year}.yaml with the law of that day, or mend the date (XN-P086)"
    )
