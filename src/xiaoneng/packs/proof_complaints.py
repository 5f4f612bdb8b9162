"""What proofs mean for whoever wrote the pack: complaints with file and line, and what the pack concedes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.model import Claim
from xiaoneng.packs.prove import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.packs.complaint import Complaint
    from xiaoneng.packs.document import Document, Path_
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.prove import Proof

CONCEDE = "mend it, or give the reason under `concedes: {{{}: …}}` where the law itself is so"


def proof_complaints(procedure: Procedure, proofs: Sequence[Proof], document: Document) -> tuple[Complaint, ...]:
    """Complain of each refuted claim that is no warning and not conceded, and of each conceded one that holds."""
    found = [
        document.complain(place(proof, procedure), wrong(proof), CONCEDE.format(proof.claim), "XN-P098")
        for proof in proofs
        if proof.verdict is Verdict.REFUTED and not proof.is_warning and proof.claim not in procedure.concedes
    ]
    for claim in procedure.concedes:
        about = [proof for proof in proofs if proof.claim is claim]
        if all(proof.verdict is Verdict.PROVED for proof in about):
            found.append(document.complain(("concedes", claim), "holds after all", "remove it", "XN-P099"))
    return tuple(found)


def conceded(procedure: Procedure, proofs: Sequence[Proof]) -> tuple[Proof, ...]:
    """Give the refuted claims that the pack concedes."""
    return tuple(proof for proof in proofs if proof.verdict is Verdict.REFUTED and proof.claim in procedure.concedes)


def place(proof: Proof, procedure: Procedure) -> Path_:
    """Where in the file stands what a claim is about."""
    match proof.claim:
        case Claim.REACHABLE:
            return ("events", proof.subject)
        case Claim.LAWFUL_END:
            return ("ends",)
        case Claim.COURSE:
            return ("course",)
        case _:
            clocks = {clock.id for clock in procedure.clocks}
            return ("clocks" if proof.subject in clocks else "rules", proof.subject)


def wrong(proof: Proof) -> str:
    """Say what a claim that was not proved comes to."""
    if proof.verdict is Verdict.NOT_PROVED:
        return f"{proof.claim} is not proved: {proof.explored} states looked at, of at most {proof.bound}"
    way, because = " → ".join(proof.witness), ", ".join(proof.because)
    match proof.claim:
        case Claim.REACHABLE:
            return "can never lawfully happen" + (f": {because} in the way" if because else "")
        case Claim.LAWFUL_END:
            after = f"after {way} no" if way else "no"
            return f"{after} lawful end can be reached" + (f": {because} in the way" if because else "")
        case Claim.COURSE:
            return f"the course goes {way}, which breaches or leaves open {because}"
        case Claim.SATISFIABLE:
            return f"nothing can satisfy it: {because} in the way"
        case Claim.ACTIVATED:
            return "never comes up"
