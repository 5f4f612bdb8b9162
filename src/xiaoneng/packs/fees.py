"""The door for tariffs: what a fee costs, tier by tier, as data with the law it rests on."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError
from xiaoneng.law.library import Library
from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.document import Document, Path_, check, read
from xiaoneng.packs.schema import InForceIn
from xiaoneng.packs.schema_parts import Cite, Named, Strict, Word, refusal
from xiaoneng.packs.words import Words

FOLDER = "_fees"
Rate = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class Tier:
    """Units above the tier before it and up to `up_to` (None: without end), each at `rate`.

    With a `block` the rate rises by `step` after every so many units of the tier.
    """

    up_to: int | None
    rate: Decimal
    block: int | None = None
    step: Decimal = Decimal(0)

    def cost(self, units: int) -> Decimal:
        """Cost of the first so many units of this tier."""
        if self.block is None:
            return self.rate * units
        full, rest = divmod(units, self.block)
        risen = self.block * (full * (full - 1) // 2) + rest * full
        return self.rate * units + self.step * risen


@dataclass(frozen=True, slots=True)
class Method:
    """One way of counting: what is counted, and the tiers in rising order."""

    id: str
    name: Words
    counts: Words
    cite: tuple[str, ...]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Tariff:
    """What may be charged from a day on; where `one_method`, never by two methods for the same thing."""

    id: str
    name: Words
    currency: str
    in_force_from: dt.date
    in_force_until: dt.date | None
    one_method: bool
    cite: tuple[str, ...]
    methods: Mapping[str, Method]
    file: str = ""


class FeeError(LookupError):
    """A fee is asked for that the tariff cannot say (XN-P113)."""


def fee(tariff: Tariff, method: str, quantity: int, *, already: int = 0) -> Decimal:
    """Cost of `quantity` units after `already` so many, counted progressively: each unit at the rate of its own tier.

    Raises FeeError for a method the tariff does not have, and for a quantity below nought.
    """
    if method not in tariff.methods:
        known = ", ".join(tariff.methods)
        raise FeeError(f"{tariff.id} has no method {method!r}; write one of {known} (XN-P113)")
    if quantity < 0 or already < 0:
        raise FeeError(f"a quantity of {min(quantity, already)} costs nothing; count from 0 (XN-P113)")
    tiers = tariff.methods[method].tiers
    return _total(tiers, already + quantity) - _total(tiers, already)


def _total(tiers: tuple[Tier, ...], quantity: int) -> Decimal:
    total, below = Decimal(0), 0
    for tier in tiers:
        top = quantity if tier.up_to is None else min(quantity, tier.up_to)
        if top > below:
            total += tier.cost(top - below)
            below = top
    return total


class TierIn(Strict):
    """One tier of a method."""

    up_to: Count | None = None
    rate: Rate
    block: Count | None = None
    step: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _block_with_step(self) -> "TierIn":
        if (self.block is None) != (self.step is None):
            instead = "write `block: 10, step: 100`: the rate rises by 100 after every 10"
            raise refusal("XN-P112", "has one of block and step without the other", instead)
        return self

    @property
    def tier(self) -> Tier:
        """The tier as a value."""
        step = Decimal(0) if self.step is None else _exact(self.step)
        return Tier(self.up_to, _exact(self.rate), self.block, step)


class MethodIn(Strict):
    """One way of counting."""

    name: Named
    counts: Named
    cite: Cite = Field(default=[])
    tiers: Annotated[list[TierIn], Field(min_length=1)]


class TariffIn(Strict):
    """A tariff file."""

    tariff: Word
    name: Named
    in_force: InForceIn
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    one_method: bool = False
    cite: Cite = Field(default=[])
    methods: Annotated[dict[str, MethodIn], Field(min_length=1)]


def load_tariff(path: Path, root: Path, library: Library | None = None) -> Tariff:
    """Load packs/PLACE/_fees/NAME.yaml as the tariff PLACE.NAME; raises PackError with everything wrong.

    Without a library the citations are not looked up.
    """
    document = read(path, shown_as=path.relative_to(root).as_posix())
    given = check(TariffIn, document)
    document.must_be("tariff", given.tariff, path.stem, "the file's name")
    place = ".".join(path.parent.parent.relative_to(root).parts)
    methods = {
        name: Method(name, one.name.words, one.counts.words, tuple(one.cite), tuple(tier.tier for tier in one.tiers))
        for name, one in given.methods.items()
    }
    tariff = Tariff(
        id=f"{place}.{given.tariff}",
        name=given.name.words,
        currency=given.currency,
        in_force_from=given.in_force.from_,
        in_force_until=given.in_force.until,
        one_method=given.one_method,
        cite=tuple(given.cite),
        methods=methods,
        file=document.file,
    )
    complaints = [*_out_of_order(tariff, document), *_not_law(tariff, document, library)]
    if complaints:
        raise PackError(complaints)
    return tariff


def complaints_below(below: Path, root: Path, library: Library) -> list[Complaint]:
    """Everything wrong with the tariffs below a folder of the packs."""
    found: list[Complaint] = []
    for path in sorted(below.rglob(f"{FOLDER}/*.yaml")):
        try:
            load_tariff(path, root, library)
        except PackError as error:
            found += error.complaints
    return found


def _exact(number: float) -> Decimal:
    """The number as it was written: 0.1 is a tenth, and 100 is no 100.0."""
    return Decimal(int(number)) if number == int(number) else Decimal(str(number))


def _out_of_order(tariff: Tariff, document: Document) -> Iterator[Complaint]:
    for method in tariff.methods.values():
        below = 0
        for i, tier in enumerate(method.tiers):
            path: Path_ = ("methods", method.id, "tiers", i)
            last = i == len(method.tiers) - 1
            if last and tier.up_to is not None:
                instead = "leave `up_to` out of the last tier, or add one above it"
                yield document.complain((*path, "up_to"), "leaves nothing for what is above", instead, "XN-P111")
            elif not last and (tier.up_to is None or tier.up_to <= below):
                wrong = f"does not end above {below}, where the tier before it ends" if below else "has no end"
                instead = "write `up_to` with the last unit of this tier, each above the one before"
                yield document.complain((*path, "up_to"), wrong, instead, "XN-P111")
            below = max(below, tier.up_to or 0)


def _not_law(tariff: Tariff, document: Document, library: Library | None) -> Iterator[Complaint]:
    cited: list[tuple[Path_, str]] = [(("cite", i), text) for i, text in enumerate(tariff.cite)]
    for method in tariff.methods.values():
        cited += [(("methods", method.id, "cite", i), text) for i, text in enumerate(method.cite)]
    for path, text in cited:
        try:
            citation = Citation.parse(text)
            if library is not None:
                library.article(citation, on=tariff.in_force_from)
        except LawError as error:
            yield document.complain(path, error.what, error.instead, error.code)
            continue
        if library is not None:
            yield from _repealed_later(citation, path, tariff, document, library)


def _repealed_later(
    citation: Citation, path: Path_, tariff: Tariff, document: Document, library: Library
) -> Iterator[Complaint]:
    last = tariff.in_force_until - dt.timedelta(days=1) if tariff.in_force_until else dt.date.max
    try:
        library.article(citation, on=last)
    except LawError:
        wrong = f"{citation} is repealed while this tariff still holds"
        yield document.complain(path, wrong, "write `in_force.until`, or cite what follows", "XN-P041")
