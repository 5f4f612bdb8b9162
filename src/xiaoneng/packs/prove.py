"""Proving a procedure: what the order of events alone can show, explored to a stated bound.

Data conditions are taken both ways (as far as they can hold together), time is left open, and each rule is a machine.
Lawful histories begin with an opening event and breach no rule that speaks of order.

Which claims fall apart into independent groups of rules:

- *reachable* and *activated* look only at rules that can be breached before closing, each group on its own: an event
  that concerns one group leaves the others where they are, so a lawful way in the group is one in the whole.
- *lawful end* falls apart in the same way: if each group can come to rest, they can one after another, because their
  events are different ones. Whether the case is closed is one more machine, in the group of the events that close it.
- *satisfiable* looks at each rule alone, with closing.
- *course* does not fall apart (the contents of one event must suit all rules at once) and is walked as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaoneng.packs.alphabet import letters, matches
from xiaoneng.packs.course_proof import walk_course
from xiaoneng.packs.discharge import always_ends
from xiaoneng.packs.machines import ENDS, closing, machines
from xiaoneng.packs.model import Claim, RuleKind
from xiaoneng.packs.product import IDLE, UNLAWFUL, Product, components, explore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xiaoneng.packs.alphabet import Letter
    from xiaoneng.packs.machines import Machine
    from xiaoneng.packs.model import Procedure, Rule
    from xiaoneng.packs.selector import Selectors

BOUND = 200_000
"""States explored for one claim before it is left not proved."""


class Verdict(StrEnum):
    """What came of a claim."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_PROVED = "not_proved"


@dataclass(frozen=True, slots=True)
class Proof:
    """A claim about `subject` (an event kind, a rule, a clock, or the procedure) and what came of it.

    `witness` are the event kinds that lead to the trouble, `because` the rules that make it (`ends`: no event closes
    the case); `explored` is how many states were looked at, `bound` how many would have been.
    """

    claim: Claim
    subject: str
    verdict: Verdict
    witness: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    explored: int = 0
    bound: int = BOUND

    @property
    def is_warning(self) -> bool:
        """Whether a refutation is worth a look but no mistake: a duty that never comes up does no harm."""
        return self.claim is Claim.ACTIVATED


@dataclass(frozen=True, slots=True)
class _Law:
    """A procedure as letters and machines; `opening` are the letters with which a lawful history may begin.

    `lawful` are the letters that are not a breach wherever they stand, `telling` the machines that these move.
    """

    procedure: Procedure
    letters: tuple[Letter, ...]
    machines: tuple[Machine, ...]
    opening: tuple[Letter, ...]
    lawful: tuple[Letter, ...]
    telling: tuple[Machine, ...]

    def starts(self, product: Product) -> Iterator[tuple[int, str]]:
        for letter in self.opening:
            yield product.step(0, product.of[letter]), letter.kind


def prove(procedure: Procedure, bound: int = BOUND) -> tuple[Proof, ...]:
    """Try every claim on a procedure; claims about each event kind first, then the end, the course, each rule."""
    law = _law(procedure)
    return (
        *_reachable(law, bound),
        _lawful_end(law, bound),
        *_course(law, bound),
        *_satisfiable(law, bound),
    )


def _law(procedure: Procedure) -> _Law:
    """Read a procedure; init rules speak only of the first event, so they choose the openings and are done."""
    found = machines(procedure)
    parts = [part for machine in found for part in machine.parts]
    parts += [activating(rule) for rule in procedure.rules]
    parts += [procedure.opens, *(clock.starts for clock in procedure.clocks)]
    alphabet = letters(procedure, parts)
    lasting = tuple(machine for machine in found if machine.kind is not RuleKind.INIT)
    opening = tuple(
        letter
        for letter in alphabet
        if not letter.lapses
        and matches(procedure.opens, letter)
        and not any(machine.reports[0][machine.symbol(letter)] for machine in found)
    )
    lawful = tuple(letter for letter in alphabet if not any(machine.forbids(letter) for machine in lasting))
    telling = tuple(m for m in lasting if not all(m.accepts) or not all(m.is_idle(m.symbol(one)) for one in lawful))
    return _Law(procedure, alphabet, lasting, opening, lawful, telling)


def _reachable(law: _Law, bound: int) -> Iterator[Proof]:
    safety = [machine for machine in law.telling if any(any(row) for row in machine.reports)]
    reached, blocked_by = set(law.opening), dict[str, tuple[str, ...]]()
    complete, explored = True, 0
    free = set(law.lawful) if law.opening else set()
    for group in components(safety, law.lawful):
        product = Product(group, law.lawful)
        found = explore(product, law.starts(product), bound)
        complete, explored = complete and found.complete, explored + len(found.states)
        for letter, letter_class in product.of.items():
            if letter_class == IDLE:
                continue
            free.discard(letter)
            if letter_class in found.fired:
                reached.add(letter)
            else:
                blocked_by[letter.kind] = tuple(machine.id for machine in group if machine.symbol(letter))
    reached |= free
    missed = Verdict.REFUTED if complete else Verdict.NOT_PROVED
    kinds = {letter.kind for letter in reached}
    for kind in law.procedure.events:
        if not _is_forbidden(kind, law.procedure):
            verdict = Verdict.PROVED if kind in kinds else missed
            because = () if kind in kinds else blocked_by.get(kind, ())
            yield Proof(Claim.REACHABLE, kind, verdict, (), because, explored, bound)
    for name, selectors in _activations(law.procedure):
        live = any(matches(selectors, letter) for letter in reached)
        yield Proof(Claim.ACTIVATED, name, Verdict.PROVED if live else missed, (), (), explored, bound)


def _is_forbidden(kind: str, procedure: Procedure) -> bool:
    """Whether a rule of absence forbids an event outright: it is declared so that it can be found."""
    return any(
        rule.kind is RuleKind.ABSENCE and rule.n == 1 and any(s.kind == kind and s.where is None for s in rule.source)
        for rule in procedure.rules
    )


def _activations(procedure: Procedure) -> Iterator[tuple[str, Selectors]]:
    for rule in procedure.rules:
        if activating(rule):
            yield rule.id, activating(rule)
    for clock in procedure.clocks:
        yield clock.id, clock.starts


def activating(rule: Rule) -> Selectors:
    """Events that bring a duty up; none for rules of one per case and for what must not happen at all."""
    match rule.kind:
        case (
            RuleKind.INIT | RuleKind.EXISTENCE | RuleKind.EXACTLY | RuleKind.ABSENCE
            | RuleKind.WITHIN_LIST | RuleKind.NOT_ABOVE | RuleKind.CREDENTIAL_VALID
        ):  # fmt: skip
            return ()
        case RuleKind.PRECEDENCE | RuleKind.ALTERNATE_PRECEDENCE | RuleKind.CHAIN_PRECEDENCE | RuleKind.SAME_HANDS:
            return rule.target
        case RuleKind.MINIMUM_GAP:
            return rule.target
        case RuleKind.CO_EXISTENCE | RuleKind.SUCCESSION:
            return rule.source + rule.target
        case _:
            return rule.source


def _lawful_end(law: _Law, bound: int) -> Proof:
    subject, explored, complete = law.procedure.id, 0, True
    if not law.opening:
        return Proof(Claim.LAWFUL_END, subject, Verdict.REFUTED, (), _refusing(law), 0, bound)
    for group in components(law.telling, law.lawful):
        if all(all(machine.accepts) for machine in group) or always_ends(group, law.lawful, law.opening):
            continue
        product = Product(group, law.lawful)
        found = explore(product, law.starts(product), bound)
        explored += len(found.states)
        if not found.complete:
            complete = False
            continue
        stuck = found.stuck()
        if stuck is not None:
            owed = product.open(found.states[stuck])
            return Proof(Claim.LAWFUL_END, subject, Verdict.REFUTED, found.witness(stuck), owed, explored, bound)
    verdict = Verdict.PROVED if complete else Verdict.NOT_PROVED
    return Proof(Claim.LAWFUL_END, subject, verdict, (), (), explored, bound)


def _refusing(law: _Law) -> tuple[str, ...]:
    """Rules that forbid every opening event."""
    opens = [letter for letter in law.letters if matches(law.procedure.opens, letter)]
    found = (m.id for m in machines(law.procedure) for o in opens if m.reports[0][m.symbol(o)])
    return tuple(dict.fromkeys(found))


def _course(law: _Law, bound: int) -> Iterator[Proof]:
    if not law.procedure.course:
        return
    product = Product(law.machines, law.letters)
    walked = walk_course(law.procedure, product, law.opening, bound)
    for trouble in walked.troubles:
        yield Proof(
            Claim.COURSE, law.procedure.id, Verdict.REFUTED, trouble.path, trouble.because, walked.explored, bound
        )
    if not walked.troubles:
        verdict = Verdict.PROVED if walked.complete else Verdict.NOT_PROVED
        yield Proof(Claim.COURSE, law.procedure.id, verdict, (), (), walked.explored, bound)


def _satisfiable(law: _Law, bound: int) -> Iterator[Proof]:
    closed = closing(law.procedure.ends)
    opens = [letter for letter in law.letters if matches(law.procedure.opens, letter) and not letter.lapses]
    for machine in machines(law.procedure):
        if machine.id == ENDS:
            continue
        product = Product((machine, closed), law.letters)
        starts = [(product.step(0, product.of[letter]), letter.kind) for letter in opens]
        found = explore(product, [start for start in starts if start[0] != UNLAWFUL], bound)
        satisfied = any(not product.open(state) for state in found.states)
        missed = Verdict.REFUTED if found.complete else Verdict.NOT_PROVED
        because = () if satisfied else _never(machine, found.states, product)
        verdict = Verdict.PROVED if satisfied else missed
        yield Proof(Claim.SATISFIABLE, machine.id, verdict, (), because, len(found.states), bound)


def _never(machine: Machine, states: Sequence[int], product: Product) -> tuple[str, ...]:
    """What stands in the way: the rule itself, unless only the closing never comes."""
    own = {product.open(state) for state in states}
    return (ENDS,) if own and all(owed == (ENDS,) for owed in own) else (machine.id,)


def worst(proofs: Iterable[Proof]) -> Verdict:
    """The verdict on the whole: refuted if a claim that is no warning is, not proved if one is not."""
    verdicts = {proof.verdict for proof in proofs if not proof.is_warning}
    for verdict in (Verdict.REFUTED, Verdict.NOT_PROVED):
        if verdict in verdicts:
            return verdict
    return Verdict.PROVED
