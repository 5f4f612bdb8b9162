"""A course is every order of its steps that it allows."""

from __future__ import annotations

from xiaoneng.packs.model import Choice, Course, Parallel, Repeat, Stage
from xiaoneng.packs.paths import Paths, paths
from xiaoneng.packs.words import Words

from .small import on, steps


def walked(course: Course, *ends: str, bound: int = 1000) -> list[str]:
    found = paths(course, on(*ends), bound)
    assert found.complete
    return [" ".join(path) for path in found.found]


def test_steps_come_one_after_another() -> None:
    assert walked(steps("a", "b", "c")) == ["a b c"]


def test_each_branch_of_a_choice_is_a_path_and_an_empty_one_is_skipped_through() -> None:
    assert walked((*steps("a"), Choice((steps("b", "c"), (), steps("d"))), *steps("e"))) == ["a b c e", "a e", "a d e"]


def test_parallel_branches_keep_their_own_order_and_interleave_in_every_way() -> None:
    assert sorted(walked((Parallel((steps("a", "b"), steps("x", "y"))), *steps("z")))) == [
        "a b x y z",
        "a x b y z",
        "a x y b z",
        "x a b y z",
        "x a y b z",
        "x y a b z",
    ]


def test_three_parallel_steps_come_in_all_six_orders() -> None:
    assert len(walked((Parallel((steps("a"), steps("b"), steps("c"))),))) == 6


def test_a_parallel_branch_that_may_be_skipped_lets_the_course_go_on() -> None:
    course = (Parallel((steps("a"), (Choice(((), steps("b"))),))), *steps("c"))
    assert sorted(walked(course)) == ["a b c", "a c", "b a c"]


def test_what_may_repeat_is_done_once_and_twice() -> None:
    assert walked((*steps("a"), Repeat(steps("b", "c")), *steps("d"))) == ["a b c d", "a b c b c d"]


def test_a_stage_is_its_steps() -> None:
    assert walked((Stage("one", Words("一"), steps("a")), Stage("two", Words("二"), steps("b")))) == ["a b"]


def test_the_step_end_ends_the_course_in_its_branch() -> None:
    assert walked((*steps("a"), Choice((steps("b", "end", "never"), steps("c"))), *steps("d"))) == ["a b", "a c d"]


def test_an_event_that_always_ends_the_case_ends_the_path() -> None:
    assert walked((*steps("a"), Choice((steps("refused"), steps("b"))), *steps("c")), "refused") == [
        "a refused",
        "a b c",
    ]


def test_an_event_that_ends_the_case_only_under_a_condition_lets_the_path_go_on() -> None:
    assert walked(steps("a", "decided", "delivered"), "decided: granted == false") == ["a decided delivered"]


def test_an_end_in_a_parallel_branch_ends_the_whole_course() -> None:
    course = (Parallel((steps("withdrawn"), steps("a"))), *steps("b"))
    assert sorted(walked(course, "withdrawn")) == ["a withdrawn", "withdrawn"]


def test_an_end_step_in_a_parallel_branch_leaves_the_rest_undone() -> None:
    assert sorted(walked((Parallel((steps("a", "end"), steps("b"))), *steps("c")))) == ["a", "b a"]


def test_beyond_the_bound_the_paths_are_not_complete() -> None:
    course = (Parallel(tuple(steps(one) for one in "abcdefgh")),)
    found = paths(course, (), 100)
    assert (len(found.found), found.complete) == (100, False)


def test_exactly_as_many_paths_as_the_bound_are_complete() -> None:
    assert paths((Choice((steps("a"), steps("b"))),), (), 2) == Paths((("a",), ("b",)), complete=True)


def test_the_same_path_is_listed_once() -> None:
    assert walked((Choice((steps("a"), steps("a"))),)) == ["a"]
    assert walked((Choice((steps("a", "b"), (*steps("a"), Choice((steps("b"),))))),)) == ["a b"]


def test_the_empty_course_is_one_path_of_nothing() -> None:
    assert paths((), (), 10) == Paths(((),), complete=True)
