"""How the facts came into the journal: at once, in bulk at night, too late, mended, or by days only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from xiaoneng.demo.telling import Draft
from xiaoneng.journal.event import CORRECTION
from xiaoneng.journal.moment import write_moment

if TYPE_CHECKING:
    from xiaoneng.demo.telling import Case

SETTLED = dt.timedelta(days=15)
"""What comes late or is put right has come in by then; nothing of the last days does."""
UNKNOWN = ("sms_sent", "satisfaction_rated", "archive_scanned")


def record(case: Case) -> list[Draft]:
    """Give the facts of a told case as they came in, corrections included."""
    drafts = case.drafts
    if not drafts:
        return drafts
    _add_unknown(case)
    is_settled = drafts[-1].recorded_at.date() < case.scene.until - SETTLED
    is_late = is_settled and not case.has("story.bulk") and case.often(0.02)
    if case.has("story.bulk"):
        _in_bulk(case)
    elif is_late:
        late = case.chance.choice(drafts)
        late.recorded_at += dt.timedelta(days=case.chance.randint(3, 12))
    if case.agency.days_only:
        _by_days(case)
    elif not is_late and not case.faults and case.often(0.012):
        _tie(case)
    elif case.has("decision") and case.often(0.3):
        _back_date(case)
    elif is_settled and not case.faults and case.often(0.02):
        _mend(case)
    return drafts


def _add_unknown(case: Case) -> None:
    """Facts that other systems report and no procedure declares."""
    if not case.often(0.12):
        return
    last = case.drafts[-1]
    case.at = last.occurred if isinstance(last.occurred, dt.datetime) else case.at
    kind = case.chance.choice(UNKNOWN)
    said: dict[str, object] = {"score": case.chance.choice((3, 4, 5, 5, 5))} if kind == "satisfaction_rated" else {}
    case.tell(kind, "", **said)


def _in_bulk(case: Case) -> None:
    """The whole life of the case, typed in late in the evening of the last working day of the month."""
    last = max(draft.recorded_at for draft in case.drafts)
    next_month = (last.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    evening = case.desk.after(next_month.date(), 0 if next_month.day > 1 else -1)
    at = dt.datetime.combine(max(evening, last.date()), dt.time(22, 30), last.tzinfo)
    at += dt.timedelta(minutes=case.chance.randint(0, 70))
    for draft in case.drafts:
        at += dt.timedelta(seconds=case.chance.randint(4, 25))
        draft.recorded_at = max(at, draft.recorded_at)


def _by_days(case: Case) -> None:
    """The agency's own system reports days, and numbers its reports."""
    for number, draft in enumerate(case.drafts, 1):
        draft.occurred = _day(draft)
        draft.source, draft.source_sequence = case.agency.days_only, number


def _tie(case: Case) -> None:
    """Opinion and decision of one day, both without the hour: nothing but our own number orders them."""
    found = {draft.kind: draft for draft in case.drafts}
    if "reviewed" not in found or "decision_made" not in found:
        return
    review, decision = found["reviewed"], found["decision_made"]
    review.occurred = decision.occurred = _day(decision)
    review.recorded_at = decision.recorded_at - dt.timedelta(seconds=30)
    if case.often(0.5):
        review.recorded_at, decision.recorded_at = decision.recorded_at, review.recorded_at


def _back_date(case: Case) -> None:
    """The decision was first recorded as if in time; an inspection found the real day."""
    decision = next((draft for draft in case.drafts if draft.kind == "decision_made"), None)
    if decision is None or not isinstance(decision.occurred, dt.datetime):
        return
    real = replace(decision)
    reviewed = [draft.occurred for draft in case.drafts if draft.kind == "reviewed"]
    if reviewed and isinstance(reviewed[0], dt.datetime):
        decision.occurred = reviewed[0] + dt.timedelta(minutes=20)
    _correct(case, decision, real)


def _mend(case: Case) -> None:
    """A slip of the pen, put right a day or two later; or an entry of another case, taken back."""
    verified = next((draft for draft in case.drafts if draft.kind == "verified"), None)
    if verified is not None:
        real = replace(verified)
        verified.data = {"staff_count": 1}
        _correct(case, verified, real)
        return
    last = case.drafts[-1]
    at = last.recorded_at + dt.timedelta(minutes=5)
    stray = Draft(
        "fee_charged", at, at, case.officers["cashier"], case.agency.name, {"amount": 88, "purpose": "license"}
    )
    back = Draft(CORRECTION, at, at + dt.timedelta(hours=20), case.officers["approver"], case.agency.name, {})
    back.corrects, back.retracted = stray, True
    case.drafts += [stray, back]


def _correct(case: Case, wrong: Draft, real: Draft) -> None:
    at = wrong.recorded_at + dt.timedelta(days=case.chance.randint(1, 9), minutes=case.chance.randint(1, 50))
    replacement = {
        "kind": real.kind,
        "occurred": write_moment(real.occurred),
        "actor": real.actor,
        "agency": real.agency,
        "data": dict(real.data),
    }
    note = Draft(CORRECTION, at, at, case.officers["approver"], case.agency.name, {"replacement": replacement})
    note.corrects = wrong
    case.drafts.append(note)


def _day(draft: Draft) -> dt.date:
    return draft.occurred.date() if isinstance(draft.occurred, dt.datetime) else draft.occurred
