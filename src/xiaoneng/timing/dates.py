"""Between dates as people write them and days as tables count them."""

import datetime as dt

EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()


def to_day(on: dt.date) -> int:
    """Days since 1970-01-01."""
    return on.toordinal() - EPOCH_ORDINAL


def to_date(day: int) -> dt.date:
    """Date of a day counted since 1970-01-01."""
    return dt.date.fromordinal(day + EPOCH_ORDINAL)
