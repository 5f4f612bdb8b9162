"""The kernel against the slow oracle of the tests, on histories by chance."""

from __future__ import annotations

from importlib import import_module

import pytest

PROCEDURES = 500
"""Each is judged on twenty histories."""


def test_the_kernel_and_the_oracle_agree_on_ten_thousand_histories() -> None:
    pytest.importorskip("xiaoneng.supervise.judge")
    compare = import_module("oracle.compare")
    compared = 0
    for name, procedure, history in compare.cases(1, PROCEDURES):
        found = compare.difference(name, procedure, history)
        assert not found, found
        compared += 1
    assert compared == PROCEDURES * compare.HISTORIES
