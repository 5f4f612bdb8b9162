"""Findings of a replay as records: for JSON, for export, for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from xiaoneng.replay.outlet.whole import whole
from xiaoneng.supervise.explain import tell

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.judge import LogJudgement
    from xiaoneng.supervise.verdict import Finding, Moment


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding with its words, in the shape that exports take."""

    finding: Finding
    procedure: Procedure

    @property
    def id(self) -> str:
        """Stable name."""
        return self.finding.id

    @property
    def case(self) -> str:
        """The case it is about."""
        return self.finding.subject

    @property
    def rule(self) -> str:
        """Rule or clock."""
        return self.finding.rule

    @property
    def kind(self) -> str:
        """Warning or breach."""
        return str(self.finding.kind)

    @property
    def level(self) -> str:
        """What the ladder calls it."""
        return str(self.finding.level)

    @property
    def since(self) -> Moment:
        """The legal moment from which it holds."""
        return self.finding.since

    @property
    def until(self) -> Moment | None:
        """When it ended; None while it goes on."""
        return self.finding.until

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of events, the activating one first."""
        return self.finding.evidence

    @property
    def cite(self) -> tuple[str, ...]:
        """Articles."""
        return self.finding.cite

    @property
    def explanation(self) -> str:
        """In Chinese."""
        return tell(self.finding, self.procedure).zh

    def record(self) -> dict[str, Any]:
        """Plain values, moments as ISO 8601 text."""
        finding = self.finding
        words = tell(finding, self.procedure)
        return {
            "id": finding.id,
            "case": finding.subject,
            "rule": finding.rule,
            "kind": str(finding.kind),
            "level": str(finding.level),
            "since": finding.since.isoformat(),
            "until": None if finding.until is None else finding.until.isoformat(),
            "due": None if finding.due is None else finding.due.isoformat(),
            "evidence": finding.evidence,
            "explanation": words.zh,
            "explanation_en": words.en,
            "cite": finding.cite,
            "editions": {"procedure": finding.editions.procedure, "calendar": finding.editions.calendar},
            "provisional": finding.provisional,
            "order_unknown": finding.order_unknown,
        }


def told(judgement: LogJudgement) -> Iterator[ToldFinding]:
    """Every finding of a judgement with its words."""
    for part in judgement.parts:
        for finding in part.findings():
            yield ToldFinding(finding, part.procedure)


def head(judgement: LogJudgement, now: dt.datetime) -> dict[str, Any]:
    """What was judged, by what, and the counts; without the findings."""
    log = judgement.log
    unknown = [kind for kind in log.kinds if not any(kind in part.procedure.events for part in judgement.parts)]
    decides = {
        str(part.log.cases[case]): sorted(rules)
        for part in judgement.parts
        for case, rules in part.order_decides.items()
    }
    return {
        "cases": len(log.cases),
        "events": len(log),
        "open_cases": sum(int((~part.closed).sum()) for part in judgement.parts),
        "now": now.isoformat(),
        "procedures": [
            {
                "id": procedure.id,
                "in_force_from": procedure.in_force_from.isoformat(),
                "edition": procedure.edition,
                "calendar": calendar.id,
                "calendar_edition": calendar.edition,
                "cases": cases,
            }
            for procedure, calendar, cases in judgement.versions()
        ],
        "by_rule": {rule: vars_of(count) for rule, count in judgement.by_rule().items()},
        "unknown_kinds": unknown,
        "not_in_force": judgement.not_in_force,
        "order_decides": decides,
        "rejected": [msgspec.to_builtins(one, str_keys=True) for one in log.rejected],
        "rejected_counts": dict(log.rejected_counts),
    }


def vars_of(count: Any) -> dict[str, int]:
    """A rule's counts as plain values."""
    return {
        "violated_cases": count.violated_cases,
        "breaches": count.breaches,
        "activations": count.activations,
    }


def write_json(
    judgement: LogJudgement, now: dt.datetime, path: Path, progress: Callable[[int], object] | None = None
) -> int:
    """Write findings and counts as one JSON document; returns the number of findings. Nothing half-written stands at `path`."""
    encoder = msgspec.json.Encoder()
    top = encoder.encode(head(judgement, now))
    written = 0
    with whole(path) as copy, copy.open("wb") as file:
        file.write(top[:-1] + b',"findings":[')
        for finding in told(judgement):
            file.write(b",\n" if written else b"\n")
            file.write(encoder.encode(finding.record()))
            written += 1
            if progress is not None and written % 1000 == 0:
                progress(1000)
        file.write(b"]}\n")
    return written
