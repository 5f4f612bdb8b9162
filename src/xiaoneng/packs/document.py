"""Reading one YAML file with the line of every key, and checking it against a schema."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from xiaoneng.packs.complaint import Complaint, PackError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
TEXT = "tag:yaml.org,2002:str"
RESOLVER: Any = yaml.CSafeLoader("")
PLAINLY = {
    "extra_forbidden": ("is not a word of this format", "remove it or mend its spelling", "XN-P011"),
    "model_type": ("is not a mapping", "write its keys below it", "XN-P013"),
    "dict_type": ("is not a mapping", "write its keys below it", "XN-P013"),
    "too_short": ("is empty", "write at least one", "XN-P012"),
    "list_type": ("is not a list", "write [one, two]", "XN-P013"),
}
"""What pydantic's errors say to somebody who writes packs: wrong, instead, code."""

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain data, with the line on which each path begins.

    `origins` says of what is written in another file, over which this one is laid, in which one and on which line;
    the line here is then 0.
    """

    file: str
    data: Any
    lines: dict[Path_, int]
    origins: dict[Path_, tuple[str, int]] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """Line of a path, or of its nearest ancestor that is in the file; 0 where another file says it."""
        return self.lines.get(self._nearest(path), 1)

    def complain(self, path: Path_, wrong: str, instead: str, code: str) -> Complaint:
        """Build a complaint that points at a path, in whichever file it is written."""
        nearest = self._nearest(path)
        file, line = self.origins.get(nearest, (self.file, self.lines.get(nearest, 1)))
        return Complaint(file, line, ".".join(map(str, path)), wrong, instead, code)

    def _nearest(self, path: Path_) -> Path_:
        while path and path not in self.lines:
            path = path[:-1]
        return path

    def must_be(self, key: str, found: str, wanted: str, what: str) -> None:
        """Raise PackError where a file says another name than the place it lies in."""
        if found != wanted:
            wrong = f"is {found!r}, but {what} is {wanted!r}"
            raise PackError([self.complain((key,), wrong, f"write `{key}: {wanted}`", "XN-P081")])


class _Reader:
    """Builds plain data from YAML events; refuses what makes YAML dangerous or ambiguous."""

    def __init__(self, file: str, events: list[yaml.Event]) -> None:
        self.file = file
        self.events = iter(events)
        self.lines: dict[Path_, int] = {}
        self.complaints: list[Complaint] = []

    def build(self, event: yaml.Event, path: Path_) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        return self.mapping(path) if isinstance(event, yaml.MappingStartEvent) else self.sequence(path)

    def sequence(self, path: Path_) -> list[Any]:
        built: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            place = (*path, len(built))
            self.lines[place] = _line(event)
            built.append(self.build(event, place))
        return built

    def scalar(self, event: yaml.ScalarEvent, path: Path_) -> Any:
        try:
            return _value(event.value, event.tag, event.implicit)
        except (yaml.YAMLError, ValueError) as error:
            self.refuse(event, path, f"cannot be read: {error}", "write a plain value", "XN-P001")
            return None

    def mapping(self, path: Path_) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.build(event, path)
            if isinstance(event, yaml.ScalarEvent) and isinstance(key, (dt.date, bool)):
                key = event.value
            place = (*path, key) if isinstance(key, (str, int)) else path
            if place is path:
                self.refuse(event, path, "a key must be a word or a number", "write a plain key", "XN-P001")
            elif key in built:
                self.refuse(event, place, "stands twice", "keep one of them", "XN-P002")
            else:
                self.lines[place] = _line(event)
                built[key] = self.build(next(self.events), place)
                continue
            self.build(next(self.events), place)
        return built

    def refuse(self, event: yaml.Event, path: Path_, wrong: str, instead: str, code: str) -> None:
        self.complaints.append(Complaint(self.file, _line(event), ".".join(map(str, path)), wrong, instead, code))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


@lru_cache(maxsize=4096)
def _value(text: str, tag: str | None, implicit: tuple[bool, bool]) -> Any:
    """Read a scalar as YAML 1.1 does: the same text means the same everywhere."""
    found = tag if tag not in (None, "!") else RESOLVER.resolve(yaml.ScalarNode, text, implicit)
    return text if found == TEXT else RESOLVER.construct_object(yaml.ScalarNode(found, text))


def parse(text: str, file: str) -> Document:
    """Parse YAML text; raises PackError for syntax errors, duplicate keys, aliases (a YAML bomb) and deep nesting."""
    depth = documents = 0
    events = _events(text, file)
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            continue
        if isinstance(event, yaml.AliasEvent):
            raise PackError([Complaint(file, _line(event), "", "uses a YAML alias", "write the value out", "XN-P004")])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            wrong = f"is nested deeper than {MAX_DEPTH} levels"
            raise PackError([Complaint(file, _line(event), "", wrong, "flatten it", "XN-P003")])
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            wrong = "holds a second YAML document"
            raise PackError([Complaint(file, _line(event), "", wrong, "give it a file of its own", "XN-P001")])
    if not documents:
        return Document(file, None, {})
    reader = _Reader(file, events[2:])
    first = next(reader.events)
    reader.lines[()] = _line(first)
    data = reader.build(first, ())
    if reader.complaints:
        raise PackError(reader.complaints)
    return Document(file, data, reader.lines)


def _events(text: str, file: str) -> list[yaml.Event]:
    try:
        return list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        wrong = f"is not valid YAML: {error.problem or error.context}"
        tabbed = "\t" in "".join(text.split("\n")[line - 1 : line])
        instead = "indent with spaces, not with tabs" if tabbed else "mend the indentation or quoting"
        raise PackError([Complaint(file, line, "", wrong, instead, "XN-P001")]) from error
    except yaml.YAMLError as error:
        raise PackError(
            [Complaint(file, 1, "", f"is not valid YAML: {error}", "save it as UTF-8", "XN-P001")]
        ) from error


def read(path: Path, *, shown_as: str | None = None) -> Document:
    """Read one YAML file; `shown_as` is the name used in complaints."""
    file = shown_as or path.name
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise PackError([Complaint(file, 1, "", f"is larger than {MAX_BYTES} bytes", "split it", "XN-P005")])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise PackError([Complaint(file, line, "", "is not UTF-8", "save it as UTF-8", "XN-P006")]) from error
    return parse(text, file)


def check(model: type[Model], document: Document) -> Model:
    """Validate a document against a pydantic model; every failure becomes a complaint with file and line."""
    if document.data is None:
        raise PackError([document.complain((), "is empty", "write at least its first key", "XN-P007")])
    if not isinstance(document.data, dict):
        found = "a list" if isinstance(document.data, list) else "a single value"
        instead = "write `key: value` lines at the top"
        raise PackError([document.complain((), f"is {found}, not a mapping", instead, "XN-P007")])
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise PackError(_complaints(error, document)) from error


def _complaints(error: ValidationError, document: Document) -> list[Complaint]:
    found = []
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if isinstance(part, (str, int)))
        where = known(path, document)
        if detail["type"] == "missing":
            wrong, instead, code = "missing", f"write `{path[-1]}:`", "XN-P010"
        elif detail["type"] in PLAINLY:
            wrong, instead, code = PLAINLY[detail["type"]]
        else:
            message = detail["msg"].removeprefix("Value error, ")
            wrong, _, instead = message.partition("; ")
            code = (detail.get("ctx") or {}).get("code", "XN-P012")
            instead = instead or f"found {detail['input']!r}"[:120]
        found.append(document.complain(where, wrong, instead, code))
    return found


def known(path: Path_, document: Document) -> Path_:
    """Drop the parts pydantic adds for union branches, which stand in no file."""
    kept: list[str | int] = []
    for i, part in enumerate(path):
        if (*kept, part) in document.lines or (i == len(path) - 1 and part != "[key]"):
            kept.append(part)
    return tuple(kept)
