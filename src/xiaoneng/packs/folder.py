"""All packs below one folder, each file read when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.packs import select
from xiaoneng.packs.ladders import Ladders
from xiaoneng.packs.load import load_versions, procedure_id
from xiaoneng.packs.narrowed import FAMILY
from xiaoneng.packs.place import Places
from xiaoneng.packs.undisturbed import undisturbed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from xiaoneng.law.library import Library
    from xiaoneng.packs.mappings import Mapping as LogMapping
    from xiaoneng.packs.model import Procedure
    from xiaoneng.timing.calendar import Calendar


class UnknownPackError(LookupError):
    """There is no such procedure, calendar or mapping in the folder (XN-P087)."""


class Packs:
    """Procedures, calendars, ladders, mappings and law below `root`; never changes once a thing is read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ladders = Ladders(root)
        self._places: Places | None = None
        self._versions: dict[str, tuple[Procedure, ...]] = {}
        self._calendars: dict[str, Calendar] = {}
        self._library: Library | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all procedures, sorted; reads no file."""
        return tuple(procedure_id(folder, self.root) for folder in family_folders(self.root))

    @property
    def procedures(self) -> Mapping[str, tuple[Procedure, ...]]:
        """All procedures: id to versions in order of `in_force`."""
        return {name: self.versions(name) for name in self.ids}

    @property
    def instruments(self) -> Library:
        """The law that the packs cite."""
        if self._library is None:
            from xiaoneng.packs.instruments import load_library  # noqa: PLC0415 - reads many files

            self._library = load_library(self.root)
        return self._library

    @property
    def places(self) -> Places:
        """Roles, remedies and rows of the mission of every place."""
        if self._places is None:
            self._places = Places(self.root, self.instruments)
        return self._places

    def versions(self, name: str) -> tuple[Procedure, ...]:
        """Every version of a procedure in order of `in_force`; raises UnknownPackError, PackError."""
        if name not in self._versions:
            folder = self.root.joinpath(*name.split("."))
            if not any(folder.glob(FAMILY)):
                known = ", ".join(self.ids) or "none"
                raise UnknownPackError(f"there is no procedure {name}; known are {known} (XN-P087)")
            self._versions[name] = load_versions(
                folder, instruments=self.instruments, ladders=self.ladders, places=self.places
            )
        return self._versions[name]

    def procedure(self, name: str, on: date | None = None) -> Procedure:
        """Give the version in force on a day, the latest where no day is given.

        Raises UnknownPackError, PackError, select.NotInForceError.
        """
        versions = self.versions(name)
        return versions[-1] if on is None else select.on(versions, on)

    def calendar(self, name: str) -> Calendar:
        """Give the calendar of packs/NAME/_calendar; raises UnknownPackError, PackError."""
        from xiaoneng.packs.calendars import load_calendar  # noqa: PLC0415 - not every question needs one

        if name not in self._calendars:
            folder = self.root.joinpath(*name.split("."), "_calendar")
            if not folder.is_dir():
                raise UnknownPackError(f"there is no calendar {name}; add {name}/_calendar (XN-P087)")
            self._calendars[name] = load_calendar(folder)
        return self._calendars[name]

    @property
    def mappings(self) -> tuple[LogMapping, ...]:
        """Every mapping of a log; raises PackError."""
        from xiaoneng.packs.mappings import FOLDER, load_mapping  # noqa: PLC0415 - only logs need one

        paths = sorted(self.root.rglob(f"{FOLDER}/*.yaml"))
        return tuple(load_mapping(path, shown_as=path.relative_to(self.root).as_posix()) for path in paths)

    def mapping(self, name: str) -> LogMapping:
        """Give the mapping of that id, wherever it lies; raises UnknownPackError, PackError."""
        known = {mapping.mapping: mapping for mapping in self.mappings}
        if name not in known:
            instead = f"known are {', '.join(sorted(known)) or 'none'}"
            raise UnknownPackError(f"there is no mapping {name}; {instead} (XN-P087)")
        return known[name]


def open_packs(root: Path) -> Packs:
    """Open a folder of packs without reading anything yet."""
    return Packs(root)


def load_folder(root: Path) -> Packs:
    """Open a folder of packs and read every procedure in it; raises PackError for the first that cannot be read."""
    packs = Packs(root)
    for name in packs.ids:
        packs.versions(name)
    return packs


def load_everything(packs: Packs) -> Packs:
    """Read every procedure, calendar, ladder, role and remedy; raises PackError for the first that cannot be read."""
    with undisturbed():
        for name in packs.ids:
            packs.versions(name)
            place = packs.places.of(name)
            _ = place.roles, place.acts, place.rows
        for folder in sorted(packs.root.rglob("_calendar")):
            packs.calendar(procedure_id(folder.parent, packs.root))
        for name in packs.ladders:
            _ = packs.ladders[name]
    packs.places.forget()
    return packs


def family_folders(root: Path) -> list[Path]:
    """Folders below `root` that hold a procedure; underscored folders hold other things."""
    found = {path.parent for path in root.rglob(FAMILY)}
    return sorted(folder for folder in found if not folder.name.startswith("_"))
