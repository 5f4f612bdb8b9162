"""The language of conditions is small, and what leaves it is refused."""

from __future__ import annotations

import ast
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.packs.condition import (
    Compare,
    Condition,
    ConditionError,
    Given,
    Junction,
    Literal,
    Name,
    Negation,
    Node,
    Sum,
    both,
    names,
    negated,
    parse,
)

A, B = Name(("a",)), Name(("b",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("true", Literal(value=True)),
        ("false", Literal(value=False)),
        ("True", Literal(value=True)),
        ("a == 1", Compare("==", A, Literal(1))),
        ("a != -1.5", Compare("!=", A, Literal(-1.5))),
        ("  a <= b  ", Compare("<=", A, B)),
        ("a < b < 3", Junction("and", (Compare("<", A, B), Compare("<", B, Literal(3))))),
        ("a in ('x', 'y')", Compare("in", A, Literal(("x", "y")))),
        ("a not in [1, true]", Compare("not in", A, Literal((1, True)))),
        ("a + 1 >= b * 2 - 3", Compare(">=", Sum("+", A, Literal(1)), Sum("-", Sum("*", B, Literal(2)), Literal(3)))),
        ("not a and b or a", Junction("or", (Junction("and", (Negation(A), B)), A))),
        ("given(relied.fees.standard)", Given(Name(("relied", "fees", "standard")))),
        ("occurred_on > date('2021-07-15')", Compare(">", Name(("occurred_on",)), Literal(dt.date(2021, 7, 15)))),
        ("a in (date('2021-07-15'),)", Compare("in", A, Literal((dt.date(2021, 7, 15),)))),
    ],
)
def test_a_condition_is_read(text: str, tree: Node) -> None:
    assert parse(text).tree == tree
    assert str(parse(text)) == text.strip()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "cannot be read: invalid syntax; write something like: amount > 30"),
        ("a = 1", "cannot be read: invalid syntax"),
        ("a == 1\0", "cannot be read: source code string cannot contain null bytes"),
        ("a is 1", "compares with `is`; write == or !="),
        ("a is not 1", "compares with `is`"),
        ("a / 2 > 1", "uses something this language does not have: a / 2; use comparisons, and, or"),
        ("~a", "uses something this language does not have: ~a"),
        ("-a", "uses something this language does not have: -a"),
        ("a == None", "uses something this language does not have: None"),
        ("a == b'x'", "uses something this language does not have: b'x'"),
        ("a == ...", "uses something this language does not have: ..."),
        ("a[0] == 1", "uses something this language does not have: a[0]"),
        ("f(a)", "uses something this language does not have: f(a)"),
        ("given(1)", "uses something this language does not have: given(1)"),
        ("given(a, b)", "uses something this language does not have: given(a, b)"),
        ("given(x=a)", "uses something this language does not have: given(x=a)"),
        ("date(a)", "uses something this language does not have: date(a)"),
        ("a if b else a", "uses something this language does not have: a if b else a"),
        ("(lambda: a)()", "uses something this language does not have"),
        ("__import__('os').system('ls')", "uses something this language does not have"),
        ("[x for x in a]", "uses something this language does not have"),
        ("f'{a}' == 'x'", "uses something this language does not have"),
        ("(a := 1) == 1", "uses something this language does not have"),
        ("a.b == 1", "asks for a.b; write a field of the event, or relied.REGISTER.FIELD"),
        ("relied.fees == 1", "asks for relied.fees; write"),
        ("relied.a.b.c == 1", "asks for relied.a.b.c; write"),
        ("a.__class__ == 1", "asks for a.__class__; write"),
        ("f(a).b == 1", "asks for f(a); name a field of the event"),
        ("a in (b, 1)", "lists something that is not a plain value: b; list numbers, words or dates"),
        ("a in ((1, 2), 3)", "lists something that is not a plain value: (1, 2)"),
        ("a == date('yesterday')", "'yesterday' is no date; write date('2021-07-15')"),
        ("+".join(["a"] * 5000) + " > 1", "is nested too deep; split it into two rules"),
        ("(" * 5000 + "a" + ")" * 5000, ""),
        ("not " * 5000 + "a", ""),
        ("a == " + "9" * 5000, "cannot be read"),
    ],
)  # fmt: skip
def test_what_leaves_the_language_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(text)
    assert str(caught.value).startswith(complaint)


def test_conditions_are_joined_and_turned_round() -> None:
    one, two = parse("a == 1"), parse("b")
    assert both(None, None) is None
    assert both(one, None) == both(None, one) == one
    joined = both(one, two)
    assert joined == Condition("(a == 1) and (b)", Junction("and", (one.tree, two.tree)))
    assert str(negated(one)) == "not (a == 1)"
    assert parse(str(joined)).tree == joined.tree
    assert parse(str(negated(one))).tree == negated(one).tree


def test_a_condition_knows_what_it_asks() -> None:
    text = "not given(a) or b + c > 3 and d in (1, 2) and relied.fees.standard == 1 and true"
    assert names(parse(text).tree) == {("a",), ("b",), ("c",), ("d",), ("relied", "fees", "standard")}


NAMES = st.sampled_from(["a", "b2", "relied.fees.standard", "occurred_on"])
ATOMS = (
    NAMES
    | st.integers(-99, 99).map(str)
    | st.sampled_from(["true", "'x'", "('x', 2)", "date('2021-07-15')", "given(a)"])
)
TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or", "==", "<", "+", "*"]), inner),
        inner.map("not ({})".format),
    ),
    max_leaves=12,
)


@given(TEXTS)
def test_whatever_the_language_can_write_is_read(text: str) -> None:
    assert ast.parse(text, mode="eval")
    assert names(parse(text).tree) <= {("a",), ("b2",), ("relied", "fees", "standard"), ("occurred_on",)}


@settings(max_examples=300)
@given(st.text(max_size=40) | st.text(alphabet="ab1 ()[]{}.,'=<>!+-*/:in not and or\n", max_size=40))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    try:
        parse(text)
    except ConditionError as error:
        complaint = str(error)
    else:
        complaint = "none; read"
    assert "; " in complaint
