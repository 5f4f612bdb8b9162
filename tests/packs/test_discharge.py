"""What is proved by paying debts is never refuted by exploring, and much is proved so."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs import prove as prove_module
from xiaoneng.packs.discharge import always_ends
from xiaoneng.packs.model import Clock, Rule, RuleKind
from xiaoneng.packs.product import Product, components, explore

from .small import clock, on, procedure, rule

if TYPE_CHECKING:
    from xiaoneng.packs.model import Procedure

KINDS = ("asked", "a", "b", "c", "d", "decided", "withdrawn")
ORDER = (
    RuleKind.RESPONSE, RuleKind.PRECEDENCE, RuleKind.NOT_SUCCESSION, RuleKind.ABSENCE, RuleKind.EXISTENCE,
    RuleKind.ALTERNATE_RESPONSE, RuleKind.CHAIN_RESPONSE, RuleKind.ALTERNATE_PRECEDENCE, RuleKind.CHAIN_PRECEDENCE,
    RuleKind.RESPONDED_EXISTENCE, RuleKind.CO_EXISTENCE, RuleKind.NOT_CO_EXISTENCE, RuleKind.SUCCESSION,
    RuleKind.EXACTLY, RuleKind.NOT_WHILE,
)  # fmt: skip


def some(chance: random.Random) -> Procedure:
    rules: list[Rule] = []
    clocks: tuple[Clock, ...] = (clock("running", on(chance.choice(KINDS)), on(chance.choice(KINDS))),)
    for number in range(chance.randint(1, 7)):
        of = chance.choice(ORDER)
        source, target = on(*chance.sample(KINDS, chance.choice((1, 1, 2)))), on(chance.choice(KINDS))
        if of in (RuleKind.ABSENCE, RuleKind.EXISTENCE, RuleKind.EXACTLY):
            rules.append(rule(f"r{number}", of, source, n=chance.choice((1, 2, 2))))
        elif of is RuleKind.NOT_WHILE:
            rules.append(rule(f"r{number}", of, source, pending="running"))
        else:
            rules.append(rule(f"r{number}", of, source, target))
    ends = on(*chance.sample(("decided", "withdrawn", "d"), chance.choice((1, 2))))
    return procedure(*KINDS, opens=on("asked"), ends=ends, rules=tuple(rules), clocks=clocks)


def compare(given: Procedure) -> tuple[bool, bool]:
    """Whether debts prove a lawful end, and whether exploring finds no trap."""
    law = prove_module._law(given)
    if not law.opening:
        return False, False
    paid = explored = True
    for group in components(law.telling, law.lawful):
        if all(all(machine.accepts) for machine in group):
            continue
        paid = paid and always_ends(group, law.lawful, law.opening)
        product = Product(group, law.lawful)
        explored = explored and explore(product, law.starts(product), 50_000).stuck() is None
    return paid, explored


@pytest.mark.parametrize("seed", range(40))
def test_what_debts_prove_exploring_never_refutes(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        given = some(chance)
        paid, explored = compare(given)
        assert explored or not paid, given.rules


def test_most_of_what_exploring_proves_debts_prove_too() -> None:
    chance = random.Random(7)
    found = [compare(some(chance)) for _ in range(400)]
    both = sum(paid for paid, explored in found if explored)
    assert both > 0.6 * sum(explored for _, explored in found)


def test_one_event_before_a_decision_and_another_after_it_share_a_debt() -> None:
    given = procedure(
        "asked", "decided", "delivered", "withdrawn",
        opens=on("asked"),
        ends=on("delivered", "withdrawn"),
        rules=(
            rule("not-after", RuleKind.NOT_SUCCESSION, on("decided"), on("withdrawn")),
            rule("not-before", RuleKind.PRECEDENCE, on("decided"), on("delivered")),
        ),
    )  # fmt: skip
    assert compare(given) == (True, True)


def test_an_answer_owed_is_given_before_the_case_is_closed() -> None:
    given = procedure(
        "asked", "heard", "signed", "decided",
        opens=on("asked"),
        ends=on("decided"),
        rules=(
            rule("minutes", RuleKind.RESPONSE, on("heard"), on("signed")),
            rule("on-minutes", RuleKind.NOT_WHILE, on("decided"), pending="minutes"),
            rule("heard-first", RuleKind.PRECEDENCE, on("heard"), on("signed")),
        ),
    )  # fmt: skip
    assert compare(given) == (True, True)


def test_a_trap_is_never_proved_away() -> None:
    given = procedure(
        "asked", "a", "decided",
        opens=on("asked"),
        ends=on("decided"),
        rules=(rule("trap", RuleKind.NOT_SUCCESSION, on("a"), on("decided")),),
    )  # fmt: skip
    assert compare(given) == (False, False)
