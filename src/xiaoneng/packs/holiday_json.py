"""The JSON of the public data set holiday-cn, written as our YAML."""

import datetime as dt
import json
from itertools import groupby

from pydantic import BaseModel, ConfigDict, Field

ENGLISH = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "“五一”": "Labour Day",
    "“五一”国际劳动节": "International Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "“十一”": "National Day",
    "抗日战争暨世界反法西斯战争胜利70周年纪念日": "70th anniversary of victory",
}
ONE_DAY = dt.timedelta(days=1)


class JsonDay(BaseModel):
    """A day of the data set."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    date: dt.date
    off: bool = Field(alias="isOffDay")


class JsonYear(BaseModel):
    """A year of the data set; the addresses in `papers` are not kept."""

    model_config = ConfigDict(frozen=True)
    year: int = Field(ge=1900, le=2999)
    days: tuple[JsonDay, ...] = Field(min_length=1)


def from_json(one: JsonYear) -> str:
    """Write a year of the data set as our YAML; a person fills in the number of its notice."""
    title = f"国务院办公厅关于{one.year}年部分节假日安排的通知"
    note = "由公开数据导入；文号和日期待核对填写。Imported from public data: number and date to be filled in."
    lines = [f"year: {one.year}", "notices:", "  - number: null", f"    title: {title}", "    issued: null"]
    lines += [f"    note: {_quoted(note)}", *day_lines(one)]
    return "\n".join(lines) + "\n"


def day_lines(one: JsonYear) -> list[str]:
    """Lines of the days off, joined into spans, and of the days worked."""
    days = sorted(one.days, key=lambda day: day.date)
    off = [day for day in days if day.off]
    work = [day for day in days if not day.off]
    lines = ["off:"] if off else ["off: []"]
    # Days of one name whose date and place move together are one span.
    for _, group in groupby(enumerate(off), key=lambda pair: (pair[1].name, pair[1].date - pair[0] * ONE_DAY)):
        span = [day for _, day in group]
        first, last = span[0].date, span[-1].date
        lines.append(f"  - {{from: {first}, to: {last}, name: {_words(span[0].name)}}}")
    lines.append("work:" if work else "work: []")
    lines += [f"  - {{date: {day.date}, name: {_words(day.name)}}}" for day in work]
    return lines


def _words(name: str) -> str:
    parts = [ENGLISH.get(part, "") for part in name.split("、")]
    english = " and ".join(parts) if all(parts) else ""
    return f"{{zh: {_quoted(name)}, en: {_quoted(english)}}}" if english else f"{{zh: {_quoted(name)}}}"


def _quoted(text: str) -> str:
    """Quote for YAML, which reads JSON strings."""
    return json.dumps(text, ensure_ascii=False)
