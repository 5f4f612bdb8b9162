"""What the template of the report is given for one procedure: counts as they are, charts laid out, words found."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xiaoneng.law.error import LawError
from xiaoneng.packs.model import Level
from xiaoneng.packs.words import Words
from xiaoneng.replay.summary import LATE_DAYS, AgencyLine, RuleLine, Summary
from xiaoneng.supervise.explain import tell
from xiaoneng.ui import formats
from xiaoneng.ui.columns import Columns, stacked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaoneng.law.library import Library
    from xiaoneng.packs.model import Procedure
    from xiaoneng.replay.judge import LogJudgement
    from xiaoneng.supervise.program import Provision
    from xiaoneng.supervise.story import CaseStory
    from xiaoneng.supervise.verdict import Finding

LEVELS = (Level.RED, Level.YELLOW, Level.BLUE, Level.NONE)
UNSAID = Words("未标明机关", "agency not said")
MONTHS_SHOWN = 18
"""A longer time is shown by years."""


@dataclass(frozen=True)
class ReportPart:
    """One procedure of the report: its judgement, its counts, and the cases told in full."""

    judged: LogJudgement
    summary: Summary
    stories: Mapping[str, CaseStory]


@dataclass(frozen=True, slots=True)
class Duty:
    """One article behind a finding: its name in words, and what it asks."""

    cite: str
    name: str
    asks: Words | None


class Section:
    """One procedure, ready for the template. `key` tells the ids of its parts from those of other sections."""

    def __init__(self, number: int, part: ReportPart, law: Library) -> None:
        self.key = f"p{number}"
        self.part, self.law = part, law
        self.summary = part.summary
        self.stories = part.stories
        self.log = part.judged.log

    @cached_property
    def procedure(self) -> Procedure:
        """The latest version of the procedure."""
        return self.part.judged.parts[-1].procedure

    @property
    def is_judged(self) -> bool:
        """Whether any case was judged."""
        return bool(self.part.judged.parts)

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        """Rules and clocks by id."""
        return {line.provision.id: line.provision for line in self.summary.rules}

    @cached_property
    def rules(self) -> Sequence[RuleLine]:
        """Rules, the most broken first; those never called upon last."""
        return sorted(self.summary.rules, key=lambda one: (-one.count.breaches, -one.warnings, -one.count.activations))

    @cached_property
    def duties(self) -> Sequence[RuleLine]:
        """Rules whose breach is a finding: clocks that bind others than the agency have none."""
        return [one for one in self.rules if one.provision.clock is None or one.provision.clock.binds == "agency"]

    def rule_name(self, provision: Provision) -> Words:
        """What a rule asks, or what a clock is called."""
        if provision.rule is not None:
            says = provision.rule.says
            return Words(says.zh.rstrip("。"), says.en.rstrip("."))
        assert provision.clock is not None
        name = provision.clock.name
        if provision.extension:
            return Words(f"{name.zh} · 延期", f"{name.en}: extension")
        if provision.promise:
            return Words(f"{name.zh} · 承诺期限", f"{name.en}: promise")
        return Words(f"{name.zh} · 法定期限", f"{name.en}: limit of the law")

    def cite(self, name: str) -> str:
        """A citation in Chinese; as it is where the law is not known."""
        try:
            return self.law.text(name)
        except LawError:
            return name

    def cites(self, names: Sequence[str]) -> str:
        """Several citations; the instrument is named once where the next is of the same."""
        said, before = [], ""
        for name in names:
            words = self.cite(name)
            title = words.partition("》")[0]
            said.append(words[len(title) + 1 :] if title == before else words)
            before = title if words.startswith("《") else ""
        return "、".join(said)

    def duty(self, name: str, on: dt.date) -> Duty:
        """An article with what it asked on a day."""
        day = on.date() if isinstance(on, dt.datetime) else on
        try:
            article = self.law.article(name, on=day)
        except LawError:
            return Duty(name, self.cite(name), None)
        return Duty(name, self.cite(name), Words(article.asks_zh, article.asks_en))

    def text(self, finding: Finding) -> Words:
        """A finding in words; the articles it rests on are shown beside."""
        return tell(finding, self.procedure)

    def agency(self, name: str) -> str:
        """An agency's name, or that none is said."""
        return name or UNSAID.zh

    @cached_property
    def periods(self) -> Sequence[str]:
        """Months (2026-03) from the first breach to the last, without gaps; years (2026) where they are many."""
        seen = sorted(self.summary.months)
        if not seen:
            return ()
        first, last = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (seen[0], seen[-1]))
        if last - first < MONTHS_SHOWN:
            return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]
        return [f"{year:04d}" for year in range(first // 12, last // 12 + 1)]

    @cached_property
    def is_by_year(self) -> bool:
        """Whether the periods are years."""
        return bool(self.periods) and len(self.periods[0]) == len("2026")

    def period(self, month: str) -> str:
        """The period in which a month lies."""
        return month[: len(self.periods[0])]

    @cached_property
    def month_chart(self) -> Columns:
        """Breaches by period and level."""
        used = [level for level in reversed(LEVELS) if any(one == level for _, one in self.summary.month_levels)]
        values: dict[str, Counter[str]] = defaultdict(Counter)
        for (month, level), number in self.summary.month_levels.items():
            values[self.period(month)][str(level)] += number
        rows = [(one, one if self.is_by_year else formats.month(one), values[one]) for one in self.periods]
        return stacked(rows, [str(level) for level in used])

    @cached_property
    def late_chart(self) -> Columns:
        """Breaches of limits by how many days late."""
        classes = [sum(counts) for counts in zip(*self.summary.late.values(), strict=True)]
        labels, low = [], 1
        for high in LATE_DAYS:
            labels.append(f"{low}–{high}日" if low < high else f"≤{high}日")
            low = high + 1
        labels.append(f">{LATE_DAYS[-1]}日")
        return stacked([(label, label, {"late": n}) for label, n in zip(labels, classes, strict=False)], ["late"], 420)

    @cached_property
    def agencies(self) -> Sequence[AgencyLine]:
        """Agencies with cases or findings, the most breaches first."""
        return self.summary.agencies

    @cached_property
    def warmth(self) -> Counter[tuple[str, str]]:
        """Breaches by agency and period."""
        found: Counter[tuple[str, str]] = Counter()
        for (agency, month), number in self.summary.heat.items():
            found[agency, self.period(month)] += number
        return found

    def heat(self, agency: str, period: str) -> tuple[int, int]:
        """Breaches of an agency in a period, and how hot that is, from 0 to 5."""
        number = self.warmth[agency, period]
        return number, -(-5 * number // max(self.warmth.values())) if number else 0

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """Case to the id of its place in the page; only cases that are in it."""
        return {line.case: f"{self.key}-c{number}" for number, line in enumerate(self.summary.worst, 1)}

    def rule_anchor(self, rule: str) -> str:
        """Where the cases of a rule are listed."""
        return f"{self.key}-r-{rule}" if rule in self.by_rule else f"{self.key}-cases"

    def agency_anchor(self, agency: str) -> str:
        """Where the cases of an agency are listed."""
        names = list(self.by_agency)
        return f"{self.key}-a{names.index(agency)}" if agency in self.by_agency else f"{self.key}-cases"

    @cached_property
    def by_rule(self) -> Mapping[str, Sequence[str]]:
        """Embedded cases by rule: the index for readers without JavaScript."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for line in self.summary.worst:
            for one in line.findings:
                found[one.finding.rule][line.case] = None
        return {rule: sorted(cases) for rule, cases in sorted(found.items())}

    @cached_property
    def by_agency(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Embedded cases by agency, with the month."""
        found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        for line in self.summary.worst:
            for one in line.findings:
                found[one.agency][one.month, line.case] = None
        return {agency: sorted(cases) for agency, cases in sorted(found.items())}
