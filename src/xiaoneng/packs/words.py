"""Words shown to people: Chinese first, English beside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One phrase in Chinese (`zh`, always there) and English (`en`, may be empty)."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return f"{self.zh} ({self.en})" if self.en else self.zh
