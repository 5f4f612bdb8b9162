"""SM3 against the vectors of GB/T 32905-2016, appendix A, and against OpenSSL where it has it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.journal.sm3 import sm3


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_the_vectors_of_the_standard(message: bytes, expected: str) -> None:
    assert sm3(message).hex() == expected


@given(st.binary(max_size=200))
def test_it_agrees_with_openssl(message: bytes) -> None:
    try:
        theirs = hashlib.new("sm3", message)
    except ValueError:
        pytest.skip("this OpenSSL has no SM3")
    assert sm3(message) == theirs.digest()
