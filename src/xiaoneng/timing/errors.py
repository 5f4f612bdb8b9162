"""What the timing room refuses.

Each error has a code that is stable across releases, and says what to do instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class TimingError(ValueError):
    """A question about time that cannot be answered."""

    def __init__(self, code: str, says: str) -> None:
        self.code = code
        super().__init__(f"{says} ({code})")


class CalendarNotCovered(TimingError):  # noqa: N818 - named for what it says, as a finding is
    """A day outside the table of a calendar: before its first year, or too far ahead to say anything."""

    def __init__(
        self, on: dt.date | None, calendar_id: str, first_on: dt.date, last_on: dt.date, next_year: int
    ) -> None:
        self.on = on
        year = first_on.year - 1 if on is not None and on < first_on else next_year
        what = f"working days of {on.year}" if on is not None else f"working days after {last_on}"
        super().__init__(
            "XN-T001",
            f"{what} cannot be counted: the calendar {calendar_id} covers {first_on} to {last_on}; "
            f"add packs/{calendar_id}/_calendar/{year}.yaml",
        )


class CalendarGap(TimingError):  # noqa: N818 - as above
    """A year without a notice between years that have one."""

    def __init__(self, year: int, calendar_id: str) -> None:
        self.year = year
        super().__init__(
            "XN-T002",
            f"the calendar {calendar_id} has notices before and after {year} but none for it; "
            f"add packs/{calendar_id}/_calendar/{year}.yaml",
        )


class CalendarContradiction(TimingError):  # noqa: N818 - as above
    """A notice, or the description of a calendar, that cannot be right."""

    def __init__(self, says: str) -> None:
        super().__init__("XN-T003", says)


class LimitMisused(TimingError):  # noqa: N818 - as above
    """A limit, or a start, of the wrong sort for the question asked."""

    def __init__(self, says: str) -> None:
        super().__init__("XN-T004", says)
