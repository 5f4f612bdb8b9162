"""A local pack says only what differs from the national one, from its files to what `packs check` says."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner

from xiaoneng.config.packs_commands import packs
from xiaoneng.packs.folder import open_packs

from .places import spoil

LOCAL = Path(__file__).parent / "local"
TOWN = "cn/town/licensing/family.yaml"
OWN = "clocks:\n"


@pytest.fixture
def town(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town that has the national pack, and one working day for what comes online."""
    folder = tmp_path / "packs"
    for part in ("_calendar", "_law", "_ladders", "_roles", "_remedies", "_mission", "_notices", "licensing"):
        shutil.copytree(root / "packs/cn" / part, folder / "cn" / part)
    pack = folder / "cn/town/licensing"
    for kind in ("good", "bad"):
        (pack / "cases" / kind).mkdir(parents=True)
        shutil.copy(LOCAL / f"{kind}.yaml", pack / "cases" / kind / "online.yaml")
    clock = indent((LOCAL / "clock.yaml").read_text(encoding="utf-8"), "  ")
    (pack / "family.yaml").write_text((LOCAL / "family.yaml").read_text(encoding="utf-8") + clock, encoding="utf-8")
    monkeypatch.setenv("XIAONENG_PACKS", str(folder))
    return folder


def checked(town: Path) -> tuple[int, str]:
    result = CliRunner().invoke(packs, ["check", "--quick", str(town / "cn/town")])
    return result.exit_code, result.output


def line_of(town: Path, text: str) -> int:
    return (town / TOWN).read_text(encoding="utf-8").splitlines().index(text) + 1


def test_one_working_day_for_online_applications_narrows_the_law(town: Path) -> None:
    code, output = checked(town)
    assert code == 0, output
    assert "narrows cn.licensing" in output


def test_what_a_local_pack_leaves_out_is_that_of_the_nation(town: Path) -> None:
    loaded = open_packs(town)
    local, national = loaded.procedure("cn.town.licensing"), loaded.procedure("cn.licensing")
    assert {one.id for one in local.clocks} - {one.id for one in national.clocks} == {"online_review"}
    assert [one.id for one in local.rules] == [one.id for one in national.rules]
    assert local.events == national.events
    assert local.carries == ()
    assert local.notices[0].template == national.notices[0].template


def test_a_key_is_laid_over_a_key_and_all_others_stay(town: Path) -> None:
    promise = "  decision:\n    limit: {days: 18, kind: working_days}\n"
    spoil(town, OWN, OWN + promise, TOWN)
    loaded = open_packs(town)
    local, national = loaded.procedure("cn.town.licensing"), loaded.procedure("cn.licensing")
    mine = next(one for one in local.clocks if one.id == "decision")
    theirs = next(one for one in national.clocks if one.id == "decision")
    assert (mine.limit.n, mine.off_clock, mine.extension) == (18, theirs.off_clock, theirs.extension)  # type: ignore[union-attr]


def test_a_field_is_added_to_an_event_of_the_nation(town: Path) -> None:
    event = "  accepted:\n    fields: {hall: {type: text, name: {zh: 受理大厅, en: hall}}}\n"
    spoil(town, OWN, f"events:\n{event}{OWN}", TOWN)
    fields = open_packs(town).procedure("cn.town.licensing").events["accepted"].fields
    assert {"hall", "handling", "promised_days"} <= set(fields)


def test_more_time_than_the_law_gives_is_refused_at_its_line(town: Path) -> None:
    spoil(town, OWN, f"{OWN}  joint_decision:\n    limit: {{days: 60, kind: working_days}}\n", TOWN)
    code, output = checked(town)
    assert code == 1
    where = f"{TOWN}:{line_of(town, '  joint_decision:')}: clocks.joint_decision.limit: "
    assert where in output
    assert "(XN-N005)" in output
    assert "does not narrow cn.licensing" in output


def test_what_a_local_pack_changes_needs_its_own_case_files(town: Path) -> None:
    spoil(town, OWN, f"{OWN}  delivery:\n    limit: {{days: 9, kind: working_days}}\n", TOWN)
    code, output = checked(town)
    assert code == 1
    assert "clocks.delivery: no good case file proves it" in output


def test_a_mistake_in_the_national_file_is_named_there_and_not_in_the_local_one(town: Path) -> None:
    spoil(town, "register: fee_schedule", "register: 7", "cn/licensing/family.yaml")
    code, output = checked(town)
    assert code == 1
    assert "cn/licensing/family.yaml:" in output
    assert "rules.licensing.fee-basis.register" in output


def test_a_local_pack_holds_only_while_a_national_one_does(town: Path) -> None:
    spoil(town, "in_force: {from: 2019-04-23}", "in_force: {from: 2027-01-01}", "cn/licensing/family.yaml")
    spoil(town, "in_force: {from: 2020-01-01}", "in_force: {from: 2020-01-01, until: 2027-01-01}", TOWN)
    code, output = checked(town)
    assert code == 1
    assert "narrows: no version of it is in force when this one is" in output
    assert "(XN-N025)" in output
