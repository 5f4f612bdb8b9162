"""What a limit counts."""

from enum import StrEnum


class LimitKind(StrEnum):
    """The unit of a limit; a limit without one does not exist.

    Working days exclude holidays (Licensing Law art. 82); calendar days, months and years count every day and
    roll forward from a holiday (Civil Code art. 203); working hours are office hours; elapsed hours are hours
    of the clock.
    """

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_HOURS = "working_hours"
    ELAPSED_HOURS = "elapsed_hours"
    MONTHS = "months"
    YEARS = "years"
