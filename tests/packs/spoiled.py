"""Small mistakes in a family file: what was written, what was written instead."""

from __future__ import annotations

DECISION_LIMIT = "    limit: {days: 20, kind: working_days}\n    promised"
RULE = "  tea.once:\n"
END = "\nactions:\n"


def rule(text: str) -> tuple[str, str]:
    """Add one rule at the end of the rules."""
    return END, f"  tea.new: {{says: 新, cite: [xx-tea-law#1], {text}}}\n{END}"


def clock(text: str) -> tuple[str, str]:
    """Add one clock at the end of the clocks."""
    return "\nrules:\n", f"  new: {{name: 新, says: 新, cite: [xx-tea-law#1], {text}}}\n\nrules:\n"


SPOILED: dict[str, tuple[str, str]] = {
    "kind missing": (DECISION_LIMIT, DECISION_LIMIT.replace(", kind: working_days", "")),
    "kind unknown": (DECISION_LIMIT, DECISION_LIMIT.replace("working_days", "days")),
    "unit of another kind": (DECISION_LIMIT, DECISION_LIMIT.replace("working_days", "elapsed_hours")),
    "no number": (DECISION_LIMIT, DECISION_LIMIT.replace("days: 20, ", "")),
    "two numbers": (DECISION_LIMIT, DECISION_LIMIT.replace("days: 20", "days: 20, field: days")),
    "a date with a kind": clock("starts: received, stops: accepted, limit: {until: deadline, kind: calendar_days}"),
    "number too large": (DECISION_LIMIT, DECISION_LIMIT.replace("20", "100001")),
    "number in quotes": (DECISION_LIMIT, DECISION_LIMIT.replace("20", "'20'")),
    "cap in an event": ("cap: {days: 20, kind", "cap: {field: days, kind"),
    "extension in an event": ("      days: 10\n", "      field: days\n"),
    "promise is a date": ("promised: {days: 15, kind: working_days}", "promised: {until: deadline}"),
    "promise of another kind": (
        "promised: {days: 15, kind: working_days}",
        "promised: {days: 15, kind: calendar_days}",
    ),
    "promise too long": ("promised: {days: 15", "promised: {days: 21"),
    "promise on unknown law": (
        "promised: {days: 15, kind: working_days}",
        "promised: {days: 15, kind: working_days, cite: [xx-tea-law#9]}",
    ),
    "promise on no law": (
        "promised: {days: 15, kind: working_days}",
        "promised: {days: 15, kind: working_days, cite: []}",
    ),
    "concedes no claim": ("ladder: xx.two", "concedes: {lawful_ends: 无}"),
    "concedes without a reason": ("ladder: xx.two", "concedes: {lawful_end: ''}"),
    "promise beside a date": clock(
        "starts: received, stops: accepted, limit: {until: deadline}, promised: {days: 2, kind: calendar_days}"
    ),
    "cap of another kind": ("cap: {days: 20, kind: working_days}", "cap: {days: 20, kind: calendar_days}"),
    "extension of another kind": ("      kind: working_days\n", "      kind: calendar_days\n"),
    "roll of working days": (DECISION_LIMIT, "    roll: true\n" + DECISION_LIMIT),
    "unknown ground": ("off_clock: [hearing]", "off_clock: [haering]"),
    "keyed clock": (DECISION_LIMIT, "    same: child_id\n" + DECISION_LIMIT),
    "lapse in hours": clock(
        "starts: received, stops: accepted, limit: {hours: 2, kind: working_hours}, "
        "on_lapse: {deemed: decided, effective_on: lapse}"
    ),
    "lapse into nothing": ("deemed: accepted,", "deemed: acepted,"),
    "clock that starts itself": ("deemed: accepted,", "deemed: received,"),
    "clocks in a circle": clock(
        "starts: accepted, stops: decided, limit: {days: 2, kind: calendar_days}, "
        "on_lapse: {deemed: received, effective_on: lapse}"
    ),
    "undeclared start": ("    starts: received\n", "    starts: recieved\n"),
    "undeclared kind with a condition": ("    starts: received\n", "    starts: {kind: sent, where: a > 1}\n"),
    "undeclared event of an action": ("event: accepted, by", "event: signed, by"),
    "undeclared step": ("      - decided\n", "      - {step: decidid}\n"),
    "strange step": ("      - decided\n", "      - {repeat: [decided], choice: [[decided]]}\n"),
    "no selectors": ("opens: [received]", "opens: []"),
    "no ends": ('ends: [delivered, {kind: decided, where: "granted == false"}]', "ends: []"),
    "number as selector": ("opens: [received]", "opens: 5"),
    "number as kind": ("opens: [received]", "opens: [{kind: 5}]"),
    "undeclared field": ('where: "granted == false"', 'where: "grantd == false"'),
    "unreadable condition": ('where: "granted == false"', 'where: "granted = false"'),
    "boolean against a word": ('where: "granted == false"', "where: \"granted == 'no'\""),
    "number against true": ('where: "granted == false"', 'where: "fee == true"'),
    "no such choice": ("opens: [received]", "opens: [{kind: received, where: \"channel in ('web', 'phone')\"}]"),
    "granted is a text": ("granted: days", "granted: reason"),
    "granted is nothing": ("granted: days", "granted: dais"),
    "approved by without the field": ("      approved_by: {type: text, name: 批准人}\n", ""),
    "reasoned without the field": ("      reason: {type: text, name: 理由}\n", ""),
    "limit in a missing field": clock(
        "starts: received, stops: accepted, limit: {field: days, kind: working_days}, "
        "promised: {field: deadline, kind: working_days}"
    ),
    "until in a text": clock("starts: received, stops: accepted, limit: {until: child_id}"),
    "same on a kind without it": clock(
        "starts: received, stops: accepted, same: child_id, limit: {days: 2, kind: calendar_days}"
    ),
    "no citation": ("    says: 受理一次\n    cite: [xx-tea-law#1]\n", "    says: 受理一次\n"),
    "empty citation": ("    says: 受理一次\n    cite: [xx-tea-law#1]\n", "    says: 受理一次\n    cite: []\n"),
    "citation is a word": ("    says: 受理一次\n    cite: [xx-tea-law#1]\n", "    says: 受理一次\n    cite: law\n"),
    "no form of a citation": ('["xx-tea-law#2(p1)"]', '["tea law 2"]'),
    "unknown instrument": ('["xx-tea-law#2(p1)"]', '["xx-te-law#2(p1)"]'),
    "unknown article": ('["xx-tea-law#2(p1)"]', '["xx-tea-law#7"]'),
    "repealed article": ('["xx-tea-law#2(p1)"]', '["xx-tea-law#5"]'),
    "repealed instrument": ('["xx-tea-law#2(p1)"]', '["xx-coffee-law#1"]'),
    "law that ends too early": ('["xx-tea-law#2(p1)"]', '["xx-tea-law#6"]'),
    "law that does not hold yet": ("in_force: {from: 2020-01-01}", "in_force: {from: 2009-12-31}"),
    "law of an extension": ("      reasoned: true\n", "      reasoned: true\n      cite: [xx-tea-law#9]\n"),
    "in force backwards": ("in_force: {from: 2020-01-01}", "in_force: {from: 2020-01-01, until: 2020-01-01}"),
    "wrong family": ("family: tea\n", "family: coffee\n"),
    "no such calendar": ("calendar: xx", "calendar: yy"),
    "no such zone": ("zone: Asia/Shanghai", "zone: Asia/Beijing"),
    "no such ladder": ("ladder: xx.two", "ladder: three"),
    "narrows itself": ("ladder: xx.two", "narrows: xx.tea"),
    "narrows nothing": ("ladder: xx.two", "narrows: xx.coffee"),
    "event kind in capitals": ("  delivered: {name: 送达}", "  delivered: {name: 送达}\n  Sent: {name: 寄出}"),
    "event kind is a number": ("  delivered: {name: 送达}", "  delivered: {name: 送达}\n  5: {name: 寄出}"),
    "event kind of the journal": ("  delivered: {name: 送达}", "  delivered: {name: 送达}\n  end: {name: 结束}"),
    "event without a name": ("  delivered: {name: 送达}", "  delivered: {name: 送达}\n  sent:"),
    "field of the condition language": ("      fee: {type", "      actor: {type: text, name: 谁}\n      fee: {type"),
    "choices of a text": ("granted: {type: boolean,", "granted: {type: text, choices: {a: 甲},"),
    "choice of nothing": ("granted: {type: boolean,", "granted: {type: choice,"),
    "clock id in capitals": ("  pickup:\n", "  Pickup:\n"),
    "rule and clock of one id": (RULE, "  pickup:\n"),
    "rule called like a promise": (RULE, "  decision.promised:\n"),
    "rule without a key": ("    of: accepted\n    n: 2\n", "    n: 2\n"),
    "rule with a strange key": rule("kind: init, of: received, n: 2"),
    "rule with an unknown key": rule("kind: init, of: received, off: received"),
    "same on succession": rule("kind: succession, from: received, to: decided, same: child_id"),
    "two keys of precedence": rule("kind: precedence, from: received, to: decided, n: 2, same: child_id"),
    "one hand": rule("kind: different_hands, of: received"),
    "gap in months": rule("kind: minimum_gap, from: received, to: decided, gap: {months: 1, kind: months}"),
    "date as standard": rule("kind: not_above, of: decided, field: fee, standard: 2020-01-01"),
    "text as standard": rule("kind: not_above, of: decided, field: fee, standard: child_id"),
    "nothing pending": rule("kind: not_while, of: decided, pending: tea.once"),
    "two things pending": (
        "\nrules:\n",
        (
            "  hearing: {name: 新, says: 新, cite: [xx-tea-law#1], starts: received, stops: decided, "
            "limit: {days: 1, kind: calendar_days}}\n\nrules:\n"
            "  tea.new: {says: 新, cite: [xx-tea-law#1], kind: not_while, of: decided, pending: hearing}\n"
        ),
    ),
    "list without the field": rule("kind: within_list, of: decided, field: refusal, list: [a]"),
    "list of another type": rule("kind: within_list, of: decided, field: granted, list: [a]"),
    "list too large": rule(f"kind: within_list, of: decided, field: fee, list: [{2**60}, .inf]"),
    "register in capitals": rule("kind: credential_valid, of: decided, register: Fees"),
    "published by nothing": rule("kind: published_by, from: received, to: decided, by: {month: 2}"),
    "published on no day": rule("kind: published_by, from: received, to: decided, by: {month: 2, day: 29}"),
    "published by a text": rule("kind: published_by, from: received, to: decided, by: {until: child_id}"),
    "too many conditions": (
        "opens: [received]",
        "opens: [" + ", ".join(f"{{kind: decided, where: 'fee > {n}'}}" for n in range(9)) + "]",
    ),
}

FINDINGS = """findings:
  - {rule: acceptance, since: 2026-03-10, until: 2026-03-10}
  - {rule: decision, since: "2026-03-31T00:00:00+08:00"}
  - {rule: decision.promised}
  - {rule: tea.once}
  - {rule: tea.fee}
"""
GOOD, BAD = "xx/tea/cases/good/on-time.yaml", "xx/tea/cases/bad/late.yaml"
LADDER, MAPPING = "xx/_ladders/two.yaml", "xx/_mappings/tea.yaml"

SPOILED_FILES: dict[str, tuple[str, str, str]] = {
    "good case with findings": (GOOD, "findings: []", "findings: [{rule: decision}]"),
    "bad case without": ("xx/tea/cases/bad/late.yaml", FINDINGS, "findings: []\n"),
    "proves nothing": (GOOD, "proves: [acceptance,", "proves: [aceptance,"),
    "proves an empty list": (GOOD, "proves: [acceptance, decision, pickup, tea.once, tea.fee]", "proves: []"),
    "finding of an unknown rule": (BAD, "{rule: decision.promised}", "{rule: pickup.promised}"),
    "due of a rule": (GOOD, "due: {decision:", "due: {tea.once: 2026-03-03, decision:"),
    "due without an offset": (GOOD, "due: {decision: 2026-03-31", "due: {decision: 2026-03-31T09:00:00"),
    "deemed unknown": (BAD, "deemed: [{kind: accepted", "deemed: [{kind: acceptd"),
    "unknown event": (GOOD, "kind: delivered}", "kind: deliverd}"),
    "unknown event in a replacement": (
        BAD,
        "{on: 2026-03-02, kind: received, data: {channel: web}}",
        "{on: 2026-03-02, kind: recived}",
    ),
    "unknown field": (GOOD, "fee: 30}", "fe: 30}"),
    "field of another type": (GOOD, "fee: 30}", "fee: true}"),
    "amount in words": (GOOD, "fee: 30}", "fee: dear}"),
    "no such channel": (GOOD, "channel: web", "channel: phone"),
    "date as text": (GOOD, "deadline: 2026-05-01", "deadline: soon"),
    "date in quotes": (GOOD, "deadline: 2026-05-01", "deadline: '2026-05-01'"),
    "instant in quotes": (GOOD, "deadline: 2026-05-01", "deadline: '2026-05-01T09:00:00+08:00'"),
    "null is nothing said": (GOOD, "deadline: 2026-05-01", "deadline: null"),
    "no moment": (GOOD, "{on: 2026-04-01, kind: delivered}", "{kind: delivered}"),
    "two moments": (GOOD, "{on: 2026-04-01, kind", '{on: 2026-04-01, at: "2026-04-01T09:00:00+08:00", kind'),
    "a day where an instant is needed": (GOOD, '"2026-03-03T10:00:00+08:00"', "2026-03-03"),
    "correction of nothing": (BAD, "corrects: a", "corrects: z"),
    "half a correction": (BAD, "corrects: a, replacement", "replacement"),
    "retracted without a correction": (GOOD, "{on: 2026-04-01, kind", "{retracted: true, on: 2026-04-01, kind"),
    "two events of one id": (BAD, "{on: 2026-03-20,", "{id: a, on: 2026-03-20,"),
    "before any version": (BAD, "on: 2026-03-20, kind: accepted", "on: 2003-01-01, kind: accepted"),
    "rung without a point": (LADDER, "used: 0.9, ", ""),
    "rung without clocks": (LADDER, "used: 0.9, of: [statutory]", "used: 0.9"),
    "rung past the end": (LADDER, "used: 0.9", "used: 1.1"),
    "rung of an unknown level": (LADDER, "level: blue", "level: green"),
    "ladder of another name": (LADDER, "ladder: two", "ladder: three"),
    "mapping of a strange kind": (MAPPING, "Receive: received", "Receive: Received"),
    "mapping of a strange case event": (MAPPING, "{kind: received", "{kind: 'x y'"),
    "mapping without a zone": (MAPPING, "zone: Asia/Shanghai\n", ""),
    "mapping by a number of objects": (MAPPING, "zone: Asia/Shanghai", "zone: Asia/Shanghai\ncase_type: 5"),
    "mapping of an unknown precision": (MAPPING, "precision: day", "precision: hour"),
    "nothing proved": (GOOD, "proves: [acceptance, decision, pickup, tea.once, tea.fee]", "proves: [decision]"),
    "party without a due day": (GOOD, ", pickup: 2026-06-22}", "}"),
}
