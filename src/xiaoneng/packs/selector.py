"""Which events something is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from xiaoneng.packs.condition import Condition


@dataclass(frozen=True, slots=True)
class Selector:
    """Events of one kind, optionally only those whose contents fulfil a condition."""

    kind: str
    where: Condition | None = None


Selectors: TypeAlias = tuple[Selector, ...]
