"""What a judgement comes to: plain counts by rule, agency, month and level, in one pass over the findings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from xiaoneng.replay.places import Places
from xiaoneng.supervise.encode import zone_of
from xiaoneng.supervise.ladder import SEVERITY
from xiaoneng.supervise.verdict import FindingKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.packs.model import Level
    from xiaoneng.replay.judge import LogJudgement
    from xiaoneng.replay.judgement import RuleCount
    from xiaoneng.supervise.program import Provision
    from xiaoneng.supervise.verdict import Finding

KEPT = 400
"""How many cases are kept one by one, the gravest first."""
LATE_DAYS = (1, 3, 7, 14, 30, 90)
"""Upper ends of the classes of lateness, in calendar days; the last class has none."""

Cell: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """How one rule or clock fared. `on_time` is the share of activations without a breach; None where there is none."""

    provision: Provision
    count: RuleCount
    warnings: int
    on_time: float | None


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """How one agency fared. `cases` are those it acted in, `violated_cases` those in which it broke something."""

    agency: str
    cases: int
    violated_cases: int
    breaches: int
    warnings: int
    by_rule: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with the agency of the event it is about, and the month (2026-03) from which it holds."""

    finding: Finding
    agency: str
    month: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with findings. `days_late` is the worst of its lateness in calendar days."""

    case: str
    findings: tuple[Placed, ...]
    days_late: int

    @property
    def gravity(self) -> tuple[int, int, int]:
        """Gravest first: breaches weighted by level, then lateness, then warnings."""
        breaches = [one.finding for one in self.findings if one.finding.kind is FindingKind.BREACH]
        weight = sum(1 + SEVERITY[one.level] for one in breaches)
        return weight, self.days_late, len(self.findings)


@dataclass(slots=True)
class Summary:
    """The counts.

    Breaches alone are counted by month, in `heat` (agency, month) and in `late`: per clock, how many fall into each
    class of LATE_DAYS.
    """

    cases: int
    events: int
    judged_cases: int
    now: dt.datetime
    rules: tuple[RuleLine, ...] = ()
    agencies: tuple[AgencyLine, ...] = ()
    violated_cases: int = 0
    found_cases: int = 0
    breaches: int = 0
    warnings: int = 0
    running: int = 0
    doubtful: int = 0
    provisional: int = 0
    levels: Counter[tuple[FindingKind, Level]] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    month_levels: Counter[tuple[str, Level]] = field(default_factory=Counter)
    heat: Counter[Cell] = field(default_factory=Counter)
    late: dict[str, list[int]] = field(default_factory=dict)
    worst: tuple[CaseLine, ...] = ()
    coming: tuple[Placed, ...] = ()

    @property
    def clean_share(self) -> float | None:
        """Share of judged cases without any breach; None where nothing was judged."""
        return None if not self.judged_cases else 1 - self.violated_cases / self.judged_cases


def summarise(judged: LogJudgement, now: dt.datetime, *, kept: int = KEPT) -> Summary:
    """Count everything once. `now` is the instant of judging; `kept` bounds what is kept case by case."""
    tally = _Tally(judged, now, kept)
    by_case = groupby(judged.findings(), key=lambda finding: finding.subject)
    for number, (case, group) in enumerate(by_case):
        tally.take(number, case, list(group))
    return tally.summary()


class _Tally:
    """Counts while the findings go by."""

    def __init__(self, judged: LogJudgement, now: dt.datetime, kept: int) -> None:
        self.judged, self.kept = judged, kept
        self.zone = zone_of(judged.parts[-1].procedure.zone if judged.parts else judged.log.zone)
        self.places = Places(judged)
        total = len(judged.log.cases)
        self.total = Summary(total, len(judged.log), total - len(judged.not_in_force), now)
        self.today = now.astimezone(self.zone).date()
        self.heap: list[tuple[tuple[int, int, int], int, CaseLine]] = []
        self.warned: Counter[str] = Counter()
        self.agency_cases: Counter[str] = Counter()
        self.agency_rules: dict[str, Counter[str]] = {}
        self.agency_warnings: Counter[str] = Counter()
        self.due: list[Placed] = []

    def take(self, number: int, case: str, findings: list[Finding]) -> None:
        """Count one case."""
        placed = tuple(Placed(one, self.places.agency(one), self._date(one.since).isoformat()[:7]) for one in findings)
        total = self.total
        total.found_cases += 1
        worst = 0
        guilty = set()
        for one in placed:
            finding = one.finding
            total.levels[finding.kind, finding.level] += 1
            total.provisional += finding.provisional
            if finding.kind is not FindingKind.BREACH:
                total.warnings += 1
                self.warned[finding.rule] += 1
                self.agency_warnings[one.agency] += 1
                self.due.append(one)
                continue
            guilty.add(one.agency)
            total.breaches += 1
            total.doubtful += finding.order_unknown
            total.months[one.month] += 1
            total.month_levels[one.month, finding.level] += 1
            total.heat[one.agency, one.month] += 1
            self.agency_rules.setdefault(one.agency, Counter())[finding.rule] += 1
            if finding.due is not None:
                days = self._days_late(finding)
                worst = max(worst, days)
                total.running += finding.until is None
                classes = total.late.setdefault(finding.rule, [0] * (len(LATE_DAYS) + 1))
                classes[next((i for i, end in enumerate(LATE_DAYS) if days <= end), len(LATE_DAYS))] += 1
        total.violated_cases += bool(guilty)
        self.agency_cases.update(guilty)
        line = CaseLine(case, placed, worst)
        entry = (line.gravity, -number, line)
        if len(self.heap) < self.kept:
            heappush(self.heap, entry)
        elif self.heap:
            heappushpop(self.heap, entry)

    def summary(self) -> Summary:
        """Finish counting."""
        total = self.total
        total.worst = tuple(line for _, _, line in sorted(self.heap, key=lambda one: one[:2], reverse=True))
        total.coming = tuple(sorted(self.due, key=lambda one: (str(one.finding.due), one.finding.subject)))
        provisions = {one.id: one for part in self.judged.parts for one in part.program.provisions}
        total.rules = tuple(
            RuleLine(provisions[rule], count, self.warned[rule], _on_time(provisions[rule], count))
            for rule, count in self.judged.by_rule().items()
        )
        acted = self.places.acted()
        names = sorted(set(acted) | set(self.agency_rules) | set(self.agency_warnings))
        lines = [self._agency(name, acted.get(name, 0)) for name in names] if names != [""] else []
        total.agencies = tuple(sorted(lines, key=lambda one: (-one.breaches, one.agency)))
        return total

    def _agency(self, name: str, acted: int) -> AgencyLine:
        rules = self.agency_rules.get(name, Counter())
        return AgencyLine(
            name, acted, self.agency_cases[name], rules.total(), self.agency_warnings[name], dict(rules.most_common())
        )

    def _date(self, moment: dt.date) -> dt.date:
        return moment.astimezone(self.zone).date() if isinstance(moment, dt.datetime) else moment

    def _days_late(self, finding: Finding) -> int:
        assert finding.due is not None
        end = self.today if finding.until is None else self._date(finding.until)
        return max((end - self._date(finding.due)).days, 0)


def _on_time(provision: Provision, count: RuleCount) -> float | None:
    if provision.clock is None or provision.extension or not count.activations:
        return None
    return 1 - count.breaches / count.activations
