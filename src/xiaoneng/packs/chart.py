"""The course of a procedure as a flow chart with places: boxes and lines, whatever they are drawn with.

A course is made of blocks in blocks, so its picture is too: each block is laid out by itself, left to right, and placed
in the one around it. The branch that goes on stands on the main line, the others below.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from xiaoneng.packs.model import Choice, Parallel, Repeat, Stage, Step
from xiaoneng.packs.paths import END, ending_kinds
from xiaoneng.packs.phrases import event_name, span_words
from xiaoneng.packs.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaoneng.packs.model import Block, Course, Procedure

GAP = 50
ROW = 30
PAD = 25
TITLE = 30
LINE = 20
CHARACTER = 14
MARGIN = 40
LETTERS = "甲乙丙丁戊己庚辛壬癸"
SKIP, NEEDED = Words("略过", "skip"), Words("需要", "needed")
AGAIN, ON = Words("再次", "again"), Words("继续", "go on")
WHICH, MORE = Words("哪种情形", "which case"), Words("是否再次", "once more")
BEGIN, FINISH = Words("开始", "begin"), Words("结束", "end")


class Form(StrEnum):
    """What a box is."""

    START = "startEvent"
    END = "endEvent"
    TASK = "userTask"
    CHOICE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    STAGE = "group"
    NOTE = "textAnnotation"


SIZES = {
    Form.START: (36, 36),
    Form.END: (36, 36),
    Form.TASK: (120, 64),
    Form.CHOICE: (50, 50),
    Form.PARALLEL: (50, 50),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One shape. `terminates`: an end that ends the parallel branches too; `kind` is a task's event kind."""

    id: str
    form: Form
    name: Words
    x: int
    y: int
    width: int
    height: int
    kind: str = ""
    terminates: bool = False

    @property
    def right(self) -> int:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        """Centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line between two boxes through `points`."""

    id: str
    source: str
    target: str
    name: Words | None
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All boxes (stages first, so that they lie behind) and arrows."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """An arrow without a way yet; `level` is the height of a way below the main line (a loop, an empty branch)."""

    source: str
    target: str
    name: Words | None = None
    level: int | None = None


@dataclass(slots=True)
class _Part:
    """A laid-out block: entered at `first` and left at `last`, both on its `line`; `last` is "" where it ends."""

    boxes: list[Box] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)
    width: int = 0
    height: int = ROW
    line: int = ROW // 2
    first: str = ""
    last: str = ""
    leaving: Words | None = None

    @property
    def is_empty(self) -> bool:
        return not self.first

    @property
    def ends(self) -> bool:
        return bool(self.first) and not self.last

    def put(self, other: _Part, x: int, y: int) -> None:
        """Take over another part at a place inside this one."""
        self.boxes += [replace(box, x=box.x + x, y=box.y + y) for box in other.boxes]
        self.links += [replace(one, level=None if one.level is None else one.level + y) for one in other.links]


def chart(procedure: Procedure) -> Chart:
    """Lay out the course of a procedure; raises ValueError where it declares none."""
    if not procedure.course:
        raise ValueError(f"{procedure.id} declares no course; write `course:` to have a flow chart")
    drawer = _Drawer(procedure)
    whole = drawer.row([drawer.box(Form.START, BEGIN), drawer.sequence(procedure.course)])
    if not whole.ends:
        whole = drawer.row([whole, drawer.end()])
    page = _Part()
    page.put(whole, MARGIN, MARGIN)
    behind = sorted(page.boxes, key=lambda box: box.form is not Form.STAGE)
    boxes = {box.id: box for box in behind}
    arrows = (_arrow(f"flow_{i}", link, boxes) for i, link in enumerate(page.links, 1))
    return Chart(tuple(behind), tuple(arrows))


class _Drawer:
    """Lays out blocks; remembers which ids and clocks it has used."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.ending = ending_kinds(procedure.ends)
        self.numbers = count(1)
        self.noted: set[str] = set()

    def box(self, form: Form, name: Words, kind: str = "", *, terminates: bool = False) -> _Part:
        width, height = SIZES[form]
        label = f"{form.value}_{next(self.numbers)}"
        made = Box(label, form, name, 0, 0, width, height, kind, terminates)
        last = "" if form is Form.END else label
        return _Part([made], [], width, height, height // 2, label, last)

    def end(self, *, terminates: bool = False) -> _Part:
        return self.box(Form.END, FINISH, terminates=terminates)

    def sequence(self, course: Course, *, inside: bool = False) -> _Part:
        """Blocks one after another, up to the first that ends; `inside` parallel branches an end ends them all."""
        parts: list[_Part] = []
        for block in course:
            part = self.block(block, inside=inside)
            if not part.is_empty:
                parts.append(part)
            if part.ends:
                break
        return self.row(parts)

    def row(self, parts: Sequence[_Part]) -> _Part:
        """Put parts side by side on one line and link them."""
        if not parts:
            return _Part()
        line = max(part.line for part in parts)
        height = line + max(part.height - part.line for part in parts)
        whole = _Part(height=height, line=line, first=parts[0].first, last=parts[-1].last, leaving=parts[-1].leaving)
        for i, part in enumerate(parts):
            if i:
                whole.width += GAP
                whole.links.append(_Link(parts[i - 1].last, part.first, parts[i - 1].leaving))
            whole.put(part, whole.width, line - part.line)
            whole.width += part.width
        return whole

    def block(self, block: Block, *, inside: bool) -> _Part:
        match block:
            case Step(kind) if kind == END:
                return self.end(terminates=inside)
            case Step(kind):
                task = self.box(Form.TASK, event_name(kind, self.procedure), kind)
                return self.row([task, self.end(terminates=inside)]) if kind in self.ending else task
            case Choice(branches):
                return self.fork(Form.CHOICE, [self.sequence(branch, inside=inside) for branch in branches])
            case Parallel(branches):
                parts = [self.sequence(branch, inside=True) for branch in branches]
                return self.fork(Form.PARALLEL, [part for part in parts if not part.is_empty])
            case Repeat(body):
                return self.repeat(self.sequence(body, inside=inside))
            case _:
                return self.stage(block, inside=inside)

    def fork(self, form: Form, parts: list[_Part]) -> _Part:
        """Branches below each other between a gateway that splits and, where several go on, one that joins."""
        empty = [part for part in parts if part.is_empty][:1]
        going = empty + [part for part in parts if not part.is_empty and not part.ends]
        branches = going + [part for part in parts if part.ends]
        if len(branches) < 2:
            return branches[0] if branches else _Part()
        named = form is Form.CHOICE
        split = self.box(form, WHICH if named else Words("", ""))
        join = self.box(form, Words("", "")) if len(going) > 1 else _Part()
        left = split.width + GAP
        inner = max(part.width for part in branches)
        line = max(split.line, branches[0].line)
        whole = _Part(line=line, first=split.first)
        whole.put(split, 0, line - split.line)
        top = line - branches[0].line
        lone = bool(empty) and len(branches) == 2
        for place, part in enumerate(branches):
            letter = LETTERS[place] if place < len(LETTERS) else str(place + 1)
            case = SKIP if part.is_empty else NEEDED if lone else Words(letter, letter)
            label = case if named else None
            whole.put(part, left, top)
            if part.is_empty and join.first:
                level = top + part.line if place else None
                whole.links.append(_Link(split.first, join.first, label, level))
            elif not part.is_empty:
                whole.links.append(_Link(split.first, part.first, label))
                if part.last and join.first:
                    whole.links.append(_Link(part.last, join.first, part.leaving))
            top += part.height + ROW
        whole.height = max(top - ROW, line + split.height - split.line)
        whole.width = left + inner
        if len(going) > 1:
            whole.put(join, whole.width + GAP, line - join.line)
            whole.width += GAP + join.width
            whole.last = join.last
        elif going:
            whole.last = split.first if going[0].is_empty else going[0].last
            whole.leaving = SKIP if going[0].is_empty and named else going[0].leaving
        return whole

    def repeat(self, body: _Part) -> _Part:
        """Leave the body by a gateway that may lead back to one before it, below the body."""
        if body.is_empty or body.ends:
            return body
        before, after = self.box(Form.CHOICE, Words("", "")), self.box(Form.CHOICE, MORE)
        whole = self.row([before, body, after])
        level = whole.height + ROW // 2
        whole.links.append(_Link(after.first, before.first, AGAIN, level))
        whole.height += ROW
        whole.leaving = ON
        return whole

    def stage(self, stage: Stage, *, inside: bool) -> _Part:
        """Frame a stage with its name and the limits that begin in it."""
        inner = self.sequence(stage.body, inside=inside)
        if inner.is_empty:
            return inner
        notes = list(self._limits(inner))
        note = LINE * len(notes) + 10 if notes else 0
        wide = max((CHARACTER * len(one.zh) + PAD for one in notes), default=0)
        top = TITLE + note + PAD
        width = max(inner.width, wide) + 2 * PAD
        whole = _Part(width=width, height=top + inner.height + PAD, line=top + inner.line)
        whole.first, whole.last, whole.leaving = inner.first, inner.last, inner.leaving
        number = next(self.numbers)
        whole.boxes.append(Box(f"group_{number}", Form.STAGE, stage.name, 0, 0, width, whole.height))
        if notes:
            text = Words("\n".join(one.zh for one in notes), "\n".join(one.en for one in notes))
            whole.boxes.append(Box(f"note_{number}", Form.NOTE, text, PAD, TITLE, wide, note))
        whole.put(inner, PAD, top)
        return whole

    def _limits(self, inner: _Part) -> Iterator[Words]:
        """Clocks that an event of this part starts, each told in the first stage only."""
        kinds = {box.kind for box in inner.boxes if box.kind}
        for clock in self.procedure.clocks:
            if clock.id not in self.noted and any(one.kind in kinds for one in clock.starts):
                self.noted.add(clock.id)
                limit = span_words(clock.limit, self.procedure)
                yield Words(f"{clock.name.zh}：{limit.zh}", f"{clock.name.en or clock.name.zh}: {limit.en}")


def _arrow(name: str, link: _Link, boxes: dict[str, Box]) -> Arrow:
    source, target = boxes[link.source], boxes[link.target]
    across, down = source.middle
    to_across, to_down = target.middle
    points: tuple[tuple[int, int], ...]
    if link.level is not None:
        corners = (across, source.bottom), (across, link.level), (to_across, link.level), (to_across, target.bottom)
        points = corners
    elif down == to_down:
        points = ((source.right, down), (target.x, to_down))
    elif to_down > down:
        points = ((across, source.bottom), (across, to_down), (target.x, to_down))
    else:
        points = ((source.right, down), (to_across, down), (to_across, target.bottom))
    return Arrow(name, link.source, link.target, link.name, points)
