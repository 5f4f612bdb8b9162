"""A procedure as a sheet that a lawyer can read: sections of rows, ready to be shown in any form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xiaoneng.packs import phrases
from xiaoneng.packs.citations import cited
from xiaoneng.packs.model import Choice, JudgedBy, Level, Parallel, Point, Repeat, Stage, Step
from xiaoneng.packs.paths import END
from xiaoneng.packs.phrases import NOTHING, joined
from xiaoneng.packs.sheet_outward import duties, events, holders, papers, publications
from xiaoneng.packs.sheet_rows import Row, Section, Sheet, as_cited
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaoneng.packs.model import Block, Clock, Course, Procedure, Rule, Rung

LEVELS = {
    Level.NONE: Words("无", "none"),
    Level.BLUE: Words("预警", "blue"),
    Level.YELLOW: Words("黄牌", "yellow"),
    Level.RED: Words("红牌", "red"),
}
JUDGED = {
    JudgedBy.RECEIPT: Words("按收到申请之日的法律", "law of the day of receipt"),
    JudgedBy.ACT: Words("按最后行为之日的法律", "law of the day of the last act"),
}


def sheet(procedure: Procedure, title: Callable[[str], Words] = as_cited) -> Sheet:
    """Lay a procedure out; `title` gives the words of a citation."""
    sections = (
        _facts(procedure),
        _basis(procedure, title),
        _course(procedure),
        _clocks(procedure, title),
        _grounds(procedure, title),
        _rules(procedure, title),
        _actions(procedure),
        events(procedure),
        papers(procedure, title),
        publications(procedure, title),
        duties(procedure, title),
        holders(procedure),
        _ladder(procedure),
    )
    return Sheet(procedure.id, procedure.name, tuple(section for section in sections if section.rows))


def _facts(procedure: Procedure) -> Section:
    until = procedure.in_force_until
    since = Words(
        f"自{procedure.in_force_from}起" + (f"，至{until}前" if until else ""),
        f"from {procedure.in_force_from}" + (f", before {until}" if until else ""),
    )
    facts = [
        (Words("效力", "in force"), since),
        (Words("适用", "which law"), JUDGED[procedure.judged_by]),
        (Words("版本", "edition"), as_cited(procedure.edition or "—")),
        (Words("日历", "calendar"), as_cited(f"{procedure.calendar}（{procedure.zone}）")),
        (Words("开始", "opens"), phrases.selectors_words(procedure.opens, procedure)),
        (Words("结束", "ends"), phrases.selectors_words(procedure.ends, procedure)),
    ]
    if procedure.narrows:
        facts.append((Words("收紧", "narrows"), as_cited(procedure.narrows)))
    return Section(Words("基本情况", "at a glance"), (), tuple(Row("", pair) for pair in facts))


def _basis(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    rows = tuple(Row(cite, (title(cite),)) for cite in sorted({text for _, text in cited(procedure)}, key=_by_number))
    return Section(Words("依据", "basis"), (Words("条款", "article"),), rows)


def _by_number(cite: str) -> tuple[str, list[int], str]:
    """Articles in the order of their numbers, instrument by instrument."""
    instrument, _, place = cite.partition("#")
    return instrument, [int(number) for number in re.findall(r"\d+", place)], place


def _course(procedure: Procedure) -> Section:
    rows: list[Row] = []
    loose: list[Words] = []
    for block in procedure.course:
        if isinstance(block, Stage):
            rows.append(Row(block.id, (block.name, _steps(block.body, procedure))))
        else:
            loose.append(_steps((block,), procedure))
    if loose:
        rows.append(Row("", (NOTHING, joined(loose, " → ", " → "))))
    return Section(Words("环节", "stages"), (Words("环节", "stage"), Words("步骤", "steps")), tuple(rows))


def _steps(course: Course, procedure: Procedure) -> Words:
    """Steps in one line: → then, ｜ or, ∥ at the same time."""
    if not course:
        return Words("（略过）", "(skip)")
    return joined((_block(block, procedure) for block in course), " → ", " → ")


def _block(block: Block, procedure: Procedure) -> Words:
    match block:
        case Step(kind) if kind == END:
            return Words("结束", "end")
        case Step(kind):
            return phrases.event_name(kind, procedure)
        case Choice(branches):
            either = joined((_steps(branch, procedure) for branch in branches), " ｜ ", " | ")
            return Words(f"［{either.zh}］", f"[{either.en}]")
        case Parallel(branches):
            both = joined((_steps(branch, procedure) for branch in branches), " ∥ ", " ∥ ")
            return Words(f"［{both.zh}］", f"[{both.en}]")
        case Repeat(body):
            again = _steps(body, procedure)
            return Words(f"（{again.zh}）可重复", f"({again.en}) repeatable")
        case _:
            inner = _steps(block.body, procedure)
            return Words(f"{block.name.zh}：{inner.zh}", f"{block.name.en or block.name.zh}: {inner.en}")


def _clocks(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    head = (
        Words("期限", "limit"),
        Words("起算", "starts"),
        Words("停止", "stops"),
        Words("时长", "how long"),
        Words("不计入期限", "off the clock"),
        Words("延期", "extension"),
        Words("逾期不作为", "silence means"),
        Words("约束", "binds"),
        Words("依据", "basis"),
    )
    rows = tuple(Row(clock.id, _clock(clock, procedure, title)) for clock in procedure.clocks)
    return Section(Words("期限", "clocks"), head, rows)


def _clock(clock: Clock, procedure: Procedure, title: Callable[[str], Words]) -> tuple[Words, ...]:
    starts = phrases.selectors_words(clock.starts, procedure)
    if clock.first_only:
        starts = Words(f"首次{starts.zh}", f"the first: {starts.en}")
    limit = phrases.span_words(clock.limit, procedure)
    if clock.promised is not None:
        promised = phrases.span_words(clock.promised, procedure)
        limit = Words(f"{limit.zh}；承诺{promised.zh}", f"{limit.en}; promised {promised.en}")
    return (
        clock.name,
        starts,
        phrases.selectors_words(clock.stops, procedure),
        limit,
        joined(phrases.ground_words(procedure.grounds[name], procedure) for name in clock.off_clock),
        phrases.extension_words(clock.extension, procedure),
        phrases.lapse_words(clock.on_lapse, procedure),
        joined((phrases.BOUND[clock.binds], phrases.NATURES[clock.nature]), "，", ", "),
        joined((title(cite) for cite in dict.fromkeys(clock.cite + clock.promised_cite)), "；", "; "),
    )


def _grounds(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    head = (
        Words("事由", "ground"),
        Words("开始", "opens"),
        Words("结束", "closes"),
        Words("最长", "at most"),
        Words("依据", "basis"),
    )
    rows = tuple(
        Row(
            ground.id,
            (
                ground.name,
                phrases.selectors_words(ground.opens, procedure),
                phrases.selectors_words(ground.closes, procedure),
                phrases.span_words(ground.cap, procedure),
                joined((title(cite) for cite in ground.cite), "；", "; "),
            ),
        )
        for ground in procedure.grounds.values()
    )
    return Section(Words("不计入期限的事由", "time off the clock"), head, rows)


def _rules(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    head = (Words("要求", "says"), Words("种类", "kind"), Words("依据", "basis"))
    rows = tuple(Row(rule.id, (rule.says, _kind(rule, procedure), _titles(rule, title))) for rule in procedure.rules)
    return Section(Words("规则", "rules"), head, rows)


def _kind(rule: Rule, procedure: Procedure) -> Words:
    said = phrases.RULES[rule.kind]
    if rule.limit is None:
        return said
    limit = phrases.span_words(rule.limit, procedure)
    return Words(f"{said.zh}（{limit.zh}）", f"{said.en} ({limit.en})")


def _titles(rule: Rule, title: Callable[[str], Words]) -> Words:
    return joined((title(cite) for cite in rule.cite), "；", "; ")


def _actions(procedure: Procedure) -> Section:
    head = (
        Words("行为", "action"),
        Words("产生", "makes"),
        Words("谁可以做", "who may"),
        Words("不合法时", "if unlawful"),
    )
    rows = tuple(
        Row(
            action.id,
            (
                action.name,
                phrases.event_name(action.event, procedure),
                joined(as_cited(role) for role in action.by),
                Words("拒绝", "refused") if action.refuses else Words("警示并说明理由", "shown, a reason asked"),
            ),
        )
        for action in procedure.actions
    )
    return Section(Words("行为与权限", "actions"), head, rows)


def _ladder(procedure: Procedure) -> Section:
    head = (Words("级别", "level"), Words("何时", "when"))
    note = Words("做法，不是法律。", "Practice, not law.")
    ladder = procedure.ladder
    if ladder is None:
        return Section(Words("梯度", "ladder"), head, (), note)
    rows = [Row("", (LEVELS[rung.level], _rung(rung))) for rung in ladder.rungs]
    rows.append(Row("", (LEVELS[ladder.rules], Words("违反规则", "a rule is breached"))))
    note = Words(f"{note.zh}来源：{ladder.source.zh}", f"{note.en} Source: {ladder.source.en or ladder.source.zh}")
    return Section(Words(f"梯度：{ladder.name.zh}", f"ladder: {ladder.name.en}"), head, tuple(rows), note)


def _rung(rung: Rung) -> Words:
    whose = joined(tuple(_natures(rung)), "、", ", ")
    match rung.point:
        case Point.BEFORE:
            unit = next((words for kind, words in phrases.UNITS.items() if kind == rung.kind), as_cited(rung.kind))
            return Words(
                f"{whose.zh}届满前{rung.amount}{unit.zh}", f"{rung.amount} {unit.en} before the due: {whose.en}"
            )
        case Point.USED:
            share = f"{rung.amount / 10:g}%"
            return Words(f"{whose.zh}已用{share}", f"{share} used: {whose.en}")
        case _:
            return Words(f"超过{whose.zh}", f"passed: {whose.en}")


def _natures(rung: Rung) -> Iterator[Words]:
    for nature, words in phrases.NATURES.items():
        if nature in rung.natures:
            yield words
