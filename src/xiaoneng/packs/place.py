"""What a place (cn, cn.henan.anyang …) has beside its procedures: roles, acts with their remedies, rows of the mission."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from xiaoneng.packs import mission, remedies, roles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xiaoneng.law.library import Library
    from xiaoneng.packs.document import Document
    from xiaoneng.packs.mission import Row
    from xiaoneng.packs.remedies import Act
    from xiaoneng.packs.roles import Role


class Place:
    """The place in which a family's folder lies; what it does not have itself, it has from the place around it."""

    def __init__(self, name: str, root: Path, library: Library | None) -> None:
        self.name, self.root, self._library = name, root, library
        parts = name.split(".") if name else []
        self._folders = [root.joinpath(*parts[:length]) for length in range(len(parts), 0, -1)]

    @cached_property
    def roles(self) -> Mapping[str, Role] | None:
        """Roles by id, None where no place around has a file of roles; raises PackError."""
        files = [file for folder in reversed(self._folders) if (file := folder / roles.FILE).is_file()]
        return {name: role for file in files for name, role in roles.load_roles(file, self.root).items()} or None

    @cached_property
    def acts(self) -> Mapping[str, Act] | None:
        """Kinds of act by id, None where no place around has remedies; raises PackError."""
        found: dict[str, Act] = {}
        for folder in reversed(self._folders):
            for file in sorted((folder / remedies.FOLDER).glob("*.yaml")):
                found |= remedies.load_remedies(file, self.root, self._library)
        return found or None

    @cached_property
    def rows(self) -> Mapping[str, Row] | None:
        """Rows of the mission by id, None where no place around has them; raises PackError."""
        files = [file for folder in self._folders if (file := folder / mission.FILE).is_file()]
        return mission.load_rows(files[0], self.root) if files else None


class Places:
    """Every place below a folder of packs, each read when it is first asked for."""

    def __init__(self, root: Path, library: Library | None = None) -> None:
        self.root, self._library = root, library
        self._known: dict[str, Place] = {}
        self.documents: dict[Path, Document] = {}

    def forget(self) -> None:
        """Let go of the files that were read: values have been made of them."""
        self.documents.clear()

    def of(self, procedure: str) -> Place:
        """Give the place of a procedure: that of cn.licensing is cn."""
        name = procedure.rpartition(".")[0]
        if name not in self._known:
            self._known[name] = Place(name, self.root, self._library)
        return self._known[name]
