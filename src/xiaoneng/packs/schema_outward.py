"""What a family file may say about notices, publication, duties and holders."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from xiaoneng.packs.outward import Every, MonthDay
from xiaoneng.packs.schema_parts import Cite, Named, Scalar, SelectorsIn, Strict, Word, refusal

Loose = Field(strict=False)
"""YAML gives plain words where the model has closed lists of them."""
MONTHS = {Every.YEAR: 12, Every.HALF_YEAR: 6, Every.QUARTER: 3, Every.MONTH: 1}
"""Months of a period."""


class RemedyIn(Strict):
    """A kind of act, and when it is that."""

    act: Word
    where: str | None = None


def _remedies(value: Any) -> Any:
    return [{"act": value}] if isinstance(value, str) else value


def _shown(value: Any) -> Any:
    """Read `on` as the word it is: YAML takes it for true."""
    return "on" if value is True else value


class NoticeIn(Strict):
    """A paper that an event produces."""

    name: Named
    on: SelectorsIn
    to: Annotated[list[Word], Field(min_length=1)]
    shows: list[Annotated[Word, BeforeValidator(_shown)]] = Field(default=[])
    remedies: Annotated[list[RemedyIn], BeforeValidator(_remedies)] = Field(default=[])
    cite: Cite = Field(default=[])


class PublicationIn(Strict):
    """What the public may see."""

    name: Named
    of: SelectorsIn
    fields_: Annotated[list[Word], Field(alias="fields", min_length=1)]
    clock: Word | None = None
    cite: Cite = Field(default=[])


class MonthDayIn(Strict):
    """A day of a period."""

    month: Annotated[int, Field(ge=1, le=12)] = 1
    day: Annotated[int, Field(ge=1, le=31)]

    @property
    def value(self) -> MonthDay:
        """The day as a value."""
        return MonthDay(self.month, self.day)


class ScheduleIn(Strict):
    """When an occurrence of a duty opens, and when it is due."""

    name: Named
    every: Annotated[Every, Loose]
    opens: MonthDayIn
    due: MonthDayIn
    data: dict[str, Scalar] = Field(default={})
    each: Word
    cite: Cite = Field(default=[])

    @model_validator(mode="after")
    def _fits(self) -> "ScheduleIn":
        most = MONTHS[self.every]
        for one in (self.opens, self.due):
            if one.month > most:
                raise refusal("XN-P127", f"a {self.every} has no month {one.month}", f"write a month of 1 to {most}")
        if (self.due.month, self.due.day) < (self.opens.month, self.opens.day):
            raise refusal("XN-P127", "is due before it opens", "let it open earlier in the period")
        return self


class HoldIn(Strict):
    """Who has the case in hand between which events."""

    name: Named
    opens: SelectorsIn
    closes: SelectorsIn
    same: Word | None = None
    by: Word
