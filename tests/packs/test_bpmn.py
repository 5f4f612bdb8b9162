"""A course as BPMN 2.0: whole, laid out without overlap, and accepted by other people's tools."""

from __future__ import annotations

import random
import shutil
import subprocess
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

from xiaoneng.packs.bpmn import DC, DI, MODEL, bpmn
from xiaoneng.packs.chart import Form, chart
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.model import Block, Choice, Course, Parallel, Procedure, Repeat, Stage, Step
from xiaoneng.packs.words import Words

from .small import clock, on, procedure, steps

PACKS = open_packs(Path(__file__).resolve().parents[2] / "packs")
KINDS = ("asked", "a", "b", "c", "d", "decided")
INTAKE = Stage(
    "intake",
    Words("受理", "intake"),
    (*steps("asked"), Choice(((), steps("a"))), Choice((steps("decided"), steps("b")))),
)
REVIEW = Stage(
    "review", Words("审查", "review"), (Repeat(steps("c", "d")), Parallel((steps("a"), steps("b"))), *steps("decided"))
)


def drawn(course: Course) -> Procedure:
    clocks = (clock("decision", on("asked"), on("decided")), clock("hearing", on("c"), on("d")))
    return procedure(*KINDS, opens=on("asked"), ends=on("decided"), course=course, clocks=clocks)


def forms(course: Course) -> list[str]:
    return sorted(box.form.value for box in chart(drawn(course)).boxes)


def test_a_row_of_steps_is_a_row_of_tasks_between_start_and_end() -> None:
    picture = chart(drawn(steps("asked", "a")))
    assert [(box.form.value, box.name.zh, box.middle[1]) for box in picture.boxes] == [
        ("startEvent", "开始", 72), ("userTask", "事asked", 72), ("userTask", "事a", 72), ("endEvent", "结束", 72),
    ]  # fmt: skip
    assert [(arrow.source, arrow.target) for arrow in picture.arrows] == [
        ("startEvent_1", "userTask_2"), ("userTask_2", "userTask_3"), ("userTask_3", "endEvent_4"),
    ]  # fmt: skip


def test_a_choice_has_a_gateway_that_splits_and_one_that_joins_and_names_its_branches() -> None:
    course = (*steps("asked"), Choice((steps("a"), steps("b"), ())), *steps("c"))
    assert forms(course).count("exclusiveGateway") == 2
    names = [arrow.name.zh for arrow in chart(drawn(course)).arrows if arrow.name]
    assert sorted(names) == sorted(["略过", "乙", "丙"])


def test_a_choice_of_one_step_or_none_asks_whether_it_is_needed() -> None:
    names = [arrow.name.zh for arrow in chart(drawn((*steps("asked"), Choice(((), steps("b")))))).arrows if arrow.name]
    assert sorted(names) == ["略过", "需要"]


def test_a_branch_that_ends_has_its_own_end_and_needs_no_join() -> None:
    course = (*steps("asked"), Choice((steps("a", "end"), steps("b"))), *steps("c"))
    assert forms(course) == ["endEvent"] * 2 + ["exclusiveGateway", "startEvent"] + ["userTask"] * 4


def test_an_ending_event_is_followed_by_an_end() -> None:
    assert forms((*steps("asked"), Choice((steps("decided"), steps("b"))), *steps("c"))).count("endEvent") == 2


def test_nothing_is_drawn_after_a_course_that_has_ended_in_every_branch() -> None:
    assert "事c" not in [
        box.name.zh for box in chart(drawn((Choice((steps("decided"), steps("end"))), *steps("c")))).boxes
    ]


def test_an_end_inside_parallel_branches_ends_them_all() -> None:
    picture = chart(drawn((*steps("asked"), Parallel((steps("decided"), steps("b"))), *steps("c"))))
    assert [box.terminates for box in picture.boxes if box.form is Form.END] == [True, False]


def test_what_repeats_leads_back_below() -> None:
    picture = chart(drawn((*steps("asked"), Repeat(steps("a", "b")), *steps("c"))))
    (back,) = [arrow for arrow in picture.arrows if arrow.name and arrow.name.zh == "再次"]
    lowest = max(box.bottom for box in picture.boxes)
    assert [y for _, y in back.points][1:3] == [lowest + 15, lowest + 15]
    assert back.points[0][0] > back.points[-1][0]


def test_a_stage_frames_its_steps_and_tells_the_limits_that_begin_in_it() -> None:
    picture = chart(drawn((INTAKE, REVIEW)))
    stages = [box for box in picture.boxes if box.form is Form.STAGE]
    assert [stage.name.zh for stage in stages] == ["受理", "审查"]
    assert [box.name.zh for box in picture.boxes if box.form is Form.NOTE] == [
        "期限decision：20个工作日", "期限hearing：20个工作日",
    ]  # fmt: skip
    assert picture.boxes[:2] == tuple(stages)


def test_a_procedure_without_a_course_has_no_chart() -> None:
    with pytest.raises(ValueError, match=r"cn\.small declares no course; write `course:` to have a flow chart"):
        bpmn(drawn(()))


@pytest.mark.parametrize("empty", [Stage("s", Words("空"), ()), Repeat(()), Choice(((), ())), Parallel(((), ()))])
def test_blocks_without_steps_are_not_drawn(empty: Block) -> None:
    assert forms((*steps("asked"), empty, *steps("a"))) == ["endEvent", "startEvent", "userTask", "userTask"]


def test_a_lone_branch_needs_no_gateway() -> None:
    assert forms((*steps("asked"), Choice((steps("a"),)))) == ["endEvent", "startEvent", "userTask", "userTask"]


def random_course(chance: random.Random, depth: int) -> Course:
    """A course of random blocks; parallel and repeat hold at least one step."""
    made: list[Block] = []
    for _ in range(chance.randint(1, 3)):
        sort = chance.choice(["step", "step", "choice", "parallel", "repeat", "stage"]) if depth else "step"
        inner = [random_course(chance, depth - 1) for _ in range(chance.randint(2, 3))] if sort != "step" else []
        match sort:
            case "step":
                made.append(Step(chance.choice([*KINDS[1:5], *KINDS[1:5], "decided"])))
            case "choice":
                made.append(Choice((*inner, ()) if chance.random() < 0.5 else tuple(inner)))
            case "parallel":
                made.append(Parallel(tuple(inner)))
            case "repeat":
                made.append(Repeat(inner[0]))
            case _:
                made.append(Stage("s", Words("环节"), inner[0]))
    return tuple(made)


COURSES = [(INTAKE, REVIEW)] + [(Step("asked"), *random_course(random.Random(seed), 3)) for seed in range(60)]


def overlap(one: ET.Element, two: ET.Element) -> bool:
    def sides(shape: ET.Element) -> tuple[int, int, int, int]:
        bounds = shape.find(f"{{{DC}}}Bounds")
        assert bounds is not None
        x, y, width, height = (int(bounds.attrib[key]) for key in ("x", "y", "width", "height"))
        return x, y, x + width, y + height

    a, b = sides(one), sides(two)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("course", COURSES)
def test_the_file_is_whole_and_nothing_overlaps(course: Course) -> None:
    check_file(drawn(course))


@pytest.mark.parametrize("name", PACKS.ids)
def test_the_charts_of_the_packs_are_whole_and_their_arrows_run_free(name: str) -> None:
    for version in PACKS.versions(name):
        if version.course:
            check_file(version)
            check_arrows(version)


def check_file(procedure: Procedure) -> None:
    root = ET.fromstring(bpmn(procedure))  # noqa: S314 - our own file
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    flows = {flow.attrib["id"]: flow for flow in root.iter(f"{{{MODEL}}}sequenceFlow")}
    assert {edge.attrib["bpmnElement"] for edge in root.iter(f"{{{DI}}}BPMNEdge")} == set(flows)
    pairs = [(flow.attrib["sourceRef"], flow.attrib["targetRef"]) for flow in flows.values()]
    assert len(pairs) == len(set(pairs))
    shapes = [shape for shape in root.iter(f"{{{DI}}}BPMNShape") if not shape.attrib["bpmnElement"].startswith("group")]
    assert not [pair for pair in combinations(shapes, 2) if overlap(*pair)]
    assert all(shape.attrib["bpmnElement"] in ids for shape in shapes)


@pytest.mark.parametrize("course", COURSES)
def test_every_arrow_leaves_and_meets_its_boxes_and_runs_straight(course: Course) -> None:
    check_arrows(drawn(course))


def check_arrows(procedure: Procedure) -> None:
    picture = chart(procedure)
    boxes = {box.id: box for box in picture.boxes}
    for arrow in picture.arrows:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in zip(arrow.points, arrow.points[1:], strict=False))
        for box, (x, y) in ((boxes[arrow.source], arrow.points[0]), (boxes[arrow.target], arrow.points[-1])):
            assert box.x <= x <= box.right
            assert box.y <= y <= box.bottom
    crossed = [
        (arrow.id, box.id)
        for arrow in picture.arrows
        for box in picture.boxes
        if box.form not in (Form.STAGE, Form.NOTE) and box.id not in (arrow.source, arrow.target)
        for (x, y), (to_x, to_y) in zip(arrow.points, arrow.points[1:], strict=False)
        if min(x, to_x) < box.right and max(x, to_x) > box.x and min(y, to_y) < box.bottom and max(y, to_y) > box.y
    ]
    assert crossed == []


@pytest.fixture(scope="module")
def charts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    if shutil.which("node") is None or not (root / "node_modules/bpmnlint").is_dir():
        pytest.skip("needs node and bpmnlint: run `npm ci`")
    folder = tmp_path_factory.mktemp("charts")
    procedures = [drawn(course) for course in COURSES]
    procedures += [version for name in PACKS.ids for version in PACKS.versions(name) if version.course]
    for i, one in enumerate(procedures):
        (folder / f"{i}.bpmn").write_text(bpmn(one), encoding="utf-8")
    return [str(path) for path in sorted(folder.iterdir())]


def test_bpmnlint_finds_nothing(root: Path, charts: list[str]) -> None:
    lint = str(root / "node_modules/bpmnlint/bin/bpmnlint.js")
    config = str(root / "tools/bpmn/bpmnlint.json")
    ran = subprocess.run(["node", lint, "-c", config, *charts], cwd=root, capture_output=True, text=True, check=False)  # noqa: S607 - node is on the path
    assert (ran.stdout.strip(), ran.returncode) == ("", 0)


def test_another_reader_understands_every_chart_and_lays_it_out(root: Path, charts: list[str]) -> None:
    reader = str(root / "tools/bpmn/read.mjs")
    ran = subprocess.run(["node", reader, *charts], cwd=root, capture_output=True, text=True, check=False)  # noqa: S607 - node is on the path
    assert (ran.stderr, ran.returncode) == ("", 0)
