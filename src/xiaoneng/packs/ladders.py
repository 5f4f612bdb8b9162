"""The door for ladders: levels and thresholds that a locality has chosen."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from xiaoneng.packs.document import check, read
from xiaoneng.packs.model import Ladder, Level, Nature, Point, Rung
from xiaoneng.packs.schema_limits import FixedIn
from xiaoneng.packs.schema_parts import Named, Strict, Word, refusal

THOUSANDTHS = 1000
FOLDER = "_ladders"
Loose = Field(strict=False)


class RungIn(Strict):
    """One threshold: units before the due, a share used, or a limit passed."""

    level: Annotated[Level, Loose]
    before: FixedIn | None = None
    used: Annotated[float, Field(gt=0, le=1)] | None = None
    passed: Annotated[Nature, Loose] | None = None
    of: Annotated[list[Annotated[Nature, Loose]], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_point(self) -> "RungIn":
        if [self.before, self.used, self.passed].count(None) != 2:
            raise refusal("XN-P028", "is no one point on a clock", "write one of before, used, passed")
        if (self.of is None) == (self.passed is None):
            instead = "write `passed: statutory`, or `before` or `used` with `of: [statutory]`"
            raise refusal("XN-P028", "does not say for which clocks it holds", instead)
        return self

    @property
    def rung(self) -> Rung:
        """The rung as a value."""
        natures = frozenset(self.of or ())
        if self.before is not None:
            limit = self.before.limit
            return Rung(self.level, Point.BEFORE, natures, limit.n, limit.kind)
        if self.used is not None:
            return Rung(self.level, Point.USED, natures, round(self.used * THOUSANDTHS))
        assert self.passed is not None
        return Rung(self.level, Point.PASSED, frozenset({self.passed}))


class LadderIn(Strict):
    """A ladder file."""

    ladder: Word
    name: Named
    source: Named
    rungs: Annotated[list[RungIn], Field(min_length=1)]
    rules: Annotated[Level, Loose]


def load_ladder(path: Path, root: Path) -> Ladder:
    """Load packs/PLACE/_ladders/NAME.yaml as the ladder PLACE.NAME; raises PackError."""
    document = read(path, shown_as=path.relative_to(root).as_posix())
    given = check(LadderIn, document)
    document.must_be("ladder", given.ladder, path.stem, "the file's name")
    place = ".".join(path.parent.parent.relative_to(root).parts)
    rungs = tuple(one.rung for one in given.rungs)
    return Ladder(f"{place}.{given.ladder}", given.name.words, given.source.words, rungs, given.rules)


class Ladders(Mapping[str, Ladder]):
    """The ladders below a folder, each read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.read: dict[str, Ladder] = {}

    def __getitem__(self, name: str) -> Ladder:
        if name not in self.read:
            place, _, stem = name.rpartition(".")
            path = self.root.joinpath(*place.split("."), FOLDER, f"{stem}.yaml")
            if not place or not path.is_file():
                raise KeyError(name)
            self.read[name] = load_ladder(path, self.root)
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        for path in sorted(self.root.rglob(f"{FOLDER}/*.yaml")):
            yield ".".join((*path.parent.parent.relative_to(self.root).parts, path.stem))

    def __len__(self) -> int:
        return sum(1 for _ in self)
