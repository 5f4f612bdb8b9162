from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from xiaoneng.packs.calendars import import_notice, load_calendar, load_year
from xiaoneng.packs.complaint import PackError
from xiaoneng.packs.locate import packs_folder
from xiaoneng.timing.dates import to_day

if TYPE_CHECKING:
    from pathlib import Path

YEAR_2027 = """\
year: 2027
notices:
  - {number: 国办发明电〔2026〕0号, title: 试验通知, issued: 2026-11-01}
off:
  - {from: 2026-12-31, to: 2027-01-02, name: 元旦}
work:
  - {date: 2026-12-26, name: 元旦}
"""


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A calendar of China for 2025 and 2026 that a test may spoil."""
    ours = tmp_path / "_calendar"
    ours.mkdir()
    for name in ("calendar.yaml", "2025.yaml", "2026.yaml"):
        shutil.copy(root / "packs" / "cn" / "_calendar" / name, ours / name)
    return ours


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(folder: Path) -> list[str]:
    with pytest.raises(PackError) as refused:
        load_calendar(folder)
    return [str(complaint) for complaint in refused.value.complaints]


@pytest.mark.parametrize(
    ("country", "first", "last", "zone"),
    [("cn", 2007, 2026, "Asia/Shanghai"), ("nl", 2009, 2015, "Europe/Amsterdam"), ("it", 1999, 2016, "Europe/Rome")],
)
def test_the_calendars_of_the_packs_load(root: Path, country: str, first: int, last: int, zone: str) -> None:
    calendar = load_calendar(root / "packs" / country / "_calendar")
    assert (calendar.id, calendar.zone) == (country, zone)
    assert calendar.first_day == to_day(dt.date(first, 1, 1))
    assert calendar.last_published == to_day(dt.date(last, 12, 31))
    assert calendar.per_day == 8 * 3600


def test_every_named_day_of_china_cites_a_numbered_notice(root: Path) -> None:
    calendar = load_calendar(root / "packs" / "cn" / "_calendar")
    assert {named.notice.partition("〔")[0] for named in calendar.special.values()} == {"国办发明电", "国发明电"}


def test_the_yearly_files_say_what_the_public_data_say(root: Path, data: Path) -> None:
    for year in range(2007, 2027):
        ours = load_year(root / "packs" / "cn" / "_calendar" / f"{year}.yaml")
        days = json.loads((data / "calendar" / f"cn-{year}.json").read_text(encoding="utf-8"))["days"]
        theirs = {(one["date"], one["isOffDay"], one["name"]) for one in days}
        off = {(str(on), True, name.zh) for on, name in ours.off.items()}
        assert off | {(str(on), False, name.zh) for on, name in ours.work.items()} == theirs


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("year: 2026", "year: 2024", "2026.yaml:1: year: is 2024 in 2026.yaml; mend the one or the other (XN-C003)"),
        ("to: 2026-01-03", "to: 2025-12-30", "2026.yaml:7: off.0: ends on 2025-12-30 before it starts"),
        ("date: 2026-01-04", "date: 2026-01-03", "2026.yaml:15: work.0: 2026-01-03 is named twice"),
        ("date: 2026-01-04", "date: 2025-11-04", "2026.yaml:15: work.0: 2025-11-04 to 2025-11-04 lies elsewhere"),
        ("to: 2026-10-07", "to: 2027-01-07", "2026.yaml:13: off.6: 2026-10-01 to 2027-01-07 lies elsewhere"),
        ("work:", "worked:", "2026.yaml:1: work: missing; write `work:` (XN-P010)"),
        ("date: 2026-01-04", "date: soon", "2026.yaml:15: work.0.date: Input should be a valid date"),
        (
            '"元旦", en: "New Year\'s Day"}}',
            '"元旦"}, by: 别号}',
            "2026.yaml:7: off.0.by: 别号 is not among the notices",
        ),
        ("  - number: 国办发明电〔2025〕7号\n    title", "  - title", "2026.yaml:3: notices.0.number: missing"),
    ],
)
def test_a_bad_year_is_refused_with_its_line(folder: Path, old: str, new: str, says: str) -> None:
    spoil(folder / "2026.yaml", old, new)
    found = complaints(folder)
    assert len(found) >= 1
    assert any(one.startswith(says) for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '"13:30"',
            '"11:30"',
            "calendar.yaml:9: office.hours: are not in order; write morning before afternoon (XN-C011)",
        ),
        ('"08:30"', "8.5", "calendar.yaml:10: office.hours.0.opens: Input should be a valid string"),
        ("Asia/Shanghai", "Asia/Nowhere", "calendar.yaml:1: cn: no time zone 'Asia/Nowhere'"),
        ("saturday", "caturday", "calendar.yaml:6: weekend.0: Input should be 'monday'"),
        ("id: cn", "id: CN", "calendar.yaml:3: id: String should match pattern"),
    ],
)
def test_a_bad_description_is_refused_with_its_line(folder: Path, old: str, new: str, says: str) -> None:
    spoil(folder / "calendar.yaml", old, new)
    found = complaints(folder)
    assert any(one.startswith(says) for one in found), found


def test_all_bad_files_are_named_at_once(folder: Path) -> None:
    spoil(folder / "2025.yaml", "year: 2025", "year: 2024")
    spoil(folder / "2026.yaml", "year: 2026", "year: 2024")
    (folder / "notes.yaml").write_text("{}", encoding="utf-8")
    assert [one.split(":")[0] for one in complaints(folder)] == ["2025.yaml", "2026.yaml", "notes.yaml"]


def test_a_missing_description_and_a_missing_year_are_refused(folder: Path) -> None:
    (folder / "2026.yaml").rename(folder / "2027.yaml")
    spoil(folder / "2027.yaml", "year: 2026", "year: 2027")
    assert "XN-C006" in complaints(folder)[0]
    (folder / "2027.yaml").write_text(YEAR_2027.replace("2026-12-26", "2027-01-03"), encoding="utf-8")
    assert "none for it; add packs/cn/_calendar/2026.yaml (XN-C008)" in complaints(folder)[0]
    (folder / "calendar.yaml").unlink()
    assert "XN-C001" in complaints(folder)[0]


def test_our_own_yaml_is_taken_in_as_it_stands(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "notice.yaml"
    source.write_text(YEAR_2027, encoding="utf-8")
    before = load_calendar(folder)
    written = import_notice(source, folder)
    assert written == folder / "2027.yaml"
    assert written.read_text(encoding="utf-8") == YEAR_2027
    after = load_calendar(folder)
    saturday, thursday = to_day(dt.date(2026, 12, 26)), to_day(dt.date(2026, 12, 31))
    assert [before.is_working(saturday), after.is_working(saturday)] == [False, True]
    assert [before.is_working(thursday), after.is_working(thursday)] == [True, False]
    assert after.reason(thursday).name_zh == "元旦"
    assert after.edition != before.edition
    assert not after.is_provisional(to_day(dt.date(2027, 12, 31)))
    assert import_notice(source, folder) == written


def public(tmp_path: Path, **change: Any) -> Path:
    days = [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-02", "isOffDay": True},
        {"name": "新节日", "date": "2027-03-01", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-03", "isOffDay": False},
    ]
    source = tmp_path / "2027.json"
    whole = {"year": 2027, "papers": ["an address that is not kept"], "days": days} | change
    source.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return source


def test_the_public_json_becomes_our_yaml_without_a_number(folder: Path, tmp_path: Path) -> None:
    text = import_notice(public(tmp_path), folder).read_text(encoding="utf-8")
    assert "number: null" in text
    assert "address" not in text
    assert """{from: 2027-01-01, to: 2027-01-02, name: {zh: "元旦", en: "New Year's Day"}}""" in text
    assert '{from: 2027-03-01, to: 2027-03-01, name: {zh: "新节日"}}' in text
    reason = load_calendar(folder).reason(to_day(dt.date(2027, 1, 1)))
    assert reason.notice == "国务院办公厅关于2027年部分节假日安排的通知"


def test_a_year_of_public_json_may_have_no_make_up_day_or_nothing_else(folder: Path, tmp_path: Path) -> None:
    off = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
    assert "work: []" in import_notice(public(tmp_path, days=[off]), folder).read_text(encoding="utf-8")
    source = public(tmp_path, days=[off | {"isOffDay": False}])
    assert "off: []" in import_notice(source, folder, replace=True).read_text(encoding="utf-8")


def test_a_differing_year_is_kept_unless_told(folder: Path, data: Path) -> None:
    kept = (folder / "2026.yaml").read_bytes()
    source = data / "calendar" / "cn-2026.json"
    with pytest.raises(PackError, match="XN-C009"):
        import_notice(source, folder)
    assert (folder / "2026.yaml").read_bytes() == kept
    days = load_calendar(folder).prefix
    import_notice(source, folder, replace=True)
    assert (folder / "2026.yaml").read_bytes() != kept
    assert load_calendar(folder).prefix == days


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.yaml", "notices: []", "XN-C002"),
        ("a.yaml", YEAR_2027.replace("2027-01-02", "2027-13-02"), "XN-P001"),
        ("a.yaml", YEAR_2027.replace("from: 2026-12-31", "from: 2027-01-05"), "XN-C004"),
        ("a.yaml", YEAR_2027.replace("year: 2027", "year: 2029"), "XN-C006"),
        ("a.json", "{", "XN-C010"),
        ("a.json", '{"year": 2027, "days": []}', "XN-C010"),
        ("absent.yaml", None, "XN-C014"),
    ],
)
def test_a_bad_notice_changes_nothing(folder: Path, tmp_path: Path, name: str, text: str | None, code: str) -> None:
    source = tmp_path / name
    if text is not None:
        source.write_text(text, encoding="utf-8")
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(PackError, match=code):
        import_notice(source, folder)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_notice_that_leaves_a_gap_changes_nothing(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "2028.yaml"
    source.write_text(
        "year: 2028\nnotices: [{number: null, title: 通知, issued: null}]\noff: []\nwork: []\n", encoding="utf-8"
    )
    with pytest.raises(PackError, match="XN-C008"):
        import_notice(source, folder)
    assert not (folder / "2028.yaml").exists()


def test_a_notice_needs_a_calendar_to_go_into(tmp_path: Path) -> None:
    source = tmp_path / "notice.yaml"
    source.write_text(YEAR_2027, encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(PackError, match="XN-C001"):
        import_notice(source, empty)
    assert list(empty.iterdir()) == []


def test_packs_are_found_beside_the_code_or_where_the_variable_points(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XIAONENG_PACKS", raising=False)
    assert packs_folder() == root / "packs"
    monkeypatch.setenv("XIAONENG_PACKS", str(tmp_path))
    assert packs_folder() == tmp_path
    monkeypatch.setenv("XIAONENG_PACKS", str(tmp_path / "absent"))
    with pytest.raises(FileNotFoundError, match="XN-C020"):
        packs_folder()
