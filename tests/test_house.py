"""Rules of the house that no other tool checks."""

from __future__ import annotations

import re
import statistics
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES = 500
MEDIAN_LINES = 100
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".in", ".json", ".svg", ".mjs", ".cfg", ""}

# Built from parts, so that this file does not find itself.
ADDRESS = re.compile("http" + r"s?://")
ONE_MACHINE = re.compile("(?<![\\w.<])/" + "(?:work|home|root|Users|mnt|opt)" + r"/[\w.-]+")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)")
TWICE = re.compile(r"\b([a-z]{2,})\s+\1\b", re.IGNORECASE)
FENCED = re.compile(r"```.*?```", re.DOTALL)
MEANT_TWICE = {"had", "that"}


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """Files of the repository: as git knows them, or all there are where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - git as the user has it
            cwd=root, capture_output=True, check=True, encoding="utf-8",
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git here: which files belong to the repository is not known")
    files = [root / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


@pytest.fixture(scope="module")
def settings(root: Path) -> dict[str, Any]:
    tools: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return tools


def texts(files: list[Path]) -> list[tuple[Path, str]]:
    return [(file, file.read_text(encoding="utf-8")) for file in files if file.suffix in TEXT]


def length(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_no_file_of_code_is_longer_than_five_hundred_lines(root: Path) -> None:
    # Packs are left out: a family is one law, and is read as a whole.
    code = [file for folder in ("src", "tests", "bench", "tools") for file in (root / folder).rglob("*.py")]
    assert [f"{file.relative_to(root)}: {length(file)}" for file in code if length(file) > MOST_LINES] == []


def test_half_of_the_source_files_are_under_a_hundred_lines(root: Path) -> None:
    # Blank lines are not counted: they make nothing longer to read.
    written = [file.read_text(encoding="utf-8").splitlines() for file in (root / "src").rglob("*.py")]
    assert statistics.median(sum(bool(line.strip()) for line in lines) for lines in written) < MEDIAN_LINES


def test_no_module_has_a_name_that_says_nothing(root: Path) -> None:
    code = [file for folder in ("src", "tests", "bench") for file in (root / folder).rglob("*.py")]
    vague = [file for file in code if FORBIDDEN_NAMES & {file.stem, file.parent.name, *file.stem.split("_")}]
    assert vague == []


def test_no_locked_requirement_names_an_address(root: Path) -> None:
    locks = [*(root / "requirements").iterdir(), root / "package-lock.json", root / "package.json", root / ".npmrc"]
    named = [
        f"{lock.name}:{number}"
        for lock in locks
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(line) and '"url"' not in line  # a project's page for donations is no registry
    ]
    assert named == []


def test_every_requirement_is_pinned_with_its_hash(root: Path) -> None:
    for lock in (root / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
        loose = [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
        assert loose == [], lock.name
        assert lock.with_suffix(".in").is_file()


def test_every_ruff_rule_that_is_ignored_says_why(root: Path) -> None:
    ruff = (
        (root / "pyproject.toml")
        .read_text(encoding="utf-8")
        .partition("[tool.ruff.lint]")[2]
        .partition("\n[tool.mypy]")[0]
    )
    codes = re.compile(r'^\s*(?:"[^"]+" = \[)?"[A-Z]+\d*"[],].*')
    silent = [line for line in ruff.splitlines() if codes.match(line) and not re.search(r"# \S+", line)]
    assert silent == []


def test_the_layers_name_exactly_the_rooms_that_exist(root: Path, settings: dict[str, Any]) -> None:
    layers = next(one for one in settings["importlinter"]["contracts"] if one["type"] == "layers")["layers"]
    rooms = {path.parent.name for path in (root / "src" / "xiaoneng").glob("*/__init__.py")}
    assert {name.strip() for layer in layers for name in layer.split("|")} == rooms


def test_no_import_is_excused_from_the_contracts(settings: dict[str, Any]) -> None:
    assert [one["name"] for one in settings["importlinter"]["contracts"] if "ignore_imports" in one] == []


def test_no_file_names_a_path_of_one_machine(root: Path, tracked: list[Path]) -> None:
    named = [
        f"{file.relative_to(root)}: {found.group()}"
        for file, text in texts(tracked)
        for found in ONE_MACHINE.finditer(text)
    ]
    assert named == []


def test_every_link_of_the_documentation_leads_to_a_file(root: Path, tracked: list[Path]) -> None:
    dead = [
        f"{file.relative_to(root)}: {target}"
        for file, text in texts([file for file in tracked if file.suffix == ".md"])
        for target in LINK.findall(text)
        if not ADDRESS.match(target) and not (file.parent / target).exists()
    ]
    assert dead == []


def test_no_word_stands_twice_running(root: Path, tracked: list[Path]) -> None:
    prose = [file for file in tracked if file.suffix == ".md"]
    twice = [
        f"{file.relative_to(root)}: {found.group()}"
        for file, text in texts(prose)
        for found in TWICE.finditer(FENCED.sub("", text))
        if found.group(1).lower() not in MEANT_TWICE
    ]
    assert twice == []


def test_decisions_are_numbered_without_a_gap_and_say_where_they_stand(root: Path) -> None:
    files = sorted((root / "docs" / "decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(file.name[:4])}. "), file.name
        assert "\nStatus: " in text, file.name
        assert "\n## Decision" in text, file.name


def test_the_public_code_file_has_what_its_standard_asks(root: Path) -> None:
    said = yaml.safe_load((root / "publiccode.yml").read_text(encoding="utf-8"))
    asked = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"}
    assert asked | {"legal", "maintenance", "localisation", "categories"} <= set(said)
    assert said["publiccodeYmlVersion"].startswith("0.4")
    assert said["legal"]["license"] == "Apache-2.0"
    assert said["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert said["maintenance"].get("contacts") or said["maintenance"].get("contractors")
    assert set(said["localisation"]) >= {"localisationReady", "availableLanguages"}
    for told in said["description"].values():
        assert len(told["shortDescription"]) <= 150
        assert 150 <= len(told["longDescription"]) <= 10_000
        assert told["features"]
