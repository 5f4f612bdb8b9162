"""How the parts of a procedure are said to people, Chinese first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.condition_words import condition_words
from xiaoneng.packs.model import Binds, FieldLimit, Nature, RuleKind, UntilField, Yearly
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaoneng.packs.model import Extension, Ground, Lapse, Procedure, Span
    from xiaoneng.packs.selector import Selector, Selectors

UNITS = {
    LimitKind.WORKING_DAYS: Words("个工作日", "working days"),
    LimitKind.CALENDAR_DAYS: Words("日（自然日）", "calendar days"),
    LimitKind.WORKING_HOURS: Words("个工作小时", "working hours"),
    LimitKind.ELAPSED_HOURS: Words("小时", "hours"),
    LimitKind.MONTHS: Words("个月", "months"),
    LimitKind.YEARS: Words("年", "years"),
}
NATURES = {
    Nature.STATUTORY: Words("法定期限", "statutory limit"),
    Nature.PROMISED: Words("承诺期限", "promised limit"),
    Nature.STAGE: Words("环节期限", "limit of a stage"),
    Nature.SPECIAL: Words("特别程序期限", "limit of a special procedure"),
}
BOUND = {
    Binds.AGENCY: Words("行政机关", "the agency"),
    Binds.PARTY: Words("行政相对人", "the party"),
    Binds.THIRD_PARTY: Words("第三方", "a third party"),
}
RULES = {
    RuleKind.INIT: Words("以此开始", "begins with"),
    RuleKind.EXISTENCE: Words("应当有", "must happen"),
    RuleKind.ABSENCE: Words("不得有", "must not happen"),
    RuleKind.EXACTLY: Words("恰好", "exactly"),
    RuleKind.RESPONSE: Words("有此后必有彼", "must be followed by"),
    RuleKind.ALTERNATE_RESPONSE: Words("再次之前应有答复", "must be answered before the next"),
    RuleKind.CHAIN_RESPONSE: Words("紧接着应有", "must be followed at once by"),
    RuleKind.PRECEDENCE: Words("先有此后有彼", "must be preceded by"),
    RuleKind.ALTERNATE_PRECEDENCE: Words("每次之前都应有", "each must be preceded by its own"),
    RuleKind.CHAIN_PRECEDENCE: Words("之前紧接着应有", "must be preceded at once by"),
    RuleKind.RESPONDED_EXISTENCE: Words("有此必有彼", "needs"),
    RuleKind.CO_EXISTENCE: Words("同有或者同无", "both or neither"),
    RuleKind.NOT_CO_EXISTENCE: Words("不得并存", "not both"),
    RuleKind.SUCCESSION: Words("先后相应", "succession"),
    RuleKind.NOT_SUCCESSION: Words("此后不得有彼", "must not be followed by"),
    RuleKind.DIFFERENT_HANDS: Words("不同的人", "different hands"),
    RuleKind.SAME_HANDS: Words("同一人", "same hands"),
    RuleKind.MINIMUM_GAP: Words("最短间隔", "minimum gap"),
    RuleKind.NOT_WHILE: Words("未了结时不得", "not while pending"),
    RuleKind.RECORDED_LATE: Words("及时记录", "recorded in time"),
    RuleKind.WITHIN_LIST: Words("限于所列", "within a list"),
    RuleKind.NOT_ABOVE: Words("不得超过标准", "not above the standard"),
    RuleKind.CREDENTIAL_VALID: Words("依据有效", "credential valid"),
    RuleKind.PUBLISHED_BY: Words("按期公布", "published by"),
}
NOTHING = Words("—", "—")


def joined(parts: Iterable[Words], zh: str = "、", en: str = ", ") -> Words:
    """Several phrases as one; a dash where there are none."""
    said = list(parts)
    if not said:
        return NOTHING
    return Words(zh.join(one.zh for one in said), en.join(one.en or one.zh for one in said))


def event_name(kind: str, procedure: Procedure) -> Words:
    """Name of an event kind."""
    return procedure.events[kind].name if kind in procedure.events else Words(kind, kind)


def field_name(field: str, procedure: Procedure) -> Words:
    """Name of a field, from the first event that has it."""
    for kind in procedure.events.values():
        if field in kind.fields:
            return kind.fields[field].name
    return Words(field, field)


def selector_words(selector: Selector, procedure: Procedure) -> Words:
    """An event with its condition."""
    name = event_name(selector.kind, procedure)
    if selector.where is None:
        return name
    where = condition_words(selector.where, procedure.events.get(selector.kind))
    return Words(f"{name.zh}（{where.zh}）", f"{name.en or name.zh} ({where.en})")


def selectors_words(selectors: Selectors, procedure: Procedure) -> Words:
    """Any of these events."""
    return joined((selector_words(one, procedure) for one in selectors), en=" or ", zh="或")


def span_words(span: Span | None, procedure: Procedure) -> Words:
    """A limit with its kind of day."""
    match span:
        case None:
            return NOTHING
        case FieldLimit(field, kind):
            name, unit = field_name(field, procedure), UNITS[LimitKind(kind)]
            return Words(
                f"按“{name.zh}”（{unit.zh.removeprefix('个')}）", f"as said in “{name.en or name.zh}” ({unit.en})"
            )
        case UntilField(field):
            name = field_name(field, procedure)
            return Words(f"至“{name.zh}”所载日期", f"until the date in “{name.en or name.zh}”")
        case Yearly(month, day):
            return Words(f"此后首个{month}月{day}日", f"the next {month:02}-{day:02}")
        case _:
            unit = UNITS[span.kind]
            one = unit.en[:-1] if span.n == 1 else unit.en
            return Words(f"{span.n}{unit.zh}" if span.kind != LimitKind.YEARS else f"{span.n}年", f"{span.n} {one}")


def ground_words(ground: Ground, procedure: Procedure) -> Words:
    """A lawful reason for time not to count, with its cap."""
    if ground.cap is None:
        return ground.name
    cap = span_words(ground.cap, procedure)
    return Words(f"{ground.name.zh}（最多{cap.zh}）", f"{ground.name.en or ground.name.zh} (at most {cap.en})")


def extension_words(extension: Extension | None, procedure: Procedure) -> Words:
    """How a clock may be lengthened."""
    if extension is None:
        return NOTHING
    by, most = selectors_words(extension.by, procedure), span_words(extension.most, procedure)
    times = Words(f"，{extension.times}次", f", {extension.times} times") if extension.times > 1 else Words("", "")
    asked = Words("", "")
    if extension.lawful is not None:
        lawful = condition_words(extension.lawful, procedure.events.get(extension.by[0].kind))
        asked = Words(f"，须{lawful.zh}", f", if {lawful.en}")
    return Words(f"{by.zh}：最多{most.zh}{times.zh}{asked.zh}", f"{by.en}: at most {most.en}{times.en}{asked.en}")


def lapse_words(lapse: Lapse | None, procedure: Procedure) -> Words:
    """What silence means."""
    if lapse is None:
        return NOTHING
    deemed = event_name(lapse.deemed, procedure)
    since = Words("，自起算日起", ", as of the start") if lapse.from_start else Words("，自届满起", ", as of the lapse")
    return Words(f"视为{deemed.zh}{since.zh}", f"deemed: {deemed.en or deemed.zh}{since.en}")
