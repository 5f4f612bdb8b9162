"""The command line; a sub-command's module is imported when that command is used, so that help is quick."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS = {
    "demo": ("xiaoneng.config.demo_command:demo", "演示：造一座城市的办件并逐件监督 (a demonstration city)"),
    "replay": ("xiaoneng.config.replay_command:replay", "回放：用规则包监督一份日志 (judge an event log)"),
    "explain": ("xiaoneng.config.explain_command:explain", "说明：一个办件为何如此判定 (why a case is judged so)"),
    "notices": ("xiaoneng.config.notices_command:notices", "文书：一个办件的文书和告知 (the papers of a case)"),
    "compare": ("xiaoneng.config.compare_command:compare", "对照：同一日志的两种读法 (two readings of one log)"),
    "export": ("xiaoneng.config.export_command:export", "导出：日志连同发现的问题 (a log with its findings)"),
    "packs": ("xiaoneng.config.packs_commands:packs", "规则包：检查、展示、比较 (law as data)"),
    "law": ("xiaoneng.config.law_commands:law", "法律依据：目录、条文、全文 (legal bases)"),
    "calendar": ("xiaoneng.config.calendar_commands:calendar", "工作日历：推算期限、说明理由 (working calendars)"),
    "store": ("xiaoneng.config.store_commands:store", "数据库：启动、停止、核验、重算 (the database)"),
    "journal": ("xiaoneng.config.journal_commands:journal", "事实日志：核验哈希链 (verify a journal)"),
}
"""Sub-command: where it is (module:attribute), and one line of help, kept here so that help imports nothing."""

REFUSALS = (
    "xiaoneng.journal.error:JournalError",
    "xiaoneng.law.error:LawError",
    "xiaoneng.notices.paper:PaperError",
    "xiaoneng.packs.complaint:PackError",
    "xiaoneng.packs.condition:ConditionError",
    "xiaoneng.packs.fees:FeeError",
    "xiaoneng.packs.folder:UnknownPackError",
    "xiaoneng.packs.select:NotInForceError",
    "xiaoneng.replay.intake.error:LogError",
    "xiaoneng.store.error:StoreError",
    "xiaoneng.timing.errors:TimingError",
)
"""What our rooms say of bad input; anything else is our own mistake and keeps its traceback."""


class LazyGroup(click.Group):
    """A group whose commands are named in a table and imported when they are used."""

    def __init__(self, *, table: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where the table has no such name."""
        del ctx
        if cmd_name not in self.table:
            return None
        found = _named(self.table[cmd_name][0])
        if not isinstance(found, click.Command):
            raise TypeError(f"{self.table[cmd_name][0]} is no command; decorate it with click.command or click.group")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone."""
        del ctx
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in self.table.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run; what our rooms refuse is said on stderr, a complaint on a line, with exit code 2."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if isinstance(error, tuple(_named(name) for name in REFUSALS)):
                raise Refused(str(error)) from error
            if isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError):
                said = f"{error.filename}: {error.strerror}" if error.filename else str(error)
                raise Refused(said) from error
            raise


class Refused(click.ClickException):
    """Input that our rooms cannot accept, in their words."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the words as they are: each line begins with the place, so that an editor can jump to it."""
        click.echo(self.message, file=file, err=True)


def _named(place: str) -> Any:
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)


@click.command(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(package_name="xiaoneng", prog_name="xiaoneng", message="%(prog)s %(version)s")
def xiaoneng() -> None:
    """效能：依法逐件监督行政权力 (administrative power, judged act by act)."""


def main() -> None:
    """Run the command line in UTF-8, whatever the terminal's language, and end with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        xiaoneng()
    except SystemExit as end:
        if "pyarrow" in sys.modules and isinstance(end.code, int):
            # Threads that pyarrow is still starting abort the interpreter's own end now and then; the exit code is a promise.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code)
        raise
