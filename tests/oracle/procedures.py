"""Procedures by chance: small, legal, with every feature of the format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xiaoneng.packs.condition import negated, parse
from xiaoneng.packs.model import (
    Binds,
    Clock,
    EventKind,
    Extension,
    Field,
    FieldLimit,
    FieldType,
    Ground,
    JudgedBy,
    Lapse,
    Procedure,
    Rule,
    RuleKind,
    Span,
    UntilField,
    Yearly,
)
from xiaoneng.packs.selector import Selector, Selectors  # fmt: skip
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

KINDS = "abcdefgh"
ZONES = ("Asia/Shanghai",) * 9 + ("Europe/Amsterdam",)
FIELDS = {
    "amount": FieldType.NUMBER, "handling": FieldType.TEXT, "key": FieldType.TEXT, "flag": FieldType.BOOLEAN,
    "limit": FieldType.NUMBER, "deadline": FieldType.DATE, "days": FieldType.NUMBER, "reason": FieldType.TEXT,
    "approved_by": FieldType.TEXT, "tags": FieldType.LIST,
}  # fmt: skip
CONDITIONS = (
    "amount > 5", "amount <= 5 or handling == 'x'", "not (amount > 3)", "handling in ('x', 'y')", "flag == true",
    "handling not in ('y', 'z')", "given(reason)", "not given(key) and amount + 1 >= 4", "actor == 'ann'",
    "occurred_on >= date('2026-02-18')", "amount > relied.fee.standard", "2 < amount < 7", "given(relied.fee.key)",
    "flag != false and given(actor)", "amount * 2 - 1 == 7", "'t' in tags", "agency != 'o'",
    "recorded_on > occurred_on", "handling != 'x' or not given(amount)",
)  # fmt: skip
DAY_KINDS = (LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, LimitKind.MONTHS, LimitKind.YEARS)
HOUR_KINDS = (LimitKind.WORKING_HOURS, LimitKind.ELAPSED_HOURS)
SOME_KINDS = (LimitKind.WORKING_DAYS,) * 3 + (LimitKind.CALENDAR_DAYS,) * 2 + DAY_KINDS + HOUR_KINDS
ROLLED = (LimitKind.CALENDAR_DAYS, LimitKind.MONTHS, LimitKind.YEARS)
WORDS = Words("词", "word")
CITE = ("law#1",)


def some_procedure(chance: random.Random) -> Procedure:
    grounds = {f"g{i}": some_ground(chance, f"g{i}") for i in range(chance.randint(0, 3))}
    clocks: list[Clock] = []
    for i in range(chance.choice((0, 0, 1, 1, 2, 3, 4, 6))):
        clocks.append(some_clock(chance, f"k{i}", grounds, clocks))
    rules: list[Rule] = []
    for i in range(chance.randint(1, 12) if chance.random() < 0.3 else chance.randint(1, 4)):
        rules.append(some_rule(chance, f"r{i}", grounds, clocks, rules))
    ends = some_selectors(chance) if chance.random() < 0.5 else ()
    fields = {name: Field(name, type_, WORDS) for name, type_ in FIELDS.items()}
    return Procedure(
        id="test.chance", name=WORDS, in_force_from=date(2025, 1, 1), in_force_until=None, judged_by=JudgedBy.RECEIPT,
        calendar="test", zone=chance.choice(ZONES), opens=(Selector("a"),), ends=ends,
        events={kind: EventKind(kind, WORDS, fields) for kind in KINDS}, clocks=tuple(clocks), rules=tuple(rules),
        grounds=grounds,
    )  # fmt: skip


def some_selector(chance: random.Random) -> Selector:
    where = parse(chance.choice(CONDITIONS)) if chance.random() < 0.25 else None
    return Selector(chance.choice(KINDS[:6]) if chance.random() < 0.8 else chance.choice(KINDS), where)


def some_selectors(chance: random.Random) -> Selectors:
    return tuple(some_selector(chance) for _ in range(chance.choice((1, 1, 1, 2))))


def some_limit(chance: random.Random, kinds: Sequence[LimitKind] = SOME_KINDS) -> Limit:
    kind = chance.choice(kinds)
    if kind in HOUR_KINDS:
        return Limit(chance.choice((1, 3, 7, 8, 10, 24, 48)), kind)
    return Limit(1 if kind == LimitKind.YEARS else chance.randint(1, 5), kind)


def some_ground(chance: random.Random, name: str) -> Ground:
    cap = None
    if chance.random() < 0.4:
        cap = some_limit(chance, (LimitKind.WORKING_DAYS, LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, *HOUR_KINDS))
    return Ground(name, WORDS, some_selectors(chance), some_selectors(chance), cap, CITE)


def some_span(chance: random.Random) -> tuple[Span, str]:
    """A limit and its kind, "" for a date in a field."""
    dice = chance.random()
    if dice < 0.12:
        return UntilField("deadline"), ""
    limit = some_limit(chance)
    return (FieldLimit("limit", limit.kind), limit.kind) if dice < 0.25 else (limit, limit.kind)


def some_clock(chance: random.Random, name: str, grounds: Mapping[str, Ground], earlier: Sequence[Clock]) -> Clock:
    limit, kind = some_span(chance)
    starts = some_selectors(chance)
    keyed = chance.random() < 0.2
    fitting = [g.id for g in grounds.values() if g.cap is None or (kind and g.cap.kind == kind)]
    plain = keyed or not fitting or chance.random() < 0.4
    rolls = chance.random() < 0.7 if kind in ROLLED else chance.random() < 0.3 and not kind
    return Clock(
        id=name, name=WORDS, says=WORDS, starts=starts, stops=some_selectors(chance), limit=limit, roll=rolls,
        cite=CITE, binds=chance.choice((Binds.AGENCY,) * 4 + (Binds.PARTY, Binds.THIRD_PARTY)),
        first_only=chance.random() < 0.3, same="key" if keyed else "", promised=some_promise(chance, limit, kind),
        off_clock=() if plain else tuple(chance.sample(fitting, chance.randint(1, len(fitting)))),
        extension=None if keyed or chance.random() < 0.6 else some_extension(chance, kind),
        restart=() if keyed or chance.random() < 0.8 else some_selectors(chance),
        on_lapse=None if keyed or kind in HOUR_KINDS else some_lapse(chance, starts, earlier),
    )  # fmt: skip


def some_promise(chance: random.Random, limit: Span, kind: str) -> Limit | FieldLimit | None:
    if not kind or chance.random() < 0.7:
        return None
    if chance.random() < 0.4:
        return FieldLimit("days", kind)
    most = limit.n if isinstance(limit, Limit) else 1
    return Limit(chance.randint(1, most), LimitKind(kind))


def some_extension(chance: random.Random, kind: str) -> Extension:
    most = some_limit(chance, (LimitKind(kind or "calendar_days"),))
    lawful = chance.choice(
        (None, None, "given(reason)", "approved_by == 'head'", "given(reason) and approved_by == 'head'")
    )
    return Extension(
        some_selectors(chance), most, chance.choice((1, 1, 2)), chance.choice(("", "days")),
        None if lawful is None else parse(lawful), CITE,
    )  # fmt: skip


def some_lapse(chance: random.Random, starts: Selectors, earlier: Sequence[Clock]) -> Lapse | None:
    """What silence means, so that no chain of lapses comes back to where it began."""
    if chance.random() < 0.6:
        return None
    leads = [(s.kind, clock.on_lapse.deemed) for clock in earlier if clock.on_lapse for s in clock.starts]
    deemed = chance.choice(KINDS)
    reached = {deemed}
    for _ in KINDS:
        reached |= {end for begin, end in leads if begin in reached}
    return None if reached & {s.kind for s in starts} else Lapse(deemed, chance.random() < 0.5)


def some_rule(
    chance: random.Random, name: str, grounds: Mapping[str, Ground], clocks: Sequence[Clock], earlier: Sequence[Rule]
) -> Rule:
    kind = chance.choice(list(RuleKind))
    source, target = some_selectors(chance), some_selectors(chance)
    n, limit, same, pending = 1, None, "", ""
    span: Span | None = None
    match kind:
        case RuleKind.INIT:
            target = ()
        case RuleKind.EXISTENCE | RuleKind.EXACTLY:
            target, n = (), chance.randint(1, 5)
        case RuleKind.ABSENCE:
            target, n = (), chance.randint(1, 5)
            same = chance.choice(("", "", "key"))
        case RuleKind.RESPONSE:
            span = some_limit(chance) if chance.random() < 0.6 else None
            same = chance.choice(("", "", "key"))
        case RuleKind.CHAIN_RESPONSE:
            span = some_limit(chance) if chance.random() < 0.6 else None
        case RuleKind.PRECEDENCE:
            choice = chance.randint(0, 3)
            span = some_limit(chance) if choice == 1 else None
            n = chance.randint(2, 4) if choice == 2 else 1
            same = "key" if choice == 3 else ""
        case RuleKind.DIFFERENT_HANDS:
            source, target = (some_selector(chance), some_selector(chance), *source), ()
        case RuleKind.MINIMUM_GAP:
            span = some_limit(chance, (*DAY_KINDS[:2], *HOUR_KINDS))
        case RuleKind.RECORDED_LATE:
            span, target = some_limit(chance), ()
        case RuleKind.PUBLISHED_BY:
            span = (
                UntilField("deadline") if chance.random() < 0.5 else Yearly(*chance.choice(((2, 20), (10, 3), (2, 16))))
            )
        case RuleKind.WITHIN_LIST | RuleKind.NOT_ABOVE | RuleKind.CREDENTIAL_VALID:
            broken = negated(parse(chance.choice(CONDITIONS)))
            source, target = tuple(Selector(one.kind, broken) for one in source), ()
        case RuleKind.NOT_WHILE:
            responses = [rule.id for rule in earlier if rule.kind is RuleKind.RESPONSE]
            named = [*(clock.id for clock in clocks), *grounds, *responses]
            target = ()
            if named:
                pending = chance.choice(named)
            else:
                kind = RuleKind.ABSENCE
        case _:
            pass
    return Rule(name, kind, WORDS, CITE, source, target, n, span if limit is None else limit, same, pending)
