"""The numbers a clause states, in the unit a rule compares: days, hours, months, percent, dollars, days of grace."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from pipeline.knowledge.cues import WORDS, Span
from pipeline.values.durations import find_durations
from pipeline.values.money import find_money
from pipeline.values.numerals import ORDINAL_WORDS, ordinal
from pipeline.values.percents import find_percents

_PER_DAY = {"minute": Decimal(1) / 1440, "hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7), "month": Decimal(30), "year": Decimal(365)}
_DAY_OF_MONTH = re.compile(
    rf"(?P<before>\b(?:due|payable|paid|falls due)(?: and payable)?(?: in advance)? (?:on|by) (?:or before )?(?:the )?)?"
    rf"\b(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})\b(?: \(\d{{1,2}}(?:st|nd|rd|th)?\))?(?! (?:floor|party|parties|time|notice|offen[cs]e|violation|late))",
    re.IGNORECASE,
)
_PARTY = re.compile(
    rf"\b(?:(?P<either>(?:either|each|both|any)(?: of the)? (?:party|parties|side|sides)|either|(?:landlord|lessor|owner) (?:or|and) (?:tenant|lessee|resident|renter))|(?P<landlord>{WORDS['landlord']})|(?P<tenant>{WORDS['tenant']}))"
)
Number = tuple[Decimal, Span]
Party = Literal["landlord", "tenant", "either"]
_RENT_DUE = re.compile(r"\brent\b[^.;]{0,60}$", re.IGNORECASE)


def stated_numbers(unit: str, text: str, start: int, end: int, due_day: int = 1) -> Iterator[Number]:
    """Every number of a unit between two offsets, with its place.

    Args:
        unit: "days", "hours", "months", "percent", "dollars" or "grace_days".
        text: the document's text.
        start, end: where to look.
        due_day: day of the month on which rent is due; "the 5th" means so many days of grace after it.

    >>> [(int(n), at) for n, at in stated_numbers("days", "within two (2) weeks", 0, 20)]
    [(14, (7, 20))]
    >>> [int(n) for n, _ in stated_numbers("grace_days", "not received by the 5th day of the month", 0, 40)]
    [5]
    """
    part = text[start:end]
    if unit == "percent":
        for percent in find_percents(part):
            yield Decimal(str(percent.value)), (start + percent.start, start + percent.end)
    elif unit == "dollars":
        for amount in find_money(part):
            yield amount.value.number, (start + amount.start, start + amount.end)
    else:
        for value, (low, high) in _lengths("days" if unit == "grace_days" else unit, part):
            yield value, (start + low, start + high)
    if unit == "grace_days":
        for value, (low, high) in _days_of_grace(part, due_day):
            yield value, (start + low, start + high)


def party_of(place: Span, others: Iterable[Span], plain: str, start: int, end: int) -> Party:
    """Whose number stands at a place: of the party named last before it, else first after it, not beyond another number.

    Args:
        place: of the number.
        others: places of the other numbers.
        plain: the levelled text.
        start, end: bounds of the clause.

    >>> text = "landlord gives sixty days' notice, tenant thirty days'"
    >>> party_of((15, 25), [(42, 53)], text, 0, 54), party_of((42, 53), [(15, 25)], text, 0, 54)
    ('landlord', 'tenant')
    """
    low = max((e for s, e in others if e <= place[0]), default=start)
    high = min((s for s, e in others if s >= place[1]), default=end)
    before, after = list(_PARTY.finditer(plain, low, place[0])), _PARTY.search(plain, place[1], high)
    named = before[-1] if before else after
    if named is None:
        return "either"
    return "landlord" if named["landlord"] else "tenant" if named["tenant"] else "either"


def _lengths(unit: str, text: str) -> Iterator[Number]:
    for found in find_durations(text):
        duration = found.value
        days = Decimal(str(duration.count)) * _PER_DAY[duration.unit]
        if duration.business:
            days = days * 7 / 5  # five working days fill a calendar week
        value = {"hours": days * 24, "days": days, "months": days / 30}[unit]
        yield round(value, 4), (found.start, found.end)


def _days_of_grace(text: str, due_day: int) -> Iterator[Number]:
    """Days of the month by which rent must be there, as days late on the day after; the due day itself is none."""
    for match in _DAY_OF_MONTH.finditer(text):
        day = ordinal(match["day"])
        if day is None or day == due_day or (match["before"] and _RENT_DUE.search(text[: match.start()])):
            continue
        if day > due_day:
            yield Decimal(day - due_day + 1), match.span()
