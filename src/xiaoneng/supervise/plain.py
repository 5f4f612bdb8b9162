"""Plain rules: up to 62 automata of four states in two words, one event at a time.

An event costs the same whatever the number of rules: the state of rule i is bit i of two words, and each letter of the
alphabet owns twelve words (next low bit, next high bit and report, each by current state).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaoneng.supervise.layout import (
    BREACH,
    CLOSED,
    FIRST,
    L_ENDS,
    LAST,
    LAST_SOURCE,
    LETTER,
    OWED_LAST_SOURCE,
    P_BLAME,
    P_CODE,
    P_OWED,
    PLAIN,
    PREVIOUS,
    RULES_PER_GROUP,
    SOURCES_SINCE_TARGET,
)
from xiaoneng.supervise.sink import emit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaoneng.supervise.layout import Tables
    from xiaoneng.supervise.sink import Row


def step(words: Sequence[int], w: int, everything: int, low_bits: int, high_bits: int) -> tuple[int, int, int]:
    """One event: the twelve words at `w` and the present state in; the next state and the rules that report a breach out."""
    three = low_bits & high_bits
    one = low_bits ^ three
    two = high_bits ^ three
    none = everything ^ (low_bits | high_bits)
    return (
        words[w] & none | words[w + 1] & one | words[w + 2] & two | words[w + 3] & three,
        words[w + 4] & none | words[w + 5] & one | words[w + 6] & two | words[w + 7] & three,
        words[w + 8] & none | words[w + 9] & one | words[w + 10] & two | words[w + 11] & three,
    )


def last_source(t: Tables, group: int, bit: int, letters: Sequence[int], position: int, lowest: int) -> int:
    """Last position before `position` whose letter is a source of the rule; `lowest - 1` if there is none."""
    position -= 1
    while position >= lowest and not t.concerns[2 * (letters[position] * t.groups + group)] & bit:
        position -= 1
    return position


def judge_plain(t: Tables, letters: Sequence[int], low: int, high: int, complete: int, out: list[Row]) -> None:
    """Judge one case that stands at low..high of the letter column by plain rules alone."""
    words = t.words
    groups = t.groups
    closing = high - 1 if complete else -1
    for i in range(low, high):
        if t.letters[letters[i] * LETTER + L_ENDS]:
            closing = i
            break
    for group in range(t.groups):
        everything = t.all_bits[group]
        low_bits = 0
        high_bits = 0
        for i in range(low, high):
            w = (letters[i] * groups + group) * 12
            low_bits, high_bits, reports = step(words, w, everything, low_bits, high_bits)
            while reports:
                bit = reports & -reports
                reports ^= bit
                rule = group * RULES_PER_GROUP + t.bits[bit % 67]
                blame = t.plain[rule * PLAIN + P_BLAME]
                event = i
                if blame == PREVIOUS:
                    event = i - 1
                elif blame == LAST_SOURCE:
                    event = last_source(t, group, bit, letters, i, low)
                emit(out, BREACH, t.plain[rule * PLAIN + P_CODE], event - low, i - low, 0)
        if closing >= 0 and high > low:
            open_rules = still_open(t, group, low_bits, high_bits)
            while open_rules:
                bit = open_rules & -open_rules
                open_rules ^= bit
                owe(t, group, bit, letters, low, high, closing - low, out)


def still_open(t: Tables, group: int, low_bits: int, high_bits: int) -> int:
    """Rules of a group, as bits, that do not allow the case to close now."""
    three = low_bits & high_bits
    one = low_bits ^ three
    two = high_bits ^ three
    none = t.all_bits[group] ^ (low_bits | high_bits)
    w = group * 4
    return t.open_words[w] & none | t.open_words[w + 1] & one | t.open_words[w + 2] & two | t.open_words[w + 3] & three


def owe(
    t: Tables, group: int, bit: int, letters: Sequence[int], low: int, high: int, closing: int, out: list[Row]
) -> None:
    """Report what a rule that is open at closing is about; positions are counted from `low`."""
    rule = group * RULES_PER_GROUP + t.bits[bit % 67]
    code = t.plain[rule * PLAIN + P_CODE]
    owed = t.plain[rule * PLAIN + P_OWED]
    if owed == FIRST:
        emit(out, CLOSED, code, 0, closing, 0)
    elif owed == LAST:
        emit(out, CLOSED, code, high - 1 - low, closing, 0)
    elif owed == OWED_LAST_SOURCE:
        emit(out, CLOSED, code, last_source(t, group, bit, letters, high, low) - low, closing, 0)
    elif owed == SOURCES_SINCE_TARGET:
        i = high - 1
        while i >= low:
            c = 2 * (letters[i] * t.groups + group)
            if t.concerns[c] & bit:
                emit(out, CLOSED, code, i - low, closing, 0)
            if t.concerns[c + 1] & bit:
                break
            i -= 1
    else:
        # Only one side of the pair has been seen, so each event that concerns the rule is owed the other.
        for i in range(low, high):
            c = 2 * (letters[i] * t.groups + group)
            if (t.concerns[c] | t.concerns[c + 1]) & bit:
                emit(out, CLOSED, code, i - low, closing, 0)
