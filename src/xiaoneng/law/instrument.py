"""Instruments and what their articles ask, each with the days on which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Level(StrEnum):
    """Rank of an instrument, highest first; foreign ones have no rank here."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENT_RULE = "department_rule"
    LOCAL_GOVERNMENT_RULE = "local_government_rule"
    NORMATIVE_DOCUMENT = "normative_document"
    PARTY_REGULATION = "party_regulation"
    FOREIGN = "foreign"


class Unit(StrEnum):
    """What an instrument is divided into: laws into articles (第五条), opinions into items （五） or parts (第三部分（二）)."""

    ARTICLE = "article"
    ITEM = "item"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Article:
    """What one article, paragraph or item asks, in one line of our own words.

    It holds from `in_force_from` until the day before `in_force_until`; None means as long as its instrument.
    An article whose wording changed is listed once per wording, under the same key.
    """

    key: str
    asks_zh: str
    asks_en: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether this wording is the one of that day."""
        return _holds(self.in_force_from, self.in_force_until, on)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation, rule or normative document, with the articles that packs cite.

    It holds from `in_force_from` until the day before `in_force_until` (None: still in force); `replaced_by` is the
    id of what followed it, "" for nothing.
    """

    id: str
    title_zh: str
    level: Level
    in_force_from: date
    title_en: str = ""
    number: str = ""
    issuer: str = ""
    adopted_on: date | None = None
    in_force_until: date | None = None
    replaced_by: str = ""
    unit: Unit = Unit.ARTICLE
    articles: tuple[Article, ...] = ()

    def holds(self, on: date) -> bool:
        """Whether the instrument is in force on that day."""
        return _holds(self.in_force_from, self.in_force_until, on)

    def wordings(self, key: str) -> tuple[Article, ...]:
        """Every wording of an article over time, earliest first; empty where it is not listed."""
        return tuple(article for article in self.articles if article.key == key)


def _holds(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on < until)
