"""The numbers a clause states, and whether they are meant as a bound: "at least 24 hours", "no later than 30 days"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.knowledge.building.words import levelled
from pipeline.values.durations import find_durations
from pipeline.values.money import find_money
from pipeline.values.percents import find_percents

Unit = Literal["days", "hours", "months", "percent", "dollars", "grace_days"]
Op = Literal["<=", ">="]

_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
_AT_LEAST = re.compile(
    r"at least|not less than|no less than|no fewer than|not fewer than|minimum(?: of)?|no sooner than|not before"
)
_AT_MOST = re.compile(
    r"at most|not (?:to )?exceed|no(?:t)? (?:later|more|greater|longer) than|not be (?:more|greater)|up to|maximum|may not exceed"
)
_WITHIN = re.compile(r"within")
_OF_RENT = re.compile(r"['’]?s?['’]?,?\s+(?:of\s+)?(?:the\s+)?(?:monthly\s+)?rent\b", re.IGNORECASE)
_REACH = 60  # characters before a number in which the words stand that make it a bound


@dataclass(frozen=True, slots=True)
class Stated:
    """A number with its unit, where it stands in the text, and how it bounds (None: it is what it is)."""

    value: float
    unit: Unit
    start: int
    end: int
    op: Op | None = None


def stated_in(text: str) -> list[Stated]:
    """Every length of time, percentage and amount of a text, in order of place.

    >>> [(s.value, s.unit, s.op) for s in stated_in("at least twenty-four (24) hours; not exceed $50; within 30 days")]
    [(24.0, 'hours', '>='), (50.0, 'dollars', '<='), (30.0, 'days', '<=')]
    """
    found = sorted(_plain(text), key=lambda s: s.start)
    ends = [0, *(s.end for s in found)]
    return [_bounded(one, text, after) for one, after in zip(found, ends, strict=False)]


def _plain(text: str) -> Iterator[Stated]:
    for d in find_durations(text):
        if _OF_RENT.match(text, d.end):  # "two months' rent" is an amount
            continue
        unit: Unit = "hours" if d.value.unit == "hour" else "months" if d.value.unit in ("month", "year") else "days"
        per = {"hours": 1, "days": 24, "months": 720}[unit]
        hours = 365 * 24 if d.value.unit == "year" and unit == "days" else _HOURS[d.value.unit]
        count = d.value.count * (12 if d.value.unit == "year" else hours / per)
        yield Stated(float(count), unit, d.start, d.end)
    for p in find_percents(text):
        yield Stated(float(p.value), "percent", p.start, p.end)
    for m in find_money(text):
        yield Stated(float(m.value.number), "dollars", m.start, m.end)


def _bounded(found: Stated, text: str, after: int) -> Stated:
    """The same with what the words between the number before it (`after`) and itself make of it."""
    before = levelled(text[max(0, after, found.start - _REACH) : found.start])
    before = re.split(r"[.;](?=\s)", before)[-1]
    ops: list[tuple[int, Op]] = [(m.end(), ">=") for m in _AT_LEAST.finditer(before)]
    ops += [(m.end(), "<=") for m in _AT_MOST.finditer(before)]
    if found.unit in ("days", "hours"):  # "within twelve months" names a stretch of time, not a limit
        ops += [(m.end(), "<=") for m in _WITHIN.finditer(before)]
    return replace(found, op=max(ops)[1] if ops else None)
