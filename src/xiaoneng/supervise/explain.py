"""A finding in words: what should have been, by when, what was, and since when it is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xiaoneng.packs.words import Words
from xiaoneng.supervise import layout
from xiaoneng.supervise.verdict import Finding, FindingKind

if TYPE_CHECKING:
    from xiaoneng.packs.model import Clock, Procedure
    from xiaoneng.supervise.verdict import Moment

REASONS = {
    layout.AFTER_EXPIRY: Words("期限届满后才提出延期，延期无效", "the extension came after expiry and has no effect"),
    layout.TOO_OFTEN: Words("延期次数已用完，再次延期无效", "no further extension is allowed; it has no effect"),
    layout.NOT_APPROVED: Words(
        "延期未经规定的负责人批准或者未说明理由，延期无效",
        "the extension lacks its approval or reason; it has no effect",
    ),
    layout.TOO_LONG: Words(
        "延长的时间超过规定，只按规定的最长时间计算", "more was granted than the law allows; the excess has no effect"
    ),
}
DOUBT = Words(
    "（同一时刻的先后顺序未知，需人工核实）", " (the order of events of one moment is unknown: a person must look)"
)
PROVISIONAL = Words("（预估：放假通知尚未公布）", " (provisional: the holiday notice is not out)")


def tell(finding: Finding, procedure: Procedure) -> Words:
    """One finding as a sentence, in Chinese and English; the articles it rests on stand in `finding.cite`."""
    zh, en = _body(finding, procedure)
    if finding.provisional:
        zh, en = zh + PROVISIONAL.zh, en + PROVISIONAL.en
    if finding.order_unknown:
        zh, en = zh + DOUBT.zh, en + DOUBT.en
    return Words(f"{zh}。", f"{en}.")


def _body(finding: Finding, procedure: Procedure) -> tuple[str, str]:
    provision = finding.provision
    if provision.extension and provision.clock is not None:
        reason = REASONS[finding.reason]
        name = provision.clock.name
        return f"{name.zh}：{reason.zh}（{moment(finding.since)}）", f"{name.en or name.zh}: {reason.en}"
    if provision.clock is not None:
        return _clock(finding, provision.clock, procedure)
    rule = provision.rule
    assert rule is not None
    zh, en = rule.says.zh.rstrip("。"), (rule.says.en or rule.id).rstrip(".")
    if finding.due is not None:
        done = f"，{moment(finding.until)} 才完成" if finding.until is not None else "，至今没有"
        late = f", done {moment(finding.until)}" if finding.until is not None else ", not done"
        return f"{zh}：最迟 {moment(finding.due)}{done}", f"{en}: due {moment(finding.due)}{late}"
    return f"{zh}：自 {moment(finding.since)} 起不符", f"{en}: not so since {moment(finding.since)}"


def _clock(finding: Finding, clock: Clock, procedure: Procedure) -> tuple[str, str]:
    name, due = clock.name, moment(finding.due)
    promise = finding.provision.promise
    kind = "按承诺" if promise else ""
    zh = f"{name.zh}：{kind}应于 {due} 前（含当日）完成"
    en = f"{name.en or name.zh}: {'promised' if promise else 'due'} by {due}"
    if finding.kind is FindingKind.WARNING:
        return f"{zh}，即将到期", f"{en}, soon due"
    if clock.on_lapse is not None and not promise and finding.until == finding.since:
        deemed = procedure.events[clock.on_lapse.deemed].name
        return f"{zh}，逾期未办，依法视为“{deemed.zh}”", f"{en}; silence counts as: {deemed.en or deemed.zh}"
    if finding.until is None:
        since = moment(finding.since)
        return f"{zh}，至今未完成，自 {since} 起逾期", f"{en}, not done, late since {since}"
    return f"{zh}，{moment(finding.until)} 才完成，逾期", f"{en}, done {moment(finding.until)}, late"


def moment(at: Moment | None) -> str:
    """A date or instant for people: 2026-03-30, or 2026-03-30 17:05."""
    if at is None:
        return ""
    return at.strftime("%Y-%m-%d %H:%M") if isinstance(at, dt.datetime) else at.isoformat()
