"""Pieces that every kind of pack file is written in: words, ids, selectors, limits, citations."""

import datetime as dt
import math
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from xiaoneng.packs.words import Words

EXACT = 2**53
"""Whole numbers above this are not exact in JSON."""


def refusal(code: str, wrong: str, instead: str) -> PydanticCustomError:
    """Build an error of a validator whose code is stable."""
    return PydanticCustomError("pack", "{text}", {"text": f"{wrong}; {instead}", "code": code})


class Strict(BaseModel):
    """A mapping in which an unknown key is an error and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


def _bare_words(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


class WordsIn(Strict):
    """Chinese, and English beside it."""

    zh: Annotated[str, Field(min_length=1)]
    en: str = ""

    @property
    def words(self) -> Words:
        """The phrase as a value."""
        return Words(self.zh, self.en)


Named = Annotated[WordsIn, BeforeValidator(_bare_words)]
"""Words; a bare string is Chinese."""


def _word(value: Any) -> Any:
    if not isinstance(value, str):
        raise refusal("XN-P020", f"{value!r} is no word", "write a word in small letters, or quote it")
    return value


Word = Annotated[str, BeforeValidator(_word)]
"""An id; which letters it may have is checked where it is declared."""


class SelectorIn(Strict):
    """Events of a kind, optionally only those that fulfil a condition."""

    kind: Word
    where: str | None = None


def _selectors(value: Any) -> Any:
    listed = value if isinstance(value, list) else [value]
    if not listed:
        raise refusal("XN-P024", "is empty", "name at least one event kind")
    for one in listed:
        if not isinstance(one, (str, dict)):
            instead = "write an event kind, or {kind: decision_made, where: granted == false}"
            raise refusal("XN-P023", f"{one!r} selects no events", instead)
    return [{"kind": one} if isinstance(one, str) else one for one in listed]


SelectorsIn = Annotated[list[SelectorIn], BeforeValidator(_selectors)]
"""One selector or a list; a bare string is an event kind."""


def _cite(value: Any) -> Any:
    if not value or not isinstance(value, list):
        instead = "write `cite: [INSTRUMENT#ARTICLE]`, the law it comes from"
        raise refusal("XN-P040", "missing" if not value else "is no list", instead)
    return value


OwnCite = Annotated[list[Word], BeforeValidator(_cite)]
"""Citations of law for a part of a clock, which may go without: then those of the clock hold."""
Cite = Annotated[list[Word], BeforeValidator(_cite), Field(validate_default=True)]
"""Citations of law; a clock or rule without one is refused."""


def _scalar(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise refusal("XN-P012", f"{value} is no number", "write a finite number")
    if isinstance(value, int) and abs(value) > EXACT:
        raise refusal("XN-P012", f"{value} is too large a number", "write it as text")
    return value


Scalar = Annotated[str | bool | int | float | dt.date, BeforeValidator(_scalar)]
"""One plain value."""
