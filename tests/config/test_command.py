"""The command line: quick, honest about refusals, and in UTF-8."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from xiaoneng.config.command import COMMANDS, REFUSALS, LazyGroup, xiaoneng
from xiaoneng.packs.complaint import Complaint, PackError
from xiaoneng.timing.errors import LimitMisused

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("numpy", "numba", "pydantic", "rich", "pyarrow", "yaml", "polars", "jinja2", "rustxes")
WIDTH = 80


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    whole = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, *words], capture_output=True, encoding="utf-8", env=whole, check=False, timeout=60
    )


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def group_that_raises(error: Exception) -> LazyGroup:
    @click.command()
    def fail() -> None:
        raise error

    class Group(LazyGroup):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            del ctx
            return fail if cmd_name == "fail" else None

    return Group(name="group", table={"fail": ("", "fails")})


def test_help_imports_no_room_and_nothing_heavy() -> None:
    done = run("-X", "importtime", "-m", "xiaoneng", "--help")
    assert done.returncode == 0
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "click" in imported
    assert imported.isdisjoint(HEAVY)
    ours = {name for name in imported if name.startswith("xiaoneng")}
    assert ours == {"xiaoneng", "xiaoneng.config", "xiaoneng.config.command"}


def test_help_names_every_command_within_eighty_columns() -> None:
    lines = run("-m", "xiaoneng", "--help", PYTHONIOENCODING="ascii").stdout.splitlines()
    for name in COMMANDS:
        assert any(line.startswith(f"  {name} ") for line in lines)
    assert max(map(columns, lines)) <= WIDTH


def test_the_program_says_its_version() -> None:
    done = run("-m", "xiaoneng", "--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "xiaoneng")
    assert done.stdout.split()[1][0].isdigit()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_has_help(name: str) -> None:
    done = CliRunner().invoke(xiaoneng, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert "--help" in done.output


def test_a_command_that_is_not_there_is_named() -> None:
    done = CliRunner().invoke(xiaoneng, ["brew"])
    assert done.exit_code == 2
    assert "brew" in done.stderr


def test_a_refusal_is_said_on_stderr_each_complaint_on_a_line() -> None:
    first, second = (Complaint("tea.yaml", line, "rules", "missing", "add it", "XN-P001") for line in (3, 7))
    done = CliRunner().invoke(group_that_raises(PackError([second, first])), ["fail"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [str(first), str(second)]


def test_the_family_of_an_error_is_refused_with_it() -> None:
    done = CliRunner().invoke(group_that_raises(LimitMisused("a limit of no days")), ["fail"])
    assert (done.exit_code, done.stderr) == (2, "a limit of no days (XN-T004)\n")


def test_a_file_that_is_not_there_is_named_without_a_traceback() -> None:
    done = CliRunner().invoke(group_that_raises(FileNotFoundError(2, "No such file", "gone.csv")), ["fail"])
    assert (done.exit_code, done.stderr) == (2, "gone.csv: No such file\n")


def test_our_own_mistake_keeps_its_traceback() -> None:
    done = CliRunner().invoke(group_that_raises(ValueError("a mistake of ours")), ["fail"])
    assert isinstance(done.exception, ValueError)
    assert done.exc_info is not None
    assert done.exc_info[2] is not None


def test_every_error_class_of_our_rooms_is_known_to_the_command_line(root: Path) -> None:
    bases = {place.partition(":")[2] for place in REFUSALS}
    source = root / "src"
    stray = []
    for file in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef) or not node.bases:
                continue
            above = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
            is_error = any(name.endswith(("Error", "Exception")) and name not in bases for name in above)
            if is_error and node.name not in bases | {"Refused"}:
                stray.append(f"{file.relative_to(source)}:{node.lineno}: {node.name}")
    assert stray == []
