"""What a family file may say at its top."""

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from xiaoneng.packs.model import Claim, JudgedBy
from xiaoneng.packs.schema_family import (
    ActionIn,
    AnyBlock,
    ClockIn,
    EventIn,
    GroundIn,
    Loose,
    RuleIn,
)
from xiaoneng.packs.schema_outward import HoldIn, NoticeIn, PublicationIn, ScheduleIn
from xiaoneng.packs.schema_parts import Named, SelectorsIn, Strict, Word, refusal


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError) as error:
        raise refusal("XN-P025", f"there is no time zone {value!r}", "write one like Asia/Shanghai") from error
    return value


Zone = Annotated[str, AfterValidator(_zone)]
"""An IANA time zone."""


class InForceIn(Strict):
    """From which day the law holds, and the first day on which it no longer does."""

    from_: Annotated[dt.date, Field(alias="from")]
    until: dt.date | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> "InForceIn":
        if self.until is not None and self.until <= self.from_:
            raise refusal("XN-P080", "ends before it begins", "write the first day on which it no longer holds")
        return self


class FamilyIn(Strict):
    """One validity of one procedure."""

    family: Word
    name: Named
    in_force: InForceIn
    judged_by: Annotated[JudgedBy, Loose]
    calendar: Word
    zone: Zone
    ladder: Word | None = None
    narrows: Word | None = None
    concedes: dict[Annotated[Claim, Loose], Named] = Field(default={})
    opens: SelectorsIn
    ends: SelectorsIn
    events: Annotated[dict[str, EventIn], Field(min_length=1)]
    grounds: dict[str, GroundIn] = Field(default={})
    clocks: dict[str, ClockIn] = Field(default={})
    rules: dict[str, RuleIn] = Field(default={})
    actions: dict[str, ActionIn] = Field(default={})
    course: list[AnyBlock] = Field(default=[])
    carries: list[Word] = Field(default=[])
    notices: dict[str, NoticeIn] = Field(default={})
    publishes: dict[str, PublicationIn] = Field(default={})
    schedule: dict[str, ScheduleIn] = Field(default={})
    holds: dict[str, HoldIn] = Field(default={})
