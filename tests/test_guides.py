"""What the guides tell the reader to do, done: every command is run, every file written, and what is said to come out comes out."""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from xiaoneng.config.command import xiaoneng

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"^```(?P<kind>\w+)(?P<words>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = ("_calendar", "_law", "_ladders", "_roles", "_remedies", "_mission", "_notices", "licensing")
GUIDES = ("docs/developer/writing-a-family.md", "docs/lawyer/README.md")


@dataclass(frozen=True)
class Call:
    """A command of a guide, what is typed into it (lines with `<`), and what must come out, in this order."""

    args: list[str]
    typed: list[str]
    out: list[str]


@pytest.fixture
def place(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for part in PARTS:
        shutil.copytree(root / "packs/cn" / part, tmp_path / "packs/cn" / part)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XIAONENG_PACKS", "packs")
    return tmp_path


def calls(body: str) -> list[Call]:
    found: list[Call] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            name, *args = shlex.split(line.removeprefix("$ "))
            assert name == "xiaoneng", line
            found.append(Call(args, [], []))
        elif line.startswith("<"):
            found[-1].typed.append(line.removeprefix("<").strip())
        else:
            found[-1].out.append(line)
    return found


def run(call: Call) -> None:
    result = CliRunner().invoke(xiaoneng, call.args, input="".join(f"{line}\n" for line in call.typed))
    assert (result.exit_code == 0) == (not any("XN-" in line or "complaints" in line for line in call.out)), (
        result.output
    )
    rest = result.output
    for line in call.out:
        assert line in rest, f"{line!r} does not come out of {call.args}:\n{result.output}\n{result.exception!r}"
        rest = rest[rest.index(line) + len(line) :]


def write(words: str, body: str, place: Path) -> None:
    how, _, rest = words.strip().partition("=")
    name, _, at = rest.partition(" ")
    path = place / name
    if how == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if how == "below":
        assert text.count(f"\n{at}\n") == 1, at
        path.write_text(text.replace(f"\n{at}\n", f"\n{at}\n{body}"), encoding="utf-8")
        return
    assert how == "replace", words
    old, new = (part.strip("\n") for part in body.split("---\n"))
    assert text.count(old) == 1 or (at == "all" and old in text), old
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_does_what_it_says(guide: str, place: Path, root: Path) -> None:
    done = 0
    for block in BLOCK.finditer((root / guide).read_text(encoding="utf-8")):
        if block["kind"] == "console":
            for call in calls(block["body"]):
                run(call)
                done += 1
        elif "=" in block["words"]:
            write(block["words"], block["body"], place)
            done += 1
    assert done >= 8
