"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.law.numerals import from_chinese, to_chinese


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (32, "三十二"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1260, "一千二百六十"),
        (9999, "九千九百九十九"),
    ],
)
def test_statutes_number_their_articles_so(number: int, text: str) -> None:
    assert to_chinese(number) == text
    assert from_chinese(text) == number


@given(st.integers(1, 9999))
def test_every_numeral_is_read_back(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


def test_older_signs_are_read_too() -> None:
    assert from_chinese("一百〇二") == 102
    assert from_chinese("两百") == 200


@pytest.mark.parametrize("text", ["", "零", "32", "第三"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        from_chinese(text)


@pytest.mark.parametrize("number", [0, 10_000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        to_chinese(number)
