"""Letters: kinds split by the conditions that the law puts to them."""

from __future__ import annotations

from typing import Any

import pytest

from xiaoneng.packs.condition import parse
from xiaoneng.packs.model import Lapse, RuleKind
from xiaoneng.packs.selector import Selector
from xiaoneng.supervise.alphabet import build_alphabet
from xiaoneng.supervise.build import program_of
from xiaoneng.supervise.encode import letter_of, zone_of

from .bench import SHANGHAI, clock, event, law, rule, sel, wd


def test_a_kind_with_two_conditions_has_four_letters_and_one_without_has_one() -> None:
    small, big = parse("amount < 3"), parse("amount > 5")
    alphabet = build_alphabet("ab", [("a", small), ("a", big), ("a", parse("amount  <  3")), ("a", None)])
    assert (alphabet.first, alphabet.size) == ({"a": 0, "b": 4}, 5)
    assert alphabet.letters(sel("a")) == {0, 1, 2, 3}
    assert alphabet.letters((Selector("a", small),)) == {1, 3}
    assert alphabet.letters((Selector("a", big), Selector("b"))) == {2, 3, 4}
    assert alphabet.fulfilling("a", big) == {2, 3}
    assert alphabet.fulfilling("b", None) == {4}


def test_a_deemed_fact_says_nothing_but_fulfils_what_asks_for_nothing_said() -> None:
    alphabet = build_alphabet("a", [("a", parse("amount > 5")), ("a", parse("not given(reason)"))])
    assert alphabet.silent("a") == 2


@pytest.mark.parametrize(
    ("amount", "letter"), [(0, 1), (4, 0), (6, 2), (None, 0)], ids=["small", "middle", "big", "unsaid"]
)
def test_an_event_is_the_letter_of_what_it_fulfils(amount: int | None, letter: int) -> None:
    procedure = law(rule(RuleKind.RESPONSE, "a where amount < 3", "a where amount > 5"), opens="b", kinds="a b")
    said: dict[str, Any] = {} if amount is None else {"amount": amount}
    assert letter_of(program_of(procedure), event(1, "a", "03-02", **said), zone_of(SHANGHAI)) == letter


def test_a_procedure_is_compiled_once() -> None:
    procedure = law(clock(wd(1), on_lapse=Lapse("c", from_start=True)))
    assert program_of(procedure) is program_of(procedure)
    again = law(clock(wd(1), on_lapse=Lapse("c", from_start=True)))
    assert program_of(again).tables == program_of(procedure).tables


def test_letters_that_every_rule_takes_alike_share_a_meaning() -> None:
    program = program_of(law(rule(RuleKind.RESPONSE, "a, c", "b"), kinds="a b c d e", ends="e"))
    a, b, c, d, e = (program.meanings[program.alphabet.first[kind]] for kind in "abcde")
    assert a == c
    assert len({a, b, d, e}) == 4
