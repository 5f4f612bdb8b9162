"""A new family that already passes `check` but for what only a lawyer can say: which articles it rests on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.place import Place
from xiaoneng.packs.reading import DOTTED
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xiaoneng.timing.calendar import Calendar

FOLDER = Path(__file__).parent / "scaffold"
KINDS = {
    LimitKind.WORKING_DAYS: ("个工作日", "working days"),
    LimitKind.CALENDAR_DAYS: ("日", "calendar days"),
}
"""Kinds of day a new family may count its decision in, as Chinese and English say them."""
RECEIVED = dt.date(2026, 3, 2)
"""The application in the case files of a new family comes then, or on the first working day of its law."""
SAFE = re.compile(r"[^\n\"'{}\[\]:#,&*!|>%@`]+")
"""Names that YAML takes as they stand."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a lawyer says first: id and names, from when, and within how many days of which kind it is decided.

    `cite` is the article all of it rests on for now, "" where that is still open.
    """

    name: str
    zh: str
    en: str
    since: dt.date
    days: int
    kind: LimitKind
    cite: str = ""

    @property
    def family(self) -> str:
        """The folder's name: tobacco-permit of cn.tobacco-permit."""
        return self.name.rpartition(".")[2]


def scaffold(answers: Answers, calendar: Calendar, root: Path) -> Mapping[str, str]:
    """Write the files of a new family: path from its folder, and text.

    Raises PackError where the id is none, its place is unknown, a name would not stand in YAML, or the family is there.
    """
    _check(answers, root)
    words = {
        "family": answers.family,
        "zh": answers.zh,
        "en": answers.en,
        "since": answers.since.isoformat(),
        "days": answers.days,
        "kind": str(answers.kind),
        "kind_zh": KINDS[answers.kind][0],
        "kind_en": KINDS[answers.kind][1],
        "cite": answers.cite,
    }
    begins = Limit(0, LimitKind.WORKING_DAYS).due_on(max(RECEIVED, answers.since), calendar).on
    due = Limit(answers.days, answers.kind).due_on(begins, calendar).on
    return {
        "family.yaml": _filled("family.yaml.jinja", words),
        "notices/acceptance.typ": _filled("acceptance.typ.jinja", words),
        **dict(_cases(answers, begins, due)),
    }


def _check(answers: Answers, root: Path) -> None:
    place, _, family = answers.name.rpartition(".")
    file = "/".join((*answers.name.split("."), "family.yaml"))

    def refuse(path: str, wrong: str, instead: str) -> PackError:
        return PackError([Complaint(file, 1, path, wrong, instead, "XN-P140")])

    if not place or not DOTTED.fullmatch(answers.name) or "_" in family:
        raise refuse("family", f"{answers.name} is no id", "write PLACE.FAMILY, as cn.tobacco-permit")
    if Place(place, root, None).roles is None:
        raise refuse("family", f"there is no place {place} with roles", "write a family of cn, or of a place below it")
    if root.joinpath(*answers.name.split(".")).exists():
        raise refuse("family", f"{answers.name} is there already", "mend its files, or take another name")
    for key, text in (("name.zh", answers.zh), ("name.en", answers.en)):
        if not SAFE.fullmatch(text):
            raise refuse(key, f"{text!r} cannot be a name", "leave out quotes, brackets and colons")


def _filled(name: str, words: Mapping[str, object]) -> str:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only new families need it

    made = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - YAML, no page
    return made.from_string((FOLDER / name).read_text(encoding="utf-8")).render(words)


def _cases(answers: Answers, begins: dt.date, due: dt.date) -> Iterator[tuple[str, str]]:
    """A case decided on the last day, one decided a day late, one refused without reasons, and a whole story."""
    late = due + dt.timedelta(days=1)
    rules = f"decision, {answers.family}.accepted-first, {answers.family}.reasons"
    opened = (
        f"  - {{on: {begins}, kind: application_received, data: {{applicant: 张明, item: {answers.zh}}}}}\n"
        f"  - {{on: {begins}, kind: accepted, actor: 周敏, agency: 示范市某局}}\n"
    )
    yield (
        "cases/good/decided-on-the-last-day.yaml",
        (
            "says: {zh: 最后一天作出决定不算逾期。, en: Deciding on the last day is on time.}\n"
            f"proves: [{rules}]\nevents:\n{opened}"
            f"  - {{on: {due}, kind: decision_made, data: {{granted: true}}}}\n"
            f"findings: []\ndue: {{decision: {due}}}\n"
        ),
    )
    yield (
        "cases/bad/decided-a-day-late.yaml",
        (
            "says: {zh: 期限届满后第一天作出决定，逾期。, en: Deciding on the day after the last is late.}\n"
            f"proves: [decision]\nevents:\n{opened}"
            f"  - {{on: {late}, kind: decision_made, data: {{granted: true}}}}\n"
            f"findings:\n  - {{rule: decision, since: {late}, until: {late}}}\n"
        ),
    )
    yield (
        "cases/bad/refused-without-reasons.yaml",
        (
            "says: {zh: 未受理就决定，且不说明理由。, en: Decided without acceptance and without reasons.}\n"
            f"proves: [{answers.family}.accepted-first, {answers.family}.reasons]\nevents:\n"
            f"  - {{on: {begins}, kind: application_received, data: {{applicant: 张明, item: {answers.zh}}}}}\n"
            f"  - {{on: {begins}, kind: decision_made, data: {{granted: false}}}}\n"
            f"findings:\n  - {{rule: {answers.family}.accepted-first}}\n  - {{rule: {answers.family}.reasons}}\n"
        ),
    )
    yield (
        "cases/story/granted-and-delivered.yaml",
        (
            "says: {zh: 申请当日受理，期限内准予并送达。, en: 'Accepted the same day, granted in time and delivered.'}\n"
            f"events:\n{opened}"
            f"  - {{on: {due}, kind: decision_made, actor: 罗志强, agency: 示范市某局, data: {{granted: true}}}}\n"
            f"  - {{on: {due}, kind: delivered, actor: 周敏, agency: 示范市某局}}\n"
            "findings: []\n"
        ),
    )
