"""What a late charge comes to: "$50", "5% of the rent", "$25 plus $10 per day, at most $100", as one amount of money."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.values.money import find_money
from pipeline.values.percents import find_percents
from pipeline.values.shares import find_shares

_DAYS = 30  # of delay, over which a daily charge is counted
_WEEKS = 4
_EACH = r"(?:per|each|every|a|an|for (?:each|every|any))\s+(?:and\s+every\s+)?(?:additional\s+|calendar\s+|further\s+|subsequent\s+|extra\s+|single\s+|full\s+|business\s+|late\s+|such\s+)*"
_DAILY = re.compile(
    rf"^[\s)]*(?:more )?(?:(?:is|are|be) (?:then |also )?(?:added|owed|charged|payable|incurred) )?(?:per (?:tenant|person|unit|occurrence) )?(?:(?:as|in) an? [\w ]{{1,20}})?{_EACH}day\b|^[\s)]*(?:a )?daily\b",
    re.I,
)
_WEEKLY = re.compile(rf"^[\s)]*(?:more )?(?:{_EACH}week\b|weekly\b)", re.I)
_DAILY_BEFORE = re.compile(
    r"\b(?:daily|per[- ]day) (?:late )?(?:fee|charge|penalty|amount)s?(?: \w+){0,3} $"
    r"|\b(?:for )?(?:each|every) (?:additional |calendar |further |late )?day(?:,? \w+){0,8},? $",
    re.I,
)
_YEARLY = re.compile(r"^[\s)]*(?:of [\w ]{0,30})?(?:per annum|per year|a year|annually|yearly|annual)\b", re.I)
_CAP = re.compile(
    r"\b(?:(?:not|never)(?: to)? (?:exceed(?:ing)?|above|over|beyond|go(?:es|ing)? (?:above|over|beyond|past))|exceed(?:s)? (?:neither|no more than)"
    r"|(?:may|can|shall|will|must) (?:not|never) (?:exceed|be more than|come to more than|go (?:above|over|beyond|past)|pass|top|total more than)"
    r"|maximum(?: [a-z]+){0,4}|max\.?|up to|at most|(?:no|not|nor|never|neither) (?:be )?more than|capped at|limited to|cap of|ceiling of|limit of"
    r"|(?:until|till|when) (?:it|they|the (?:charge|fee|total|sum)s?) (?:reach(?:es)?|come(?:s)? to|total(?:s)?|amount(?:s)? to)|stop(?:s|ping)? (?:at|once it reaches)"
    r"|nor (?:above|over|beyond|in excess of)|(?:nothing|none) (?:above|over|beyond)|(?:in no (?:event|case)|never|not) (?:above|over|in excess of|greater than|beyond))"
    r"(?: (?:of|a|an|the|total|sum|is|late|fees?|charges?|maximum|lesser|greater|in|all|aggregate|altogether|or|nor|both))* $",
    re.I,
)
_CAP_AFTER = re.compile(
    r"^[\s)]*(?:(?:in (?:the )?)?(?:all|total|aggregate)\b(?! of)|at (?:the )?most\b|altogether\b|all told\b|(?:maximum|max\b|cap\b|ceiling\b|limit\b|or less\b))",
    re.I,
)
_ABOVE = re.compile(
    r"\b(?:above|over|beyond|(?<!not )(?<!not to )(?<!may not )(?<!never )(?<!neither )exceed(?:s|ing)?|(?:in )?excess of)(?: the (?:first )?)?\s*$",
    re.I,
)
_FIRST = re.compile(r"\b(?:on|of|for|from) (?:the|its|your) first $|\bthe first $", re.I)
_LESSER = re.compile(
    r"\b(?:lesser|lower|smaller|whichever (?:amount )?is (?:the )?(?:less|lesser|lower|smaller))\b", re.I
)
_PLUS = re.compile(
    r"\b(?:plus|and (?:a |an )?(?:further|additional|another|extra|then)|in addition|together with|on top|increased by)\b",
    re.I,
)
_FLOATING = re.compile(
    r"\b(?:prime|base rate|libor|sofr|treasury|judgment rate|legal rate|prescribed rate|default rate|lawful rate|maximum rate)\b",
    re.I,
)
_SUBJECT = re.compile(
    r"^ (?:is|are|was|be|remains?|goes|stays|comes?|arrives?|has|reaches|not)\b(?! (?:then |also |thereupon )?(?:owed|added|charged|payable)\b)",
    re.I,
)
_BASE = re.compile(r"(?:%|\bper ?cent)\)? of (?:the |an? |any )?$", re.I)
_CUT = re.compile(r"\b(?:each|every|any|per) (?:\w+ )?(?:day|week)$", re.I)
_SENTENCE = re.compile(r"[^.;]*(?:\.\d\d[^.;]*)?")

Role = Literal["once", "daily", "weekly", "cap"]


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
    >>> [int(late_charge(p, rent)) for p in ("$50", "5% of the rent", "$75 or 10% of the rent, whichever is less")]
    [50, 50, 75]
    >>> int(late_charge("4% of one month's rent, once", rent))
    40
    >>> [int(late_charge(p, rent)) for p in ("a tenth of the rent", "$10 on the first $500 plus 5% of what exceeds $500")]
    [100, 35]
    >>> [int(late_charge(p, rent)) for p in ("$10 per day", "$20 plus $5 per day, at most $60")]
    [300, 60]
    >>> late_charge("interest at the prime rate", rent) is None
    True
    """
    if _FLOATING.search(phrase):
        return None
    if _CUT.search(phrase) and (
        rest := _SENTENCE.match(around)
    ):  # "$100 and, for each further day", "until paid, another $25"
        phrase += rest[0]
    parts = list(_parts(phrase, rent))
    further = [p for p in _parts(around, rent) if p.role == "cap"] if around else []
    if any(p.percent for p in parts) and rent is None:
        return None
    once = [p.amount for p in parts if p.role == "once"]
    daily = [p.amount for p in parts if p.role == "daily"]
    weekly = [p.amount for p in parts if p.role == "weekly"]
    if not parts:
        return None
    lesser = _LESSER.search(phrase) or (len(once) > 1 and _LESSER.search(around))
    charge = _together(once, phrase, bool(lesser)) + _DAYS * max(daily, default=Decimal(0))
    charge += _WEEKS * max(weekly, default=Decimal(0))
    caps = [p.amount for p in (*parts, *further) if p.role == "cap"]
    if not (once or daily or weekly):
        return min(caps)
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
    return min(once) if lesser else sum(once, Decimal(0)) if _PLUS.search(phrase) else max(once)


def _parts(phrase: str, rent: Decimal | None) -> Iterator[_Part]:
    """The amounts of a phrase in order; a percentage is taken of the rent, or of what of it is above a sum."""
    sums = [(f.start, f.end, f.value.number) for f in find_money(phrase)]
    if not sums and (bare := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*", phrase)):
        yield _Part(0, Decimal(bare[1]), "once")
    steps = {start: number for start, end, number in sums if _is_step(phrase, start, end)}
    above = max(steps.values(), default=Decimal(0))
    before: set[Decimal] = set()
    for start, end, number in sums:
        if start not in steps and not (number in before and _closes(phrase, start, end)):
            yield _Part(start, number, _role(phrase, start, end))
        before.add(number)
    base = rent or Decimal(0)
    for start, end, share in _shares(phrase):
        part = share * max(base - above, Decimal(0))
        if _YEARLY.search(phrase[end:]):
            part /= 12
        yield _Part(start, round(part, 2), _role(phrase, start, end), percent=True)


def _closes(phrase: str, start: int, end: int) -> bool:
    """Whether a sum stands alone behind a colon at the end, where what a condition led up to is said once more."""
    return not phrase[end:].strip() and phrase[:start].rstrip().endswith(":")


def _is_step(phrase: str, start: int, end: int) -> bool:
    """Whether a sum is a part of the rent that a charge is counted on ("the first $500", "what is above $500")."""
    before = phrase[:start]
    return bool(_ABOVE.search(before) or _FIRST.search(before)) and _role(phrase, start, end) != "cap"


def _shares(phrase: str) -> Iterator[tuple[int, int, Decimal]]:
    """Percentages and fractions of the rent, as shares of 1."""
    for percent in find_percents(phrase):
        yield percent.start, percent.end, Decimal(str(percent.value)) / 100
    for share in find_shares(phrase):
        if _SUBJECT.search(phrase[share.end :]):  # "$80 if a month's rent is five days late"
            continue
        if _BASE.search(phrase[: share.start]):  # "4 % of one month's rent"
            continue
        yield share.start, share.end, Decimal(str(share.value))


def _role(phrase: str, start: int, end: int) -> Role:
    before = phrase[max(0, start - 60) : start].replace("(", " ").replace("  ", " ")
    if _CAP.search(before if before.endswith(" ") else f"{before} ") or _CAP_AFTER.search(phrase[end : end + 30]):
        return "cap"
    after = phrase[end : end + 45]
    if _DAILY.search(after) or _DAILY_BEFORE.search(before):
        return "daily"
    return "weekly" if _WEEKLY.search(after) else "once"
