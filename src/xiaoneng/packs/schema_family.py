"""What a family file may say about clocks, rules, grounds, events, actions and the course."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from xiaoneng.packs.model import Binds, FieldType, Nature, RuleKind
from xiaoneng.packs.schema_limits import ByIn, EffectiveOn, ExtensionIn, FixedIn, LimitIn, PromiseIn
from xiaoneng.packs.schema_parts import Cite, Named, Scalar, SelectorsIn, Strict, Word, WordsIn, refusal

Loose = Field(strict=False)
"""YAML gives plain words where the model has closed lists of them."""


class FieldIn(Strict):
    """One field of an event."""

    type: Annotated[FieldType, Loose]
    name: Named
    help: Named | None = None
    choices: dict[str, Named] | None = None
    required: bool = False
    personal: bool = False
    public: bool = False


class TellIn(WordsIn):
    """What the party hears, where the event fulfils a condition."""

    where: str | None = None


def _tells(value: Any) -> Any:
    listed = value if isinstance(value, list) else [value]
    return [{"zh": one} if isinstance(one, str) else one for one in listed]


class EventIn(Strict):
    """One kind of fact."""

    name: Named
    tells: Annotated[list[TellIn], BeforeValidator(_tells)] = Field(default=[])
    fields_: Annotated[dict[str, FieldIn], Field(alias="fields")] = Field(default={})


class GroundIn(Strict):
    """One lawful reason for time not to count."""

    name: Named
    opens: SelectorsIn
    closes: SelectorsIn
    cap: FixedIn | None = None
    cite: Cite = Field(default=[])


class LapseIn(Strict):
    """What silence means."""

    deemed: Word
    effective_on: EffectiveOn


class ClockIn(Strict):
    """One limit that runs for a case."""

    name: Named
    says: Named
    nature: Annotated[Nature, Loose] = Nature.STATUTORY
    binds: Annotated[Binds, Loose] = Binds.AGENCY
    starts: SelectorsIn
    activations: Literal["each", "first"] = "each"
    stops: SelectorsIn
    same: Word | None = None
    limit: LimitIn
    roll: bool | None = None
    promised: PromiseIn | None = None
    off_clock: list[Word] = Field(default=[])
    extension: ExtensionIn | None = None
    restart: SelectorsIn | None = None
    on_lapse: LapseIn | None = None
    cite: Cite = Field(default=[])


class RuleIn(Strict):
    """One rule; which keys belong to which kind is checked by `packs.load_rules`."""

    kind: Annotated[RuleKind, Loose]
    says: Named
    cite: Cite = Field(default=[])
    of: SelectorsIn | None = None
    from_: Annotated[SelectorsIn | None, Field(alias="from")] = None
    to: SelectorsIn | None = None
    n: Annotated[int, Field(ge=1, le=1000)] | None = None
    same: Word | None = None
    within: FixedIn | None = None
    gap: FixedIn | None = None
    limit: FixedIn | None = None
    pending: Word | None = None
    field: Word | None = None
    list_: Annotated[list[Scalar] | None, Field(alias="list", min_length=1)] = None
    standard: Scalar | None = None
    register_: Annotated[Word | None, Field(alias="register")] = None
    by: ByIn | None = None


class ActionIn(Strict):
    """What somebody may do."""

    name: Named
    event: Word
    by: Annotated[list[Word], Field(min_length=1)]
    refuses: bool = False


def _bare_step(value: Any) -> Any:
    return {"step": value} if isinstance(value, str) else value


class BlockIn(Strict):
    """A step of the course, or several of them in some order."""

    step: Word | None = None
    choice: list[list["AnyBlock"]] | None = None
    parallel: list[list["AnyBlock"]] | None = None
    repeat: list["AnyBlock"] | None = None
    stage: Word | None = None
    name: Named | None = None
    steps: list["AnyBlock"] | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> "BlockIn":
        shapes = [key for key in ("step", "choice", "parallel", "repeat", "stage") if getattr(self, key)]
        staged = (self.name, self.steps) if shapes == ["stage"] else (True, True)
        if len(shapes) != 1 or not all(staged) or (shapes != ["stage"] and (self.name or self.steps)):
            instead = "write an event kind, or one of choice, parallel, repeat, or a stage with name and steps"
            raise refusal("XN-P026", "is no step of a course", instead)
        return self


AnyBlock = Annotated[BlockIn, BeforeValidator(_bare_step)]
