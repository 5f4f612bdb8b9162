"""Chinese numerals of articles, up to 9999."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def to_chinese(number: int) -> str:
    """Write 1 to 9999 as statutes number their articles: 12 is 十二, 110 is 一百一十."""
    if not 1 <= number <= 9999:
        raise ValueError(f"{number} is out of range; give 1 to 9999")
    if number < 20:
        return ("十" if number >= 10 else "") + (DIGITS[number % 10] if number % 10 else "")
    text = ""
    rest = number
    for unit, sign in UNITS:
        count, rest = divmod(rest, unit)
        if count:
            text += DIGITS[count] + sign
        elif text and rest and not text.endswith(DIGITS[0]):
            text += DIGITS[0]
    return text + (DIGITS[rest] if rest else "")


def from_chinese(text: str) -> int:
    """Read a Chinese numeral up to 9999 (also 〇 and 两); raises ValueError for anything else."""
    total = 0
    digit = 0
    for sign in text:
        if sign in "〇两":
            digit = 0 if sign == "〇" else 2
        elif sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            unit = {name: value for value, name in UNITS}.get(sign)
            if unit is None:
                raise ValueError(f"{text!r} is no Chinese numeral; write 三十二")
            total += (digit or 1) * unit
            digit = 0
    if not text or total + digit == 0:
        raise ValueError(f"{text!r} is no Chinese numeral; write 三十二")
    return total + digit
