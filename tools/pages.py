"""Pages of docs/ that are made from the packs: `python tools/pages.py` writes them, and the suite sees that they are current."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from xiaoneng.packs.checkup import check_up
from xiaoneng.packs.citations import cited
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.mission import FILE, load_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaoneng.packs.checkup import Checkup
    from xiaoneng.packs.model import Procedure

ROOT = Path(__file__).resolve().parents[1]
NOTHING = "–"
MADE = "<!-- made by tools/pages.py from the packs: change them, then `make docs` -->"


def pages(root: Path = ROOT) -> dict[str, str]:
    """Every generated page: its path from the root of the repository, and its text."""
    packs = open_packs(root / "packs")
    found = check_up(packs, packs.root)
    return {
        "docs/developer/mission.md": "\n".join(mission(found, root / "packs")) + "\n",
        "docs/event-kinds.md": "\n".join(event_kinds(found)) + "\n",
    }


def mission(found: Checkup, root: Path) -> Iterator[str]:
    """What carries each row of the mission, and how much law there is."""
    carriers: dict[str, list[str]] = defaultdict(list)
    for name, versions in found.procedures.items():
        for carried in dict.fromkeys(row for version in versions for row in version.carries):
            carriers[carried].append(name)
    parts = load_parts(root / "cn" / FILE, root)
    rows = [row for _, group in parts for row in group]
    named, made = (sum(1 for row in rows if row.id in carriers), sum(1 for row in rows if row.carried))
    both = sum(1 for row in rows if row.id in carriers or row.carried)
    yield "# The mission, and what carries it"
    yield ""
    yield MADE
    yield ""
    yield "The five policy documents ask for these mechanisms. A procedure *carries* a row when the law of that mechanism is"
    yield "in its pack: clocks, rules, papers, roles. A page for it is another matter; what has nothing yet says so."
    yield ""
    yield f"Of {len(rows)} rows {both} are carried: {named} by procedures, {made} by other parts of the product;"
    yield f"{len(rows) - both} by nothing yet."
    yield ""
    yield from counts(found)
    for part, group in parts:
        yield f"## {part.name.zh} {part.name.en}"
        yield ""
        yield "| row | mechanism | asked for in | carried by |"
        yield "| --- | --- | --- | --- |"
        for row in group:
            by = [f"`{name}`" for name in carriers[row.id]] + (
                [row.carried.en or row.carried.zh] if row.carried else []
            )
            yield f"| {row.id} | {_cell(row.name.zh)} | {_cell(row.sources)} | {', '.join(by) or NOTHING} |"
        yield ""


def counts(found: Checkup) -> Iterator[str]:
    """Procedures with their clocks, rules, citations, papers and case files."""
    yield "## How much law there is"
    yield ""
    yield "| procedure | versions | clocks | rules | citations | notices | case files | of them stories |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    total: Counter[str] = Counter()
    for name, versions in found.procedures.items():
        numbers = _numbers(versions, found)
        total.update(numbers)
        yield f"| {versions[-1].name.zh} `{name}` | " + " | ".join(str(number) for number in numbers.values()) + " |"
    yield (
        f"| **{len(found.procedures)} procedures** | "
        + " | ".join(f"**{number:,}**" for number in total.values())
        + " |"
    )
    yield ""


def _numbers(versions: tuple[Procedure, ...], found: Checkup) -> dict[str, int]:
    cases = [case for version in versions for case in found.cases[version.file]]
    return {
        "versions": len(versions),
        "clocks": sum(len(one.clocks) for one in versions),
        "rules": sum(len(one.rules) for one in versions),
        "citations": sum(1 for one in versions for _ in cited(one)),
        "notices": sum(len(one.notices) for one in versions),
        "case files": len(cases),
        "stories": sum(1 for case in cases if case.story),
    }


def event_kinds(found: Checkup) -> Iterator[str]:
    """Every event kind of the national packs with its names, and the procedures that know it."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    where: dict[str, dict[str, None]] = defaultdict(dict)
    for name, versions in found.procedures.items():
        if name.count(".") == 1 and name.startswith("cn."):
            for version in versions:
                for kind in version.events.values():
                    names[kind.id][f"{kind.name.zh} ({kind.name.en})"] = None
                    where[kind.id][name.removeprefix("cn.")] = None
    yield "# Event kinds of `packs/cn`"
    yield ""
    yield MADE
    yield ""
    yield f"{len(names)} kinds. The same fact has the same name in every procedure; where procedures call it differently,"
    yield "all their words stand here."
    yield ""
    yield "| code | 中文 (English) | procedures |"
    yield "| --- | --- | --- |"
    for code in sorted(names):
        yield f"| `{code}` | {_cell(' / '.join(names[code]))} | {', '.join(where[code])} |"


def _cell(text: str) -> str:
    return text.replace("|", "／")


def main() -> None:
    """Write every page that has changed, and name it."""
    for name, text in pages().items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
