"""Case files become events, an instant to judge at, and what must be found."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from xiaoneng.journal.effective import effective
from xiaoneng.packs.cases import CaseFile, Deemed, Expected, case_paths, load_case
from xiaoneng.packs.folder import open_packs
from xiaoneng.packs.unproved import unproved

from .places import FIXTURES, all_complaints, copied, spoil
from .spoiled import BAD, GOOD, rule

if TYPE_CHECKING:
    from pathlib import Path

SHANGHAI = ZoneInfo("Asia/Shanghai")
VERSIONS = open_packs(FIXTURES).versions("xx.tea")


def case(file: str, root: Path = FIXTURES) -> CaseFile:
    return load_case(root / file, VERSIONS, root)


def test_what_a_file_leaves_out_is_filled_in() -> None:
    good = case(GOOD)
    assert [event.id for event in good.events] == ["e1", "e2", "e3", "e4"]
    assert [event.sequence for event in good.events] == [1, 2, 3, 4]
    assert good.events[1].recorded_at == dt.datetime(2026, 3, 3, 23, 59, 59, tzinfo=SHANGHAI)
    assert good.events[1].occurred == dt.datetime(2026, 3, 3, 2, tzinfo=dt.UTC)
    assert good.now == dt.datetime(2026, 4, 2, tzinfo=SHANGHAI)
    assert (good.good, good.complete, good.procedure) == (True, False, VERSIONS[0])
    assert good.due == {"decision": dt.date(2026, 3, 31), "pickup": dt.date(2026, 6, 22)}


def test_what_a_file_says_is_kept() -> None:
    bad = case(BAD)
    assert (bad.good, bad.complete) == (False, True)
    assert bad.now == dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    assert (bad.events[1].source, bad.events[1].source_sequence) == ("hall", 7)
    assert bad.findings[0] == Expected("acceptance", dt.date(2026, 3, 10), dt.date(2026, 3, 10))
    assert bad.findings[1].since == dt.datetime(2026, 3, 31, tzinfo=SHANGHAI)
    assert bad.deemed == (Deemed("accepted", dt.date(2026, 3, 10)),)
    assert bad.events[2].relied_on[0].values == {"standard": 30}


def test_a_correction_replaces_as_the_journal_does() -> None:
    first = effective(case(BAD).events)[0]
    assert (first.id, first.data) == ("a", {"channel": "web"})


def test_a_retraction_takes_the_event_away(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, "replacement: {on: 2026-03-02, kind: received, data: {channel: web}}", "retracted: true", BAD)
    assert [event.kind for event in effective(case(BAD, root).events)] == ["accepted", "decided"]


def test_a_case_of_which_all_is_retracted_is_still_read(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / BAD).write_text(
        "says: 全撤\nnow: 2026-04-01\nproves: [decision]\nevents:\n  - {on: 2026-03-02, kind: received}\n"
        "  - {on: 2026-03-03, kind: correction, corrects: e1, retracted: true}\nfindings: [{rule: decision}]\n",
        encoding="utf-8",
    )
    assert case(BAD, root).now == dt.datetime(2026, 4, 1, tzinfo=SHANGHAI)


def test_case_files_are_found_in_order() -> None:
    assert [path.parent.name for path in case_paths(FIXTURES / "xx/tea")] == ["bad", "good"]


def test_every_clock_and_rule_needs_a_good_and_a_bad_file() -> None:
    codes = [(complaint.path, complaint.code) for complaint in unproved(VERSIONS[0], ())]
    assert codes == [
        ("clocks.acceptance", "XN-P090"),
        ("clocks.acceptance", "XN-P091"),
        ("clocks.decision", "XN-P090"),
        ("clocks.decision", "XN-P091"),
        ("clocks.pickup", "XN-P090"),
        ("clocks.pickup", "XN-P092"),
        ("rules.tea.once", "XN-P090"),
        ("rules.tea.once", "XN-P091"),
        ("rules.tea.fee", "XN-P090"),
        ("rules.tea.fee", "XN-P091"),
    ]


def test_a_promise_broken_proves_its_clock(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, '  - {rule: decision, since: "2026-03-31T00:00:00+08:00"}\n', "", BAD)
    assert all_complaints(root) == []


def test_a_lapse_deemed_proves_a_clock_of_the_party(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, ", pickup: 2026-06-22}", "}\ndeemed: [{kind: accepted, on: 2026-09-01}]", GOOD)
    spoil(
        root,
        "    limit: {months: 3, kind: months}\n",
        "    limit: {months: 3, kind: months}\n    on_lapse: {deemed: accepted, effective_on: lapse}\n",
    )
    assert all_complaints(root) == []


def test_a_new_rule_is_not_proved_by_the_old_files(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, *rule("kind: init, of: received"))
    assert [line.rpartition(" ")[2] for line in all_complaints(root)] == ["(XN-P090)", "(XN-P091)"]


def test_a_list_holds_only_what_may_be_chosen(tmp_path: Path) -> None:
    root = copied(tmp_path)
    tags = "      tags: {type: list, name: 标签, choices: {a: 甲, b: 乙}}\n"
    spoil(root, "      fee: {type: amount, name: 收费}\n", tags + "      fee: {type: amount, name: 收费}\n")
    spoil(root, "data: {granted: true, fee: 30}", "data: {granted: true, fee: 30, tags: [a, b]}", GOOD)
    assert all_complaints(root) == []
    spoil(root, "tags: [a, b]", "tags: [a, c]", GOOD)
    (complaint,) = all_complaints(root)
    assert complaint.endswith("['a', 'c'] does not fit decided.tags; write one of a, b (XN-P096)")
