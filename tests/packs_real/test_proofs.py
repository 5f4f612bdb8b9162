"""What the order of events alone proves of the packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiaoneng.packs.folder import Packs
from xiaoneng.packs.model import Claim
from xiaoneng.packs.prove import Verdict, prove

ROOT = Path(__file__).resolve().parents[2] / "packs"


@pytest.mark.parametrize(
    "name",
    ["cn.licensing", "cn.license-renewal", "nl.wabo-receipt", "nl.wabo-receipt-statutory", "it.traffic-fine-law"],
)
def test_every_claim_is_proved(name: str) -> None:
    for version in Packs(ROOT).versions(name):
        assert [proof for proof in prove(version) if proof.verdict is not Verdict.PROVED] == []


def test_the_counted_rules_of_the_fines_cannot_all_be_kept_after_a_payment_and_the_pack_says_so() -> None:
    (version,) = Packs(ROOT).versions("it.traffic-fine")
    (refuted,) = [proof for proof in prove(version) if proof.verdict is not Verdict.PROVED]
    assert "fine.17" in version.concedes[Claim.LAWFUL_END].en
    assert refuted.claim is Claim.LAWFUL_END
    assert "fine.15-payment-then-collection" in refuted.because
