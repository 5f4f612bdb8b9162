"""Conditions over columns: the same answers as `supervise.conditions`, null standing for unknown (Arrow's Kleene logic)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.packs.condition import Compare, Given, Junction, Literal, Name, Negation, Node, Sum
from xiaoneng.supervise.conditions import as_date, compile_condition
from xiaoneng.supervise.encode import zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from xiaoneng.packs.condition import Condition, Constant
    from xiaoneng.replay.intake.log import Log

OPERATORS: dict[str, Callable[..., pa.Array]] = {
    "==": pc.equal,
    "!=": pc.not_equal,
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
    "+": pc.add,
    "-": pc.subtract,
    "*": pc.multiply,
}


class Columns:
    """The columns of some rows of a log, under the names of the condition language."""

    def __init__(self, log: Log, rows: npt.NDArray[np.int64]) -> None:
        self.log = log
        self.rows = rows
        self.size = len(rows)
        self.zone = zone_of(log.zone)

    def fulfils(self, condition: Condition) -> npt.NDArray[np.bool_]:
        """Whether each row fulfils a condition; unknown counts as not."""
        if not self._is_arrows(condition.tree):
            return self._one_by_one(condition)
        answers = self._test(condition.tree)
        if isinstance(answers, pa.Scalar):
            return np.full(self.size, answers.as_py() is True)
        return np.asarray(pc.fill_null(answers, fill_value=False).to_numpy(zero_copy_only=False), dtype=np.bool_)

    def say(self, path: tuple[str, ...]) -> pa.Array:
        """What the rows say under a name; null where they say nothing."""
        name = ".".join(path)
        if len(path) == 1 and path[0] not in self.log.data:
            return self._envelope(path[0])
        column = self.log.data.get(name)
        if column is None or (path[0] == "relied" and path[2] in ("key", "version")):
            return pa.nulls(self.size)
        taken = column.take(pa.array(self.rows))
        if pa.types.is_dictionary(taken.type):
            taken = taken.cast(taken.type.value_type)
        if pa.types.is_large_string(taken.type):
            taken = taken.cast(pa.string())
        if pa.types.is_string(taken.type):
            return pc.if_else(pc.equal(taken, ""), pa.scalar(None, taken.type), taken)
        return taken

    def dates(self, column: pa.Array) -> pa.Array:
        """Dates of a column of dates, instants (by local day) or ISO text; null where there is none."""
        if pa.types.is_date32(column.type):
            return column
        if isinstance(column, pa.Scalar):
            return pa.scalar(as_date(column.as_py(), self.zone), pa.date32())
        if pa.types.is_null(column.type):
            return column.cast(pa.date32())
        return pa.array([as_date(value, self.zone) for value in column.to_pylist()], pa.date32())

    def _envelope(self, name: str) -> pa.Array:
        log, rows = self.log, pa.array(self.rows)
        if name in ("actor", "agency"):
            column = getattr(log, name)
            if column is None:
                return pa.nulls(self.size, pa.string())
            taken = column.take(rows).cast(pa.string())
            return pc.if_else(pc.equal(taken, ""), pa.scalar(None, pa.string()), taken)
        if name == "occurred_on":
            return pa.array(log.day[self.rows], pa.int32()).cast(pa.date32())
        if name == "recorded_on":
            at = log.at if log.recorded_at is None else log.recorded_at
            return self.dates(pa.array(at[self.rows], pa.timestamp("us", "UTC")))
        if name == "source" and log.source_sequence is not None:
            known = log.source_sequence.take(rows).is_valid()
            return pc.if_else(known, pa.scalar(log.source), pa.scalar(None, pa.string()))
        return pa.nulls(self.size)

    def _is_arrows(self, node: Node) -> bool:
        """Whether Arrow can say a condition: lists stand in it only as constants to be in."""
        match node:
            case Name(path):
                column = self.log.data.get(".".join(path))
                return column is None or not pa.types.is_list(column.type)
            case Literal(value):
                return not isinstance(value, tuple)
            case Compare("in" | "not in", left, right):
                return isinstance(right, Literal) and isinstance(right.value, tuple) and self._is_arrows(left)
            case Compare(_, left, right) | Sum(_, left, right):
                return self._is_arrows(left) and self._is_arrows(right)
            case Junction(_, parts):
                return all(self._is_arrows(part) for part in parts)
            case Negation(part):
                return self._is_arrows(part)
        return True

    def _test(self, node: Node) -> pa.Array:
        match node:
            case Given(name):
                return given(self.say(name.path))
            case Compare(operator, left, right):
                return self._compare(operator, left, right)
            case Negation(part):
                return pc.invert(self._test(part))
            case Junction(operator, parts):
                join = pc.or_kleene if operator == "or" else pc.and_kleene
                answers = self._test(parts[0])
                for part in parts[1:]:
                    answers = join(answers, self._test(part))
                return answers
        values = self._values(node)
        return values if pa.types.is_boolean(values.type) else pa.nulls(self.size, pa.bool_())

    def _values(self, node: Node) -> pa.Array:
        match node:
            case Literal(value):
                return pa.scalar(value)
            case Name(path):
                return self.say(path)
            case Sum(operator, left, right):
                a, b = self._values(left), self._values(right)
                if not (_is_number(a) and _is_number(b)):
                    return pa.nulls(self.size)
                return OPERATORS[operator](a.cast(pa.float64()), b.cast(pa.float64()))
        return self._test(node)

    def _compare(self, operator: str, left: Node, right: Node) -> pa.Array:
        if operator in ("in", "not in"):
            a = self._values(left)
            found = pa.array(np.zeros(self.size, dtype=np.bool_))
            for item in _items(right):
                same = self._pairwise("==", a, pa.scalar(item))
                found = pc.or_(found, pc.fill_null(same, fill_value=False))
            found = found if operator == "in" else pc.invert(found)
            return pc.if_else(a.is_valid(), found, pa.scalar(None, pa.bool_()))
        return self._pairwise(operator, self._values(left), self._values(right))

    def _pairwise(self, operator: str, a: pa.Array, b: pa.Array) -> pa.Array:
        """Compare two columns; unknown where they have no type in common."""
        unknown = pa.nulls(self.size, pa.bool_())
        if pa.types.is_null(a.type) or pa.types.is_null(b.type):
            return unknown
        if _is_dated(a) or _is_dated(b):
            if not all(_is_dated(one) or pa.types.is_string(one.type) for one in (a, b)):
                return unknown
            return OPERATORS[operator](self.dates(a), self.dates(b))
        if _is_number(a) and _is_number(b):
            return OPERATORS[operator](a, b)
        if pa.types.is_string(a.type) and pa.types.is_string(b.type):
            return OPERATORS[operator](a, b)
        if pa.types.is_boolean(a.type) and pa.types.is_boolean(b.type):
            return OPERATORS[operator](a.cast(pa.int8()), b.cast(pa.int8()))
        return unknown

    def _one_by_one(self, condition: Condition) -> npt.NDArray[np.bool_]:
        """What Arrow cannot say (lists in fields) is asked event by event, as online."""
        test = compile_condition(condition)
        cases = np.searchsorted(self.log.offsets, self.rows, side="right") - 1
        events = {case: self.log.events(case) for case in np.unique(cases).tolist()}
        asked = zip(cases.tolist(), self.rows.tolist(), strict=True)
        return np.array([test(events[c][row - int(self.log.offsets[c])], self.zone) is True for c, row in asked])


def _items(node: Node) -> tuple[Constant, ...]:
    return node.value if isinstance(node, Literal) and isinstance(node.value, tuple) else ()


def given(column: pa.Array) -> pa.Array:
    """Which values of a column were said at all; an empty list was not."""
    if pa.types.is_list(column.type):
        return pc.fill_null(pc.greater(pc.list_value_length(column), 0), fill_value=False)
    return column.is_valid()


def _is_number(column: pa.Array) -> bool:
    return bool(pa.types.is_integer(column.type) or pa.types.is_floating(column.type))


def _is_dated(column: pa.Array) -> bool:
    return bool(pa.types.is_date(column.type) or pa.types.is_timestamp(column.type))


def epoch_days(dates: pa.Array, missing: int) -> npt.NDArray[np.int64]:
    """Epoch days of a column of dates, `missing` where it is null."""
    days = pc.fill_null(dates.cast(pa.int32()).cast(pa.int64()), missing)
    return np.asarray(days.to_numpy(zero_copy_only=False), dtype=np.int64)
