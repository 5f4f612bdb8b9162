"""Papers: set from the facts of a case, with what the law asks of them, and remedies by date and kind of act."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from xiaoneng.journal.event import Event
from xiaoneng.notices.facts import facts_at
from xiaoneng.notices.paper import PaperError, Press, pdf, png, shown, spoken
from xiaoneng.notices.produced import produced
from xiaoneng.notices.told import told
from xiaoneng.packs.cases import load_case
from xiaoneng.packs.condition import parse
from xiaoneng.packs.folder import Packs, open_packs
from xiaoneng.packs.model import Tell
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.notices.facts import Facts
    from xiaoneng.packs.outward import Notice


@pytest.fixture(scope="module")
def packs(root: Path) -> Packs:
    return open_packs(root / "packs")


@pytest.fixture(scope="module")
def press(packs: Packs) -> Press:
    return Press(packs.root, packs.instruments, packs.places.of("cn.licensing").acts or {})


@pytest.fixture(scope="module")
def refusal(packs: Packs) -> tuple[Notice, Facts]:
    path = packs.root / "cn/licensing/cases/story/refused-with-remedies.yaml"
    case = load_case(path, packs.versions("cn.licensing"), packs.root)
    return next(one for one in produced(case.procedure, case.events, packs.calendar("cn")) if one[0].id == "refusal")


def at(day: str, kind: str, number: int, **data: object) -> Event:
    on = dt.date.fromisoformat(day)
    recorded = dt.datetime.combine(on, dt.time(9), dt.timezone(dt.timedelta(hours=8)))
    return Event(f"e{number}", "许可-1", kind, on, recorded, number, data=data, agency="安澜市水利局")


def test_a_paper_is_a_pdf_and_a_picture_of_one_page(refusal: tuple[Notice, Facts], press: Press) -> None:
    assert pdf(*refusal, press).startswith(b"%PDF")
    (page,) = png(*refusal, press)
    assert page.startswith(b"\x89PNG")


def test_a_paper_shows_what_the_law_asks_of_it(refusal: tuple[Notice, Facts], press: Press) -> None:
    notice, facts = refusal
    assert set(notice.shows) <= shown(notice, facts, press)
    said = spoken(notice, facts, press)
    assert "六十日内" in said["remedies"]
    assert said["cites"] == ["《行政许可法》第三十八条第二款"]


def test_facts_know_nothing_of_what_came_later(packs: Packs) -> None:
    events = [
        at("2026-03-02", "application_received", 1, applicant="张明"),
        at("2026-03-04", "accepted", 2, handling="single", receipt_given=True),
        at("2026-03-16", "decision_made", 3, granted=False),
    ]
    facts = facts_at(packs.procedure("cn.licensing"), events, events[1], packs.calendar("cn"))
    assert set(facts.latest) == {"application_received", "accepted"}
    assert facts.due["decision"] == dt.date(2026, 4, 1)
    assert facts.agency == "安澜市水利局"


def test_a_fact_that_silence_made_is_known_as_well(packs: Packs) -> None:
    events = [
        at("2026-03-02", "application_received", 1, applicant="张明"),
        at("2026-03-16", "reviewed", 2),
    ]
    facts = facts_at(packs.procedure("cn.licensing"), events, events[1], packs.calendar("cn"))
    assert facts.day("accepted") == dt.date(2026, 3, 10)


def test_the_party_is_told_in_plain_words(packs: Packs) -> None:
    procedure = packs.procedure("cn.public-service")
    path = next((packs.root / "cn/public-service/cases/story").glob("*.yaml"))
    case = load_case(path, packs.versions("cn.public-service"), packs.root)
    sentences = [told(facts_at(procedure, case.events, event, packs.calendar("cn"))) for event in case.events]
    heard = [one.zh for one in sentences if one is not None]
    assert heard
    assert not any("{" in one or "}" in one for one in heard)


def remedies(packs: Packs, act: str, day: str) -> str:
    acts = packs.places.of("cn.licensing").acts
    assert acts is not None
    found = acts[act].on(dt.date.fromisoformat(day))
    return found.says.zh if found else ""


@pytest.mark.parametrize("act", ["penalty_on_the_spot", "disclosure_refusal", "inaction", "natural_resource_decision"])
def test_since_2024_reconsideration_comes_first_in_the_cases_of_article_23(packs: Packs, act: str) -> None:
    assert "应当先" in remedies(packs, act, "2024-01-01")
    assert "应当先" not in remedies(packs, act, "2023-12-31")
    assert "也可以" in remedies(packs, act, "2023-12-31")


@pytest.mark.parametrize("act", ["penalty", "licensing_refusal", "disclosure_reply"])
def test_other_acts_leave_the_choice(packs: Packs, act: str) -> None:
    for day in ("2020-01-01", "2026-01-01"):
        assert "也可以" in remedies(packs, act, day)


def test_before_the_first_known_day_nothing_is_said(packs: Packs) -> None:
    assert remedies(packs, "penalty", "2010-01-01") == ""


def test_a_broken_template_is_named_with_what_typst_says(
    refusal: tuple[Notice, Facts], press: Press, tmp_path: Path
) -> None:
    from dataclasses import replace

    notice, facts = refusal
    (tmp_path / "broken.typ").write_text('#let x = said("nothing"', encoding="utf-8")
    broken = replace(notice, template="broken.typ")
    with pytest.raises(PaperError, match=r"broken\.typ cannot be set.*XN-P131"):
        pdf(broken, facts, replace(press, root=tmp_path))


def test_what_is_typed_is_never_typst(packs: Packs, press: Press) -> None:
    nasty = '#panic("no") $x$ *bold* \\ #sys.inputs'
    events = [
        at("2026-03-02", "application_received", 1, applicant=nasty, item=nasty),
        at("2026-03-04", "accepted", 2, handling="single", receipt_given=True),
    ]
    made = list(produced(packs.procedure("cn.licensing"), events, packs.calendar("cn")))
    notice, facts = next(one for one in made if one[0].id == "acceptance")
    assert pdf(notice, facts, press).startswith(b"%PDF")
    assert spoken(notice, facts, press)["kinds"]["application_received"]["said"]["applicant"] == nasty


def test_a_fact_that_silence_made_has_its_paper_too(packs: Packs) -> None:
    procedure = packs.procedure("cn.licensing")
    events = [at("2026-03-02", "application_received", 1, applicant="张明", item="取水许可")]
    late = dt.datetime(2026, 3, 12, tzinfo=dt.UTC)
    ((notice, facts),) = produced(procedure, events, packs.calendar("cn"), late)
    assert (notice.id, facts.day(), facts.due["decision"]) == (
        "silent_acceptance",
        dt.date(2026, 3, 10),
        dt.date(2026, 3, 30),
    )
    assert list(produced(procedure, events, packs.calendar("cn"))) == []


def test_the_title_of_a_law_stands_once_before_its_articles(refusal: tuple[Notice, Facts], press: Press) -> None:
    from dataclasses import replace

    law = "cn-administrative-licensing-law"
    cites = (f"{law}#38(p2)", f"{law}#55(p3)", "cn-administrative-procedure-law#45", f"{law}#72(7)")
    assert spoken(replace(refusal[0], cite=cites), refusal[1], press)["cites"] == [
        "《行政许可法》第三十八条第二款",
        "第五十五条第三款",
        "《行政诉讼法》第四十五条",
        "《行政许可法》第七十二条第七项",
    ]


def test_what_is_told_follows_what_was_said(packs: Packs) -> None:
    from dataclasses import replace

    procedure = packs.procedure("cn.licensing")
    kind = replace(
        procedure.events["decision_made"],
        tells=(Tell(Words("已准予。"), parse("granted == true")), Tell(Words("{on}已作出决定。"))),
    )
    procedure = replace(procedure, events={**procedure.events, "decision_made": kind})
    heard = []
    for granted in (True, False, None):
        event = at("2026-03-16", "decision_made", 1, granted=granted)
        heard.append(told(facts_at(procedure, [event], event, packs.calendar("cn"))))
    assert [one.zh for one in heard if one] == ["已准予。", "2026年3月16日已作出决定。", "2026年3月16日已作出决定。"]
