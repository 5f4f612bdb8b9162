"""All instruments known, asked for one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaoneng.law.instrument import Article, Instrument


@dataclass(frozen=True, slots=True)
class Library:
    """Instruments by id."""

    instruments: Mapping[str, Instrument]

    def at(self, on: date) -> Library:
        """The library as it stood on a day: instruments in force, articles in that day's wording."""
        standing = {}
        for name, instrument in self.instruments.items():
            if instrument.holds(on):
                articles = tuple(article for article in instrument.articles if article.holds(on))
                standing[name] = replace(instrument, articles=articles)
        return Library(standing)

    def instrument(self, name: str) -> Instrument:
        """Find an instrument by id, in force or not; raises LawError XN-L002."""
        found = self.instruments.get(name)
        if found is None:
            raise LawError("XN-L002", f"{name} is no known instrument", _nearest(name, list(self.instruments)))
        return found

    def article(self, citation: Citation | str, *, on: date) -> Article:
        """Find what a citation asks on a day.

        Raises LawError: XN-L001 no citation, XN-L002 unknown instrument, XN-L003 unknown article, XN-L004 not in
        force yet, XN-L005 repealed.
        """
        cited = Citation.parse(citation) if isinstance(citation, str) else citation
        instrument = self.instrument(cited.instrument)
        wordings = instrument.wordings(cited.key)
        if not wordings:
            known = list(dict.fromkeys(f"{instrument.id}#{article.key}" for article in instrument.articles))
            known = [name for name in known if Citation.parse(name).whole == cited.whole] or known
            what = f"{cited} is not listed in {instrument.title_zh}"
            raise LawError("XN-L003", what, _nearest(str(cited), known))
        if instrument.holds(on):
            for wording in wordings:
                if wording.holds(on):
                    return wording
        raise _not_in_force(cited, instrument, wordings, on)

    def text(self, citation: Citation | str) -> str:
        """Chinese wording of a citation, 《行政许可法》第三十二条第一款第四项; raises LawError XN-L001, XN-L002."""
        cited = Citation.parse(citation) if isinstance(citation, str) else citation
        instrument = self.instrument(cited.instrument)
        beginning = f"{cited.article}(p"
        several = any(article.key.startswith(beginning) for article in instrument.articles)
        return cited.zh(instrument.title_zh, in_paragraph=1 if several else 0, unit=instrument.unit)


def _not_in_force(cited: Citation, instrument: Instrument, wordings: tuple[Article, ...], on: date) -> LawError:
    """Say since when a place is repealed, or from when it will hold."""
    begins = [max(wording.in_force_from or instrument.in_force_from, instrument.in_force_from) for wording in wordings]
    coming = [begin for begin in begins if begin > on]
    if coming:
        what = f"{cited} is not in force on {on}: it holds from {min(coming)}"
        return LawError("XN-L004", what, f"cite what held on {on}, or give a date from {min(coming)}")
    ends = [instrument.in_force_until, *(wording.in_force_until for wording in wordings)]
    since = max(end for end in ends if end is not None and end <= on)
    followed = f"cite {instrument.replaced_by}" if instrument.replaced_by else "cite what is in force"
    what = f"{cited} is not in force on {on}: repealed since {since}"
    return LawError("XN-L005", what, f"{followed}, or give a date before {since}")


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else f"add it to _law (known: {len(known)})"
