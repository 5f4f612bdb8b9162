"""The part of a sheet that shows what a procedure says outward: forms, papers, publication, duties, holders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs import phrases
from xiaoneng.packs.outward import Every
from xiaoneng.packs.phrases import NOTHING, joined
from xiaoneng.packs.sheet_rows import Row, Section
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaoneng.packs.model import EventKind, Field, Procedure
    from xiaoneng.packs.outward import MonthDay, Schedule

EVERY = {
    Every.YEAR: Words("每年", "every year"),
    Every.HALF_YEAR: Words("每半年", "every half-year"),
    Every.QUARTER: Words("每季度", "every quarter"),
    Every.MONTH: Words("每月", "every month"),
}
MARKS = (
    ("required", Words("必填", "required")),
    ("personal", Words("个人信息", "personal")),
    ("public", Words("可公开", "public")),
)


def events(procedure: Procedure) -> Section:
    """What each event says, and what the party hears of it."""
    rows = tuple(Row(kind.id, _event(kind)) for kind in procedure.events.values() if kind.fields or kind.tells)
    head = (Words("事件", "event"), Words("填写内容", "fields"), Words("告知当事人", "told to the party"))
    return Section(Words("表单与告知", "forms and what is told"), head, rows)


def _event(kind: EventKind) -> tuple[Words, ...]:
    return (
        kind.name,
        joined((_field(field) for field in kind.fields.values()), "；", "; "),
        joined(one.says for one in kind.tells) if kind.tells else NOTHING,
    )


def _field(field: Field) -> Words:
    marks = [words for name, words in MARKS if getattr(field, name)]
    if not marks:
        return field.name
    said = joined(marks)
    return Words(f"{field.name.zh}（{said.zh}）", f"{field.name.en or field.name.zh} ({said.en})")


def papers(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    """Notices: from which events, to whom, with what content, by which articles."""
    rows = tuple(
        Row(
            notice.id,
            (
                notice.name,
                phrases.selectors_words(notice.on, procedure),
                joined(Words(role, role) for role in notice.to),
                joined(_shown(one, procedure) for one in notice.shows),
                joined(title(cite) for cite in notice.cite),
            ),
        )
        for notice in procedure.notices
    )
    head = (
        Words("文书", "notice"),
        Words("何时出具", "produced by"),
        Words("给谁", "to"),
        Words("必须写明", "must show"),
        Words("依据", "basis"),
    )
    return Section(Words("文书", "notices"), head, rows)


SHOWN = {
    "on": Words("日期", "day"),
    "remedies": Words("救济途径", "remedies"),
    "cites": Words("法律依据", "articles"),
    "agency": Words("机关名称", "agency"),
    "case": Words("编号", "number"),
}


def _shown(name: str, procedure: Procedure) -> Words:
    """What a notice must show, in the words of the procedure."""
    if name in SHOWN:
        return SHOWN[name]
    head, _, tail = name.rpartition(".")
    if head == "on":
        kind = procedure.events[tail].name
        return Words(f"{kind.zh}的日期", f"day of: {kind.en or kind.zh}")
    if name.startswith("due."):
        clock = next(one for one in procedure.clocks if one.id == name.removeprefix("due.").removesuffix(".promised"))
        return Words(f"{clock.name.zh}的届满日", f"due day of: {clock.name.en or clock.name.zh}")
    return phrases.field_name(tail, procedure)


def publications(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    """What the public may see, and from when."""
    rows = tuple(
        Row(
            one.id,
            (
                one.name,
                phrases.selectors_words(one.of, procedure),
                joined(phrases.field_name(text.rpartition(".")[2], procedure) for text in one.fields),
                Words(one.clock, one.clock) if one.clock else NOTHING,
                joined(title(cite) for cite in one.cite),
            ),
        )
        for one in procedure.publishes
    )
    head = (
        Words("公开", "publication"),
        Words("在何事之后", "after"),
        Words("内容", "what"),
        Words("由谁管住时间", "held in time by"),
        Words("依据", "basis"),
    )
    return Section(Words("公开", "publication"), head, rows)


def duties(procedure: Procedure, title: Callable[[str], Words]) -> Section:
    """Duties that are due though nobody asks."""
    rows = tuple(
        Row(one.id, (one.name, _when(one), Words(one.each, one.each), joined(title(cite) for cite in one.cite)))
        for one in procedure.schedule
    )
    head = (Words("职责", "duty"), Words("何时", "when"), Words("每一", "for each"), Words("依据", "basis"))
    return Section(Words("主动履行的职责", "duties"), head, rows)


def _when(schedule: Schedule) -> Words:
    every, opens, due = EVERY[schedule.every], schedule.opens, schedule.due
    zh = f"{every.zh}{_day(opens, schedule)}开始，{_day(due, schedule)}到期"
    return Words(zh, f"{every.en}, opens {opens.month:02}-{opens.day:02}, due {due.month:02}-{due.day:02}")


def _day(day: MonthDay, schedule: Schedule) -> str:
    if schedule.every is Every.MONTH:
        return f"{day.day}日"
    return f"{day.month}月{day.day}日" if schedule.every is Every.YEAR else f"第{day.month}个月{day.day}日"


def holders(procedure: Procedure) -> Section:
    """Who has the case in hand between which events."""
    rows = tuple(
        Row(
            one.id,
            (one.name, phrases.selectors_words(one.opens, procedure), phrases.selectors_words(one.closes, procedure)),
        )
        for one in procedure.holds
    )
    head = (Words("持有", "held by"), Words("从", "from"), Words("到", "to"))
    return Section(Words("由谁持有（延误归谁）", "who has it in hand, to whom a delay is attributed"), head, rows)
