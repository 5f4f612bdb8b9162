"""Clocks of a family file as values, each checked on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs.condition import Compare, Condition, Given, Literal, Name, both
from xiaoneng.packs.model import Clock, Extension, FieldLimit, FieldType, Lapse, UntilField, Yearly
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import HOUR_KINDS, Limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaoneng.packs.document import Path_
    from xiaoneng.packs.model import Ground, Span
    from xiaoneng.packs.reading import Reading
    from xiaoneng.packs.schema import FamilyIn
    from xiaoneng.packs.schema_family import ClockIn

NUMBERS = frozenset({FieldType.NUMBER})
DATES = frozenset({FieldType.DATE})
ROLLS = frozenset({LimitKind.CALENDAR_DAYS, LimitKind.MONTHS, LimitKind.YEARS})


def load_clocks(family: FamilyIn, grounds: Mapping[str, Ground], reading: Reading) -> tuple[Clock, ...]:
    """Build the clocks in the order in which the file lists them."""
    return tuple(_clock(name, clock, grounds, reading) for name, clock in family.clocks.items())


def _clock(name: str, clock: ClockIn, grounds: Mapping[str, Ground], reading: Reading) -> Clock:
    path: Path_ = ("clocks", name)
    reading.dotted_id(name, path)
    starts = reading.selectors(clock.starts, (*path, "starts"))
    stops = reading.selectors(clock.stops, (*path, "stops"))
    span = clock.limit.span
    for asked, key in ((span, "limit"), (clock.promised and clock.promised.span, "promised")):
        if isinstance(asked, FieldLimit):
            reading.field(asked.field, starts, (*path, key, "field"), NUMBERS)
    if isinstance(span, UntilField):
        reading.field(span.field, starts, (*path, "limit", "until"), DATES)
    _keyed(clock, path, reading)
    return Clock(
        id=name,
        name=clock.name.words,
        says=clock.says.words,
        starts=starts,
        stops=stops,
        limit=span,
        roll=_roll(clock, span, path, reading),
        cite=tuple(clock.cite),
        nature=clock.nature,
        binds=clock.binds,
        first_only=clock.activations == "first",
        same=reading.field(clock.same, starts + stops, (*path, "same")),
        promised=_promised(clock, span, path, reading),
        promised_cite=tuple(clock.promised.cite) if clock.promised else (),
        off_clock=_off_clock(clock, span, grounds, path, reading),
        extension=_extension(clock, span, path, reading),
        restart=reading.selectors(clock.restart, (*path, "restart")),
        on_lapse=_lapse(clock, span, path, reading),
        line=reading.document.line(path),
    )


def unit(span: Span) -> LimitKind:
    """What extensions and promises of a limit are counted in: its own kind; calendar days for a date."""
    return LimitKind(span.kind) if isinstance(span, (Limit, FieldLimit)) else LimitKind.CALENDAR_DAYS


def coordinate(span: Span) -> LimitKind:
    """What time off a clock is measured in; months and years are measured by the calendar day."""
    return LimitKind.CALENDAR_DAYS if unit(span) in ROLLS else unit(span)


def _keyed(clock: ClockIn, path: Path_, reading: Reading) -> None:
    """A clock with a key is a queue of starts per value: nothing may lengthen one of them."""
    for key in ("off_clock", "extension", "restart", "on_lapse"):
        if clock.same is not None and getattr(clock, key):
            wrong = "cannot stand beside `same`"
            reading.complain((*path, key), wrong, "remove one of them, or write two clocks", "XN-P060")


def _roll(clock: ClockIn, span: Span, path: Path_, reading: Reading) -> bool:
    rolls = isinstance(span, (UntilField, Yearly)) or unit(span) in ROLLS
    if clock.roll and not rolls:
        wrong = f"{unit(span)} never end on a holiday"
        reading.complain((*path, "roll"), wrong, "remove it", "XN-P051")
    if clock.roll is not None:
        return clock.roll and rolls
    return not isinstance(span, UntilField) and unit(span) in ROLLS


def _promised(clock: ClockIn, span: Span, path: Path_, reading: Reading) -> Limit | FieldLimit | None:
    if clock.promised is None:
        return None
    promised = clock.promised.span
    place = (*path, "promised")
    if isinstance(promised, UntilField):  # pragma: no cover - the schema refuses it
        return None
    if not isinstance(span, (Limit, FieldLimit)):
        reading.complain(place, "a date leaves nothing to promise", "remove it", "XN-P052")
    elif promised.kind != span.kind:
        instead = f"write it in {span.kind}"
        reading.complain((*place, "kind"), f"is {promised.kind}, the limit {span.kind}", instead, "XN-P052")
    elif isinstance(promised, Limit) and isinstance(span, Limit) and promised.n > span.n:
        wrong = f"promises {promised.n} where the law allows {span.n} {span.kind}"
        reading.complain(place, wrong, f"promise at most {span.n}", "XN-P053")
    return promised


def _off_clock(
    clock: ClockIn, span: Span, grounds: Mapping[str, Ground], path: Path_, reading: Reading
) -> tuple[str, ...]:
    for i, name in enumerate(clock.off_clock):
        place = (*path, "off_clock", i)
        ground = grounds.get(name)
        if ground is None:
            reading.complain(place, f"{name} is no ground", "declare it under `grounds`", "XN-P061")
        elif ground.cap is not None and ground.cap.kind != coordinate(span):
            wrong = f"the cap of {name} is in {ground.cap.kind}, this clock runs in {coordinate(span)}"
            reading.complain(place, wrong, "write the cap in the clock's kind, or a ground of its own", "XN-P054")
    return tuple(dict.fromkeys(clock.off_clock))


def _extension(clock: ClockIn, span: Span, path: Path_, reading: Reading) -> Extension | None:
    given = clock.extension
    if given is None:
        return None
    place = (*path, "extension")
    by = reading.selectors(given.by, (*place, "by"))
    most = given.limit
    if most.kind != unit(span):
        wrong = f"is {most.kind}, the clock runs in {unit(span)}"
        reading.complain((*place, "kind"), wrong, f"write it in {unit(span)}", "XN-P055")
    lawful: Condition | None = None
    if given.approved_by is not None:
        reading.field("approved_by", by, (*place, "approved_by"))
        tree = Compare("==", Name(("approved_by",)), Literal(given.approved_by))
        lawful = Condition(f"approved_by == {given.approved_by!r}", tree)
    if given.reasoned:
        reading.field("reason", by, (*place, "reasoned"))
        lawful = both(lawful, Condition("given(reason)", Given(Name(("reason",)))))
    granted = reading.field(given.granted, by, (*place, "granted"), NUMBERS)
    return Extension(by, most, given.times, granted, lawful, tuple(given.cite or clock.cite))


def _lapse(clock: ClockIn, span: Span, path: Path_, reading: Reading) -> Lapse | None:
    if clock.on_lapse is None:
        return None
    reading.kind(clock.on_lapse.deemed, (*path, "on_lapse", "deemed"))
    if unit(span) in HOUR_KINDS:
        wrong = "a limit of hours cannot lapse into a deemed fact"
        reading.complain((*path, "on_lapse"), wrong, "write the limit in days, months or years", "XN-P062")
    return Lapse(clock.on_lapse.deemed, clock.on_lapse.effective_on == "start")
