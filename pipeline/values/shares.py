"""Shares and multiples of the rent in words: "one-eighth of the overdue rent", "half a month's rent", "twice the monthly rent"."""

import re
from collections.abc import Iterator

from pipeline.values.found import Found
from pipeline.values.numerals import cardinal, ordinal

_COUNTS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_NTHS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "fourth": 4, "third": 3, "hundredth": 100}
_NTH = (
    r"(?:half|halves|quarters?|thirds?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|elevenths?|twelfths?"
    r"|fifteenths?|sixteenths?|twentieths?|thirtieths?|fortieths?|fiftieths?|hundredths?)"
)
_RENT = (
    r"(?:(?:the|a|an|one|any|that|your|our|such|said|each|full|total|overdue|unpaid|late|past[- ]due|delinquent|outstanding|missing|monthly|"
    r"base|contract|current|basic|remaining|month['’]?s?['’]?|amount|sum|balance|part|of|then|still|due|owed|owing|monthly|periodic)[\s-]+){0,6}"
    r"(?:rent(?:al)?|instal?lment|payment|amount|sum|balance|month|it)\b"
)
_OF_RENT = re.compile(
    rf"\b(?P<many>an?|one|two|three|four|five|seven|nine|the)?[\s-]*\b(?P<nth>{_NTH})(?:[\s-]*\(\d{{1,3}}\s?%\))?\s(?:part\s)?(?:of\s(?:{_RENT})|(?:an?|one|the)\s(?:month|rent))",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"(?<![\d/])(?P<upper>\d{{1,2}})/(?P<lower>\d{{1,3}})(?:th|rd|st|nd)?\s(?:of\s)?(?:{_RENT})", re.IGNORECASE
)
_PERIOD = re.compile(
    rf"\b(?:(?P<halved>half\s(?:of\s)?)?(?P<words>{_COUNTS}|another|further|additional|second|extra|an?)|(?P<digits>\d{{1,2}}(?:\.\d{{1,2}})?))(?P<more>(?:\sand\s|-and-)?(?:an?|one)?[\s-]?(?P<part>half|quarter)|\s?[½¼¾]|\s1/2)?"
    r"(?:\s\(\d[\d.½/]{0,4}\))?[\s-](?:(?:full|whole|calendar)\s)?(?P<unit>day|week|month)(?:['’]?s['’]?)?(?P<and>\sand\sa\shalf(?:['’]?s)?)?(?:\sof)?\s(?:(?:the|full|total|base|gross|monthly)\s)*rent\b(?!\s(?:increase|roll|control))",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?:(?P<twice>twice|double|thrice|triple|treble)|(?:(?P<words>{_COUNTS})|(?P<digits>\d(?:\.\d{{1,2}})?))(?P<half>\sand\s(?:an?|one)[\s-](?:half|quarter)|-and-(?:an?|one)-half|\s?½)?\stimes)"
    r"\s(?:(?:the|one|a|full|total|amount|of|base|gross)\s)*(?:monthly\s|month['’]s\s)?rent\b",
    re.IGNORECASE,
)
_RENT_OF = re.compile(rf"\brent (?:of|for) (?P<words>{_COUNTS}) (?:full |whole )?months?\b", re.IGNORECASE)
_ONE_MORE = ("a", "an", "another", "further", "additional", "second", "extra")
_OF_A_MONTH = {"day": 1 / 30, "week": 7 / 30, "month": 1.0}
_TWICE = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "triple": 3.0, "treble": 3.0}


def find_shares(text: str) -> list[Found[float]]:
    """Every share or multiple of a month's rent that is written in words, as a number of months' rent.

    >>> [round(f.value, 4) for f in find_shares("one-eighth of the overdue rent, a tenth of the rent, or half a month's rent")]
    [0.125, 0.1, 0.5]
    >>> [f.value for f in find_shares("one and a half months' rent, twice the rent, 2.5 times the monthly rent")]
    [1.5, 2.0, 2.5]
    """
    found: list[Found[float]] = []
    for share in sorted(
        (*_fractions(text), *_periods(text), *_multiples(text), *_rent_of(text)), key=lambda f: (f.start, -f.end)
    ):
        if not found or share.start >= found[-1].end:
            found.append(share)
    return found


def _rent_of(text: str) -> Iterator[Found[float]]:
    for match in _RENT_OF.finditer(text):
        yield Found(match.start(), match.end(), float(cardinal(match["words"]) or 1))


def _fractions(text: str) -> Iterator[Found[float]]:
    for match in _OF_RENT.finditer(text):
        upper = cardinal(match["many"]) if match["many"] and match["many"].lower() not in ("a", "an", "the") else 1
        lower = _lower(match["nth"])
        if match["many"] and match["many"].lower() == "the" and lower != 2:
            continue  # "the fifth of the month"
        if not match["many"] and lower != 2:
            continue  # "twentieth of the month"
        if upper and lower:
            yield Found(match.start(), match.end(), upper / lower)
    for match in _FIGURES.finditer(text):
        if int(match["lower"]):
            yield Found(match.start(), match.end(), int(match["upper"]) / int(match["lower"]))


def _lower(nth: str) -> int:
    """The number below the line of a fraction.

    >>> _lower("eighths"), _lower("half"), _lower("twentieth")
    (8, 2, 20)
    """
    word = nth.lower()
    tens = {"fortieth": 40, "fiftieth": 50}
    singular = word.removesuffix("s")
    return _NTHS.get(word) or _NTHS.get(singular) or tens.get(singular) or ordinal(singular) or 0


def _periods(text: str) -> Iterator[Found[float]]:
    for match in _PERIOD.finditer(text):
        words = (match["words"] or "").lower()
        count = (
            float(match["digits"]) if match["digits"] else 1.0 if words in _ONE_MORE else float(cardinal(words) or 0)
        )
        more = match["more"] or ""
        if more or match["and"]:
            count += 0.25 if match["part"] == "quarter" or "¼" in more else 0.75 if "¾" in more else 0.5
        if match["halved"]:
            count /= 2
        if count:
            yield Found(match.start(), match.end(), count * _OF_A_MONTH[match["unit"].lower()])


def _multiples(text: str) -> Iterator[Found[float]]:
    for match in _TIMES.finditer(text):
        if match["twice"]:
            yield Found(match.start(), match.end(), _TWICE[match["twice"].lower()])
            continue
        count = float(match["digits"]) if match["digits"] else float(cardinal(match["words"]) or 0)
        half = 0.25 if match["half"] and "quarter" in match["half"] else 0.5 if match["half"] else 0.0
        yield Found(match.start(), match.end(), count + half)
