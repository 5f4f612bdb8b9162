"""The report: whole, honest, and closed to what is hostile."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs.folder import open_packs
from xiaoneng.replay.intake.door import read_log
from xiaoneng.replay.judge import LogJudgement, judge_log
from xiaoneng.supervise.verdict import FindingKind
from xiaoneng.ui.report import part_of, render

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.packs.folder import Packs

NOW = dt.datetime(2026, 6, 1, 2, tzinfo=dt.UTC)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
NAMES = ("case", "kind", "occurred", "actor", "agency", "handling", "receipt_given", "granted")
VOID = frozenset(("meta", "link", "br", "img", "input", "hr"))
ALLOWED_ORPHANS = frozenset(("li", "p", "tr", "td", "th", "option"))


class Tags(HTMLParser):
    """Every element opened and closed in order; ids, links and scripts are noted."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.attributes: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        for name, value in attrs:
            self.attributes[name] += 1
            if name == "id":
                self.ids[value or ""] += 1
            if name in ("href", "src", "action", "data"):
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        del attrs

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"{tag} at {self.getpos()}")
        else:
            self.open.pop()


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


def rows(case: str, agency: str, decided: str) -> list[list[str]]:
    return [
        [case, "application_received", "2026-03-02", "", agency, "", "", ""],
        [case, "accepted", "2026-03-02", "张三", agency, "single", "true", ""],
        [case, "reviewed", "2026-03-09", "李四", agency, "", "", ""],
        [case, "decision_made", decided, "王五", agency, "", "", "true"],
        [case, "delivered", decided, "王五", agency, "", "", ""],
    ]


def judged(packs: Packs, folder: Path, lines: list[list[str]]) -> LogJudgement:
    path = folder / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([NAMES, *lines])
    versions = packs.versions("cn.licensing")
    types = {name: str(one.type) for kind in versions[-1].events.values() for name, one in kind.fields.items()}
    log = read_log(path, zone=versions[-1].zone, types=types)
    return judge_log(log, versions, {"cn": packs.calendar("cn")}, NOW)


@pytest.fixture(scope="module")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")


@pytest.fixture(scope="module")
def log(packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> LogJudgement:
    lines = rows("A-1", "北局", "2026-04-03") + rows("A-2", "南局", "2026-03-20") + rows("A-3", "南局", "2026-05-06")
    lines += [["A-4", "application_received", "2026-05-11", "", "北局", "", "", ""]]
    lines += [["A-4", "accepted", "2026-05-11", "张三", "北局", "single", "false", ""]]
    return judged(packs, tmp_path_factory.mktemp("report"), lines)


@pytest.fixture(scope="module")
def html(packs: Packs, log: LogJudgement) -> str:
    return render([part_of(log, NOW)], packs.instruments, NOW)


def test_it_asks_for_nothing_from_outside(html: str) -> None:
    tags = parsed(html)
    assert all(link.startswith("#") for link in tags.links)
    assert not tags.seen.keys() & {"link", "img", "iframe", "object", "base"}
    assert "http" not in re.sub(r"http-equiv", "", html)
    assert "@import" not in html
    assert "url(" not in html


def test_elements_nest_and_ids_are_unique(html: str) -> None:
    tags = parsed(html)
    assert (tags.wrong, tags.open) == ([], [])
    assert [name for name, times in tags.ids.items() if times > 1] == []


def test_every_link_has_its_target(html: str) -> None:
    tags = parsed(html)
    assert [link for link in tags.links if link[1:] not in tags.ids] == []


def test_what_is_hostile_is_only_text(packs: Packs, tmp_path: Path) -> None:
    lines = rows(HOSTILE, HOSTILE, "2026-04-03")
    lines[2][3] = HOSTILE
    lines.append([HOSTILE, "mystery", "2026-04-04", HOSTILE, HOSTILE, "", "", ""])
    page = render([part_of(judged(packs, tmp_path, lines), NOW)], packs.instruments, NOW)
    tags = parsed(page)
    assert tags.wrong == []
    assert tags.seen["script"] == 1
    assert tags.seen["img"] == 0
    assert tags.attributes["onerror"] == 0
    assert HOSTILE not in page


def test_its_numbers_are_those_of_the_judgement(html: str, log: LogJudgement) -> None:
    found = list(log.findings())
    breaches = [one for one in found if one.kind is FindingKind.BREACH]
    assert f"{len({one.subject for one in breaches})} of {len(log.log.cases)} cases" in html
    assert f"with {len(breaches)} breaches" in html
    for rule, count in log.by_rule().items():
        if count.breaches:
            numbers = re.findall(rf'data-rule="{re.escape(rule)}"[^>]*>([\d,]+)<', html)
            assert numbers == [str(count.violated_cases), str(count.breaches)]
    cases = re.findall(r'<details class="case" id="[^"]*" data-case="([^"]*)"', html)
    assert set(cases) == {one.subject for one in found}
    embedded = sum(text.count("\n") + 1 for text in re.findall(r'data-findings="([^"]*)"', html))
    assert embedded == len(found)


def test_a_case_tells_its_clock_day_by_day_and_its_article(html: str) -> None:
    assert "2026年3月30日 周一 届满" in html
    assert "《行政许可法》第四十二条第一款：" in html
    assert "周末 不计" in html


def test_few_told_is_said(packs: Packs, log: LogJudgement) -> None:
    page = render([part_of(log, NOW, told=1)], packs.instruments, NOW)
    assert "1 are told in full" in page
    assert page.count('<ol class="line">') == 1


def test_no_findings_and_no_procedures_have_their_own_words(packs: Packs, tmp_path: Path) -> None:
    clean = judged(packs, tmp_path, rows("A-2", "南局", "2026-03-20"))
    assert "没有发现问题" in render([part_of(clean, NOW)], packs.instruments, NOW)
    assert "没有可以判断的程序" in render([], packs.instruments, NOW)


def test_cases_before_any_version_are_said_to_be_unjudged(packs: Packs, tmp_path: Path) -> None:
    lines = [["B", "application_received", "2012-03-05", "", "", "", "", ""]]
    page = render([part_of(judged(packs, tmp_path, lines), NOW)], packs.instruments, NOW)
    assert "未作判断" in page
    assert parsed(page).wrong == []


def test_a_log_without_agencies_still_has_a_report(packs: Packs, tmp_path: Path) -> None:
    page = render([part_of(judged(packs, tmp_path, rows("A", "", "2026-04-03")), NOW)], packs.instruments, NOW)
    assert 'name="agency"' not in page
    assert parsed(page).wrong == []


def test_a_long_time_is_shown_by_years(packs: Packs, tmp_path: Path) -> None:
    lines = rows("A", "北局", "2026-05-29")
    early = [[cell.replace("2026", "2022") for cell in line] for line in rows("B", "北局", "2026-04-03")]
    page = render([part_of(judged(packs, tmp_path, lines + early), NOW)], packs.instruments, NOW)
    assert "按年份" in page
    assert re.findall(r'<option value="(\d{4})">', page) == ["2022", "2023", "2024", "2025", "2026"]


def test_the_same_judgement_gives_the_same_bytes(packs: Packs, log: LogJudgement, html: str) -> None:
    assert render([part_of(log, NOW)], packs.instruments, NOW) == html
