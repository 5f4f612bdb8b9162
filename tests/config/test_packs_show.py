"""`packs show` and `packs diff` on packs of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from xiaoneng.config.packs_diff import diff
from xiaoneng.config.packs_show import show

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LAW = """\
id: cn-tea-law
title: {zh: 中华人民共和国茶法, en: Tea Law}
level: law
number: 第1号
issuer: 全国人民代表大会
adopted_on: 2010-01-01
in_force: {from: 2010-01-01}
articles:
  1: {zh: 二十个工作日内决定, en: decide within twenty working days}
"""
OLD, NEW = "from: 2010-01-01, until: 2020-01-01", "from: 2020-01-01"
FAMILY = """\
family: tea
name: {zh: 茶叶许可, en: tea license}
in_force: {from: 2010-01-01, until: 2020-01-01}
judged_by: receipt
calendar: cn
zone: Asia/Shanghai
opens: [asked]
ends: [decided]
events:
  asked: {name: {zh: 申请, en: asked}}
  decided: {name: {zh: 决定, en: decided}}
clocks:
  decision:
    name: {zh: 决定, en: decide}
    says: {zh: 二十日内决定, en: decide in twenty days}
    nature: statutory
    starts: [asked]
    stops: [decided]
    limit: {days: 20, kind: working_days}
    cite: [cn-tea-law#1]
course:
  - stage: all
    name: {zh: 全程, en: all of it}
    steps: [asked, decided]
"""


@pytest.fixture
def packs(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packs"
    for part, text in (
        ("cn/_law/cn-tea-law.yaml", LAW),
        ("cn/tea/family.2010.yaml", FAMILY),
        ("cn/tea/family.yaml", FAMILY.replace(OLD, NEW).replace("days: 20", "days: 15")),
    ):  # fmt: skip
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text(text, encoding="utf-8")
    calendar = folder / "cn/_calendar"
    calendar.mkdir()
    for path in (root / "packs/cn/_calendar").iterdir():
        (calendar / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("XIAONENG_PACKS", str(folder))
    monkeypatch.setenv("COLUMNS", "200")
    return folder


def shown(*arguments: str) -> Result:
    return CliRunner().invoke(show, arguments)


def test_a_procedure_is_shown_in_chinese_with_english_beside(packs: Path) -> None:
    assert packs.is_dir()
    output = shown("cn.tea").output
    for line in (
        "茶叶许可  tea license (cn.tea)",
        "《茶法》第一条  Tea Law, 1",
        "■ 决定  decide  decision",
        "  起算：申请  asked",
        "  时长：15个工作日  15 working days",
        "全程  all of it  申请 → 决定  asked → decided",
    ):
        assert line in output
    assert "延期" not in output


def test_the_version_of_a_day_is_shown(packs: Path) -> None:
    assert packs.is_dir()
    assert "20个工作日" in shown("cn.tea", "--on", "2015-06-01").output


def test_a_sheet_is_given_as_json(packs: Path) -> None:
    assert packs.is_dir()
    found = json.loads(shown("cn.tea", "--json").output)
    assert found["name"] == {"zh": "茶叶许可", "en": "tea license"}
    assert [section["title"]["zh"] for section in found["sections"]] == ["基本情况", "依据", "环节", "期限"]


def test_a_flow_chart_is_written(packs: Path) -> None:
    result = shown("cn.tea", "--bpmn", str(packs / "tea.bpmn"))
    assert result.exit_code == 0
    assert (packs / "tea.bpmn").read_text(encoding="utf-8").startswith("<?xml version=")


def test_a_procedure_without_a_course_has_no_flow_chart(packs: Path) -> None:
    bare = (packs / "cn/tea/family.yaml").read_text(encoding="utf-8").partition("course:")[0]
    (packs / "cn/tea/family.yaml").write_text(bare, encoding="utf-8")
    result = shown("cn.tea", "--bpmn", str(packs / "tea.bpmn"))
    assert result.exit_code == 2
    assert "cn.tea declares no course" in result.output


def test_an_unknown_procedure_is_refused(packs: Path) -> None:
    assert packs.is_dir()
    result = shown("cn.coffee")
    assert result.exit_code == 2
    assert "there is no procedure cn.coffee; known are cn.tea (XN-P087)" in " ".join(result.output.split())


def test_a_broken_pack_is_refused_with_its_complaints(packs: Path) -> None:
    (packs / "cn/tea/family.yaml").write_text(
        FAMILY.replace(OLD, NEW).replace("starts: [asked]", "starts: [tasked]"),
        encoding="utf-8",
    )
    result = shown("cn.tea")
    assert result.exit_code == 2
    assert "cn/tea/family.yaml" in result.output


def test_two_versions_are_compared(packs: Path) -> None:
    assert packs.is_dir()
    output = CliRunner().invoke(diff, ["cn.tea@2015-06-01", "cn.tea"]).output
    assert "自 2020-01-01 起" in output
    assert "期限 decision.limit" in output
    assert "20个工作日  20 working days" in output
    assert "收紧 stricter" in output


def test_a_comparison_is_given_as_json(packs: Path) -> None:
    assert packs.is_dir()
    (change,) = json.loads(CliRunner().invoke(diff, ["cn.tea@2015-06-01", "cn.tea", "--json"]).output)
    assert (change["part"], change["key"], change["effect"]) == ("clock", "limit", "stricter")
    assert change["from_on"] == "2020-01-01"


def test_where_nothing_changed_it_says_so(packs: Path) -> None:
    assert packs.is_dir()
    assert CliRunner().invoke(diff, ["cn.tea", "cn.tea"]).output == "没有变化 (nothing changed)\n"


def test_a_day_that_is_none_is_refused(packs: Path) -> None:
    assert packs.is_dir()
    result = CliRunner().invoke(diff, ["cn.tea@summer", "cn.tea"])
    assert result.exit_code == 2
    assert "“summer”不是日期" in result.output
