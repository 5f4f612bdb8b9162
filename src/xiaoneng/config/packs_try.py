"""`packs try`: walk through a case in the terminal and see clocks and findings move."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.packs.folder import Packs
    from xiaoneng.supervise.outlook import Prospect
    from xiaoneng.supervise.walk import Walk

HELP = """\
  序号或动作编号        做这件事                     a number or an action: do it
  +3 或 +3w 或 日期     过三天、三个工作日、到那一天   +3, +3w (working days) or a date: go on
  d                     每个时钟逐日说明             every day of every clock
  u                     退回一步                     undo
  p 文件.pdf            打印最近一份文书             set the last notice as PDF
  s 文件.yaml           存为案例文件                 save as a case file
  q                     结束                         leave"""


@click.command("try")
@click.argument("family")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="从哪一天开始 the first day; a Monday if left out"
)
def try_(*, family: str, on: dt.datetime | None) -> None:
    """试走一个办件：选动作、选日期，看时钟和问题怎样变化 (walk through a case of FAMILY)."""
    from xiaoneng.config.packs_show import find, open_here
    from xiaoneng.supervise.walk import Walk

    packs = open_here()
    first = on.date() if on else _monday(packs, family)
    procedure = find(packs, family, first)
    walk = Walk(procedure, packs.calendar(procedure.calendar), first)
    click.echo(f"{procedure.name} · {procedure.id} · {procedure.in_force_from} 起施行 in force from\n{HELP}")
    Walking(packs, walk).run()


def _monday(packs: Packs, family: str) -> dt.date:
    """A Monday of the last published year on which the newest version holds."""
    from xiaoneng.config.packs_show import find
    from xiaoneng.timing.dates import to_date

    procedure = find(packs, family, None)
    year = to_date(packs.calendar(procedure.calendar).last_published).year
    first = max(dt.date(year, 3, 2), procedure.in_force_from)
    return first + dt.timedelta(days=-first.weekday() % 7)


class Walking:
    """A conversation about one case: each line is a step, and everything can be undone."""

    def __init__(self, packs: Packs, walk: Walk) -> None:
        self.packs, self.steps = packs, [walk]

    @property
    def walk(self) -> Walk:
        """Where the case stands."""
        return self.steps[-1]

    def run(self) -> None:
        """Talk until there is no more to say."""
        while True:
            listed = self._ask()
            try:
                line = click.prompt("", prompt_suffix="> ", default="", show_default=False).strip()
            except (click.Abort, EOFError):
                return
            if line in ("q", "quit", "exit"):
                return
            try:
                self._step(line, listed)
            except ValueError as error:
                click.echo(f"  {error}")

    def _ask(self) -> Sequence[Prospect]:
        from xiaoneng.ui.formats import day

        walk = self.walk
        places = {action.id: place for place, action in enumerate(walk.procedure.actions)}
        listed = sorted(walk.prospects(), key=lambda one: places[one.action.id])
        click.secho(f"\n{day(walk.on)} · {len(walk.events)} 件事实 facts", bold=True)
        named = [(f"{number} {one.action.name.zh}", one) for number, one in enumerate(listed, 1)]
        click.echo("  可以 may: " + " · ".join(name for name, one in named if one.lawful))
        for name, one in named:
            if not one.lawful:
                mark = "不得 refused" if one.refused else "将违反 would breach"
                click.secho(f"  {name} {mark} {', '.join(one.breaches)}", dim=True)
        return listed

    def _step(self, line: str, listed: Sequence[Prospect]) -> None:
        command, _, rest = line.partition(" ")
        if line in ("", "?", "h", "help"):
            click.echo(HELP)
        elif line == "u":
            if len(self.steps) > 1:
                self.steps.pop()
            self._show_clocks()
        elif line == "d":
            self._days()
        elif command == "p":
            self._paper(Path(rest.strip() or "notice.pdf"))
        elif command == "s":
            self._save(Path(rest.strip() or "case.yaml"))
        elif line.startswith("+") or (line[:4].isdigit() and "-" in line):
            self._advance(self.walk.go(_day(line, self.walk)))
        else:
            self._act(_chosen(line, listed))

    def _act(self, prospect: Prospect) -> None:
        from xiaoneng.config.fields import ask_fields

        walk, action = self.walk, prospect.action
        if prospect.refused:
            raise ValueError(f"规则包不允许 the pack refuses it: {', '.join(prospect.breaches)}")
        roles = self.packs.places.of(walk.procedure.id).roles or {}
        usual = roles[action.by[0]].name.zh if action.by[0] in roles else action.by[0]
        actor = click.prompt("  谁 who", default=f"{usual}甲")
        data = ask_fields(walk.procedure.events[action.event])
        self._advance(walk.act(action.event, data, actor))

    def _advance(self, walk: Walk) -> None:
        from xiaoneng.supervise.explain import moment, tell
        from xiaoneng.supervise.walk import moved

        before, after = self.walk.verdict, walk.verdict
        acted = len(walk.events) > len(self.walk.events)
        self.steps.append(walk)
        if acted:
            self._tell()
        change = moved(before, after)
        for finding in change.raised:
            click.secho(
                f"  ＋ {finding.rule} {tell(finding, walk.procedure).zh}",
                fg="red" if finding.kind == "breach" else "yellow",
            )
        for finding in change.gone:
            click.secho(f"  － {finding.rule} {tell(finding, walk.procedure).zh}", fg="green")
        for one in after.deemed[len(before.deemed) :]:
            click.secho(f"  ＝ 视为 deemed: {walk.procedure.events[one.kind].name} {moment(one.occurred)}", fg="cyan")
        self._show_clocks()

    def _tell(self) -> None:
        """Say what the party hears of what just happened, and which papers it makes."""
        from xiaoneng.notices.facts import facts_at
        from xiaoneng.notices.produced import produced
        from xiaoneng.notices.told import told

        walk = self.walk
        words = told(facts_at(walk.procedure, walk.events, walk.events[-1], walk.calendar))
        if words is not None:
            click.echo(f"  告知 told: {words.zh}")
        for notice, facts in produced(walk.procedure, walk.events, walk.calendar):
            if facts.event.id == walk.events[-1].id:
                click.echo(f"  文书 notice: {notice.name}")

    def _show_clocks(self) -> None:
        from xiaoneng.supervise.explain import moment

        for clock in self.walk.verdict.clocks:
            due = "停止计时 held" if clock.held and clock.due is None else f"届满 due {moment(clock.due)}"
            name = clock.provision.clock.name if clock.provision.clock else clock.clock
            click.echo(f"  ⏱ {name} {due}{' 承诺 promised' if clock.provision.promise else ''}")

    def _days(self) -> None:
        from rich.console import Console

        from xiaoneng.config.explain_command import print_story
        from xiaoneng.supervise.story import tell_case

        story = tell_case(self.walk.verdict, self.walk.calendar, self.walk.now)
        print_story(Console(), story, self.packs.instruments, days=True)

    def _paper(self, file: Path) -> None:
        from xiaoneng.notices.paper import Press, pdf
        from xiaoneng.notices.produced import produced

        walk = self.walk
        papers = list(produced(walk.procedure, walk.events, walk.calendar, walk.now))
        if not papers:
            raise ValueError("还没有文书 no notice has been made yet")
        acts = self.packs.places.of(walk.procedure.id).acts or {}
        file.write_bytes(pdf(*papers[-1], Press(self.packs.root, self.packs.instruments, acts)))
        click.echo(f"  {papers[-1][0].name} → {file}")

    def _save(self, file: Path) -> None:
        from xiaoneng.packs.words import Words
        from xiaoneng.packs.write_case import case_text

        walk = self.walk
        found = [(one.rule, one.since) for one in walk.verdict.breaches]
        zh = click.prompt("  这个案例说明什么 what it shows (中文)", default="试走的案例。")
        en = click.prompt("  in English", default="A case walked through.")
        proves = list(dict.fromkeys(rule.removesuffix(".promised").removesuffix(".extension") for rule, _ in found))
        text = case_text(Words(zh, en), walk.events, walk.on + dt.timedelta(days=1), found, proves)
        file.write_text(text, encoding="utf-8")
        click.echo(f"  → {file}")


def _chosen(line: str, listed: Sequence[Prospect]) -> Prospect:
    if line.isdigit() and 1 <= int(line) <= len(listed):
        return listed[int(line) - 1]
    named = next((one for one in listed if one.action.id == line), None)
    if named is None:
        raise ValueError(f"没有 {line} (no such step; ? 查看说明 shows what can be said)")
    return named


def _day(line: str, walk: Walk) -> dt.date:
    """+3, +3w (working days) or a date."""
    from xiaoneng.timing.kinds import LimitKind
    from xiaoneng.timing.limit import Limit

    text = line.removeprefix("+")
    if line.startswith("+") and text.removesuffix("w").isdigit():
        number = int(text.removesuffix("w"))
        if text.endswith("w"):
            return Limit(number, LimitKind.WORKING_DAYS).due_on(walk.on, walk.calendar).on
        return walk.on + dt.timedelta(days=number)
    try:
        return dt.date.fromisoformat(line)
    except ValueError as error:
        raise ValueError(f"{line} 不是日期 (no day; write 2026-03-30, +3 or +3w)") from error
