"""Cases of a judged log told one by one, for those who want to look closer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise.judge import supervise
from xiaoneng.supervise.story import tell_case

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from xiaoneng.replay.judge import LogJudgement
    from xiaoneng.supervise.story import CaseStory


def case_stories(
    judged: LogJudgement,
    cases: Iterable[str],
    now: dt.datetime,
    progress: Callable[[int], object] | None = None,
) -> dict[str, CaseStory]:
    """Tell the named cases as of `now`; cases that no version judges are left out."""
    wanted = dict.fromkeys(cases)
    found: dict[str, CaseStory] = {}
    for part in judged.parts:
        log = part.log
        for index, case in enumerate(log.cases.to_pylist()):
            if case in wanted and case not in found:
                verdict = supervise(part.procedure, log.events(index), part.calendar, now, complete=part.complete)
                found[case] = tell_case(verdict, part.calendar, now)
                if progress is not None:
                    progress(1)
    return found
