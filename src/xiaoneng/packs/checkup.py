"""Looking through a whole folder of packs: everything wrong, and how much there is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from xiaoneng.packs import fees, ladders, mappings
from xiaoneng.packs.cases import case_paths, load_case
from xiaoneng.packs.citations import cited
from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.packs.folder import Packs, family_folders
from xiaoneng.packs.load import procedure_id
from xiaoneng.packs.unproved import unproved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xiaoneng.packs.cases import CaseFile
    from xiaoneng.packs.model import Procedure

Loaded = TypeVar("Loaded")


@dataclass(slots=True)
class Checkup:
    """What was found below a folder: procedures by id, and the case files of each version by its file."""

    complaints: list[Complaint] = field(default_factory=list)
    procedures: dict[str, tuple[Procedure, ...]] = field(default_factory=dict)
    cases: dict[str, tuple[CaseFile, ...]] = field(default_factory=dict)
    ladders: int = 0
    mappings: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many of each thing were read."""
        versions = [version for group in self.procedures.values() for version in group]
        return {
            "families": len(self.procedures),
            "versions": len(versions),
            "clocks": sum(len(version.clocks) for version in versions),
            "rules": sum(len(version.rules) for version in versions),
            "citations": sum(sum(1 for _ in cited(version)) for version in versions),
            "case files": sum(len(files) for files in self.cases.values()),
            "ladders": self.ladders,
            "mappings": self.mappings,
        }

    def attempt(self, read: Callable[[], Loaded]) -> Loaded | None:
        """Call a reader, and note what it complains about."""
        try:
            return read()
        except PackError as error:
            self.complaints += [one for one in error.complaints if one not in self.complaints]
            return None


def check_up(packs: Packs, below: Path) -> Checkup:
    """Read every family, case file, ladder, mapping and calendar below a folder of the packs."""
    found = Checkup()
    for path in sorted(below.rglob(f"{ladders.FOLDER}/*.yaml")):
        found.ladders += found.attempt(partial(ladders.load_ladder, path, packs.root)) is not None
    for path in sorted(below.rglob(f"{mappings.FOLDER}/*.yaml")):
        shown_as = path.relative_to(packs.root).as_posix()
        found.mappings += found.attempt(partial(mappings.load_mapping, path, shown_as=shown_as)) is not None
    for folder in sorted(below.rglob("_calendar")):
        name = procedure_id(folder.parent, packs.root)
        found.attempt(partial(packs.calendar, name))
    if found.attempt(lambda: packs.instruments) is None:
        return found
    found.complaints += fees.complaints_below(below, packs.root, packs.instruments)
    for folder in family_folders(below):
        name = procedure_id(folder, packs.root)
        versions = found.attempt(partial(packs.versions, name))
        if versions is not None:
            found.procedures[name] = versions
            _check_cases(versions, folder, packs, found)
    return found


def _check_cases(versions: tuple[Procedure, ...], folder: Path, packs: Packs, found: Checkup) -> None:
    """Read the case files of a family; what they leave unproved is said only when all of them could be read."""
    files: dict[str, list[CaseFile]] = {version.file: [] for version in versions}
    whole = True
    for path in case_paths(folder):
        case = found.attempt(partial(load_case, path, versions, packs.root))
        whole = whole and case is not None
        if case is not None:
            files[case.procedure.file].append(case)
    for version in versions:
        found.cases[version.file] = tuple(files[version.file])
        if whole:
            found.complaints += unproved(version, found.cases[version.file])
