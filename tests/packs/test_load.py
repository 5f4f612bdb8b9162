"""A family file becomes a procedure, or says exactly what is wrong with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from xiaoneng.packs.folder import Packs, UnknownPackError, load_folder, open_packs
from xiaoneng.packs.model import (
    Choice,
    Claim,
    FieldLimit,
    JudgedBy,
    Parallel,
    Procedure,
    Repeat,
    Stage,
    Step,
    UntilField,
    Yearly,
)
from xiaoneng.packs.select import NotInForceError
from xiaoneng.packs.words import Words
from xiaoneng.timing.kinds import LimitKind
from xiaoneng.timing.limit import Limit

from .places import FIXTURES, TEA, all_complaints, complaints, copied, spoil
from .spoiled import SPOILED, SPOILED_FILES, clock, rule

BY_FIELD = "starts: received, stops: accepted, limit: {field: promised_days, kind: working_days}"
LAPSING = "stops: accepted, on_lapse: {deemed: received, effective_on: start}"
OUT_OF_VALIDITY = (
    "not given(relied.officer.valid_from) or occurred_on < relied.officer.valid_from "
    "or (given(relied.officer.valid_until) and occurred_on > relied.officer.valid_until)"
)
EXPECTED = {
    block.partition("\n")[0].removeprefix("# "): block.splitlines()[1:]
    for block in (Path(__file__).parent / "spoiled.txt").read_text(encoding="utf-8").strip().split("\n\n")
}


def loaded(root: Path) -> Procedure:
    return open_packs(root).procedure("xx.tea")


@pytest.mark.parametrize("mistake", SPOILED)
def test_a_mistake_in_a_family_is_named_with_its_line(mistake: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *SPOILED[mistake])
    assert complaints(root) == EXPECTED[mistake]


@pytest.mark.parametrize("mistake", SPOILED_FILES)
def test_a_mistake_in_another_file_is_named_with_its_line(mistake: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    file, old, new = SPOILED_FILES[mistake]
    spoil(root, old, new, file)
    assert all_complaints(root) == EXPECTED[mistake]


def test_the_fixtures_are_without_fault() -> None:
    assert all_complaints(FIXTURES) == []


def test_clocks_and_rules_keep_their_order_and_their_lines() -> None:
    tea = loaded(FIXTURES)
    assert [(one.id, one.line) for one in tea.clocks] == [("acceptance", 50), ("decision", 58), ("pickup", 75)]
    assert [(one.id, one.line) for one in tea.rules] == [("tea.once", 86), ("tea.fee", 92)]
    assert tea.file == TEA
    assert tea.judged_by is JudgedBy.RECEIPT


def test_a_bare_string_is_chinese_and_a_bare_kind_a_selector() -> None:
    tea = loaded(FIXTURES)
    assert (tea.events["accepted"].name.zh, tea.events["accepted"].name.en) == ("受理", "")
    assert str(tea.name) == "茶叶许可 (tea licence)"
    assert str(tea.events["accepted"].name) == "受理"
    assert [one.kind for one in tea.clocks[0].starts] == ["received"]


def test_an_extension_is_lawful_by_approval_and_reason() -> None:
    extension = loaded(FIXTURES).clocks[1].extension
    assert extension is not None
    assert str(extension.lawful) == "(approved_by == 'head') and (given(reason))"
    assert (extension.most, extension.times) == (Limit(10, LimitKind.WORKING_DAYS), 1)
    assert extension.cite == ("xx-tea-law#2(p1)",)


def test_an_extension_may_ask_for_nothing(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "      granted: days\n      approved_by: head\n      reasoned: true\n", "")
    extension = loaded(root).clocks[1].extension
    assert extension is not None
    assert (extension.lawful, extension.granted) == (None, "")


@pytest.mark.parametrize(
    ("said", "limit", "roll"),
    [
        ("limit: {days: 2, kind: working_days}", Limit(2, LimitKind.WORKING_DAYS), False),
        ("limit: {days: 2, kind: calendar_days}", Limit(2, LimitKind.CALENDAR_DAYS), True),
        ("limit: {months: 2, kind: months}", Limit(2, LimitKind.MONTHS), True),
        ("limit: {years: 2, kind: years}, roll: false", Limit(2, LimitKind.YEARS), False),
        ("limit: {hours: 2, kind: elapsed_hours}, roll: false", Limit(2, LimitKind.ELAPSED_HOURS), False),
        (
            "limit: {field: promised_days, kind: calendar_days}",
            FieldLimit("promised_days", LimitKind.CALENDAR_DAYS),
            True,
        ),
        ("limit: {until: deadline}", UntilField("deadline"), False),
        ("limit: {until: deadline}, roll: true", UntilField("deadline"), True),
    ],
)
def test_limits_roll_by_their_kind(said: str, limit: object, roll: bool, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *clock(f"starts: received, stops: accepted, {said}"))
    new = loaded(root).clocks[-1]
    assert (new.limit, new.roll) == (limit, roll)


@pytest.mark.parametrize(
    "said",
    [
        "starts: received, stops: decided, same: child_id, limit: {days: 2, kind: calendar_days}",
        "starts: received, stops: accepted, restart: [extended, decided], limit: {days: 2, kind: calendar_days}",
        f"{BY_FIELD}, promised: {{field: promised_days, kind: working_days}}",
        f"{BY_FIELD}, promised: {{days: 900, kind: working_days}}",
        # A lapse that starts what cannot start again and again: only once, or never without contents.
        f"starts: received, activations: first, {LAPSING}, limit: {{days: 2, kind: calendar_days}}",
        f"starts: received, {LAPSING}, limit: {{until: deadline}}",
        f"starts: {{kind: received, where: channel == 'web'}}, {LAPSING}, limit: {{days: 2, kind: calendar_days}}",
    ],
)
def test_a_lawful_clock_is_accepted(said: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *clock(said))
    assert complaints(root) == []


def test_off_clock_of_months_is_capped_in_calendar_days(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "    off_clock: [hearing]\n", "")
    spoil(root, "cap: {days: 20, kind: working_days}", "cap: {days: 20, kind: calendar_days}")
    spoil(
        root,
        "    limit: {months: 3, kind: months}\n",
        "    limit: {months: 3, kind: months}\n    off_clock: [hearing]\n",
    )
    assert loaded(root).clocks[2].off_clock == ("hearing",)


@pytest.mark.parametrize(
    "said",
    [
        "kind: existence, of: received, n: 2",
        "kind: absence, of: received, n: 2, same: child_id",
        "kind: response, from: received, to: decided, within: {days: 3, kind: working_days}, same: child_id",
        "kind: chain_response, from: received, to: accepted, within: {days: 3, kind: working_days}",
        "kind: precedence, from: received, to: decided, same: child_id",
        "kind: different_hands, of: [received, accepted]",
        "kind: minimum_gap, from: received, to: decided, gap: {hours: 1, kind: working_hours}",
        "kind: not_while, of: decided, pending: acceptance",
        "kind: not_while, of: decided, pending: hearing",
        "kind: recorded_late, of: decided, limit: {months: 1, kind: months}",
        "kind: published_by, from: received, to: decided, by: {until: deadline}",
    ],
)
def test_a_lawful_rule_is_accepted(said: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *rule(said))
    assert complaints(root) == []


def test_published_by_reads_a_day_of_the_year(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *rule("kind: published_by, from: received, to: decided, by: {month: 1, day: 31}"))
    assert loaded(root).rules[-1].limit == Yearly(1, 31)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("kind: within_list, of: {kind: received, where: given(deadline)}, field: channel, list: [web]",
         "(given(deadline)) and (channel not in (web))"),
        ("kind: not_above, of: decided, field: fee, standard: 30.5", "fee > 30.5"),
        ("kind: not_above, of: decided, field: fee, standard: fee", "fee > fee"),
        ("kind: credential_valid, of: decided, register: officer",
         OUT_OF_VALIDITY),
    ],
)  # fmt: skip
def test_rules_about_one_event_carry_the_breach(said: str, where: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *rule(said))
    assert [str(one.where) for one in loaded(root).rules[-1].source] == [where]


def test_the_course_is_read_as_written() -> None:
    intake, decision = loaded(FIXTURES).course
    assert isinstance(intake, Stage)
    assert isinstance(decision, Stage)
    assert intake.body == (Step("received"), Choice(((Step("accepted"),), (Step("decided"), Step("end")))))
    hearing = (Step("hearing_opened"), Step("hearing_closed"))
    assert decision.body == (Parallel((hearing, ())), Step("decided"), Repeat((Step("delivered"),)))


def test_law_not_looked_up_is_read_for_its_form_only(tmp_path: Path) -> None:
    from xiaoneng.packs.ladders import Ladders
    from xiaoneng.packs.load import load_procedure
    from xiaoneng.packs.place import Places

    root = copied(tmp_path)
    spoil(root, '["xx-tea-law#2(p1)"]', '["xx-unknown-law#2(p1)"]')
    tea = load_procedure(root / TEA, instruments=None, ladders=Ladders(root), places=Places(root))
    assert tea.clocks[1].cite == ("xx-unknown-law#2(p1)",)


def older(root: Path, until: str) -> None:
    text = (root / TEA).read_text(encoding="utf-8")
    text = text.replace("in_force: {from: 2020-01-01}", f"in_force: {{from: 2012-01-01{until}}}")
    (root / "xx/tea/family.2012-01-01.yaml").write_text(text, encoding="utf-8")


def test_versions_stand_in_order_of_their_validity(tmp_path: Path) -> None:
    root = copied(tmp_path)
    older(root, ", until: 2020-01-01")
    packs = load_folder(root)
    assert [one.in_force_from.year for one in packs.procedures["xx.tea"]] == [2012, 2020]
    assert packs.procedure("xx.tea", dt.date(2019, 12, 31)).in_force_from.year == 2012
    assert packs.procedure("xx.tea").in_force_from.year == 2020
    with pytest.raises(
        NotInForceError, match=r"no version of xx\.tea is in force on 2003-01-01; the first holds from 2012"
    ):
        packs.procedure("xx.tea", dt.date(2003, 1, 1))


def test_versions_may_not_overlap(tmp_path: Path) -> None:
    root = copied(tmp_path)
    older(root, "")
    (complaint,) = complaints(root)
    assert complaint == (
        "xx/tea/family.2012-01-01.yaml:3: in_force: still holds on 2020-01-01, when xx/tea/family.yaml begins; "
        "write `until: 2020-01-01` (XN-P083)"
    )


def test_law_repealed_after_the_version_ends_is_no_fault(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, '["xx-tea-law#2(p1)"]', '["xx-tea-law#6"]')
    spoil(root, "in_force: {from: 2020-01-01}", "in_force: {from: 2020-01-01, until: 2024-01-01}")
    assert complaints(root) == []


def test_a_reworded_article_still_holds(tmp_path: Path) -> None:
    root = copied(tmp_path)
    law = "xx/_law/xx-tea-law.yaml"
    spoil(root, "  1: {zh: 五日内受理}", "  1: [{zh: 旧, until: 2022-01-01}, {zh: 新, from: 2022-01-01}]", law)
    assert complaints(root) == []


def local(root: Path, narrows: str) -> None:
    text = (root / TEA).read_text(encoding="utf-8").replace("family: tea", "family: local")
    (root / "xx/local").mkdir()
    (root / "xx/local/family.yaml").write_text(text.replace("ladder: xx.two", f"narrows: {narrows}"), encoding="utf-8")


def test_a_local_pack_narrows_a_national_one(tmp_path: Path) -> None:
    root = copied(tmp_path)
    local(root, "xx.tea")
    assert complaints(root, "xx.local") == []
    assert open_packs(root).procedure("xx.local").narrows == "xx.tea"


def test_packs_that_narrow_each_other_are_refused(tmp_path: Path) -> None:
    root = copied(tmp_path)
    local(root, "xx.tea")
    spoil(root, "ladder: xx.two", "narrows: xx.local")
    (complaint,) = complaints(root, "xx.local")
    assert complaint == (
        "xx/local/family.yaml:7: narrows: runs in a circle: xx.local → xx.tea → xx.local; "
        "narrow a national pack (XN-P085)"
    )


def test_a_pack_that_narrows_a_broken_one_does_not_fall_over(tmp_path: Path) -> None:
    root = copied(tmp_path)
    local(root, "xx.tea")
    (root / TEA).write_text("- a list\n", encoding="utf-8")
    assert complaints(root, "xx.local") == []


def test_unknown_things_name_the_known_ones() -> None:
    packs = Packs(FIXTURES)
    for ask, known in (
        (packs.procedure, "known are xx.tea"),
        (packs.mapping, "known are xx-tea"),
        (packs.calendar, "add"),
    ):
        with pytest.raises(UnknownPackError, match=known):
            ask("xx.none")


def test_calendars_and_mappings_are_found_by_id() -> None:
    packs = open_packs(FIXTURES)
    assert packs.calendar("xx") is packs.calendar("xx")
    assert packs.mapping("xx-tea").procedure == "xx.tea"


def test_one_procedure_is_loaded_without_reading_the_others(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "xx/broken").mkdir()
    (root / "xx/broken/family.yaml").write_text("nonsense", encoding="utf-8")
    assert complaints(root) == []
    assert open_packs(root).ids == ("xx.broken", "xx.tea")


def test_a_broken_ladder_hides_nothing_else(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "deemed: accepted,", "deemed: acepted,")
    spoil(root, "level: blue", "level: green", "xx/_ladders/two.yaml")
    assert [line.partition(": ")[0] for line in complaints(root)] == ["xx/_ladders/two.yaml:5", f"{TEA}:56"]


def test_a_promise_may_rest_on_an_article_of_its_own(tmp_path: Path) -> None:
    root = copied(tmp_path)
    assert loaded(root).clocks[1].promised_cite == ()
    spoil(
        root,
        "promised: {days: 15, kind: working_days}",
        "promised: {days: 15, kind: working_days, cite: [xx-tea-law#1]}",
    )
    mended = loaded(root)
    assert mended.clocks[1].promised_cite == ("xx-tea-law#1",)
    assert mended.edition != loaded(FIXTURES).edition


def test_what_is_conceded_is_kept_with_its_reason_and_changes_no_edition(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "ladder: xx.two\n", "ladder: xx.two\nconcedes: {lawful_end: {zh: 法律如此, en: so the law says}}\n")
    conceding = loaded(root)
    assert conceding.concedes == {Claim.LAWFUL_END: Words("法律如此", "so the law says")}
    assert conceding.edition == loaded(FIXTURES).edition


@pytest.mark.parametrize("name", ["kind", "case", "id", "occurred", "recorded_at", "zone"])
def test_a_field_is_not_called_like_a_column_of_a_log(name: str, tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "      fee: {type", f"      {name}: {{type: text, name: 某}}\n      fee: {{type")
    (complaint,) = complaints(root)
    assert f".{name}: is a word" in complaint
    assert "XN-P022" in complaint
