"""Roles: for whom somebody acts, and what the role is called. One `_roles/roles.yaml` per place."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from xiaoneng.packs.document import check, read
from xiaoneng.packs.schema_parts import Named, Strict
from xiaoneng.packs.words import Words

FILE = "_roles/roles.yaml"


class Side(StrEnum):
    """For whom a role acts."""

    PARTY = "party"
    AGENCY = "agency"
    SUPERVISION = "supervision"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Role:
    """Who may do something."""

    id: str
    name: Words
    side: Side


class RoleIn(Strict):
    """One role of the file."""

    name: Named
    side: Annotated[Side, Field(strict=False)]


class RolesIn(Strict):
    """The file of roles."""

    roles: Annotated[dict[str, RoleIn], Field(min_length=1)]


def load_roles(path: Path, root: Path) -> dict[str, Role]:
    """Load one file of roles; raises PackError."""
    document = read(path, shown_as=path.relative_to(root).as_posix())
    given = check(RolesIn, document)
    return {name: Role(name, one.name.words, one.side) for name, one in given.roles.items()}
