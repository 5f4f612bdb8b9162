"""Whether the law that a procedure cites was in force as long as the procedure says it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.law.citation import Citation
from xiaoneng.law.error import LawError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xiaoneng.law.library import Library
    from xiaoneng.packs.document import Path_
    from xiaoneng.packs.model import Procedure
    from xiaoneng.packs.reading import Reading


def cited(procedure: Procedure) -> Iterator[tuple[Path_, str]]:
    """Give every citation of a procedure with the path at which it stands."""
    for ground in procedure.grounds.values():
        for i, text in enumerate(ground.cite):
            yield ("grounds", ground.id, "cite", i), text
    for clock in procedure.clocks:
        for i, text in enumerate(clock.cite):
            yield ("clocks", clock.id, "cite", i), text
        for i, text in enumerate(clock.promised_cite):
            yield ("clocks", clock.id, "promised", "cite", i), text
        if clock.extension is not None and clock.extension.cite != clock.cite:
            for i, text in enumerate(clock.extension.cite):
                yield ("clocks", clock.id, "extension", "cite", i), text
    for rule in procedure.rules:
        for i, text in enumerate(rule.cite):
            yield ("rules", rule.id, "cite", i), text
    for notice in procedure.notices:
        for i, text in enumerate(notice.cite):
            yield ("notices", notice.id, "cite", i), text
    for publication in procedure.publishes:
        for i, text in enumerate(publication.cite):
            yield ("publishes", publication.id, "cite", i), text
    for schedule in procedure.schedule:
        for i, text in enumerate(schedule.cite):
            yield ("schedule", schedule.id, "cite", i), text


def check_citations(procedure: Procedure, library: Library | None, reading: Reading) -> None:
    """Complain about each citation that is none, or whose law does not hold all the time the procedure does.

    Without a library only the form is checked.
    """
    for path, text in cited(procedure):
        try:
            citation = Citation.parse(text)
            if library is not None:
                library.article(citation, on=procedure.in_force_from)
        except LawError as error:
            reading.complain(path, error.what, error.instead, error.code)
            continue
        if library is not None:
            _check_later(citation, path, procedure, library, reading)


def _check_later(citation: Citation, path: Path_, procedure: Procedure, library: Library, reading: Reading) -> None:
    """Law that is repealed while the procedure still holds: the procedure must end with it."""
    for day in sorted(_ends(citation, library)):
        until = procedure.in_force_until
        if day <= procedure.in_force_from or (until is not None and day >= until):
            continue
        try:
            library.article(citation, on=day)
        except LawError:
            wrong = f"{citation} is repealed from {day}, while this version still holds"
            instead = f"write `in_force.until: {day}` and a new version, or cite what follows"
            reading.complain(path, wrong, instead, "XN-P041")
            return


def _ends(citation: Citation, library: Library) -> set[date]:
    instrument = library.instrument(citation.instrument)
    ends = {instrument.in_force_until, *(one.in_force_until for one in instrument.wordings(citation.key))}
    return {day for day in ends if day is not None}
