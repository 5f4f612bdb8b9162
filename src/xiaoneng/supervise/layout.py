"""Where things stand in the kernel's tables: constants only.

The kernel is a few functions over flat sequences of integers, so that the very same code runs on tuples and lists (one
case, online) and, compiled, on arrays (a log, in replay). Names here take the place of field names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER = 2**40
"""A day that does not come (timing.arithmetic.NEVER)."""
FAR = 2**60
"""A coordinate beyond every other, in any unit."""
MISSING = -(2**60)
"""A slot in which an event says nothing."""
RULES_PER_GROUP = 62
"""Plain rules in one pair of words: both speeds agree bit for bit on signed 64-bit integers."""

# Kinds of time. Up to UNTIL an activation is late by day, from ELAPSED on by coordinate.
WORKING, CALENDAR, MONTHS, UNTIL, ELAPSED, OFFICE, UNLIMITED = range(7)

# What a row of output says.
BREACH, CLOSED, OVERDUE, REFUSED, LAPSED, DEEMED, RUNNING, HELD, CHAIN, WAITING = range(10)
# Why an extension was refused or cut (the due column of a REFUSED row).
AFTER_EXPIRY, TOO_OFTEN, NOT_APPROVED, TOO_LONG = range(1, 5)

# Whom a breach of a plain rule blames, what is owed at closing: packs.automata.Blame and Owed as numbers.
THIS, PREVIOUS, LAST_SOURCE = range(3)
NOTHING, FIRST, LAST, OWED_LAST_SOURCE, SOURCES_SINCE_TARGET, SOURCES, SOURCES_OR_TARGETS = range(7)

# v: the variables of one case.
(
    V_CLOSED, V_CLOSE, V_KEYS, V_NEXT_LAPSE, V_POOL, V_FREE, V_TRAIL, V_HISTORY, V_SEQUENCE, V_DAY, V_ACTIVE, V_DUE, V_WORDS,
) = range(13)  # fmt: skip

# One letter of the alphabet: where its operations begin, which clocks (bits) those from L_MOVES on concern, where the starts of
# clocks begin and all end, and whether it ends the case.
LETTER = 6
L_FROM, L_MOVES, L_STARTS, L_TO, L_CLOCKS, L_ENDS = range(LETTER)

# One plain rule.
PLAIN = 3
P_CODE, P_BLAME, P_OWED = range(PLAIN)

# One operation: opcode and four operands.
OP = 5
(
    HANDS, SAME_HANDS, GAP, AFTER_WITHIN, AT_LEAST, AT_MOST, KEYED_AT_LEAST, KEYED_AT_MOST, NOT_WHILE, RECORDED, CHAIN_NEXT,
    KEEP_HANDS, KEEP_GAP, KEEP_DUE, COUNT, KEYED_COUNT, CHAIN_KEEP,
    FLAG, CLOSE_GROUND, OPEN_GROUND, EXTEND, RESTART, STOP, START,
) = range(24)  # fmt: skip

# One span: kind of time, amount, whether it rolls.
SPAN = 3
S_KIND, S_AMOUNT, S_ROLL = range(SPAN)

# One clock.
CLOCK = 23
(
    K_KIND, K_AMOUNT, K_SLOT, K_ROLL, K_FIRST, K_QUIET, K_LAPSE, K_FROM_START, K_KEY, K_COLUMN, K_AT, K_GROUNDS, K_CAPS,
    K_MOST, K_TIMES, K_GRANTED, K_CODE, K_EXTENSION, K_HISTORY, K_MONTH, K_MONTH_DAY, K_BIT, K_CLEARS,
) = range(CLOCK)  # fmt: skip

# Variables of one clock, from K_AT on in v; ground g ends its open interval at C_GROUNDS + g.
(C_STARTED, C_PENDING, C_HEAD, C_TAIL, C_LATE_HEAD, C_LATE_TAIL, C_OFF_SUM, C_OFF_AT, C_REACH, C_GROUNDS) = range(10)

# One activation in the pool.
ACTIVATION = 13
(
    A_NEXT, A_PREVIOUS, A_EVENT, A_BASE, A_RANK, A_EXTENDED, A_TIMES, A_DUE, A_DAY, A_AMOUNT, A_OFF, A_SEQUENCE, A_KEY,
) = range(ACTIVATION)  # fmt: skip

# One remembered change of off-clock time.
HISTORY = 5
H_CLOCK, H_AT, H_SUM, H_REACH, H_DAY = range(HISTORY)

# A rule that counts, and a chain response with a limit.
COUNTED = 3
CHAINED = 3


class Tables(NamedTuple):
    """A procedure compiled to integers; every field but the first four is a flat sequence of records."""

    groups: int
    columns: int
    actor: int
    office: int
    lapses: Sequence[int]
    words: Sequence[int]
    open_words: Sequence[int]
    all_bits: Sequence[int]
    concerns: Sequence[int]
    plain: Sequence[int]
    bits: Sequence[int]
    letters: Sequence[int]
    ops: Sequence[int]
    clocks: Sequence[int]
    caps: Sequence[int]
    spans: Sequence[int]
    counted: Sequence[int]
    chained: Sequence[int]
    start: Sequence[int]


class Days(NamedTuple):
    """A calendar as the kernel needs it: working-day tables and the instant of each local midnight (microseconds UTC)."""

    first_day: int
    per_day: int
    prefix: Sequence[int]
    working: Sequence[int]
    midnight: Sequence[int]


class Facts(NamedTuple):
    """Events as columns: letter, local day, instant (microseconds UTC) and one sequence per slot."""

    letter: Sequence[int]
    day: Sequence[int]
    at: Sequence[int]
    slots: Sequence[Sequence[int]]


class Case(NamedTuple):
    """The working memory of one case: variables, values by key, what happened so far, and the pool of activations."""

    v: list[int]
    keyed: list[int]
    trail: list[int]
    pool: list[int]
    history: list[int]


class Present(NamedTuple):
    """The instant of judging in each kind of time."""

    day: int
    at: int
    office: int
