"""`xiaoneng demo`: files, a summary, and what to try next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from xiaoneng.config.command import xiaoneng
from xiaoneng.demo import city

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from xiaoneng.packs.folder import Packs


def test_it_makes_judges_and_reports_a_city(packs: Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city.make_city, "__kwdefaults__", {"seed": 1, "cases": 700, "files": {}})
    national = {name for name in packs.ids if name.startswith("cn.") and name.count(".") == 1}
    done = CliRunner().invoke(xiaoneng, ["demo", "--out", str(tmp_path / "there")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "there").iterdir()} == {
        "journal.jsonl.gz",
        "report.html",
        "findings.json",
        *(f"{name}.jsonl.gz" for name in national),
    }
    said = json.loads((tmp_path / "there" / "findings.json").read_text(encoding="utf-8"))
    judged = [part["procedures"][0]["id"] for part in said]
    assert judged[:2] == ["cn.licensing", "cn.license-renewal"]
    assert set(judged) == national
    for part in said:
        breaches = sum(one["kind"] == "breach" for one in part["findings"])
        assert breaches == sum(count["breaches"] for count in part["by_rule"].values()) > 0
    assert "安澜市" in done.output
    assert "xiaoneng explain" in done.output
    page = (tmp_path / "there" / "report.html").read_text(encoding="utf-8")
    assert page.count('<section class="procedure"') == len(said)


def test_a_day_beyond_the_calendar_is_refused_with_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(xiaoneng, ["demo", "--out", str(tmp_path), "--until", "2090-01-01"])
    assert done.exit_code == 2
    assert "XN-T" in done.stderr
