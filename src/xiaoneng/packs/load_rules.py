"""Rules of a family file as values, each checked on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs import breach_conditions
from xiaoneng.packs.condition import both
from xiaoneng.packs.model import FieldType, Rule, RuleKind, UntilField
from xiaoneng.packs.selector import Selector
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.document import Path_
    from xiaoneng.packs.model import Span
    from xiaoneng.packs.reading import Reading
    from xiaoneng.packs.schema import FamilyIn
    from xiaoneng.packs.schema_family import RuleIn
    from xiaoneng.packs.selector import Selectors

_OF = ({"of"}, {"n"})
_BETWEEN: tuple[set[str], set[str]] = ({"from", "to"}, set())
KEYS: dict[RuleKind, tuple[set[str], set[str]]] = {
    RuleKind.INIT: ({"of"}, set()),
    RuleKind.EXISTENCE: _OF,
    RuleKind.ABSENCE: ({"of"}, {"n", "same"}),
    RuleKind.EXACTLY: _OF,
    RuleKind.RESPONSE: ({"from", "to"}, {"within", "same"}),
    RuleKind.CHAIN_RESPONSE: ({"from", "to"}, {"within"}),
    RuleKind.PRECEDENCE: ({"from", "to"}, {"within", "n", "same"}),
    RuleKind.ALTERNATE_RESPONSE: _BETWEEN,
    RuleKind.ALTERNATE_PRECEDENCE: _BETWEEN,
    RuleKind.CHAIN_PRECEDENCE: _BETWEEN,
    RuleKind.RESPONDED_EXISTENCE: _BETWEEN,
    RuleKind.CO_EXISTENCE: _BETWEEN,
    RuleKind.NOT_CO_EXISTENCE: _BETWEEN,
    RuleKind.SUCCESSION: _BETWEEN,
    RuleKind.NOT_SUCCESSION: _BETWEEN,
    RuleKind.DIFFERENT_HANDS: ({"of"}, set()),
    RuleKind.SAME_HANDS: _BETWEEN,
    RuleKind.MINIMUM_GAP: ({"from", "to", "gap"}, set()),
    RuleKind.NOT_WHILE: ({"of", "pending"}, set()),
    RuleKind.RECORDED_LATE: ({"of", "limit"}, set()),
    RuleKind.WITHIN_LIST: ({"of", "field", "list"}, set()),
    RuleKind.NOT_ABOVE: ({"of", "field", "standard"}, set()),
    RuleKind.CREDENTIAL_VALID: ({"of", "register"}, set()),
    RuleKind.PUBLISHED_BY: ({"from", "to", "by"}, set()),
}
"""Keys that a kind of rule needs, and those that it may have besides."""
EVERY = frozenset({"kind", "says", "cite"})
ONE_AT_MOST = ("within", "n", "same")
NUMERIC = frozenset({FieldType.NUMBER, FieldType.AMOUNT})
DATES = frozenset({FieldType.DATE})
CALENDAR_SPANS = frozenset({LimitKind.MONTHS, LimitKind.YEARS})


def load_rules(family: FamilyIn, reading: Reading) -> tuple[Rule, ...]:
    """Build the rules in the order in which the file lists them."""
    return tuple(_rule(name, rule, reading) for name, rule in family.rules.items())


def _rule(name: str, rule: RuleIn, reading: Reading) -> Rule:
    path: Path_ = ("rules", name)
    reading.dotted_id(name, path)
    _keys(rule, path, reading)
    source = reading.selectors(rule.of or rule.from_, (*path, "of" if rule.of else "from"))
    target = reading.selectors(rule.to, (*path, "to"))
    breach = _breach(rule, source, path, reading)
    if rule.kind is RuleKind.DIFFERENT_HANDS and len(source) < 2:
        reading.complain((*path, "of"), "names one hand only", "list two or more selectors", "XN-P073")
    return Rule(
        id=name,
        kind=rule.kind,
        says=rule.says.words,
        cite=tuple(rule.cite),
        source=source if breach is None else tuple(Selector(s.kind, both(s.where, breach)) for s in source),
        target=target,
        n=rule.n or 1,
        limit=_limit(rule, source, path, reading),
        same=reading.field(rule.same, source + target, (*path, "same")),
        pending=rule.pending or "",
        line=reading.document.line(path),
    )


def _keys(rule: RuleIn, path: Path_, reading: Reading) -> None:
    needed, optional = KEYS[rule.kind]
    fields = type(rule).model_fields
    said = {fields[name].alias or name for name in rule.model_fields_set if getattr(rule, name) is not None}
    takes = ", ".join(sorted(needed | optional))
    for key in sorted(needed - said):
        instead = f"write `{key}:`; {rule.kind} takes {takes}"
        reading.complain((*path, key), "missing", instead, "XN-P070")
    for key in sorted(said - needed - optional - EVERY):
        reading.complain((*path, key), f"does not belong to {rule.kind}", f"it takes {takes}", "XN-P071")
    together = [key for key in ONE_AT_MOST if key in said]
    if rule.kind is RuleKind.PRECEDENCE and len(together) > 1:
        instead = "write two rules"
        reading.complain(path, f"says {' and '.join(together)} together", instead, "XN-P072")


def _limit(rule: RuleIn, source: Selectors, path: Path_, reading: Reading) -> Span | None:
    if rule.by is not None:
        span = rule.by.span
        if isinstance(span, UntilField):
            reading.field(span.field, source, (*path, "by", "until"), DATES)
        return span
    given = rule.within or rule.gap or rule.limit
    if rule.gap is not None and rule.gap.kind in CALENDAR_SPANS:
        wrong = f"a gap in {rule.gap.kind} has no fixed length"
        reading.complain((*path, "gap", "kind"), wrong, "write it in days or hours", "XN-P074")
    return given.limit if given else None


def _breach(rule: RuleIn, source: Selectors, path: Path_, reading: Reading) -> Condition | None:
    """Give the condition under which an event is a breach, for kinds that look at one event only."""
    if rule.kind is RuleKind.WITHIN_LIST and rule.field is not None and rule.list_ is not None:
        reading.field(rule.field, source, (*path, "field"), frozenset(FieldType) - {FieldType.LIST})
        found = breach_conditions.outside(rule.field, tuple(rule.list_))
        return _checked(found, source, (*path, "list"), reading)
    if rule.kind is RuleKind.NOT_ABOVE and rule.field is not None and rule.standard is not None:
        reading.field(rule.field, source, (*path, "field"), NUMERIC)
        return _above(rule, source, (*path, "standard"), reading)
    if rule.kind is RuleKind.CREDENTIAL_VALID and rule.register_ is not None:
        reading.plain_id(rule.register_, (*path, "register"))
        return breach_conditions.invalid(rule.register_)
    return None


def _above(rule: RuleIn, source: Selectors, path: Path_, reading: Reading) -> Condition | None:
    standard = rule.standard
    if isinstance(standard, str):
        relied = breach_conditions.RELIED.fullmatch(standard)
        if relied is None:
            reading.field(standard, source, path, NUMERIC)
        return breach_conditions.above(str(rule.field), tuple(standard.split(".")))
    if isinstance(standard, bool) or not isinstance(standard, (int, float)):
        instead = "write a number, a field, or relied.REGISTER.FIELD"
        reading.complain(path, f"{standard} is no standard", instead, "XN-P075")
        return None
    return breach_conditions.above(str(rule.field), standard)


def _checked(condition: Condition, source: Selectors, path: Path_, reading: Reading) -> Condition:
    for kind in sorted({one.kind for one in source} & reading.events.keys()):
        reading.compared(condition, reading.events[kind], path)
    return condition
