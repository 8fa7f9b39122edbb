"""The numbers a clause states, in the unit a rule compares: days, hours, months, percent, dollars, days of grace."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from pipeline.knowledge.cues import WORDS, Span
from pipeline.validate.grace import days_of_grace
from pipeline.values.durations import find_durations
from pipeline.values.money import find_money
from pipeline.values.numerals import ORDINAL_WORDS, cardinal, ordinal
from pipeline.values.percents import find_percents
from pipeline.values.shares import find_shares

_PER_DAY = {
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "fortnight": Decimal(14),
    "month": Decimal(30),
    "year": Decimal(365),
    "quarter": Decimal(91),
}
_TENTHS = {"fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90}
_NTH_DAY = re.compile(
    rf"\b(?P<day>\d{{1,3}}(?:st|nd|rd|th)|(?:(?:forty|fifty|sixty|seventy|eighty|ninety)[\s-])?{ORDINAL_WORDS}|{'|'.join(_TENTHS)})"
    r"(?:\s\(\d{1,3}(?:st|nd|rd|th)?\))?\s(?:(?P<business>business|working)\s|calendar\s|full\s)?day\s"
    r"(?=after|following|from|before|prior|preceding|in\sadvance|ahead)",
    re.IGNORECASE,
)
_NTH_PERIOD = re.compile(
    rf"\b(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})\s(?:full\s|calendar\s|whole\s)?(?P<unit>week|month)\s(?=after|following|from)",
    re.IGNORECASE,
)
_A_LENGTH = re.compile(
    r"\b(?:(?P<half>half\san?\s)|(?P<couple>a\scouple\sof\s)|(?<!half\s)an?\s)"
    r"(?:single\s|full\s|mere\s|calendar\s|(?P<business>business\s|working\s))?"
    r"(?P<unit>minute|hour|day|week|fortnight|month|year|quarter\sof\sa\syear|quarter)(?:['’]?s['’]?)?(?=\s(?:written\s|prior\s|advance\s|oral\s|previous\s)*"
    r"(?:notice|notification|warning|word|to\s(?:move|pack|leave|vacate|find|get\sout|clear)|ahead|before|beforehand|earlier|prior|in\sadvance|after|following|from\sthe\sday|of\s(?:your|his|her|their|the\stenant['’]?s|tenant['’]?s|the\sday|leaving|moving|vacating|surrender)|late\b|overdue|behind|past\b|of\sgrace|grace)\b)",
    re.IGNORECASE,
)
_WITHIN_A = re.compile(  # with a word before it that bounds it: "within half a year", "no later than a month from then"
    r"\b(?:within|inside|up\sto|no\s(?:more|later|longer)\sthan|not\s(?:more|later|longer)\sthan|at\smost|at\sthe\slatest|as\s(?:much|long|late)\sas|for|takes?|upon|on)\s"
    r"(?P<length>(?:(?P<half>half\san?\s)|(?P<couple>a\scouple\sof\s)|an?\s)(?P<unit>fortnight|month|year|quarter\sof\sa\syear|quarter)(?:['’]?s['’]?)?)(?!\s(?:to\smonth|rent)|['’]?s?['’]?\s(?:\w+\s)?rent|-to-)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(  # "How much notice is given? A day.", "Notice of entry: an hour"
    r"[?:]\s+(?:just\s|only\s|about\s|at\sleast\s)?(?P<length>(?:(?P<half>half\san?\s)|(?P<couple>a\scouple\sof\s)|an?\s)(?P<unit>hour|day|week|fortnight|month)s?)(?=[.,;]|\s+(?:by|in\swriting)|\s*$)",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"\b(?:the|that)\s(?:very\s)?same\s(?:day|morning|afternoon|evening|hour)\b|\bsame[- ]day\b", re.IGNORECASE
)
_NEXT_PERIOD = re.compile(
    r"\b(?:during|in|within|by\sthe\send\sof|before\sthe\send\sof|in\sthe\scourse\sof)\s(?:the|a)\s(?:next\s|following\s)?(?:calendar\s)?(?P<unit>quarter|half[\s-]year|year)\b(?:\s(?:following|after|that\sfollows))?",
    re.IGNORECASE,
)
_RENTAL_PERIOD = re.compile(
    r"\b(?:one\s(?:\(1\)\s)?(?:full\s|whole\s|complete\s|entire\s)?|an?\s(?:full|whole|complete|entire)\s)"
    r"(?:rental|rent(?:[\s-]paying)?|monthly)\s(?:period|month|term|interval)\b",
    re.IGNORECASE,
)
_PARTY = re.compile(
    rf"\b(?:(?P<either>(?:either|each|both|any)(?: of the)? (?:party|parties|side|sides)|either|(?:landlord|lessor|owner) (?:or|and) (?:tenant|lessee|resident|renter))|(?P<landlord>{WORDS['landlord']}|we\b|i\b)|(?P<tenant>{WORDS['tenant']}|you\b))"
)
_TOLD = re.compile(  # who is told is not who gives the notice: "Landlord ends it by notifying Tenant"
    r"\b(?:notify|notifies|notifying|gives?|giving|tells?|telling|informs?|informing|advises?|advising|sends?|sending|serv(?:e|es|ing)(?: upon| on)?|allows?|allowing|owes?|to|upon) (?:the )?$"
)
_OBJECT = 20  # characters before a party in which it is said that it is told
_OF_RENT = re.compile(
    r"(?:['’]s?)?\s(?:(?:total|full|base|gross|net|of|the|monthly|then|current)\s)*rent(?:al)?\b", re.IGNORECASE
)
Number = tuple[Decimal, Span]
Party = Literal["landlord", "tenant", "either"]
_NOT_LATE = re.compile(
    r"['’]?s?['’]?\s(?:(?:prior|written|advance|calendar)\s)*(?:notice|warning|lease|term|demand)\b", re.IGNORECASE
)


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
        shares = list(_months_of_rent(part)) if unit == "months" else []
        for value, (low, high) in shares:
            yield value, (start + low, start + high)
        for value, (low, high) in _lengths("days" if unit == "grace_days" else unit, part):
            if any(low < end and high > begin for _, (begin, end) in shares):
                continue
            if unit != "grace_days" or not _NOT_LATE.match(part, high):
                yield value, (start + low, start + high)
    if unit == "grace_days":
        for value, (low, high) in days_of_grace(part, due_day):
            yield value, (start + low, start + high)


def _months_of_rent(text: str) -> Iterator[Number]:
    """Months' rent that are no length of time: "twice the rent", "three quarters of the monthly rent"."""
    for share in find_shares(text):
        yield round(Decimal(str(share.value)), 4), (share.start, share.end)


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
    before = [
        m
        for m in _PARTY.finditer(plain, low, place[0])
        if not _TOLD.search(plain[max(low, m.start() - _OBJECT) : m.start()])
    ]
    after = _PARTY.search(plain, place[1], high)
    named = before[-1] if before else after
    if named is None:
        return "either"
    return "landlord" if named["landlord"] else "tenant" if named["tenant"] else "either"


def _lengths(unit: str, text: str) -> Iterator[Number]:
    found = [
        (Decimal(str(f.value.count)) * _PER_DAY[f.value.unit], f.value.business, (f.start, f.end))
        for f in find_durations(text, minutes=True)
    ]
    if unit == "hours":  # "by a text the same morning" is no hours before
        found += [(Decimal(0), False, match.span()) for match in _SAME_DAY.finditer(text)]
    for days, business, place in sorted([*found, *_worded(text)], key=lambda n: n[2]):
        if unit != "months" and _OF_RENT.match(text, place[1]):
            continue  # "one month's rent" is an amount
        calendar = days * 7 / 5 if business else days  # five working days fill a calendar week
        yield round({"hours": calendar * 24, "days": calendar, "months": calendar / 30}[unit], 4), place


def _worded(text: str) -> Iterator[tuple[Decimal, bool, Span]]:
    """Lengths that no number stands before: "the 75th day after", "a day ahead", "half an hour's notice"."""
    for match in _NTH_DAY.finditer(text):
        counted_from = text[max(0, match.start() - 9) : match.start()].lower().endswith(("from ", "from the "))
        if (day := _nth(match["day"])) is not None and not counted_from:
            yield Decimal(day), bool(match["business"]), match.span()
    for match in _NTH_PERIOD.finditer(text):
        if (nth := _nth(match["nth"])) is not None:
            yield nth * _PER_DAY[match["unit"].lower()], False, match.span()
    for match in _RENTAL_PERIOD.finditer(text):
        yield _PER_DAY["month"], False, match.span()
    said: set[int] = set()
    for match in _A_LENGTH.finditer(text):
        said.add(match.start())
        yield _count(match) * _PER_DAY[match["unit"].lower().split()[0]], bool(match["business"]), match.span()
    for match in (*_WITHIN_A.finditer(text), *_ANSWERED.finditer(text)):
        if match.start("length") not in said:
            yield _count(match) * _PER_DAY[match["unit"].lower().split()[0]], False, match.span("length")
    for match in _NEXT_PERIOD.finditer(text):
        yield (
            Decimal(91 if match["unit"].lower() == "quarter" else 182 if match["unit"].lower() != "year" else 365),
            False,
            match.span(),
        )


def _count(match: re.Match[str]) -> Decimal:
    """How many of a unit "half a", "a couple of" and "a" are."""
    return Decimal("0.5") if match["half"] else Decimal(2) if match["couple"] else Decimal(1)


def _nth(words: str) -> int | None:
    """The number of an ordinal up to ninety-ninth.

    >>> _nth("75th"), _nth("forty-fifth"), _nth("sixtieth"), _nth("first")
    (75, 45, 60, 1)
    """
    tens, _, rest = words.lower().replace(" ", "-").rpartition("-")
    if tens or rest in _TENTHS:
        ten = _TENTHS.get(rest, 0) or cardinal(tens) or 0
        return ten + (0 if rest in _TENTHS else ordinal(rest) or 0)
    return ordinal(rest)
