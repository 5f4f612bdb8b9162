"""Limits as packs write them: a number with its kind, a field, or a date."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from xiaoneng.packs.model import FieldLimit, UntilField, Yearly
from xiaoneng.packs.schema_parts import OwnCite, SelectorsIn, Strict, Word, refusal
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

MOST = 100_000
"""No limit is longer, in whatever unit; a larger number is a slip of the finger."""
KINDS = "working_days, calendar_days, working_hours, elapsed_hours, months or years"
UNITS = {
    LimitKind.WORKING_DAYS: "days",
    LimitKind.CALENDAR_DAYS: "days",
    LimitKind.WORKING_HOURS: "hours",
    LimitKind.ELAPSED_HOURS: "hours",
    LimitKind.MONTHS: "months",
    LimitKind.YEARS: "years",
}
NUMBERS = ("days", "hours", "months", "years")
Count = Annotated[int, Field(ge=0, le=MOST)]


class LimitIn(Strict):
    """A number under its unit and the kind it counts; or a field that says the number, or the date."""

    days: Count | None = None
    hours: Count | None = None
    months: Count | None = None
    years: Count | None = None
    field: Word | None = None
    until: Word | None = None
    kind: Annotated[LimitKind | None, Field(strict=False, validate_default=True)] = None

    @field_validator("kind", mode="after")
    @classmethod
    def _fits(cls, kind: LimitKind | None, info: ValidationInfo) -> LimitKind | None:
        """A limit counts something, and its number stands under the unit of what it counts."""
        if info.data.get("until") is not None:
            if kind is not None:
                raise refusal("XN-P015", "does not belong to `until`", "leave the kind out: a date has none")
            return None
        if kind is None:
            raise refusal("XN-P014", "missing", f"say {KINDS}")
        for unit in NUMBERS:
            if info.data.get(unit) is not None and unit != UNITS[kind]:
                instead = f"write `{UNITS[kind]}: {info.data[unit]}`, or another kind"
                raise refusal("XN-P015", f"{kind} are not counted in {unit}", instead)
        return kind

    @model_validator(mode="after")
    def _one_number(self) -> "LimitIn":
        said = [key for key in (*NUMBERS, "field", "until") if getattr(self, key) is not None]
        if len(said) != 1:
            wrong = "says no number" if not said else f"says {' and '.join(said)}"
            instead = "write one of days, hours, months, years, field, until"
            raise refusal("XN-P016", wrong, instead)
        return self

    @property
    def number(self) -> int | None:
        """The number, where the pack itself says it."""
        return next((n for n in (self.days, self.hours, self.months, self.years) if n is not None), None)

    @property
    def span(self) -> Limit | FieldLimit | UntilField:
        """The limit as a value."""
        if self.until is not None:
            return UntilField(self.until)
        assert self.kind is not None
        if self.field is not None:
            return FieldLimit(self.field, self.kind)
        assert self.number is not None
        return Limit(self.number, self.kind)

    @property
    def limit(self) -> Limit:
        """The limit as a value, where it is fixed."""
        span = self.span
        assert isinstance(span, Limit)
        return span


def fixed(value: LimitIn) -> LimitIn:
    """Refuse a limit whose number stands in an event."""
    if value.number is None:
        raise refusal("XN-P017", "needs a fixed number", "write days, hours, months or years")
    return value


FixedIn = Annotated[LimitIn, AfterValidator(fixed)]


class PromiseIn(LimitIn):
    """A tighter limit that the agency has promised; it may rest on another article than the limit."""

    cite: OwnCite = Field(default=[])

    @model_validator(mode="after")
    def _is_no_date(self) -> "PromiseIn":
        if self.until is not None:
            instead = "write a number, or the field that says it"
            raise refusal("XN-P017", "a promise is no date", instead)
        return self


class ExtensionIn(LimitIn):
    """How a clock may be lengthened."""

    by: SelectorsIn
    times: Annotated[int, Field(ge=1, le=1000)] = 1
    granted: Word | None = None
    approved_by: Word | None = None
    reasoned: bool = False
    cite: OwnCite = Field(default=[])

    @model_validator(mode="after")
    def _is_fixed(self) -> "ExtensionIn":
        fixed(self)
        return self


class ByIn(Strict):
    """A date in a field, or the next given day of the year."""

    until: Word | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ByIn":
        yearly = (self.month, self.day)
        if (self.until is None) == (yearly == (None, None)) or yearly.count(None) == 1:
            raise refusal("XN-P016", "says no date", "write {until: FIELD} or {month: 1, day: 31}")
        if self.month is not None and self.day is not None and self.day > _longest(self.month):
            instead = "write a day that the month has every year"
            raise refusal("XN-P016", f"month {self.month} has no day {self.day} every year", instead)
        return self

    @property
    def span(self) -> UntilField | Yearly:
        """The date as a value."""
        if self.month is not None and self.day is not None:
            return Yearly(self.month, self.day)
        assert self.until is not None
        return UntilField(self.until)


def _longest(month: int) -> int:
    return 28 if month == 2 else 30 + (month + month // 8) % 2


EffectiveOn = Literal["start", "lapse"]
