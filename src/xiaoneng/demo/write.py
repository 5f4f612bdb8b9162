"""The city in files: one journal of everything, and one of each procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.journal.chain import chain
from xiaoneng.journal.jsonl import write_journal

if TYPE_CHECKING:
    from pathlib import Path

    from xiaoneng.demo.city import City

JOURNAL = "journal.jsonl.gz"


def write_city(folder: Path, city: City) -> dict[str, Path]:
    """Write journal.jsonl.gz, and PROCEDURE.jsonl.gz for each procedure; gives the latter by procedure.

    Chains are per case, so that the part of one procedure is a whole journal of its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    links = list(chain(city.events))
    write_journal(folder / JOURNAL, links)
    parts = {name: folder / f"{name}.jsonl.gz" for name in city.procedures}
    for name, path in parts.items():
        write_journal(path, (link for link in links if city.procedure_of[link.event.subject] == name))
    return parts
