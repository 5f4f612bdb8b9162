"""A procedure as plain frozen values: what the kernel is given.

Built only by `packs.load`, which has checked every word; nothing here checks again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.outward import Hold, Notice, Publication, Schedule
    from xiaoneng.packs.selector import Selectors
    from xiaoneng.packs.words import Words
    from xiaoneng.timing.limit import Limit


class FieldType(StrEnum):
    """What an event's field holds."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event; `personal` is masked by default, `public` may be published."""

    id: str
    type: FieldType
    name: Words
    help: Words | None = None
    choices: Mapping[str, Words] = field(default_factory=dict)
    required: bool = False
    personal: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Tell:
    """What the party hears of an event in plain words, where the event fulfils `where` (always, where it is None)."""

    says: Words
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of fact this procedure knows; of `tells` the first that fits is what the party hears, nothing where none does."""

    id: str
    name: Words
    fields: Mapping[str, Field] = field(default_factory=dict)
    tells: tuple[Tell, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldLimit:
    """A limit whose number stands in a field of the starting event; `kind` is that of a Limit."""

    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class UntilField:
    """Due on the date that stands in a field of the starting event."""

    field: str


@dataclass(frozen=True, slots=True)
class Yearly:
    """Due on the first given month and day after the starting event."""

    month: int
    day: int


Span: TypeAlias = "Limit | FieldLimit | UntilField | Yearly"


class Binds(StrEnum):
    """Whose limit a clock is; only the agency's lateness is a finding."""

    AGENCY = "agency"
    PARTY = "party"
    THIRD_PARTY = "third_party"


class Nature(StrEnum):
    """Where a clock's limit comes from."""

    STATUTORY = "statutory"
    PROMISED = "promised"
    STAGE = "stage"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful reason for time not to count, with the events between which it holds."""

    id: str
    name: Words
    opens: Selectors
    closes: Selectors
    cap: Limit | None
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """How a running clock may be lengthened: at most `most` each time, `times` times, before it expires."""

    by: Selectors
    most: Limit
    times: int
    granted: str = ""
    lawful: Condition | None = None
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lapse:
    """What silence means: the kind of event deemed to have happened, and from which day it has effect."""

    deemed: str
    from_start: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit that runs for a case; `promised_cite` is empty where the promise rests on the clock's own articles."""

    id: str
    name: Words
    says: Words
    starts: Selectors
    stops: Selectors
    limit: Span
    roll: bool
    cite: tuple[str, ...]
    nature: Nature = Nature.STATUTORY
    binds: Binds = Binds.AGENCY
    first_only: bool = False
    same: str = ""
    promised: Limit | FieldLimit | None = None
    promised_cite: tuple[str, ...] = ()
    off_clock: tuple[str, ...] = ()
    extension: Extension | None = None
    restart: Selectors = ()
    on_lapse: Lapse | None = None
    line: int = 0


class RuleKind(StrEnum):
    """The closed list of rules; DECLARE words where the field has one."""

    INIT = "init"
    EXISTENCE = "existence"
    ABSENCE = "absence"
    EXACTLY = "exactly"
    RESPONSE = "response"
    ALTERNATE_RESPONSE = "alternate_response"
    CHAIN_RESPONSE = "chain_response"
    PRECEDENCE = "precedence"
    ALTERNATE_PRECEDENCE = "alternate_precedence"
    CHAIN_PRECEDENCE = "chain_precedence"
    RESPONDED_EXISTENCE = "responded_existence"
    CO_EXISTENCE = "co_existence"
    NOT_CO_EXISTENCE = "not_co_existence"
    SUCCESSION = "succession"
    NOT_SUCCESSION = "not_succession"
    DIFFERENT_HANDS = "different_hands"
    SAME_HANDS = "same_hands"
    MINIMUM_GAP = "minimum_gap"
    NOT_WHILE = "not_while"
    RECORDED_LATE = "recorded_late"
    WITHIN_LIST = "within_list"
    NOT_ABOVE = "not_above"
    CREDENTIAL_VALID = "credential_valid"
    PUBLISHED_BY = "published_by"


@dataclass(frozen=True, slots=True)
class Rule:
    """One checkable duty that is not a clock.

    `source` holds the selectors of `of` or `from`, `target` those of `to`. For within_list, not_above and
    credential_valid `source` already carries the negated condition, so that each matching event is a breach.
    `limit` is the `within`, `gap`, `limit` or `by` of the file.
    """

    id: str
    kind: RuleKind
    says: Words
    cite: tuple[str, ...]
    source: Selectors
    target: Selectors = ()
    n: int = 1
    limit: Span | None = None
    same: str = ""
    pending: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody may do: the event it makes, the roles that may, and whether an unlawful one is refused outright."""

    id: str
    name: Words
    event: str
    by: tuple[str, ...]
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the course."""

    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of the branches; an empty branch may be skipped through."""

    branches: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Parallel:
    """All branches, in any order between them."""

    branches: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The body once or more often."""

    body: Course


@dataclass(frozen=True, slots=True)
class Stage:
    """A named span of the course."""

    id: str
    name: Words
    body: Course


Block: TypeAlias = Step | Choice | Parallel | Repeat | Stage
Course: TypeAlias = tuple[Block, ...]


class Level(StrEnum):
    """What a ladder calls a finding; practice, not law."""

    NONE = "none"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


class Point(StrEnum):
    """Where a rung of a ladder stands on a clock."""

    BEFORE = "before"
    USED = "used"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Rung:
    """A level that a running clock reaches: `amount` is units before the due (BEFORE) or thousandths used (USED).

    `natures` says for which clocks it holds; `kind` is the unit of BEFORE, counted back from the due moment (hours
    only on clocks of the same hours, days of any kind on clocks of days).
    """

    level: Level
    point: Point
    natures: frozenset[Nature]
    amount: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Levels and thresholds chosen by a locality; `rules` is the level of a breach of a rule that is not a clock."""

    id: str
    name: Words
    source: Words
    rungs: tuple[Rung, ...]
    rules: Level


class Claim(StrEnum):
    """What is claimed of a procedure before any case; `packs.prove` tries each."""

    REACHABLE = "reachable"
    LAWFUL_END = "lawful_end"
    COURSE = "course"
    SATISFIABLE = "satisfiable"
    ACTIVATED = "activated"


class JudgedBy(StrEnum):
    """Which date chooses the law that applies to a case."""

    RECEIPT = "receipt"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as the law of one validity says it; immutable once loaded.

    `edition` is the hash of its meaning, so that a mended pack is another edition of the same validity. `concedes`
    names claims that do not hold because the law itself is so, each with the reason.
    """

    id: str
    name: Words
    in_force_from: date
    in_force_until: date | None
    judged_by: JudgedBy
    calendar: str
    zone: str
    opens: Selectors
    ends: Selectors
    events: Mapping[str, EventKind]
    clocks: tuple[Clock, ...] = ()
    rules: tuple[Rule, ...] = ()
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    course: Course = ()
    notices: tuple[Notice, ...] = ()
    publishes: tuple[Publication, ...] = ()
    schedule: tuple[Schedule, ...] = ()
    holds: tuple[Hold, ...] = ()
    carries: tuple[str, ...] = ()
    ladder: Ladder | None = None
    narrows: str = ""
    concedes: Mapping[Claim, Words] = field(default_factory=dict)
    edition: str = ""
    file: str = ""
