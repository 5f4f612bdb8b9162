"""What the order of events alone proves of the packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiaoneng.packs.folder import Packs
from xiaoneng.packs.model import Claim
from xiaoneng.packs.prove import Verdict, prove

ROOT = Path(__file__).resolve().parents[2] / "packs"


CONCEDING = "it.traffic-fine"
PACKS = Packs(ROOT)


@pytest.mark.parametrize("name", [name for name in PACKS.ids if name != CONCEDING])
def test_every_claim_is_proved(name: str) -> None:
    for version in PACKS.versions(name):
        assert [proof for proof in prove(version) if proof.verdict is not Verdict.PROVED] == []


def test_the_counted_rules_of_the_fines_cannot_all_be_kept_after_a_payment_and_the_pack_says_so() -> None:
    (version,) = PACKS.versions(CONCEDING)
    (refuted,) = [proof for proof in prove(version) if proof.verdict is not Verdict.PROVED]
    assert "fine.17" in version.concedes[Claim.LAWFUL_END].en
    assert refuted.claim is Claim.LAWFUL_END
    assert "fine.15-payment-then-collection" in refuted.because
