"""One family file while it is being turned into values: what is declared so far, and what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xiaoneng.packs import condition_checks
from xiaoneng.packs.condition import ConditionError, parse
from xiaoneng.packs.document import known
from xiaoneng.packs.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaoneng.packs.complaint import Complaint
    from xiaoneng.packs.condition import Condition
    from xiaoneng.packs.document import Document, Path_
    from xiaoneng.packs.model import EventKind, FieldType
    from xiaoneng.packs.selector import Selectors

PLAIN = re.compile(r"[a-z][a-z0-9_]*")
"""Ids that conditions can speak of."""
DOTTED = re.compile(r"[a-z][a-z0-9_]*([.-][a-z0-9_]+)*")
"""Ids of clocks, rules, actions, stages and files."""


class Reading:
    """Gathers complaints about a document and knows the event kinds and clocks that it declares."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.complaints: list[Complaint] = []
        self.events: dict[str, EventKind] = {}
        self.clock_ids: frozenset[str] = frozenset()

    def complain(self, path: Path_, wrong: str, instead: str, code: str) -> None:
        """Note one thing wrong at a path, of which the parts that the file leaves out are dropped."""
        self.complaints.append(self.document.complain(known(path, self.document), wrong, instead, code))

    def plain_id(self, name: str, path: Path_) -> None:
        """Complain about a name that conditions could not speak of."""
        if not PLAIN.fullmatch(name):
            self.complain(path, "is no id", "use small letters, digits and _", "XN-P021")

    def dotted_id(self, name: str, path: Path_) -> None:
        """Complain about an id of a clock, rule, action or stage with strange letters."""
        if not DOTTED.fullmatch(name):
            self.complain(path, "is no id", "use small letters, digits, _ and single . or -", "XN-P021")

    def kind(self, kind: str, path: Path_) -> EventKind | None:
        """Look up a declared event kind; complains about any other."""
        declared = self.events.get(kind)
        if declared is None:
            self.complain(path, f"{kind} is no event kind of this procedure", self.declare(kind), "XN-P030")
        return declared

    def declare(self, kind: str) -> str:
        """Say what to write instead of a kind that is not declared."""
        near = nearest(kind, self.events)
        return f"mend it to {near}, or declare it under `events`" if near else "declare it under `events`"

    def selectors(self, listed: Iterable[Any] | None, path: Path_) -> Selectors:
        """Build selectors from their checked form, with their conditions checked against the kinds."""
        built = []
        for i, one in enumerate(listed or ()):
            base = (*path, i) if (*path, i) in self.document.lines else path
            declared = self.kind(one.kind, (*base, "kind"))
            where = self.condition(one.where, declared, (*base, "where"))
            built.append(Selector(one.kind, where))
        return tuple(built)

    def condition(self, text: str | None, kind: EventKind | None, path: Path_) -> Condition | None:
        """Read a condition on events of a kind."""
        if text is None:
            return None
        try:
            read = parse(text)
        except ConditionError as error:
            wrong, _, instead = str(error).partition("; ")
            self.complain(path, wrong, instead, "XN-P032")
            return None
        if kind is not None:
            for wrong, instead, code in condition_checks.problems(read, kind):
                self.complain(path, wrong, instead, code)
        return read

    def compared(self, condition: Condition, kind: EventKind, path: Path_) -> None:
        """Complain about comparisons of fields with values that they never have."""
        for wrong, instead, code in condition_checks.impossible(condition, kind):
            self.complain(path, wrong, instead, code)

    def field(
        self, name: str | None, selectors: Selectors, path: Path_, types: frozenset[FieldType] | None = None
    ) -> str:
        """Check that every selected kind has the field, of one of the types; gives "" for no field."""
        if name is None:
            return ""
        for kind in sorted({one.kind for one in selectors} & self.events.keys()):
            field = self.events[kind].fields.get(name)
            if field is None:
                near = nearest(name, self.events[kind].fields)
                instead = f"mend it to {near}" if near else f"declare it under `events.{kind}.fields`"
                self.complain(path, f"{kind} has no field {name}", instead, "XN-P031")
            elif types is not None and field.type not in types:
                wrong = f"{kind}.{name} is of type {field.type}"
                self.complain(path, wrong, f"name one of type {' or '.join(sorted(types))}", "XN-P035")
        return name


def nearest(word: str, words: Iterable[str]) -> str:
    """Find the known word most like a misspelt one, "" if none is near."""
    import difflib  # noqa: PLC0415 - needed only where something is wrong

    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=0.7)), "")
