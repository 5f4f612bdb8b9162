"""What changed between two procedures: clock by clock and rule by rule, and in which direction.

Stricter and looser are proved as in `narrow`: stricter where the new finds every breach of the old and no later,
but not the other way round. Each key of a clock is compared with all else about the clock held as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaoneng.packs import phrases
from xiaoneng.packs.model import Binds, Clock
from xiaoneng.packs.narrow_clocks import clock_troubles, wider_ground
from xiaoneng.packs.narrow_rules import rule_troubles
from xiaoneng.packs.phrases import NOTHING, joined
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from xiaoneng.packs.model import Ground, Procedure, Rule
    from xiaoneng.timing.calendar import Calendar


class Effect(StrEnum):
    """Direction of a change for whoever is bound."""

    STRICTER = "stricter"
    LOOSER = "looser"
    OTHER = "other"


class Part(StrEnum):
    """What kind of thing changed."""

    EVENT = "event"
    ENDS = "ends"
    GROUND = "ground"
    CLOCK = "clock"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different: `key` of the part `id` ("" where the whole part came or went), from a day on."""

    part: Part
    id: str
    key: str
    before: Words
    after: Words
    effect: Effect
    from_on: date


CLOCK_KEYS: Mapping[str, tuple[str, ...]] = {
    "limit": ("limit", "roll"),
    "starts": ("starts", "first_only"),
    "stops": ("stops", "same"),
    "promised": ("promised",),
    "off_clock": ("off_clock",),
    "extension": ("extension",),
    "restart": ("restart",),
    "on_lapse": ("on_lapse",),
    "binds": ("binds",),
}
RULE_KEYS = ("kind", "source", "target", "n", "limit", "same", "pending")
TEXT_KEYS = ("says", "cite")


def diff(a: Procedure, b: Procedure, calendars: Iterable[Calendar] = ()) -> tuple[Change, ...]:
    """List what is different in `b`; calendars let limits of different kinds of day be compared."""
    loaded = tuple(calendars)
    return (*_events(a, b), *_grounds(a, b), *_clocks(a, b, loaded), *_rules(a, b, loaded))


def _events(a: Procedure, b: Procedure) -> Iterator[Change]:
    day = b.in_force_from
    for kind in (*a.events, *(kind for kind in b.events if kind not in a.events)):
        if (kind in a.events) != (kind in b.events):
            before = a.events[kind].name if kind in a.events else NOTHING
            after = b.events[kind].name if kind in b.events else NOTHING
            yield Change(Part.EVENT, kind, "", before, after, Effect.OTHER, day)
    if frozenset(a.ends) != frozenset(b.ends):
        before, after = phrases.selectors_words(a.ends, a), phrases.selectors_words(b.ends, b)
        yield Change(Part.ENDS, "ends", "", before, after, Effect.OTHER, day)


def _grounds(a: Procedure, b: Procedure) -> Iterator[Change]:
    for name in sorted(a.grounds.keys() & b.grounds.keys()):
        old, new = a.grounds[name], b.grounds[name]
        if (old.opens, old.closes, old.cap) != (new.opens, new.closes, new.cap):
            effect = _effect(narrower=not wider_ground(new, old), wider=not wider_ground(old, new))
            before, after = _ground_words(old, a), _ground_words(new, b)
            yield Change(Part.GROUND, name, "", before, after, effect, b.in_force_from)


def _ground_words(ground: Ground, procedure: Procedure) -> Words:
    opens, closes = (phrases.selectors_words(part, procedure) for part in (ground.opens, ground.closes))
    whole = phrases.ground_words(ground, procedure)
    return Words(f"{whole.zh}：{opens.zh}至{closes.zh}", f"{whole.en}: {opens.en} to {closes.en}")


def _effect(*, narrower: bool, wider: bool) -> Effect:
    if narrower == wider:
        return Effect.OTHER
    return Effect.STRICTER if narrower else Effect.LOOSER


def _clocks(a: Procedure, b: Procedure, calendars: Sequence[Calendar]) -> Iterator[Change]:
    old, new = {clock.id: clock for clock in a.clocks}, {clock.id: clock for clock in b.clocks}
    for name in (*old, *(name for name in new if name not in old)):
        if name in old and name in new:
            yield from _clock(old[name], new[name], a, b, calendars)
            continue
        came = name in new
        clock = new[name] if came else old[name]
        said = joined((clock.name, phrases.span_words(clock.limit, b if came else a)), "：", ": ")
        effect = Effect.STRICTER if came else Effect.LOOSER
        effect = effect if clock.binds is Binds.AGENCY else Effect.OTHER
        before, after = (NOTHING, said) if came else (said, NOTHING)
        yield Change(Part.CLOCK, name, "", before, after, effect, b.in_force_from)


def _clock(old: Clock, new: Clock, a: Procedure, b: Procedure, calendars: Sequence[Calendar]) -> Iterator[Change]:
    held = replace(b, grounds={**b.grounds, **a.grounds})  # a changed ground is a change of its own
    for key, fields in CLOCK_KEYS.items():
        changed = {field: getattr(new, field) for field in fields}
        moved = replace(old, **changed)
        before, after = _clock_words(key, old, a), _clock_words(key, new, b)
        if _meaning(moved) == _meaning(old):
            continue
        narrower = not any(clock_troubles(moved, old, (held, a), calendars))
        wider = not any(clock_troubles(old, moved, (a, held), calendars))
        effect = _effect(narrower=narrower, wider=wider)
        yield Change(Part.CLOCK, old.id, key, before, after, effect, b.in_force_from)
    yield from _texts(Part.CLOCK, old, new, b)


def _meaning(clock: Clock) -> tuple[object, ...]:
    extension = replace(clock.extension, cite=()) if clock.extension is not None else None
    events = (frozenset(clock.starts), frozenset(clock.stops), frozenset(clock.restart), frozenset(clock.off_clock))
    others = (clock.limit, clock.roll, clock.promised, clock.on_lapse, clock.binds, clock.first_only, clock.same)
    return (*events, *others, extension)


def _clock_words(key: str, clock: Clock, procedure: Procedure) -> Words:
    match key:
        case "limit":
            return phrases.span_words(clock.limit, procedure)
        case "promised":
            return phrases.span_words(clock.promised, procedure)
        case "starts":
            said = phrases.selectors_words(clock.starts, procedure)
            return Words(f"首次{said.zh}", f"the first: {said.en}") if clock.first_only else said
        case "stops":
            said = phrases.selectors_words(clock.stops, procedure)
            same = phrases.field_name(clock.same, procedure)
            return Words(f"{said.zh}（同一{same.zh}）", f"{said.en} (same {same.en})") if clock.same else said
        case "restart":
            return phrases.selectors_words(clock.restart, procedure)
        case "off_clock":
            return joined(phrases.ground_words(procedure.grounds[name], procedure) for name in clock.off_clock)
        case "extension":
            return phrases.extension_words(clock.extension, procedure)
        case "on_lapse":
            return phrases.lapse_words(clock.on_lapse, procedure)
        case _:
            return phrases.BOUND[clock.binds]


def _texts(part: Part, old: Clock | Rule, new: Clock | Rule, b: Procedure) -> Iterator[Change]:
    if old.says != new.says:
        yield Change(part, old.id, "says", old.says, new.says, Effect.OTHER, b.in_force_from)
    if _cited(old) != _cited(new):
        before, after = (Words("；".join(one), "; ".join(one)) for one in (_cited(old), _cited(new)))
        yield Change(part, old.id, "cite", before, after, Effect.OTHER, b.in_force_from)


def _cited(one: Clock | Rule) -> tuple[str, ...]:
    return one.cite + (one.promised_cite if isinstance(one, Clock) else ())


def _rules(a: Procedure, b: Procedure, calendars: Sequence[Calendar]) -> Iterator[Change]:
    old, new = {rule.id: rule for rule in a.rules}, {rule.id: rule for rule in b.rules}
    for name in (*old, *(name for name in new if name not in old)):
        if name not in old or name not in new:
            before = old[name].says if name in old else NOTHING
            after = new[name].says if name in new else NOTHING
            effect = Effect.STRICTER if name in new else Effect.LOOSER
            yield Change(Part.RULE, name, "", before, after, effect, b.in_force_from)
            continue
        was, now = old[name], new[name]
        keys = [key for key in RULE_KEYS if getattr(was, key) != getattr(now, key)]
        if keys:
            narrower = not any(rule_troubles(now, was, (b, a), calendars))
            wider = not any(rule_troubles(was, now, (a, b), calendars))
            effect = _effect(narrower=narrower, wider=wider)
            for key in keys:
                before, after = _rule_words(key, was, a), _rule_words(key, now, b)
                yield Change(Part.RULE, name, key, before, after, effect, b.in_force_from)
        yield from _texts(Part.RULE, was, now, b)


def _rule_words(key: str, rule: Rule, procedure: Procedure) -> Words:
    match key:
        case "kind":
            return phrases.RULES[rule.kind]
        case "source":
            return phrases.selectors_words(rule.source, procedure)
        case "target":
            return phrases.selectors_words(rule.target, procedure)
        case "limit":
            return phrases.span_words(rule.limit, procedure)
        case _:
            said = str(getattr(rule, key)) or "—"
            return Words(said, said)
