"""What a fee costs, at both ends of every tier, and what is wrong with a tariff."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.packs.checkup import check_up
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.fees import FeeError, Tariff, fee, load_tariff
from xiaoneng.packs.folder import open_packs

from .places import FIXTURES, copied

PACKS = Path(__file__).parents[2] / "packs"
DISCLOSURE = PACKS / "cn/_fees/disclosure-2020.yaml"
SMALL = """\
tariff: copies
name: {zh: 复制费, en: copies}
in_force: {from: 2020-01-01}
currency: CNY
cite: [xx-tea-law#3]
methods:
  by_page:
    name: {zh: 按页, en: by the page}
    counts: {zh: 页, en: pages}
    cite: [xx-tea-law#3]
    tiers:
      - {up_to: 10, rate: 0}
      - {rate: 0.1}
"""


@pytest.fixture(scope="module")
def disclosure() -> Tariff:
    return load_tariff(DISCLOSURE, PACKS, open_packs(PACKS).instruments)


@pytest.mark.parametrize(
    ("requests", "yuan"),
    [(0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400)],
)
def test_by_case_ten_are_free_and_each_further_ten_cost_more(disclosure: Tariff, requests: int, yuan: int) -> None:
    assert fee(disclosure, "by_case", requests) == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)],
)
def test_by_volume_thirty_pages_are_free(disclosure: Tariff, pages: int, yuan: int) -> None:
    assert fee(disclosure, "by_volume", pages) == yuan


@pytest.mark.parametrize(("nth", "yuan"), [(10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (101, 900)])
def test_one_request_costs_what_its_place_in_the_month_says(disclosure: Tariff, nth: int, yuan: int) -> None:
    assert fee(disclosure, "by_case", 1, already=nth - 1) == yuan


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_parts_cost_together_what_the_whole_costs(first: int, second: int) -> None:
    tariff = load_tariff(DISCLOSURE, PACKS)
    for method in tariff.methods:
        parts = fee(tariff, method, first) + fee(tariff, method, second, already=first)
        assert parts == fee(tariff, method, first + second)


@given(st.integers(0, 400))
def test_a_tier_with_blocks_is_the_sum_of_its_units(requests: int) -> None:
    def one(nth: int) -> int:
        return 0 if nth <= 10 else 100 if nth <= 30 else 200 + (nth - 31) // 10 * 100

    assert fee(load_tariff(DISCLOSURE, PACKS), "by_case", requests) == sum(one(nth) for nth in range(1, requests + 1))


def test_one_method_and_the_law_it_rests_on_are_said(disclosure: Tariff) -> None:
    assert disclosure.one_method
    assert (disclosure.id, disclosure.file) == ("cn.disclosure-2020", "cn/_fees/disclosure-2020.yaml")
    assert (disclosure.in_force_from, disclosure.in_force_until) == (dt.date(2021, 1, 1), None)
    assert disclosure.methods["by_case"].cite == ("cn-disclosure-fee-measures#4",)


def test_a_method_or_quantity_that_does_not_exist_is_refused(disclosure: Tariff) -> None:
    with pytest.raises(FeeError, match=r"no method 'by_hour'; write one of by_case, by_volume \(XN-P113\)"):
        fee(disclosure, "by_hour", 1)
    with pytest.raises(FeeError, match="count from 0"):
        fee(disclosure, "by_case", -1)


def write(tmp_path: Path, old: str = "", new: str = "") -> Path:
    root = copied(tmp_path)
    path = root / "xx/_fees/copies.yaml"
    path.parent.mkdir()
    assert old in SMALL
    path.write_text(SMALL.replace(old, new, 1) if old else SMALL, encoding="utf-8")
    return root


def wrong(root: Path) -> list[str]:
    with pytest.raises(PackError) as refused:
        load_tariff(root / "xx/_fees/copies.yaml", root, open_packs(root).instruments)
    return [str(one) for one in refused.value.complaints]


def test_tenths_stay_exact(tmp_path: Path) -> None:
    root = write(tmp_path)
    tariff = load_tariff(root / "xx/_fees/copies.yaml", root, open_packs(root).instruments)
    assert fee(tariff, "by_page", 13) == Decimal("0.3")
    assert not tariff.one_method


@pytest.mark.parametrize(
    ("old", "new", "line", "says", "code"),
    [
        ("{up_to: 10, rate: 0}", "{rate: 0}", 12, "has no end", "XN-P111"),
        ("{rate: 0.1}", "{up_to: 20, rate: 0.1}", 13, "leaves nothing for what is above", "XN-P111"),
        ("{rate: 0.1}", "{up_to: 9, rate: 1}\n      - {rate: 2}", 13, "does not end above 10", "XN-P111"),
        ("{rate: 0.1}", "{rate: 0.1, block: 10}", 13, "one of block and step", "XN-P112"),
        ("{rate: 0.1}", "{rate: -1}", 13, "greater than or equal to 0", "XN-P012"),
        ("    cite: [xx-tea-law#3]\n", "", 7, "missing", "XN-P040"),
        ("tariff: copies", "tariff: copy", 1, "the file's name is 'copies'", "XN-P081"),
        ("#3]\nmethods", "#99]\nmethods", 5, "is not listed", "XN-L003"),
        ("#3]\nmethods", "#5]\nmethods", 5, "is not in force", "XN-L005"),
        ("#3]\n    tiers", "#6]\n    tiers", 10, "is repealed while this tariff still holds", "XN-P041"),
        ("from: 2020-01-01", "from: 2019-01-01, until: 2018-01-01", 3, "ends before it begins", "XN-P080"),
    ],
)
def test_a_spoiled_tariff_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str, code: str
) -> None:
    complaint = wrong(write(tmp_path, old, new))[0]
    assert complaint.startswith(f"xx/_fees/copies.yaml:{line}: ")
    assert says in complaint
    assert complaint.endswith(f"({code})")


def test_packs_check_reads_tariffs(tmp_path: Path) -> None:
    root = write(tmp_path, "{rate: 0.1}", "{up_to: 20, rate: 0.1}")
    assert [one.code for one in check_up(open_packs(root), root).complaints] == ["XN-P111"]
    assert check_up(open_packs(FIXTURES), FIXTURES).complaints == []
