"""A procedure as a sheet: what a lawyer reads, in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.condition import parse
from xiaoneng.packs.condition_words import condition_words
from xiaoneng.packs.model import (
    Action,
    Binds,
    Choice,
    Extension,
    FieldLimit,
    FieldType,
    Ground,
    JudgedBy,
    Ladder,
    Lapse,
    Level,
    Nature,
    Parallel,
    Point,
    Procedure,
    Repeat,
    RuleKind,
    Rung,
    Span,
    Stage,
    Tell,
    UntilField,
    Yearly,
)
from xiaoneng.packs.outward import Every, Hold, MonthDay, Notice, Publication, Schedule
from xiaoneng.packs.phrases import span_words
from xiaoneng.packs.sheet import sheet
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

from .small import clock, field, kind, on, procedure, rule, steps

if TYPE_CHECKING:
    from xiaoneng.packs.sheet_rows import Section

W = LimitKind.WORKING_DAYS
ASKED = kind(
    "asked",
    field("days", FieldType.NUMBER),
    field("way", FieldType.CHOICE, choices={"post": Words("邮寄", "by post"), "net": Words("网上")}),
    field("until", FieldType.DATE),
)


def pack(**keys: Any) -> Procedure:
    given: dict[str, Any] = {"opens": on("asked"), "ends": on("decided", "refused: way == 'post'")} | keys
    return procedure(ASKED, kind("refused", *ASKED.fields.values()), "decided", "heard", **given)


def section(title: str, given: Procedure) -> Section:
    (found,) = [one for one in sheet(given).sections if one.title.en.startswith(title)]
    return found


def zh(found: Section) -> list[list[str]]:
    return [[cell.zh for cell in row.cells] for row in found.rows]


def test_at_a_glance_it_says_since_when_for_whom_and_how_it_begins_and_ends() -> None:
    given = dataclasses.replace(
        pack(), in_force_until=dt.date(2030, 1, 1), edition="abc", narrows="cn.big", judged_by=JudgedBy.ACT
    )
    assert zh(section("at a glance", given)) == [
        ["效力", "自2020-01-01起，至2030-01-01前"],
        ["适用", "按最后行为之日的法律"],
        ["版本", "abc"],
        ["日历", "cn（Asia/Shanghai）"],
        ["开始", "事asked"],
        ["结束", "事decided或事refused（“项way”为“邮寄”）"],
        ["收紧", "cn.big"],
    ]


def test_a_clock_says_all_that_it_holds() -> None:
    one = clock(
        "decision", on("asked"), on("decided"),
        first_only=True,
        promised=FieldLimit("days", "working_days"),
        off_clock=("hearing",),
        extension=Extension(on("heard"), Limit(10, W), 2, lawful=parse("given(reason)")),
        on_lapse=Lapse("decided", from_start=True),
        binds=Binds.PARTY,
        nature=Nature.STAGE,
    )  # fmt: skip
    ground = Ground("hearing", Words("听证", "hearing"), on("heard"), on("decided"), Limit(1, W), ("x-y#1",))
    given = pack(clocks=(one,), grounds={"hearing": ground})
    (row,) = section("clocks", given).rows
    assert row.id == "decision"
    assert [str(cell) for cell in row.cells] == [
        "期限decision (clock decision)",
        "首次事asked (the first: asked)",
        "事decided (decided)",
        "20个工作日；承诺按“项days”（工作日） (20 working days; promised as said in “days” (working days))",
        "听证（最多1个工作日） (hearing (at most 1 working day))",
        "事heard：最多10个工作日，2次，须说明了reason (heard: at most 10 working days, 2 times, if reason is said)",
        "视为事decided，自起算日起 (deemed: decided, as of the start)",
        "行政相对人，环节期限 (the party, limit of a stage)",
        "cn-administrative-licensing-law#42(p1) (cn-administrative-licensing-law#42(p1))",
    ]
    assert zh(section("time off", given)) == [["听证", "事heard", "事decided", "1个工作日", "x-y#1"]]


def test_a_bare_clock_has_dashes() -> None:
    (row,) = section("clocks", pack(clocks=(clock("c", on("asked"), ()),))).rows
    assert [cell.zh for cell in row.cells][2:7] == ["—", "20个工作日", "—", "—", "—"]


def test_citations_are_given_their_titles_and_stand_in_the_order_of_the_law() -> None:
    rules = [
        dataclasses.replace(rule(f"r{n}", RuleKind.RESPONSE, on("asked"), on("decided")), cite=(f"cn-law#{n}",))
        for n in (10, 9, 100)
    ]
    laid_out = sheet(pack(rules=tuple(rules)), lambda cite: Words(f"第{cite.split('#')[1]}条", cite))
    (basis,) = [one for one in laid_out.sections if one.title.en == "basis"]
    assert zh(basis) == [["第9条"], ["第10条"], ["第100条"]]
    assert [row.id for row in basis.rows] == ["cn-law#9", "cn-law#10", "cn-law#100"]


def test_a_rule_says_its_duty_its_kind_and_its_limit() -> None:
    one = rule("r", RuleKind.RESPONSE, on("asked"), on("decided"), limit=Limit(3, LimitKind.CALENDAR_DAYS))
    assert zh(section("rules", pack(rules=(one,)))) == [
        ["要求r", "有此后必有彼（3日（自然日））", "cn-administrative-licensing-law#42(p1)"]
    ]


def test_a_course_is_said_in_one_line_a_stage() -> None:
    inner = Stage("in", Words("内", "inner"), steps("heard"))
    course = (
        Stage("s", Words("受理", "intake"), (*steps("asked"), Choice(((), steps("refused", "end"))))),
        Parallel((steps("heard"), steps("decided"))),
        Repeat((inner,)),
    )
    found = section("stages", pack(course=course))
    assert [[str(cell) for cell in row.cells] for row in found.rows] == [
        [
            "受理 (intake)",
            "事asked → ［（略过） ｜ 事refused → 结束］ (asked → [(skip) | refused → end])",
        ],
        ["— (—)", "［事heard ∥ 事decided］ → （内：事heard）可重复 ([heard ∥ decided] → (inner: heard) repeatable)"],
    ]


def test_actions_say_who_may() -> None:
    actions = (
        Action("accept", Words("受理"), "asked", ("counter", "handler"), refuses=True),
        Action("decide", Words("决定"), "decided", ("approver",)),
    )
    assert zh(section("actions", pack(actions=actions))) == [
        ["受理", "事asked", "counter、handler", "拒绝"],
        ["决定", "事decided", "approver", "警示并说明理由"],
    ]


def test_a_ladder_is_said_to_be_practice_and_not_law() -> None:
    both = frozenset({Nature.STATUTORY, Nature.PROMISED})
    rungs = (
        Rung(Level.BLUE, Point.BEFORE, both, 1, "working_days"),
        Rung(Level.YELLOW, Point.USED, frozenset({Nature.STATUTORY}), 905),
        Rung(Level.RED, Point.PASSED, frozenset({Nature.STATUTORY})),
        Rung(Level.NONE, Point.BEFORE, frozenset({Nature.STAGE}), 1, "days"),
    )
    ladder = Ladder("three", Words("三级", "three levels"), Words("某市做法"), rungs, Level.RED)
    found = section("ladder", pack(ladder=ladder))
    assert found.note == Words("做法，不是法律。来源：某市做法", "Practice, not law. Source: 某市做法")
    assert zh(found) == [
        ["预警", "法定期限、承诺期限届满前1个工作日"],
        ["黄牌", "法定期限已用90.5%"],
        ["红牌", "超过法定期限"],
        ["无", "环节期限届满前1days"],
        ["红牌", "违反规则"],
    ]


def test_what_a_procedure_does_not_have_has_no_section() -> None:
    bare = procedure("asked", "decided", opens=on("asked"), ends=on("decided"))
    assert [one.title.en for one in sheet(bare).sections] == ["at a glance"]


def test_what_a_procedure_says_outward_stands_in_the_sheet() -> None:
    refusal = Notice(
        "refusal", Words("不予决定书"), on("decided"), ("applicant",), ("on.asked", "due.decision", "asked.way", "remedies"),
        (), ("xx-law#1",), "refusal.typ",
    )  # fmt: skip
    report = Schedule("report", Words("年度报告"), Every.YEAR, MonthDay(1, 1), MonthDay(1, 31), "agency", ("xx-law#2",))
    hold = Hold("consulted", Words("征求意见部门"), on("asked"), on("decided"), "", "way")
    told = replace(kind("heard"), tells=(Tell(Words("已听取您的意见。")),))
    published = Publication("decision", Words("公开决定"), on("decided"), ("asked.way",), "", ("xx-law#3",))
    given = pack(
        clocks=(clock("decision", on("asked"), on("decided")),), notices=(refusal,), schedule=(report,), holds=(hold,)
    )
    given = replace(given, publishes=(published,), events={**given.events, "heard": told})
    assert [cell.zh for cell in section("notices", given).rows[0].cells[2:4]] == [
        "applicant",
        "事asked的日期、期限decision的届满日、项way、救济途径",
    ]
    assert section("duties", given).rows[0].cells[1].zh == "每年1月1日开始，1月31日到期"
    assert section("who has it", given).rows[0].cells[0].zh == "征求意见部门"
    assert section("publication", given).rows[0].cells[3].zh == "—"
    assert section("forms", given).rows[-1].cells[2].zh == "已听取您的意见。"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Limit(20, W), "20个工作日 (20 working days)"),
        (Limit(1, LimitKind.CALENDAR_DAYS), "1日（自然日） (1 calendar day)"),
        (Limit(2, LimitKind.WORKING_HOURS), "2个工作小时 (2 working hours)"),
        (Limit(24, LimitKind.ELAPSED_HOURS), "24小时 (24 hours)"),
        (Limit(6, LimitKind.MONTHS), "6个月 (6 months)"),
        (Limit(1, LimitKind.YEARS), "1年 (1 year)"),
        (FieldLimit("days", "calendar_days"), "按“项days”（日（自然日）） (as said in “days” (calendar days))"),
        (UntilField("until"), "至“项until”所载日期 (until the date in “until”)"),
        (UntilField("gone"), "至“gone”所载日期 (until the date in “gone”)"),
        (Yearly(1, 31), "此后首个1月31日 (the next 01-31)"),
        (None, "— (—)"),
    ],
)
def test_a_limit_always_says_its_kind_of_day(span: Span | None, said: str) -> None:
    assert str(span_words(span, pack())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("way == 'post'", "“项way”为“邮寄” (“way” is “by post”)"),
        ("way in ('post', 'net')", "“项way”属于“邮寄”、“网上” (“way” is one of “by post”, “网上”)"),
        ("'post' == way", "“邮寄”为“项way” (“by post” is “way”)"),
        ("way not in ('x',)", "“项way”不属于x (“way” is none of x)"),
        (
            "days > 30 and days <= 60",
            "“项days”超过30，且“项days”不超过60 (“days” is above 30 and “days” is at most 60)",
        ),
        ("days < 1 or given(way)", "“项days”小于1，或者说明了“项way” (“days” is below 1 or “way” is said)"),
        (
            "given(way) and (days != 1 or days >= 2)",
            (
                "说明了“项way”，且（“项days”不为1，或者“项days”不少于2）"
                " (“way” is said and (“days” is not 1 or “days” is at least 2))"
            ),
        ),
        ("not given(way)", "未说明“项way” (“way” is not said)"),
        ("not (days == 1)", "并非（“项days”为1） (not (“days” is 1))"),
        ("urgent == true", "urgent为是 (urgent is true)"),
        ("urgent", "urgent (urgent)"),
        ("(days == 1) == true", "“项days”为1为是 (“days” is 1 is true)"),
        ("not (urgent == false)", "并非（urgent为否） (not (urgent is false))"),
        (
            "days > relied.fees.standard + 1",
            "“项days”超过所依据的fees的standard+1 (“days” is above standard of the fees relied on + 1)",
        ),
        ("occurred_on < date('2021-07-15')", "发生日小于2021-07-15 (day of the event is below 2021-07-15)"),
    ],
)  # fmt: skip
def test_a_condition_is_said_with_the_names_of_fields_and_choices(text: str, said: str) -> None:
    assert str(condition_words(parse(text), ASKED)) == said


def test_a_condition_on_an_unknown_kind_is_said_as_it_stands() -> None:
    assert condition_words(parse("way == 'post'"), None) == Words("way为post", "way is post")


def test_the_article_of_a_promise_stands_beside_those_of_its_clock() -> None:
    promise = {"promised": Limit(15, W), "promised_cite": ("cn-optimizing-business-environment-regulation#36(p2)",)}
    one = procedure(
        ASKED,
        "decided",
        opens=on("asked"),
        ends=on("decided"),
        clocks=(clock("k", on("asked"), on("decided"), **promise),),
    )
    (row,) = next(section for section in sheet(one).sections if section.title.en == "clocks").rows
    assert row.cells[-1].en.endswith("; cn-optimizing-business-environment-regulation#36(p2)")
    assert len(row.cells[-1].en.split("; ")) == 2
