"""What order alone can prove of a procedure, and what it refutes, with a witness."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from xiaoneng.packs import prove as prove_module
from xiaoneng.packs.alphabet import letters, matches
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.machines import machines
from xiaoneng.packs.model import Choice, Claim, Ground, Lapse, Parallel, Procedure, Repeat, RuleKind
from xiaoneng.packs.product import Product, components, explore
from xiaoneng.packs.prove import BOUND, Proof, Verdict, prove, worst
from xiaoneng.packs.words import Words

from .small import clock, field, kind, on, procedure, rule, steps

if TYPE_CHECKING:
    from pathlib import Path

FIRST = rule("first", RuleKind.PRECEDENCE, on("asked"), on("decided"))


def simple(*rules: object, **keys: object) -> Procedure:
    given: dict[str, object] = {"opens": on("asked"), "ends": on("decided")} | keys
    return procedure("asked", "heard", "decided", rules=rules, **given)  # type: ignore[arg-type]


def claimed(proofs: tuple[Proof, ...], claim: Claim) -> dict[str, Verdict]:
    return {proof.subject: proof.verdict for proof in proofs if proof.claim is claim}


def one(proofs: tuple[Proof, ...], claim: Claim) -> Proof:
    (found,) = [proof for proof in proofs if proof.claim is claim]
    return found


def test_a_procedure_without_rules_is_proved() -> None:
    proofs = prove(simple(course=steps("asked", "heard", "decided")))
    assert worst(proofs) is Verdict.PROVED
    assert claimed(proofs, Claim.REACHABLE) == dict.fromkeys(("asked", "heard", "decided"), Verdict.PROVED)


def test_two_openings_that_come_to_the_same_are_walked_once() -> None:
    proofs = prove(simple(rule("minutes", RuleKind.RESPONSE, on("decided"), on("heard")), opens=on("asked", "heard")))
    assert one(proofs, Claim.LAWFUL_END).explored == 3


def test_an_event_that_a_rule_always_forbids_is_not_reachable() -> None:
    proofs = prove(simple(rule("never", RuleKind.NOT_SUCCESSION, on("asked"), on("heard"))))
    assert claimed(proofs, Claim.REACHABLE)["heard"] is Verdict.REFUTED
    (proof,) = [p for p in proofs if p.claim is Claim.REACHABLE and p.subject == "heard"]
    assert proof.because == ("never",)


def test_an_event_forbidden_by_absence_is_declared_to_be_found_and_not_asked_about() -> None:
    proofs = prove(simple(rule("never", RuleKind.ABSENCE, on("heard"))))
    assert "heard" not in claimed(proofs, Claim.REACHABLE)
    assert worst(proofs) is Verdict.PROVED


def test_an_event_that_two_rules_make_each_wait_for_the_other_is_not_reachable() -> None:
    rules = (
        rule("a", RuleKind.PRECEDENCE, on("heard"), on("decided")),
        rule("b", RuleKind.PRECEDENCE, on("decided"), on("heard")),
    )
    proofs = prove(simple(*rules))
    assert claimed(proofs, Claim.REACHABLE) == {
        "asked": Verdict.PROVED, "heard": Verdict.REFUTED, "decided": Verdict.REFUTED,
    }  # fmt: skip
    assert claimed(proofs, Claim.ACTIVATED) == {"a": Verdict.REFUTED, "b": Verdict.REFUTED}


def test_a_duty_that_can_no_longer_be_met_leaves_no_lawful_end() -> None:
    rules = (
        rule("minutes", RuleKind.RESPONSE, on("heard"), on("signed")),
        rule("quiet", RuleKind.NOT_SUCCESSION, on("heard"), on("signed")),
    )
    proof = one(
        prove(procedure("asked", "heard", "signed", "decided", opens=on("asked"), ends=on("decided"), rules=rules)),
        Claim.LAWFUL_END,
    )
    assert (proof.verdict, proof.because) == (Verdict.REFUTED, ("minutes",))
    assert proof.witness == ("asked", "heard")


def test_without_an_event_that_ends_there_is_no_lawful_end() -> None:
    proof = one(prove(simple(ends=())), Claim.LAWFUL_END)
    assert (proof.verdict, proof.witness, proof.because) == (Verdict.REFUTED, ("asked",), ("ends",))


def test_an_opening_that_breaches_a_rule_refutes_everything() -> None:
    proofs = prove(simple(rule("start", RuleKind.INIT, on("heard"))))
    proof = one(proofs, Claim.LAWFUL_END)
    assert (proof.verdict, proof.because) == (Verdict.REFUTED, ("start",))
    assert set(claimed(proofs, Claim.REACHABLE).values()) == {Verdict.REFUTED}
    assert claimed(proofs, Claim.SATISFIABLE) == {"start": Verdict.REFUTED}


def test_a_duty_met_after_the_end_makes_the_end_lawful() -> None:
    proofs = prove(simple(rule("minutes", RuleKind.RESPONSE, on("decided"), on("heard"))))
    assert one(proofs, Claim.LAWFUL_END).verdict is Verdict.PROVED


def test_a_rule_that_needs_what_cannot_be_said_is_not_satisfiable() -> None:
    heard = kind("heard", field("open", required=True))
    rules = (rule("odd", RuleKind.EXISTENCE, on("heard: open == true and open == false")),)
    proofs = prove(procedure("asked", heard, "decided", opens=on("asked"), ends=on("decided"), rules=rules))
    assert claimed(proofs, Claim.SATISFIABLE) == {"odd": Verdict.REFUTED}
    assert one(proofs, Claim.SATISFIABLE).because == ("odd",)


def test_a_rule_that_only_wants_a_closing_says_that_the_closing_is_missing() -> None:
    proofs = prove(simple(FIRST, ends=()))
    assert one(proofs, Claim.SATISFIABLE).because == ("ends",)


def test_a_duty_that_never_comes_up_is_a_warning() -> None:
    heard = kind("heard", field("open", required=True))
    odd = rule("odd", RuleKind.RESPONSE, on("heard: open == true and open == false"), on("decided"))
    late = clock("late", on("heard: open != open"), on("decided"))
    given = procedure("asked", heard, "decided", opens=on("asked"), ends=on("decided"), rules=(odd,), clocks=(late,))
    proofs = prove(given)
    assert claimed(proofs, Claim.ACTIVATED)["odd"] is Verdict.REFUTED
    assert worst(proofs) is Verdict.PROVED
    assert {p.claim for p in proofs if p.is_warning} == {Claim.ACTIVATED}


def test_conditions_are_taken_both_ways_but_only_as_they_can_hold_together() -> None:
    decided = kind("decided", field("granted", required=True))
    rules = (
        rule("grant", RuleKind.PRECEDENCE, on("heard"), on("decided: granted == true")),
        rule("refuse", RuleKind.PRECEDENCE, on("heard"), on("decided: granted == false")),
    )
    course = steps("asked", "decided")
    given = procedure("asked", "heard", decided, opens=on("asked"), ends=on("decided"), rules=rules, course=course)
    proof = one(prove(given), Claim.COURSE)
    assert (proof.verdict, proof.witness) == (Verdict.REFUTED, ("asked", "decided"))
    assert proof.because in (("grant",), ("refuse",))


def test_a_path_is_lawful_if_some_contents_make_it_so() -> None:
    decided = kind("decided", field("granted", required=True))
    rules = (rule("grant", RuleKind.PRECEDENCE, on("heard"), on("decided: granted == true")),)
    course = steps("asked", "decided")
    given = procedure("asked", "heard", decided, opens=on("asked"), ends=on("decided"), rules=rules, course=course)
    assert one(prove(given), Claim.COURSE).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("course", "witness", "because"),
    [
        (steps("asked", "decided", "heard"), None, ()),
        (steps("heard", "decided"), ("heard",), ("opens",)),
        (steps("asked", "heard"), ("asked", "heard"), ("ends",)),
        ((*steps("asked"), Choice((steps("heard", "end"), steps("decided")))), ("asked", "heard"), ("ends",)),
        ((*steps("asked"), Repeat(steps("heard")), *steps("decided")), ("asked", "heard", "heard"), ("once",)),
        ((*steps("asked"), Parallel((steps("heard"),) * 2), *steps("decided")), ("asked", "heard", "heard"), ("once",)),
        (steps("end"), (), ("ends",)),
        ((), None, ()),
    ],
)  # fmt: skip
def test_a_course_is_walked_to_its_first_unlawful_step(
    course: tuple[object, ...], witness: tuple[str, ...] | None, because: tuple[str, ...]
) -> None:
    given = simple(FIRST, rule("once", RuleKind.ABSENCE, on("heard"), n=2), course=course)
    proofs = [proof for proof in prove(given) if proof.claim is Claim.COURSE]
    if witness is None:
        assert [proof.verdict for proof in proofs] == [Verdict.PROVED] * bool(course)
    else:
        assert [(p.verdict, p.witness, p.because) for p in proofs] == [(Verdict.REFUTED, witness, because)]


def test_a_course_that_only_one_order_of_parallel_branches_breaches_is_refuted_by_that_order() -> None:
    given = simple(
        rule("hear-first", RuleKind.PRECEDENCE, on("heard"), on("reviewed")),
        course=(*steps("asked"), Parallel((steps("heard"), steps("reviewed"))), *steps("decided")),
    )
    given = procedure(
        "asked",
        "heard",
        "reviewed",
        "decided",
        opens=given.opens,
        ends=given.ends,
        rules=given.rules,
        course=given.course,
    )
    assert one(prove(given), Claim.COURSE).witness == ("asked", "reviewed")


@pytest.mark.parametrize("pending", ["period", "minutes", "hearing"])
def test_not_while_holds_back_what_it_names_until_the_pending_thing_is_over(pending: str) -> None:
    hearing = Ground("hearing", Words("听证"), on("opened"), on("closed"), None, ("x",))
    given = procedure(
        "asked", "opened", "closed", "decided",
        opens=on("asked"),
        ends=on("decided"),
        rules=(
            rule("minutes", RuleKind.RESPONSE, on("opened"), on("closed")),
            rule("wait", RuleKind.NOT_WHILE, on("decided"), pending=pending),
        ),
        clocks=(clock("period", on("opened"), on("closed")),),
        grounds={"hearing": hearing},
        course=(*steps("asked", "opened"), Choice(((), steps("closed"))), *steps("decided")),
    )  # fmt: skip
    (proof,) = [p for p in prove(given) if p.claim is Claim.COURSE]
    assert (proof.witness, proof.because) == (("asked", "opened", "decided"), ("wait",))


def test_a_clock_of_the_first_start_only_is_not_pending_again() -> None:
    given = simple(
        rule("wait", RuleKind.NOT_WHILE, on("decided"), pending="period"),
        clocks=(clock("period", on("asked"), on("heard"), first_only=True),),
        course=steps("asked", "heard", "asked", "decided"),
    )
    assert one(prove(given), Claim.COURSE).verdict is Verdict.PROVED


def test_silence_ends_what_is_pending() -> None:
    lapsing = clock("period", on("asked"), (), on_lapse=Lapse("heard", from_start=False))
    given = simple(
        rule("wait", RuleKind.NOT_WHILE, on("decided"), pending="period"),
        clocks=(lapsing,),
        course=steps("asked", "heard", "decided"),
    )
    assert worst(prove(given)) is Verdict.PROVED


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        (RuleKind.RESPONSE, {"limit": clock("x", (), ()).limit}),
        (RuleKind.ABSENCE, {"n": 2, "same": "who"}),
        (RuleKind.DIFFERENT_HANDS, {}),
        (RuleKind.MINIMUM_GAP, {"limit": clock("x", (), ()).limit}),
        (RuleKind.RECORDED_LATE, {}),
    ],
)
def test_rules_that_say_nothing_about_order_do_not_hold_a_course_up(sort: RuleKind, keys: dict[str, object]) -> None:
    given = simple(
        rule("free", sort, on("heard"), on("asked"), **keys), course=steps("asked", "heard", "heard", "decided")
    )
    proofs = prove(given)
    assert worst(proofs) is Verdict.PROVED
    assert "free" not in claimed(proofs, Claim.SATISFIABLE)


def test_precedence_counts() -> None:
    given = simple(
        rule("thrice", RuleKind.PRECEDENCE, on("heard"), on("decided"), n=3),
        course=steps("asked", "heard", "heard", "decided"),
    )
    assert one(prove(given), Claim.COURSE).witness == ("asked", "heard", "heard", "decided")
    assert worst(p for p in prove(given) if p.claim is not Claim.COURSE) is Verdict.PROVED


def test_an_amount_above_the_standard_is_avoided_by_contents_that_are_not() -> None:
    heard = kind("heard")
    rules = (rule("fee", RuleKind.NOT_ABOVE, on("heard: amount > relied.fees.standard")),)
    given = procedure(
        "asked",
        heard,
        "decided",
        opens=on("asked"),
        ends=on("decided"),
        rules=rules,
        course=steps("asked", "heard", "decided"),
    )
    assert worst(prove(given)) is Verdict.PROVED


def test_beyond_the_bound_nothing_is_proved_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_module, "always_ends", lambda *_: False)
    kinds = [f"k{i}" for i in range(12)]
    rules = [rule(f"r{name}", RuleKind.RESPONSE, on(name), on("decided")) for name in kinds]
    given = procedure(
        "asked",
        "decided",
        *kinds,
        opens=on("asked"),
        ends=on("decided"),
        rules=tuple(rules),
        course=steps("asked", *kinds, "decided"),
    )
    proofs = prove(given, bound=10)
    proof = one(proofs, Claim.LAWFUL_END)
    assert (proof.verdict, proof.bound) == (Verdict.NOT_PROVED, 10)
    assert proof.explored > 10
    assert one(proofs, Claim.COURSE).verdict is Verdict.NOT_PROVED
    assert worst(proofs) is Verdict.NOT_PROVED
    assert one(prove(given), Claim.LAWFUL_END).verdict is Verdict.PROVED


ANY = sorted(set(RuleKind) - {RuleKind.NOT_WHILE, RuleKind.PUBLISHED_BY})


@pytest.mark.parametrize("seed", range(40))
def test_groups_of_rules_prove_what_all_rules_together_prove(seed: int) -> None:
    chance = random.Random(seed)
    kinds = [f"k{i}" for i in range(8)]
    made = []
    for i in range(chance.randint(2, 7)):
        sort = chance.choice(ANY)
        source, target = chance.sample(kinds, 2)
        made.append(
            rule(
                f"r{i}",
                sort,
                on(source),
                on(target),
                n=chance.choice([1, 1, 2]) if sort in (RuleKind.ABSENCE, RuleKind.PRECEDENCE) else 1,
            )
        )
    given = procedure(*kinds, opens=on("k0"), ends=on("k7"), rules=tuple(made))
    proofs = prove(given)
    found = machines(given)
    alphabet = letters(given, [part for machine in found for part in machine.parts])
    whole = Product(found, alphabet)
    opening = [letter for letter in alphabet if matches(given.opens, letter)]
    starts = [(whole.step(0, whole.of[letter]), letter.kind) for letter in opening]
    explored = explore(whole, [start for start in starts if start[0] >= 0], BOUND)
    assert explored.complete
    reached = {whole.kinds[letter_class] for letter_class in explored.fired} | {k for _, k in starts if explored.states}
    idle = {letter.kind for letter, c in whole.of.items() if c < 0 and explored.states}
    verdicts = claimed(proofs, Claim.REACHABLE)
    same = {letter.kind for letter, c in whole.of.items() if c >= 0 and c in explored.fired}
    assert {k for k, v in verdicts.items() if v is Verdict.PROVED} == (reached | idle | same) & verdicts.keys()
    expected = Verdict.PROVED if explored.states and explored.stuck() is None else Verdict.REFUTED
    assert one(proofs, Claim.LAWFUL_END).verdict is expected


def test_machines_that_share_no_letter_are_independent() -> None:
    given = procedure(
        "a", "b", "c", "d",
        opens=on("a"), ends=on("d"),
        rules=(rule("one", RuleKind.RESPONSE, on("a"), on("b")), rule("two", RuleKind.RESPONSE, on("c"), on("d"))),
    )  # fmt: skip
    found = machines(given)
    groups = components(found, letters(given, [part for machine in found for part in machine.parts]))
    assert [[machine.id for machine in group] for group in groups] == [["one"], ["two", "ends"]]


def test_the_licensing_pack_is_proved(root: Path) -> None:
    if not (root / "packs/cn/licensing/family.yaml").is_file():
        pytest.skip("packs/cn/licensing is not there")
    proofs = prove(open_packs(root / "packs").procedure("cn.licensing"))
    assert [proof for proof in proofs if proof.verdict is not Verdict.PROVED] == []
