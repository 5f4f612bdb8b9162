"""A finding as the outlet takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


class FindingRow(Protocol):
    """One finding about one case; anything with these attributes will do.

    `since` and `until` are dates where the law counts days, aware datetimes where it counts hours; `until` is None
    while it goes on. `evidence` are ids of events of the case, the activating one first; `cite` articles.
    """

    @property
    def case(self) -> str: ...  # noqa: D102 - said above, as the next ones
    @property
    def rule(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> date | datetime: ...  # noqa: D102
    @property
    def until(self) -> date | datetime | None: ...  # noqa: D102
    @property
    def evidence(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def explanation(self) -> str: ...  # noqa: D102
    @property
    def cite(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def id(self) -> str: ...  # noqa: D102


COLUMNS = ("id", "case", "rule", "kind", "level", "since", "until", "evidence", "explanation", "cite")


def as_record(row: FindingRow) -> dict[str, str | list[str] | None]:
    """Plain values of a finding, its moments as ISO 8601 text."""
    return {
        "id": row.id,
        "case": row.case,
        "rule": row.rule,
        "kind": str(row.kind),
        "level": str(row.level),
        "since": row.since.isoformat(),
        "until": None if row.until is None else row.until.isoformat(),
        "evidence": list(row.evidence),
        "explanation": row.explanation,
        "cite": list(row.cite),
    }
