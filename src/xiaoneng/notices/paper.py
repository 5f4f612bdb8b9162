"""Setting a paper with Typst from a pack's template and the facts of a case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaoneng.notices.facts import day_words
from xiaoneng.notices.produced import article, articles, remedy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typst import Fonts

    from xiaoneng.law.library import Library
    from xiaoneng.notices.facts import Facts
    from xiaoneng.packs.outward import Notice
    from xiaoneng.packs.remedies import Act
    from xiaoneng.packs.words import Words

ORGAN = "有管辖权的行政复议机关"
COURT = "有管辖权的人民法院"


class PaperError(ValueError):
    """A template cannot be set; the text says which, and what Typst says of it (XN-P131)."""


@dataclass(frozen=True, slots=True)
class Press:
    """What setting papers needs beside the facts: the folder of the packs, the law cited, the acts with their remedies."""

    root: Path
    library: Library
    acts: Mapping[str, Act]


def pdf(notice: Notice, facts: Facts, press: Press) -> bytes:
    """Set a paper as PDF; raises PaperError."""
    made = _set(notice, facts, press, lambda compiler: compiler.compile(format="pdf"))
    assert isinstance(made, bytes)
    return made


def png(notice: Notice, facts: Facts, press: Press, *, ppi: float = 110) -> list[bytes]:
    """Set a paper as pictures, one for each page; raises PaperError."""
    made = _set(notice, facts, press, lambda compiler: compiler.compile(format="png", ppi=ppi))
    return made if isinstance(made, list) else [made]


def shown(notice: Notice, facts: Facts, press: Press) -> frozenset[str]:
    """Say what a paper shows, in the names of `shows`; raises PaperError."""
    found = _set(notice, facts, press, lambda compiler: compiler.query("<shown>", field="value"))
    return frozenset(json.loads(found))


def _set(notice: Notice, facts: Facts, press: Press, ask: Any) -> Any:
    import typst  # noqa: PLC0415 - forty megabytes that only papers need

    inputs = {"facts": json.dumps(spoken(notice, facts, press), ensure_ascii=False)}
    try:
        return ask(
            typst.Compiler(press.root / notice.template, root=press.root, font_paths=_fonts(), sys_inputs=inputs)
        )
    except typst.TypstError as error:
        said = " ".join(getattr(error, "diagnostic", str(error)).split())
        raise PaperError(f"{notice.template} cannot be set: {said}; mend the template (XN-P131)") from error


@cache
def _fonts() -> Fonts:
    import manimgx_fonts_cjk  # noqa: PLC0415 - only papers need the font
    import typst  # noqa: PLC0415 - only papers need it

    return typst.Fonts(include_system_fonts=False, font_paths=[Path(manimgx_fonts_cjk.__file__).parent])


def spoken(notice: Notice, facts: Facts, press: Press) -> dict[str, Any]:
    """Write the facts in the words that a template can show: plain texts, and lists of texts."""
    kinds = {
        kind: {
            "on": _day(facts, kind),
            "said": {field: _plain(facts.said(f"{kind}.{field}")) for field in facts.procedure.events[kind].fields},
        }
        for kind in facts.latest
    }
    fields = facts.procedure.events[facts.event.kind].fields
    remedies = remedy(notice, facts, press.acts)
    return {
        "name": notice.name.zh,
        "case": facts.case,
        "agency": facts.agency,
        "on": _day(facts),
        "said": {field: _plain(facts.said(field)) for field in fields},
        "raw": {field: _value(facts.raw(field)) for field in fields},
        "kinds": kinds,
        "due": {clock: day_words(due).zh for clock, due in facts.due.items() if due},
        "cites": articles(notice, press.library),
        "cite": {text: article(text, press.library) for text in _cited(facts)},
        "remedies": remedies.says.zh.format(organ=ORGAN, court=COURT) if remedies else None,
    }


def _cited(facts: Facts) -> set[str]:
    procedure = facts.procedure
    notices = {text for notice in procedure.notices for text in notice.cite}
    clocks = {text for clock in procedure.clocks for text in clock.cite}
    return notices | clocks | {text for rule in procedure.rules for text in rule.cite}


def _day(facts: Facts, kind: str = "") -> str | None:
    day = facts.day(kind)
    return day_words(day).zh if day else None


def _plain(said: Words | list[Words] | None) -> str | list[str] | None:
    if said is None:
        return None
    return [one.zh for one in said] if isinstance(said, list) else said.zh


def _value(raw: object) -> object:
    return raw if isinstance(raw, (str, bool, int, float)) or raw is None else str(raw)
