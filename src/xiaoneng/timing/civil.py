"""The civil calendar in whole numbers: a day is the count of days since 1970-01-01.

Functions of plain integers only, in the order in which they call each other, so that a compiler can take them
as they stand. Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms" (years that begin in
March).
"""

EPOCH = 719_468
"""Days from 1 March of year 0 to 1970-01-01."""
CYCLE = 146_097
"""Days of 400 years, after which the calendar repeats."""


def from_civil(year: int, month: int, day: int) -> int:
    """Count the days from 1970-01-01 to a date of the Gregorian calendar; the date must exist."""
    march = year - 1 if month <= 2 else year
    of_cycle = march % 400
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return march // 400 * CYCLE + of_cycle * 365 + of_cycle // 4 - of_cycle // 100 + of_year - EPOCH


def march_year(day: int) -> int:
    """Year in which the March-to-February year of a day began."""
    of_cycle = (day + EPOCH) % CYCLE
    year = (of_cycle - of_cycle // 1460 + of_cycle // 36_524 - of_cycle // 146_096) // 365
    return (day + EPOCH) // CYCLE * 400 + year


def march_day(day: int) -> int:
    """Days since 1 March of the March-to-February year of a day."""
    return day - from_civil(march_year(day), 3, 1)


def civil_month(day: int) -> int:
    """Month of a day, 1 to 12."""
    return ((5 * march_day(day) + 2) // 153 + 2) % 12 + 1


def civil_year(day: int) -> int:
    """Year of a day."""
    return march_year(day) + 1 if civil_month(day) <= 2 else march_year(day)


def civil_day(day: int) -> int:
    """Day of the month of a day, 1 to 31."""
    of_year = march_day(day)
    return of_year - (153 * ((5 * of_year + 2) // 153) + 2) // 5 + 1


def month_length(year: int, month: int) -> int:
    """Days of a month, 28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 + (month + month // 8) % 2


def add_months(day: int, n: int) -> int:
    """Go n months on, to the same day number or else the month end (Civil Code art. 202)."""
    march = march_year(day)
    of_year = day - from_civil(march, 3, 1)
    since_march = (5 * of_year + 2) // 153
    of_month = of_year - (153 * since_march + 2) // 5 + 1
    months = march * 12 + 2 + since_march + n
    year = months // 12
    month = months % 12 + 1
    return from_civil(year, month, min(of_month, month_length(year, month)))


def weekday(day: int) -> int:
    """Day of the week, Monday 0 to Sunday 6."""
    return (day + 3) % 7
