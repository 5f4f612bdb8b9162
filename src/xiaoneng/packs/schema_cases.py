"""What a case file may say."""

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from xiaoneng.journal.error import JournalError
from xiaoneng.journal.event import CORRECTION
from xiaoneng.journal.moment import read_moment
from xiaoneng.packs.schema_parts import EXACT, Named, Strict, Word, refusal


def _moment(value: Any) -> Any:
    try:
        return read_moment(value, "")
    except JournalError as error:
        raise refusal("XN-P029", error.what, error.instead) from error


def _instant(value: Any) -> Any:
    read = _moment(value)
    if not isinstance(read, dt.datetime):
        instead = 'write "2026-03-30T10:00:00+08:00", or the day under `on`'
        raise refusal("XN-P029", f"{value} is a day, not an instant", instead)
    return read


Moment = Annotated[dt.datetime | dt.date, BeforeValidator(_moment)]
"""A day, or an instant with its offset."""
Instant = Annotated[dt.datetime, BeforeValidator(_instant)]


class RelianceIn(Strict):
    """A register entry that an act relied on."""

    register_: Annotated[Word, Field(alias="register")]
    key: Word
    version: Word = "1"
    values: dict[str, Any] = Field(default={})
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


class ContentsIn(Strict):
    """What a fact says: also what replaces it."""

    on: dt.date | None = None
    at: Instant | None = None
    kind: Word
    actor: str = ""
    agency: str = ""
    data: dict[str, Any] = Field(default={})
    relied_on: list[RelianceIn] = Field(default=[])

    @model_validator(mode="after")
    def _one_moment(self) -> "ContentsIn":
        if (self.on is None) == (self.at is None):
            raise refusal("XN-P029", "says no one moment", "write either `on: 2026-03-02` or `at:`")
        return self

    @property
    def occurred(self) -> dt.date | dt.datetime:
        """The legal moment."""
        occurred = self.at or self.on
        assert occurred is not None
        return occurred


class EventIn(ContentsIn):
    """One fact in the order in which it was appended."""

    id: Word | None = None
    source: str = ""
    source_sequence: Annotated[int, Field(ge=0, le=EXACT)] | None = None
    recorded_at: Instant | None = None
    corrects: Word | None = None
    replacement: ContentsIn | None = None
    retracted: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> "EventIn":
        said = [bool(self.corrects), bool(self.replacement) != self.retracted]
        if said != [self.kind == CORRECTION] * 2 and (self.kind == CORRECTION or any(said) or self.retracted):
            instead = "write `kind: correction`, `corrects:`, and either `replacement:` or `retracted: true`"
            raise refusal("XN-P029", "is no whole correction", instead)
        return self


class FindingIn(Strict):
    """One breach that the case must have."""

    rule: Word
    since: Moment | None = None
    until: Moment | None = None


class DeemedIn(Strict):
    """One fact that silence must have made."""

    kind: Word
    on: dt.date


class CaseIn(Strict):
    """A case file."""

    says: Named
    now: Moment | None = None
    complete: bool = False
    proves: list[Word] = Field(default=[])
    events: Annotated[list[EventIn], Field(min_length=1)]
    findings: list[FindingIn]
    due: dict[str, Moment] = Field(default={})
    deemed: list[DeemedIn] = Field(default=[])
