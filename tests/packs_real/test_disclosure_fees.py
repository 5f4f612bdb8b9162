"""What the case files of disclosure requests rely on as the standard of a fee is what the tariff gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.cases import case_paths, load_case
from xiaoneng.packs.fees import fee, load_tariff
from xiaoneng.packs.folder import open_packs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xiaoneng.packs.fees import Tariff


@pytest.fixture(scope="module")
def tariff(root: Path) -> Tariff:
    packs = root / "packs"
    return load_tariff(packs / "cn/_fees/disclosure-2020.yaml", packs, open_packs(packs).instruments)


def charged(root: Path) -> Iterator[tuple[str, str, int, int]]:
    packs = root / "packs"
    versions = open_packs(packs).versions("cn.disclosure-request")
    for path in case_paths(packs / "cn/disclosure-request"):
        for event in load_case(path, versions, packs).events:
            for entry in event.relied_on:
                if event.kind == "fee_notice_given" and entry.key == "cn.disclosure-2020":
                    data = event.data
                    yield path.name, str(data["method"]), int(str(data["quantity"])), int(str(entry.values["standard"]))


def test_the_standard_relied_on_is_what_the_tariff_gives(root: Path, tariff: Tariff) -> None:
    found = list(charged(root))
    assert len(found) >= 5
    for name, method, quantity, standard in found:
        counted = (1, quantity - 1) if method == "by_case" else (quantity, 0)
        assert fee(tariff, method, counted[0], already=counted[1]) == standard, name
