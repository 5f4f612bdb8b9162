"""The door for law: one file per instrument in a `_law` folder, named after its id."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError
from xiaoneng.law.instrument import Article, Instrument, Level, Unit
from xiaoneng.law.library import Library
from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.document import Document, Path_, check, read


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Title(_Strict):
    zh: str = Field(min_length=1)
    en: str = ""


class _Span(_Strict):
    """Days from the first on which it holds until the first on which it no longer does."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    since: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None


class _InForce(_Span):
    since: dt.date = Field(alias="from")


class _Wording(_Span):
    zh: str = Field(min_length=1, max_length=200)
    en: str = Field(default="", max_length=400)


def _listed(value: Any) -> Any:
    """Read a single wording as a list of one."""
    return [value] if isinstance(value, dict) else value


class _Instrument(_Strict):
    id: str
    title: _Title
    level: Level
    number: str = ""
    issuer: str = ""
    adopted_on: dt.date | None = None
    in_force: _InForce
    replaced_by: str = ""
    unit: Unit = Unit.ARTICLE
    note: str = ""
    articles: dict[str | int, Annotated[list[_Wording], Field(min_length=1), BeforeValidator(_listed)]]


def load_library(packs: Path) -> Library:
    """Load the instruments of every `_law` folder below the packs folder."""
    return Library(_load(sorted(packs.glob("**/_law/*.yaml"))))


def load_instruments(folder: Path) -> dict[str, Instrument]:
    """Load one `_law` folder, by id; raises PackError with every complaint (XN-L010 to XN-L016, XN-P0xx)."""
    return _load(sorted(folder.glob("*.yaml")))


def _load(files: Iterable[Path]) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    documents: dict[str, Document] = {}
    complaints: list[Complaint] = []
    for file in files:
        try:
            document = read(file)
            loaded = _instrument(check(_Instrument, document), document, file.stem)
        except PackError as error:
            complaints += error.complaints
            continue
        if loaded.id in found:
            other = f"stands in {file.parent.parent.name} and in another folder"
            complaints.append(document.complain(("id",), other, "keep one of the files", "XN-L011"))
        found[loaded.id], documents[loaded.id] = loaded, document
    complaints += _unknown_successors(found, documents)
    if complaints:
        raise PackError(complaints)
    return found


def _instrument(read_in: _Instrument, document: Document, stem: str) -> Instrument:
    complaints: list[Complaint] = []
    if read_in.id != stem:
        instead = f"name the file {read_in.id}.yaml"
        complaints.append(document.complain(("id",), f"{read_in.id} is not the name of the file", instead, "XN-L010"))
    complaints += _reversed(read_in.in_force, document, ("in_force", "until"))
    articles: list[Article] = []
    for key, wordings in read_in.articles.items():
        complaints += _bad_key(read_in.id, key, document)
        path = ("articles", key)
        for wording in wordings:
            complaints += _reversed(wording, document, path)
            complaints += _outside(wording, read_in.in_force, document, path)
        in_time = sorted(wordings, key=lambda wording: wording.since or dt.date.min)
        for earlier, later in pairwise(in_time):
            if earlier.until is None or later.since is None or later.since < earlier.until:
                instead = "let one wording end (until) where the next begins (from)"
                complaints.append(document.complain(path, "two wordings hold at once", instead, "XN-L014"))
        articles += [Article(str(key), one.zh, one.en, one.since, one.until) for one in in_time]
    complaints += _twice(read_in, document)
    if complaints:
        raise PackError(complaints)
    return Instrument(
        id=read_in.id,
        title_zh=read_in.title.zh,
        title_en=read_in.title.en,
        level=read_in.level,
        number=read_in.number,
        issuer=read_in.issuer,
        adopted_on=read_in.adopted_on,
        in_force_from=read_in.in_force.since,
        in_force_until=read_in.in_force.until,
        replaced_by=read_in.replaced_by,
        unit=read_in.unit,
        articles=tuple(articles),
    )


def _bad_key(name: str, key: str | int, document: Document) -> Iterable[Complaint]:
    try:
        Citation.parse(f"{name}#{key}")
    except LawError:
        wrong, instead = "cannot be cited", "write 32, 32(p2), 32(4), '4:13' or 204-bis"
        yield document.complain(("articles", key), wrong, instead, "XN-L012")


def _reversed(span: _Span, document: Document, path: Path_) -> Iterable[Complaint]:
    if span.since and span.until and span.until <= span.since:
        wrong, instead = "ends before it begins", "`until` is the first day on which it no longer holds"
        yield document.complain(path, wrong, instead, "XN-L013")


def _outside(wording: _Span, in_force: _InForce, document: Document, path: Path_) -> Iterable[Complaint]:
    early = wording.since is not None and wording.since < in_force.since
    late = wording.until is not None and in_force.until is not None and wording.until > in_force.until
    if early or late:
        wrong, instead = "holds when its instrument does not", "mend its days, or leave them out"
        yield document.complain(path, wrong, instead, "XN-L015")


def _twice(read_in: _Instrument, document: Document) -> Iterable[Complaint]:
    """Find articles listed both as a number and in quotes: 26 and '26'."""
    for key, count in Counter(map(str, read_in.articles)).items():
        if count > 1:
            yield document.complain(("articles", key), "stands twice", "keep one of them", "XN-L014")


def _unknown_successors(found: dict[str, Instrument], documents: dict[str, Document]) -> Iterable[Complaint]:
    for name, instrument in found.items():
        if instrument.replaced_by and instrument.replaced_by not in found:
            wrong = f"{instrument.replaced_by} is no known instrument"
            instead = "add its file, or leave replaced_by out"
            yield documents[name].complain(("replaced_by",), wrong, instead, "XN-L016")
