"""Compile a procedure: rules and clocks of a pack to the kernel's tables."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from xiaoneng.packs.model import Binds, FieldLimit, RuleKind, UntilField, Yearly
from xiaoneng.supervise import build_plain, layout
from xiaoneng.supervise.alphabet import build_alphabet
from xiaoneng.supervise.layout import MISSING, NEVER, V_FREE, V_NEXT_LAPSE, V_WORDS, Tables
from xiaoneng.supervise.program import BEYOND, UNITS, Program, Provision, in_units
from xiaoneng.supervise.slots import Slot, SlotKind
from xiaoneng.timing.kinds import LimitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.model import Clock, Procedure, Rule, Span
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.timing.limit import Limit

CHECK, KEEP, FLAGS, GROUNDS, MOVES, STARTS = range(6)
"""Order of operations at one event: checks, what is remembered, flags, grounds, then running clocks, then clocks that start."""
OWN_BITS = 61
"""Clocks with a bit of their own among the active ones; further ones share the next bit, which is never cleared."""


@lru_cache(maxsize=256)
def _compiled(procedure: _Identity) -> Program:
    return _Builder(procedure.value).build()


class _Identity:
    """A procedure as a cache key: by identity, since procedures are immutable and large."""

    __slots__ = ("value",)

    def __init__(self, value: Procedure) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.value is self.value


def program_of(procedure: Procedure) -> Program:
    """The compiled form of a procedure; compiled once."""
    return _compiled(_Identity(procedure))


def used_conditions(procedure: Procedure) -> Iterator[tuple[str, Condition | None]]:
    """Every (event kind, condition) that a procedure speaks of."""
    groups: list[Selectors] = [procedure.opens, procedure.ends]
    for rule in procedure.rules:
        groups += [rule.source, rule.target]
    for ground in procedure.grounds.values():
        groups += [ground.opens, ground.closes]
    for clock in procedure.clocks:
        groups += [clock.starts, clock.stops, clock.restart]
        if clock.extension is not None:
            groups.append(clock.extension.by)
            yield from ((selector.kind, clock.extension.lawful) for selector in clock.extension.by)
    for group in groups:
        yield from ((selector.kind, selector.where) for selector in group)


class _Builder:
    """Collects what the tables will hold while walking through a procedure once."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.alphabet = build_alphabet(procedure.events, used_conditions(procedure))
        self.provisions: list[Provision] = []
        self.slots: dict[Slot, int] = {}
        self.wanted: dict[int, set[int]] = {letter: set() for letter in range(self.alphabet.size)}
        self.ops: dict[int, list[tuple[int, tuple[int, ...]]]] = {n: [] for n in range(self.alphabet.size)}
        self.spans: list[int] = []
        self.caps: list[int] = []
        self.clocks: list[int] = []
        self.lapses: list[int] = []
        self.counted: list[int] = []
        self.chained: list[int] = []
        self.columns = 0
        self.pending: dict[str, int] = {}
        self.ground_flags: dict[str, int] = {}
        self.waited_for = frozenset(rule.pending for rule in procedure.rules if rule.kind is RuleKind.NOT_WHILE)
        plain = [rule for rule in procedure.rules if build_plain.is_plain(rule, self.waited_for)]
        self.plain = [
            build_plain.plain_rule(rule, self.provide(Provision(rule.id, rule=rule)), place, self.alphabet)
            for place, rule in enumerate(plain)
        ]
        self.groups = -(-len(plain) // layout.RULES_PER_GROUP)
        self.v = [0] * V_WORDS
        self.v[V_NEXT_LAPSE] = NEVER
        self.v[V_FREE] = -1
        self.v += [0] * (2 * self.groups)

    # what rules and clocks are made of

    def provide(self, provision: Provision) -> int:
        self.provisions.append(provision)
        return len(self.provisions) - 1

    def variables(self, n: int, value: int = 0) -> int:
        self.v += [value] * n
        return len(self.v) - n

    def slot(self, slot: Slot, letters: Iterable[int]) -> int:
        number = self.slots.setdefault(slot, len(self.slots))
        for letter in letters:
            self.wanted[letter].add(number)
        return number

    def office(self) -> None:
        self.slot(Slot(SlotKind.OFFICE), range(self.alphabet.size))

    def column(self) -> int:
        self.columns += 1
        return self.columns - 1

    def span(self, limit: Limit, *, rolls: bool = True) -> int:
        kind, amount = in_units(limit)
        if kind == layout.OFFICE:
            self.office()
        self.spans += [kind, amount, int(rolls)]
        return len(self.spans) - layout.SPAN

    def op(self, phase: int, letters: Iterable[int], *operands: int) -> None:
        padded = (*operands, *(0,) * (layout.OP - len(operands)))
        for letter in letters:
            self.ops[letter].append((phase, padded))

    def clock_op(self, letters: Iterable[int], opcode: int, k: int, operand: int = 0) -> None:
        ground = opcode in (layout.OPEN_GROUND, layout.CLOSE_GROUND)
        phase = STARTS if opcode == layout.START else GROUNDS if ground else MOVES
        self.op(phase, letters, opcode, k, operand)

    # rules

    def rule(self, rule: Rule) -> None:
        """Compile a rule that is not an automaton."""
        sources, targets = self.alphabet.letters(rule.source), self.alphabet.letters(rule.target)
        kind = rule.kind
        if (kind is RuleKind.RESPONSE) or kind is RuleKind.PUBLISHED_BY:
            self.response(rule)
        elif kind is RuleKind.CHAIN_RESPONSE:
            self.chain_response(rule, sources, targets)
        elif kind is RuleKind.NOT_WHILE:
            code = self.provide(Provision(rule.id, rule=rule))
            self.op(CHECK, sources, layout.NOT_WHILE, self.waits(rule.pending), 0, code)
        elif kind is RuleKind.RECORDED_LATE:
            self.recorded_late(rule, sources)
        elif kind in (RuleKind.DIFFERENT_HANDS, RuleKind.SAME_HANDS):
            self.hands(rule, sources, targets)
        elif kind is RuleKind.MINIMUM_GAP:
            code, at, span = self.provide(Provision(rule.id, rule=rule)), self.variables(2), self.span(_limit(rule))
            self.op(CHECK, targets, layout.GAP, at, span, code)
            self.op(KEEP, sources, layout.KEEP_GAP, at, span)
        else:
            self.counting(rule, sources, targets)

    def response(self, rule: Rule) -> None:
        """A response with a limit or a key, or one that others wait for: a clock of the agency."""
        kind, amount, slot = self.limit_of(rule.limit, rule.source)
        code = self.provide(Provision(rule.id, rule=rule, time=kind))
        k = self.clock_record(
            kind=kind,
            amount=amount,
            slot=slot,
            roll=kind in (layout.CALENDAR, layout.MONTHS),
            code=code,
            key=self.key(rule.same, rule.source, rule.target),
        )
        if isinstance(rule.limit, Yearly):
            self.clocks[k + layout.K_MONTH], self.clocks[k + layout.K_MONTH_DAY] = rule.limit.month, rule.limit.day
        self.pending[rule.id] = self.clocks[k + layout.K_AT] + layout.C_PENDING
        self.clock_op(self.alphabet.letters(rule.target), layout.STOP, k)
        self.clock_op(self.alphabet.letters(rule.source), layout.START, k)

    def chain_response(self, rule: Rule, sources: frozenset[int], targets: frozenset[int]) -> None:
        span, at = self.span(_limit(rule)), self.variables(3)
        code = self.provide(Provision(rule.id, rule=rule, time=self.spans[span]))
        every = frozenset(range(self.alphabet.size))
        self.op(CHECK, targets, layout.CHAIN_NEXT, at, 1, code, span)
        self.op(CHECK, every - targets, layout.CHAIN_NEXT, at, 0, code, span)
        self.op(KEEP, sources, layout.CHAIN_KEEP, at, span, code)
        self.chained += [at, span, code]

    def recorded_late(self, rule: Rule, sources: frozenset[int]) -> None:
        code, span = self.provide(Provision(rule.id, rule=rule)), self.span(_limit(rule))
        slot = self.slot(Slot(SlotKind.RECORDED, time=self.spans[span]), sources)
        self.op(CHECK, sources, layout.RECORDED, slot, span, code)

    def hands(self, rule: Rule, sources: frozenset[int], targets: frozenset[int]) -> None:
        code = self.provide(Provision(rule.id, rule=rule))
        self.slot(Slot(SlotKind.ACTOR), sources | targets)
        if rule.kind is RuleKind.SAME_HANDS:
            at = self.variables(1)
            self.op(CHECK, targets, layout.SAME_HANDS, at, 0, code)
            self.op(KEEP, sources, layout.KEEP_HANDS, at)
            return
        column = self.column()
        masks: defaultdict[int, int] = defaultdict(int)
        for place, selector in enumerate(rule.source):
            for letter in self.alphabet.letters((selector,)):
                masks[letter] |= 1 << place
        for letter, mask in masks.items():
            self.op(CHECK, (letter,), layout.HANDS, column, mask, code)

    def counting(self, rule: Rule, sources: frozenset[int], targets: frozenset[int]) -> None:
        """Counts beyond four states, counts by key, and precedence with a limit."""
        code = self.provide(Provision(rule.id, rule=rule))
        if rule.same:
            column, slot = self.column(), self.key(rule.same, rule.source, rule.target)
            if rule.kind is RuleKind.ABSENCE:
                self.op(CHECK, sources, layout.KEYED_AT_MOST, column, rule.n - 1, code, slot)
            else:
                self.op(CHECK, targets, layout.KEYED_AT_LEAST, column, 1, code, slot)
            self.op(KEEP, sources, layout.KEYED_COUNT, column, 0, 0, slot)
            return
        if rule.limit is not None:
            at, span = self.variables(2), self.span(_limit(rule))
            self.op(CHECK, targets, layout.AFTER_WITHIN, at, span, code)
            self.op(KEEP, sources, layout.KEEP_DUE, at, span)
            return
        at = self.variables(1)
        self.op(KEEP, sources, layout.COUNT, at)
        if rule.kind is RuleKind.PRECEDENCE:
            self.op(CHECK, targets, layout.AT_LEAST, at, rule.n, code)
        if rule.kind in (RuleKind.ABSENCE, RuleKind.EXACTLY):
            most = rule.n if rule.kind is RuleKind.EXACTLY else rule.n - 1
            self.op(CHECK, sources, layout.AT_MOST, at, most, code)
        if rule.kind in (RuleKind.EXISTENCE, RuleKind.EXACTLY):
            self.counted += [at, rule.n, code]

    def waits(self, pending: str) -> int:
        """Variable that is above zero while the named clock, response or ground is open."""
        if pending in self.pending:
            return self.pending[pending]
        if pending not in self.ground_flags:
            ground, at = self.procedure.grounds[pending], self.variables(1)
            self.ground_flags[pending] = at
            self.op(FLAGS, self.alphabet.letters(ground.closes), layout.FLAG, at, 0)
            self.op(FLAGS, self.alphabet.letters(ground.opens), layout.FLAG, at, 1)
        return self.ground_flags[pending]

    # clocks

    def key(self, field: str, *groups: Selectors) -> int:
        if not field:
            return -1
        return self.slot(Slot(SlotKind.KEY, field), frozenset().union(*map(self.alphabet.letters, groups)))

    def limit_of(self, limit: Span | None, starts: Selectors) -> tuple[int, int, int]:
        """A span as (kind of time, amount or MISSING, slot or -1)."""
        letters = self.alphabet.letters(starts)
        if limit is None:
            return layout.UNLIMITED, 0, -1
        if isinstance(limit, UntilField):
            return layout.UNTIL, MISSING, self.slot(Slot(SlotKind.UNTIL, limit.field), letters)
        if isinstance(limit, Yearly):
            return layout.UNTIL, MISSING, -1
        if isinstance(limit, FieldLimit):
            kind, factor = UNITS[LimitKind(limit.kind)]
            slot = Slot(SlotKind.AMOUNT, limit.field, factor, BEYOND[LimitKind(limit.kind)])
            return self.timed(kind), MISSING, self.slot(slot, letters)
        kind, amount = in_units(limit)
        return self.timed(kind), amount, -1

    def timed(self, kind: int) -> int:
        if kind == layout.OFFICE:
            self.office()
        return kind

    def clock_record(
        self,
        *,
        kind: int,
        amount: int,
        slot: int,
        roll: bool,
        code: int,
        key: int = -1,
        first: bool = False,
        quiet: bool = False,
        grounds: tuple[str, ...] = (),
    ) -> int:
        """Lay out one clock and its variables; what it may do besides is written into the record by the caller."""
        at = self.variables(layout.C_GROUNDS)
        for cell in (layout.C_HEAD, layout.C_TAIL, layout.C_LATE_HEAD, layout.C_LATE_TAIL):
            self.v[at + cell] = -1
        self.v[at + layout.C_REACH] = MISSING
        self.v[at + layout.C_OFF_AT] = MISSING
        self.variables(len(grounds), MISSING)
        caps = len(self.caps)
        for ground in grounds:
            cap = self.procedure.grounds[ground].cap
            self.caps.append(-1 if cap is None else in_units(cap)[1])
        k = len(self.clocks)
        record = [0] * layout.CLOCK
        record[layout.K_KIND], record[layout.K_AMOUNT], record[layout.K_SLOT] = kind, amount, slot
        record[layout.K_ROLL], record[layout.K_FIRST], record[layout.K_QUIET] = int(roll), int(first), int(quiet)
        record[layout.K_LAPSE], record[layout.K_KEY], record[layout.K_AT] = -1, key, at
        record[layout.K_COLUMN] = self.column() if key >= 0 else 0
        record[layout.K_GROUNDS], record[layout.K_CAPS] = len(grounds), caps
        number = k // layout.CLOCK
        record[layout.K_BIT] = 1 << min(number, OWN_BITS)
        record[layout.K_CLEARS] = record[layout.K_BIT] if number < OWN_BITS else 0
        record[layout.K_GRANTED], record[layout.K_CODE], record[layout.K_EXTENSION] = -1, code, -1
        self.clocks += record
        return k

    def clock(self, clock: Clock, *, promise: bool) -> None:
        """Compile a clock, or the twin that runs for its promise."""
        limit = clock.promised if promise else clock.limit
        kind, amount, slot = self.limit_of(limit, clock.starts)
        name = f"{clock.id}.promised" if promise else clock.id
        code = self.provide(Provision(name, clock=clock, promise=promise, time=kind))
        k = self.clock_record(
            kind=kind,
            amount=amount,
            slot=slot,
            roll=clock.roll,
            code=code,
            key=self.key(clock.same, clock.starts, clock.stops),
            first=clock.first_only,
            quiet=clock.binds is not Binds.AGENCY,
            grounds=clock.off_clock,
        )
        if not promise:
            self.pending[clock.id] = self.clocks[k + layout.K_AT] + layout.C_PENDING
        self.off_clock(clock, k)
        self.extension(clock, k, promise=promise)
        self.clock_op(self.alphabet.letters(clock.restart), layout.RESTART, k)
        self.clock_op(self.alphabet.letters(clock.stops), layout.STOP, k)
        self.clock_op(self.alphabet.letters(clock.starts), layout.START, k)
        if clock.on_lapse is not None and not promise:
            self.clocks[k + layout.K_LAPSE] = self.alphabet.silent(clock.on_lapse.deemed)
            self.clocks[k + layout.K_FROM_START] = int(clock.on_lapse.from_start)
            self.lapses.append(k)

    def off_clock(self, clock: Clock, k: int) -> None:
        for place, name in enumerate(clock.off_clock):
            self.clock_op(self.alphabet.letters(self.procedure.grounds[name].closes), layout.CLOSE_GROUND, k, place)
        for place, name in enumerate(clock.off_clock):
            self.clock_op(self.alphabet.letters(self.procedure.grounds[name].opens), layout.OPEN_GROUND, k, place)
        deemed = {
            other.on_lapse.deemed for other in self.procedure.clocks if other.on_lapse and other.on_lapse.from_start
        }
        # A clock may start from an earlier day than changes of its grounds: by silence, or known by its day among instants.
        earlier = any(selector.kind in deemed for selector in clock.starts)
        hours = self.clocks[k + layout.K_KIND] in (layout.ELAPSED, layout.OFFICE) and bool(clock.off_clock)
        self.clocks[k + layout.K_HISTORY] = int(earlier or hours)

    def extension(self, clock: Clock, k: int, *, promise: bool) -> None:
        extension = clock.extension
        if extension is None:
            return
        if not promise and clock.binds is Binds.AGENCY:
            code = self.provide(Provision(f"{clock.id}.extension", clock=clock, extension=True))
            self.clocks[k + layout.K_EXTENSION] = code
        self.clocks[k + layout.K_MOST] = in_units(extension.most)[1]
        self.clocks[k + layout.K_TIMES] = extension.times
        if extension.granted:
            most = extension.most.kind
            slot = Slot(SlotKind.AMOUNT, extension.granted, UNITS[most][1], BEYOND[most])
            self.clocks[k + layout.K_GRANTED] = self.slot(slot, self.alphabet.letters(extension.by))
        kinds = {selector.kind for selector in extension.by}
        lawful = frozenset().union(*(self.alphabet.fulfilling(kind, extension.lawful) for kind in kinds))
        for letter in self.alphabet.letters(extension.by):
            self.clock_op((letter,), layout.EXTEND, k, int(letter in lawful))

    # the whole

    def build(self) -> Program:
        plain = {rule.rule.id for rule in self.plain}
        rest = [rule for rule in self.procedure.rules if rule.id not in plain]
        for clock in self.procedure.clocks:
            self.clock(clock, promise=False)
            if clock.promised is not None:
                self.clock(clock, promise=True)
        for rule in sorted(rest, key=lambda rule: rule.kind is RuleKind.NOT_WHILE):
            self.rule(rule)
        return Program(
            procedure=self.procedure,
            tables=self.tables(),
            alphabet=self.alphabet,
            provisions=tuple(self.provisions),
            plain=tuple(self.plain),
            slots=tuple(self.slots),
            plans=tuple(tuple(sorted(self.wanted[letter])) for letter in range(self.alphabet.size)),
            opening=self.alphabet.letters(self.procedure.opens),
            meanings=self.meanings(),
            instants=layout.ELAPSED in self.times(),
            calendar=bool(self.times() & {layout.WORKING, layout.OFFICE}) or self.rolls() or bool(self.lapses),
        )

    def meanings(self) -> tuple[int, ...]:
        """Letters that do the same to every rule and clock share a number."""
        ends = self.alphabet.letters(self.procedure.ends)
        numbers: dict[object, int] = {}
        return tuple(
            numbers.setdefault(
                (
                    tuple((letter in plain.sources, letter in plain.targets) for plain in self.plain),
                    tuple(self.ops[letter]),
                    letter in ends,
                ),
                len(numbers),
            )
            for letter in range(self.alphabet.size)
        )

    def times(self) -> set[int]:
        """Kinds of time in use."""
        return {*self.clocks[layout.K_KIND :: layout.CLOCK], *self.spans[layout.S_KIND :: layout.SPAN]}

    def rolls(self) -> bool:
        """Whether some due date moves when it falls on a day off."""
        return any(self.clocks[layout.K_ROLL :: layout.CLOCK]) or any(
            self.spans[at + layout.S_ROLL] and self.spans[at] in (layout.CALENDAR, layout.MONTHS)
            for at in range(0, len(self.spans), layout.SPAN)
        )

    def tables(self) -> Tables:
        letters: list[int] = []
        ops: list[int] = []
        ends = self.alphabet.letters(self.procedure.ends)
        for letter in range(self.alphabet.size):
            places = [len(ops)]
            for phases in ((CHECK, KEEP, FLAGS, GROUNDS), (MOVES,), (STARTS,)):
                mine = [op for op in self.ops[letter] if op[0] in phases]
                for _, operands in sorted(mine, key=lambda op: op[0]):
                    ops += operands
                places.append(len(ops))
            moved = {operands[1] for phase, operands in self.ops[letter] if phase == MOVES}
            concerned = sum({self.clocks[k + layout.K_BIT] for k in moved})
            letters += [*places, concerned, int(letter in ends)]
        size = self.alphabet.size
        return Tables(
            groups=self.groups,
            columns=self.columns,
            actor=self.slots.get(Slot(SlotKind.ACTOR), -1),
            office=self.slots.get(Slot(SlotKind.OFFICE), -1),
            lapses=tuple(self.lapses),
            words=tuple(build_plain.words(self.plain, size, self.groups)),
            open_words=tuple(build_plain.open_words(self.plain, self.groups)),
            all_bits=tuple(build_plain.all_bits(self.plain, self.groups)),
            concerns=tuple(build_plain.concerns(self.plain, size, self.groups)),
            plain=tuple(n for one in self.plain for n in (one.code, one.automaton.blame, one.automaton.owed)),
            bits=tuple(build_plain.BITS),
            letters=tuple(letters),
            ops=tuple(ops),
            clocks=tuple(self.clocks),
            caps=tuple(self.caps),
            spans=tuple(self.spans),
            counted=tuple(self.counted),
            chained=tuple(self.chained),
            start=tuple(self.v),
        )


def _limit(rule: Rule) -> Limit:
    """The fixed limit of a rule; the loader allows no other here."""
    return rule.limit  # type: ignore[return-value]
