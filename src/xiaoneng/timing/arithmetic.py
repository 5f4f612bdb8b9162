"""Counting working days and office time by table look-up.

Two tables describe a calendar. `prefix[i]` is the number of working days in the closed range first_day to
first_day + i. `index[k]` is the k-th working day, from k = 1, and index[0] is the day before first_day; so
index[prefix[day - first_day]] is the last working day not after `day`. Days are days since 1970-01-01.

Functions of plain integers and indexable sequences only, in the order in which they call each other, so that
a compiler can take them as they stand. They cannot raise: who calls them has asked the calendar whether it
covers the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER = 2**40
"""A day, or a second, that no table reaches."""
DAY_SECONDS = 86_400


def working_index(prefix: Sequence[int], first_day: int, day: int) -> int:
    """Count the working days up to and including `day`: 0 before the table, the last count after it."""
    position = day - first_day
    if position < 0:
        return 0
    return prefix[position] if position < len(prefix) else prefix[len(prefix) - 1]


def add_working(prefix: Sequence[int], index: Sequence[int], first_day: int, day: int, n: int) -> int:
    """Find the n-th working day strictly after `day`, which is day zero; NEVER beyond the table.

    With n = 0, the last working day not after `day`.
    """
    position = day - first_day
    if position >= len(prefix):
        return NEVER
    place = prefix[position] + n if position >= 0 else n
    return index[place] if place < len(index) else NEVER


def roll(prefix: Sequence[int], index: Sequence[int], first_day: int, day: int) -> int:
    """`day` if it is a working day, else the next one (Civil Code art. 203).

    Outside the table `day` itself.
    """
    position = day - first_day
    if position < 0 or position >= len(prefix):
        return day
    place = prefix[position]
    if index[place] == day or place + 1 == len(index):
        return day
    return index[place + 1]


def office_before(
    prefix: Sequence[int], first_day: int, hours: Sequence[int], per_day: int, day: int, second: int
) -> int:
    """Count the seconds of office time from first_day to a local moment (`second` of `day`).

    `hours` holds opening and closing seconds of the day in turn, per_day their sum; only working days have
    any.
    """
    before = working_index(prefix, first_day, day - 1)
    elapsed = before * per_day
    if working_index(prefix, first_day, day) > before:
        for i in range(0, len(hours), 2):
            elapsed += max(0, min(second, hours[i + 1]) - hours[i])
    return elapsed


def office_moment(
    prefix: Sequence[int],
    index: Sequence[int],
    first_day: int,
    hours: Sequence[int],
    per_day: int,
    seconds: int,
) -> int:
    """Find the earliest local moment, day * 86400 + second, by which `seconds` of office time have elapsed.

    The inverse of office_before. NEVER beyond the table; the first moment of the table for none.
    """
    if seconds <= 0:
        return first_day * DAY_SECONDS
    place = (seconds - 1) // per_day + 1 if per_day > 0 else NEVER
    if place > prefix[len(prefix) - 1]:
        return NEVER
    rest = seconds - (place - 1) * per_day
    i = 0
    while rest > hours[i + 1] - hours[i]:
        rest -= hours[i + 1] - hours[i]
        i += 2
    return index[place] * DAY_SECONDS + hours[i] + rest
