"""A lawyer starts a family and walks through a case of it, in the terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from xiaoneng.config.packs_commands import packs
from xiaoneng.packs.folder import open_packs

if TYPE_CHECKING:
    from pathlib import Path

NAME = "cn.tobacco-permit"
LAW = "cn-administrative-licensing-law#42(p1)"
NEW = [
    "new",
    NAME,
    "--zh",
    "烟草专卖零售许可",
    "--en",
    "tobacco retail permit",
    "--days",
    "20",
    "--kind",
    "working_days",
]


@pytest.fixture
def folder(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    there = tmp_path / "packs"
    for part in ("_calendar", "_law", "_ladders", "_roles", "_remedies", "_mission", "_notices", "licensing"):
        shutil.copytree(root / "packs/cn" / part, there / "cn" / part)
    monkeypatch.setenv("XIAONENG_PACKS", str(there))
    monkeypatch.chdir(tmp_path)
    return there


def run(*args: str, said: str = "") -> Result:
    return CliRunner().invoke(packs, list(args), input=said)


def test_a_new_family_with_its_article_passes_every_check(folder: Path) -> None:
    assert run(*NEW, "--cite", LAW).exit_code == 0
    checked = run("check", str(folder / "cn/tobacco-permit"))
    assert checked.exit_code == 0, checked.output
    assert "4 个案例" in checked.output
    assert "12 项已证" in checked.output


def test_without_an_article_check_asks_for_the_articles_and_nothing_else(folder: Path) -> None:
    assert run(*NEW).exit_code == 0
    checked = run("check", str(folder / "cn/tobacco-permit"))
    complaints = [line for line in checked.output.splitlines() if "XN-" in line]
    assert complaints
    assert all(line.endswith("(XN-P040)") for line in complaints)


@pytest.mark.parametrize("days", ["0", "5", "45", "90"])
@pytest.mark.parametrize("kind", ["working_days", "calendar_days"])
def test_the_case_files_of_a_new_family_are_right_for_any_limit(folder: Path, days: str, kind: str) -> None:
    words = ["--zh", "许可", "--en", "permit", "--days", days, "--kind", kind, "--cite", LAW, "--from", "2026-02-10"]
    assert run("new", "cn.some-permit", *words).exit_code == 0
    checked = run("check", "--quick", str(folder / "cn/some-permit"))
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize(
    ("name", "zh", "says"),
    [
        ("tobacco", "许可", "is no id"),
        ("cn.Tobacco", "许可", "is no id"),
        ("xx.tobacco", "许可", "there is no place xx"),
        ("cn.licensing", "许可", "is there already"),
        ("cn.tobacco", "许可: 烟草", "cannot be a name"),
    ],
)
def test_a_family_that_cannot_be_made_is_refused_and_nothing_is_written(
    folder: Path, name: str, zh: str, says: str
) -> None:
    before = sorted(folder.rglob("*"))
    refused = run("new", name, "--zh", zh, "--en", "permit", "--days", "5", "--kind", "working_days")
    assert refused.exit_code != 0
    assert says in str(refused.exception)
    assert sorted(folder.rglob("*")) == before


def act(root: Path, name: str, action: str, **answers: str) -> str:
    """What is typed to let something happen: who, and an answer for each field in the order in which they are asked."""
    procedure = open_packs(root).procedure(name)
    event = next(one.event for one in procedure.actions if one.id == action)
    fields = sorted(procedure.events[event].fields.values(), key=lambda one: not one.required)
    assert set(answers) <= {field.id for field in fields}
    return "".join(f"{line}\n" for line in (action, "", *(answers.get(field.id, "") for field in fields)))


@pytest.fixture
def accepted(folder: Path) -> str:
    """What is typed to have an application accepted two working days after it came."""
    received = act(folder, "cn.licensing", "receive", applicant="张明", item="取水许可")
    return received + "+2w\n" + act(folder, "cn.licensing", "accept", handling="1", receipt_given="y")


def test_a_walk_shows_the_clock_that_runs_and_what_would_breach(accepted: str) -> None:
    walked = run("try", "cn.licensing", "--on", "2026-03-02", said=f"{accepted}q\n")
    assert walked.exit_code == 0, walked.output
    assert "受理或者一次性告知 (accept or ask once) 届满 due 2026-03-09" in walked.output
    assert "作出许可决定 (decide) 届满 due 2026-04-01" in walked.output
    assert "作出决定 将违反 would breach licensing.accepted-first" in walked.output


def test_a_day_too_late_is_a_finding_and_undo_takes_it_back(accepted: str) -> None:
    walked = run("try", "cn.licensing", "--on", "2026-03-02", said=f"{accepted}2026-04-02\nu\n+1w\nq\n")
    assert walked.output.count("＋ decision 作出许可决定：应于 2026-04-01 前（含当日）完成，至今未完成") == 1


def test_silence_is_told(folder: Path) -> None:
    said = act(folder, "cn.licensing", "receive", applicant="张明") + "+8\nq\n"
    walked = run("try", "cn.licensing", "--on", "2026-03-02", said=said)
    assert "＝ 视为 deemed: 受理 (accepted) 2026-03-10" in walked.output


def test_a_walk_is_saved_as_a_case_file_that_holds(folder: Path, accepted: str) -> None:
    said = accepted + act(folder, "cn.licensing", "decide", granted="n") + "s cn.yaml\n\n\nq\n"
    assert run("try", "cn.licensing", "--on", "2026-03-02", said=said).exit_code == 0
    text = (folder.parent / "cn.yaml").read_text(encoding="utf-8")
    assert "rule: licensing.remedies" in text
    (folder / "cn/licensing/cases/bad/walked.yaml").write_text(text, encoding="utf-8")
    checked = run("check", "--quick", str(folder / "cn/licensing"))
    assert checked.exit_code == 0, checked.output


def test_a_notice_of_a_walk_is_set_as_pdf(folder: Path, accepted: str) -> None:
    assert run("try", "cn.licensing", "--on", "2026-03-02", said=f"{accepted}p paper.pdf\nq\n").exit_code == 0
    assert (folder.parent / "paper.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("99\nq\n", "没有 99"),
        ("2026-13-45\nq\n", "不是日期"),
        ("p x.pdf\nq\n", "还没有文书"),
        ("?\nq\n", "存为案例文件"),
    ],
)
def test_what_makes_no_sense_is_answered_and_the_walk_goes_on(folder: Path, said: str, answer: str) -> None:
    walked = run("try", "cn.licensing", "--on", "2026-03-02", said=said)
    assert walked.exit_code == 0
    assert answer in walked.output
    assert folder.is_dir()


def test_the_past_is_left_by_undo_only(accepted: str) -> None:
    walked = run("try", "cn.licensing", "--on", "2026-03-02", said=f"{accepted}2026-02-27\nq\n")
    assert "when the last thing happened" in walked.output


def test_an_answer_that_does_not_fit_is_asked_again(folder: Path) -> None:
    said = act(folder, "cn.licensing", "receive", channel="9\n1") + "q\n"
    walked = run("try", "cn.licensing", "--on", "2026-03-02", said=said)
    assert "请选 1 至 3" in walked.output
    assert "1 件事实" in walked.output
