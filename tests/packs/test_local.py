"""A local pack that narrows the national one, from its files to what `packs check` says."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner

from xiaoneng.config.packs_commands import packs

from .places import spoil

LOCAL = Path(__file__).parent / "local"
TOWN = "cn/town/licensing/family.yaml"


@pytest.fixture
def town(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town whose pack is the national one, and one working day for what comes online."""
    folder = tmp_path / "packs"
    shutil.copytree(root / "packs/cn", folder / "cn")
    pack = folder / "cn/town/licensing"
    shutil.copytree(folder / "cn/licensing", pack)
    spoil(folder, "in_force: {from: 2019-04-23}", "in_force: {from: 2020-01-01}", TOWN)
    spoil(folder, "zone: Asia/Shanghai\n", "zone: Asia/Shanghai\nnarrows: cn.licensing\n", TOWN)
    clock = indent((LOCAL / "clock.yaml").read_text(encoding="utf-8"), "  ")
    spoil(folder, "\nrules:\n", f"{clock}\nrules:\n", TOWN)
    for kind in ("good", "bad"):
        shutil.copy(LOCAL / f"{kind}.yaml", pack / "cases" / kind / "online.yaml")
    (pack / "cases/good/received-at-night.yaml").unlink()  # online, and in time for the nation only
    monkeypatch.setenv("XIAONENG_PACKS", str(folder))
    return folder


def checked(town: Path) -> tuple[int, str]:
    result = CliRunner().invoke(packs, ["check", "--quick", str(town / "cn/town")])
    return result.exit_code, result.output


def line_of(town: Path, text: str) -> int:
    lines = (town / TOWN).read_text(encoding="utf-8").splitlines()
    return lines.index(text) + 1


def test_one_working_day_for_online_applications_narrows_the_law(town: Path) -> None:
    code, output = checked(town)
    assert code == 0, output
    assert "narrows cn.licensing" in output


def test_more_time_than_the_law_gives_is_refused_at_its_line(town: Path) -> None:
    spoil(town, "limit: {days: 45, kind: working_days}", "limit: {days: 60, kind: working_days}", TOWN)
    code, output = checked(town)
    assert code == 1
    where = f"{TOWN}:{line_of(town, '  joint_decision:')}: clocks.joint_decision.limit: "
    assert where in output
    assert "(XN-N005)" in output
    assert "does not narrow cn.licensing" in output


def test_a_national_rule_cannot_be_left_out(town: Path) -> None:
    text = (town / TOWN).read_text(encoding="utf-8")
    before, _, rest = text.partition("  licensing.fee-standard:\n")
    after = rest[rest.index("  licensing.free-of-charge:") :]
    (town / TOWN).write_text(before + after, encoding="utf-8")
    code, output = checked(town)
    assert code == 1
    assert "licensing.fee-standard of cn.licensing is not here" in output
    assert "(XN-N001)" in output


def test_a_local_pack_holds_only_while_a_national_one_does(town: Path) -> None:
    spoil(town, "in_force: {from: 2019-04-23}", "in_force: {from: 2027-01-01}", "cn/licensing/family.yaml")
    spoil(town, "in_force: {from: 2020-01-01}", "in_force: {from: 2020-01-01, until: 2027-01-01}", TOWN)
    code, output = checked(town)
    assert code == 1
    assert "narrows: no version of it is in force when this one is" in output
    assert "(XN-N025)" in output
