"""What a late charge comes to: "$50", "5% of the rent", "$25 plus $10 per day, at most $100", as one amount of money."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.values.money import find_money
from pipeline.values.percents import find_percents

_DAYS = 30  # of delay, over which a daily charge is counted
_DAILY = re.compile(
    r"^[\s)]*(?:per (?:tenant|person|unit|occurrence) )?(?:(?:as|in) an? [\w ]{1,20})?(?:per|each|every|a|an|for (?:each|every))\s+(?:and\s+every\s+)?(?:additional\s+|calendar\s+|further\s+|subsequent\s+|business\s+)*day\b|^[\s)]*daily\b",
    re.I,
)
_DAILY_BEFORE = re.compile(
    r"\b(?:daily|per[- ]day) (?:late )?(?:fee|charge|penalty|amount)s?(?: \w+){0,3} $"
    r"|\bfor each (?:additional |calendar |further )?day(?: \w+){0,8} $",
    re.I,
)
_YEARLY = re.compile(r"^[\s)]*(?:of [\w ]{0,30})?(?:per annum|per year|a year|annually|yearly|annual)\b", re.I)
_CAP = re.compile(
    r"\b(?:(?:not|never)(?: to)? exceed(?:ing)?|exceed(?:s)? (?:neither|no more than)|maximum(?: [a-z]+){0,4}|max\.?|up to|at most|no more than|not more than|capped at|limited to|cap of)"
    r"(?: (?:of|a|an|the|total|sum|is|late|fees?|charges?|maximum|lesser|greater|in|all|aggregate))* $",
    re.I,
)
_ABOVE = re.compile(r"\b(?:above|over|(?<!not )(?<!to )(?<!neither )exceed(?:s|ing)?|in excess of)\s*$", re.I)
_LESSER = re.compile(
    r"\b(?:lesser|lower|smaller|whichever (?:amount )?is (?:the )?(?:less|lesser|lower|smaller))\b", re.I
)
_FLOATING = re.compile(
    r"\b(?:prime|base rate|libor|sofr|treasury|judgment rate|legal rate|prescribed rate|default rate|lawful rate|maximum rate)\b",
    re.I,
)

Role = Literal["once", "daily", "cap", "above"]


@dataclass(frozen=True, slots=True)
class _Part:
    """One amount of a phrase and what it is there for."""

    start: int
    amount: Decimal
    role: Role
    percent: bool = False


def late_charge(phrase: str, rent: Decimal | None, around: str = "") -> Decimal | None:
    """The most that is charged on one month's rent that stays unpaid for a month; None if that cannot be told.

    Args:
        phrase: the charge in a few words, as it was read.
        rent: the monthly rent, of which percentages are taken.
        around: the document from the phrase on, where a ceiling or a daily part may follow.

    >>> rent = Decimal(1000)
    >>> [late_charge(p, rent) for p in ("$50", "5% of the rent", "$75 or 10% of the rent, whichever is less")]
    [Decimal('50'), Decimal('50.0'), Decimal('75')]
    >>> [late_charge(p, rent) for p in ("$10 per day", "$20 plus $5 per day, at most $60", "interest at the prime rate")]
    [Decimal('300'), Decimal('60'), None]
    """
    if _FLOATING.search(phrase):
        return None
    parts = list(_parts(phrase, rent))
    further = [p for p in _parts(around, rent) if p.role == "cap"] if around else []
    if any(p.percent for p in parts) and rent is None:
        return None
    once = [p.amount for p in parts if p.role == "once"]
    daily = [p.amount for p in parts if p.role == "daily"]
    if not once and not daily:
        return None
    lesser = _LESSER.search(phrase) or (len(once) > 1 and _LESSER.search(around))
    charge = _together(once, phrase, bool(lesser)) + _DAYS * max(daily, default=Decimal(0))
    caps = [p.amount for p in (*parts, *further) if p.role == "cap"]
    return min(charge, *caps) if caps else charge


def grows(phrase: str) -> bool:
    """Whether a charge grows by the day.

    >>> grows("$10 per day"), grows("$50")
    (True, False)
    """
    return any(part.role == "daily" for part in _parts(phrase, Decimal(1)))


def _together(once: list[Decimal], phrase: str, lesser: bool) -> Decimal:
    if not once:
        return Decimal(0)
    return min(once) if lesser else sum(once, Decimal(0)) if re.search(r"\bplus\b", phrase) else max(once)


def _parts(phrase: str, rent: Decimal | None) -> Iterator[_Part]:
    """The amounts of a phrase in order; a percentage is taken of the rent, or of what of it is above a sum."""
    sums = [(f.start, f.end, f.value.number) for f in find_money(phrase)]
    if not sums and (bare := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*", phrase)):
        yield _Part(0, Decimal(bare[1]), "once")
    above = next((n for start, _, n in sums if _ABOVE.search(phrase[:start])), Decimal(0))
    for start, end, number in sums:
        if not _ABOVE.search(phrase[:start]):
            yield _Part(start, number, _role(phrase, start, end))
    for percent in find_percents(phrase):
        share = Decimal(str(percent.value)) * max((rent or Decimal(0)) - above, Decimal(0)) / 100
        if _YEARLY.search(phrase[percent.end :]):
            share /= 12
        yield _Part(percent.start, share, _role(phrase, percent.start, percent.end), percent=True)


def _role(phrase: str, start: int, end: int) -> Role:
    before = phrase[max(0, start - 60) : start].replace("(", " ").replace("  ", " ")
    if _CAP.search(before if before.endswith(" ") else f"{before} "):
        return "cap"
    if _DAILY.search(phrase[end : end + 45]) or _DAILY_BEFORE.search(before):
        return "daily"
    return "once"
