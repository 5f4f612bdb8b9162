"""Other programs on the same twenty plain rules: cases violated per rule."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.packs import kinds_of
from xiaoneng.packs.model import RuleKind

if TYPE_CHECKING:
    from xiaoneng.packs.model import Procedure, Rule
    from xiaoneng.replay.intake.log import Log

PM4PY = {
    RuleKind.INIT: "init",
    RuleKind.EXACTLY: "exactly_one",
    RuleKind.EXISTENCE: "existence",
    RuleKind.ABSENCE: "absence",
    RuleKind.RESPONSE: "response",
    RuleKind.PRECEDENCE: "precedence",
    RuleKind.CHAIN_RESPONSE: "chainresponse",
    RuleKind.CHAIN_PRECEDENCE: "chainprecedence",
    RuleKind.ALTERNATE_RESPONSE: "altresponse",
    RuleKind.ALTERNATE_PRECEDENCE: "altprecedence",
    RuleKind.NOT_CO_EXISTENCE: "noncoexistence",
    RuleKind.RESPONDED_EXISTENCE: "responded_existence",
    RuleKind.CO_EXISTENCE: "coexistence",
    RuleKind.SUCCESSION: "succession",
}
PM4PY_UNARY = {"init", "exactly_one", "existence", "absence"}


@dataclass(frozen=True)
class Sides:
    """A rule as others need it: its kind and the codes of its two activities (b is -1 where there is one side)."""

    rule: Rule
    a: int
    b: int


def sides(procedure: Procedure, log: Log) -> list[Sides]:
    """The plain rules with the codes that the log gives their activities."""
    found = []
    for rule in procedure.rules:
        b = log.kinds.index(kinds_of(rule.target)) if rule.target else -1
        found.append(Sides(rule, log.kinds.index(kinds_of(rule.source)), b))
    return found


def frame(log: Log) -> dict[str, np.ndarray]:
    """Events as three columns: case, activity, position in the case."""
    size = np.diff(log.offsets)
    return {
        "case": np.repeat(np.arange(len(size), dtype=np.int32), size),
        "act": log.kind.astype(np.int16),
        "pos": (np.arange(len(log)) - np.repeat(log.offsets[:-1], size)).astype(np.int32),
    }


def with_polars(columns: dict[str, np.ndarray], rules: list[Sides]) -> dict[str, int]:
    """Set-based: per case first and last position and number of each activity, neighbours by shift."""
    import polars as pl

    used = sorted({code for one in rules for code in (one.a, one.b) if code >= 0})
    act, case, pos = pl.col("act"), pl.col("case"), pl.col("pos")
    marks = [pl.col("act").first().alias("begins")]
    for code in used:
        here = act == code
        marks += [
            here.sum().alias(f"n{code}"),
            pl.when(here).then(pos).min().alias(f"f{code}"),
            pl.when(here).then(pos).max().alias(f"l{code}"),
        ]
    following = pl.when(case.shift(-1) == case).then(act.shift(-1)).otherwise(-1)
    before = pl.when(case.shift(1) == case).then(act.shift(1)).otherwise(-1)
    steps = {}
    for number, one in enumerate(rules):
        if one.rule.kind is RuleKind.CHAIN_RESPONSE:
            steps[number] = (act == one.a) & (following != one.b)
        elif one.rule.kind is RuleKind.CHAIN_PRECEDENCE:
            steps[number] = (act == one.b) & (before != one.a)
    marks += [pl.col(f"s{number}").any() for number in steps]
    events = pl.LazyFrame(columns)
    cases = (
        events.with_columns([expression.alias(f"s{number}") for number, expression in steps.items()])
        .group_by("case")
        .agg(marks)
    )
    counted = [
        _set_rule(one, number).sum().alias(str(number))
        for number, one in enumerate(rules)
        if number not in _alternate(rules)
    ]
    found = cases.select(counted).collect().row(0, named=True)
    for number in _alternate(rules):
        one = rules[number]
        pair = events.filter(act.is_in([one.a, one.b]))
        bad = (act == one.a) & (following != one.b) if _forward(one) else (act == one.b) & (before != one.a)
        found[str(number)] = pair.filter(bad).select(case.n_unique()).collect().item()
    return {one.rule.id: int(found[str(number)]) for number, one in enumerate(rules)}


def _alternate(rules: list[Sides]) -> list[int]:
    kinds = (RuleKind.ALTERNATE_RESPONSE, RuleKind.ALTERNATE_PRECEDENCE)
    return [number for number, one in enumerate(rules) if one.rule.kind in kinds]


def _forward(one: Sides) -> bool:
    return one.rule.kind is RuleKind.ALTERNATE_RESPONSE


def _set_rule(one: Sides, number: int) -> Any:
    import polars as pl

    kind, a, b = one.rule.kind, one.a, one.b
    has_a, has_b = pl.col(f"n{a}") > 0, (pl.col(f"n{b}") > 0 if b >= 0 else pl.lit(value=False))
    if kind in {RuleKind.CHAIN_RESPONSE, RuleKind.CHAIN_PRECEDENCE}:
        return pl.col(f"s{number}")
    other = b if b >= 0 else a  # rules with one side use neither of the two
    response = has_a & (~has_b | (pl.col(f"l{a}") > pl.col(f"l{other}")))
    precedence = has_b & (~has_a | (pl.col(f"f{a}") > pl.col(f"f{other}")))
    table = {
        RuleKind.INIT: pl.col("begins") != a,
        RuleKind.EXACTLY: pl.col(f"n{a}") != one.rule.n,
        RuleKind.EXISTENCE: ~has_a,
        RuleKind.ABSENCE: has_a,
        RuleKind.RESPONSE: response,
        RuleKind.PRECEDENCE: precedence,
        RuleKind.NOT_CO_EXISTENCE: has_a & has_b,
        RuleKind.RESPONDED_EXISTENCE: has_a & ~has_b,
        RuleKind.CO_EXISTENCE: has_a != has_b,
        RuleKind.SUCCESSION: response | precedence,
    }
    return table[kind]


def with_duckdb(columns: dict[str, np.ndarray], rules: list[Sides]) -> dict[str, int]:
    """The same in SQL, one thread: filtered aggregates and windows."""
    import pyarrow as pa

    duckdb = import_module("duckdb")

    events = pa.table(columns)  # noqa: F841 - the query names it
    connection = duckdb.connect(config={"threads": 1})
    used = sorted({code for one in rules for code in (one.a, one.b) if code >= 0})
    marks = ["min(act) filter (pos = 0) as begins"]
    for code in used:
        here = f"filter (act = {code})"
        marks += [f"count(*) {here} as n{code}", f"min(pos) {here} as f{code}", f"max(pos) {here} as l{code}"]
    for number, one in enumerate(rules):
        if one.rule.kind is RuleKind.CHAIN_RESPONSE:
            marks.append(f"bool_or(act = {one.a} and following is distinct from {one.b}) as s{number}")
        elif one.rule.kind is RuleKind.CHAIN_PRECEDENCE:
            marks.append(f"bool_or(act = {one.b} and before is distinct from {one.a}) as s{number}")
    counts = [
        f"count(*) filter ({_sql_rule(one, n)}) as r{n}" for n, one in enumerate(rules) if n not in _alternate(rules)
    ]
    window = 'over (partition by "case" order by pos)'
    # every part of the query text is a number of ours
    whole = (
        f"with steps as (select *, lead(act) {window} as following, lag(act) {window} as before from events), "  # noqa: S608
        f'cases as (select {", ".join(marks)} from steps group by "case") select {", ".join(counts)} from cases'
    )
    result = connection.sql(whole)
    found = dict(zip(result.columns, result.fetchall()[0], strict=True))
    for number in _alternate(rules):
        one = rules[number]
        bad = (
            f"act = {one.a} and following is distinct from {one.b}"
            if _forward(one)
            else f"act = {one.b} and before is distinct from {one.a}"
        )
        pair = (
            f"with steps as (select *, lead(act) {window} as following, lag(act) {window} as before from events "  # noqa: S608
            f'where act in ({one.a}, {one.b})) select count(distinct "case") from steps where {bad}'
        )
        found[f"r{number}"] = connection.sql(pair).fetchall()[0][0]
    connection.close()
    return {one.rule.id: int(found[f"r{number}"]) for number, one in enumerate(rules)}


def _sql_rule(one: Sides, number: int) -> str:
    a, b = one.a, one.b
    response = f"(n{a} > 0 and (n{b} = 0 or l{a} > l{b}))"
    precedence = f"(n{b} > 0 and (n{a} = 0 or f{a} > f{b}))"
    return {
        RuleKind.INIT: f"begins is distinct from {a}",
        RuleKind.EXACTLY: f"n{a} <> {one.rule.n}",
        RuleKind.EXISTENCE: f"n{a} = 0",
        RuleKind.ABSENCE: f"n{a} > 0",
        RuleKind.RESPONSE: response,
        RuleKind.PRECEDENCE: precedence,
        RuleKind.NOT_CO_EXISTENCE: f"n{a} > 0 and n{b} > 0",
        RuleKind.RESPONDED_EXISTENCE: f"n{a} > 0 and n{b} = 0",
        RuleKind.CO_EXISTENCE: f"(n{a} > 0) <> (n{b} > 0)",
        RuleKind.SUCCESSION: f"({response} or {precedence})",
    }.get(one.rule.kind, f"s{number}")


def pm4py_frame(log: Log) -> Any:
    """The log as pm4py takes it."""
    import pm4py

    pd = import_module("pandas")

    columns = frame(log)
    data = pd.DataFrame(
        {
            "case:concept:name": columns["case"].astype(str),
            "concept:name": np.array(log.kinds)[columns["act"]],
            "time:timestamp": pd.to_datetime(log.at, unit="us", utc=True),
        }
    )
    return pm4py.format_dataframe(data)


def with_pm4py(data: Any, rules: list[Sides], kinds: tuple[str, ...]) -> dict[str, int]:
    """Declare conformance: one bit per case and rule."""
    import pm4py

    model: dict[str, dict[Any, Any]] = {}
    keys = {}
    for one in rules:
        template = PM4PY[one.rule.kind]
        sides_ = kinds[one.a] if template in PM4PY_UNARY else (kinds[one.a], kinds[one.b])
        model.setdefault(template, {})[sides_] = {"support": 1.0, "confidence": 1.0}
        keys[template, sides_] = one.rule.id
    found = dict.fromkeys(keys.values(), 0)
    for case in pm4py.conformance_declare(data, model):
        for template, said in case["deviations"]:
            found[keys[template, said if isinstance(said, (str, tuple)) else tuple(said)]] += 1
    return found
