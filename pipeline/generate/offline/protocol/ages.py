"""Age limits in a sentence: "18 to 75 years", "at least 50 years of age", "≥ 6 months and < 12 years"."""

import re
from collections.abc import Sequence

_YEARS = r"(?:\s*[- ]?(?:years?|yrs?\.?|y/o)\b(?:[- ]old)?)"
_OF_AGE = r"(?:\s*(?:of age|old|in age))?"
_RANGE = re.compile(
    rf"(?i)(?<![\d.])(\d{{1,2}})(?:{_YEARS}(?:\s+of\s+age)?)?\s*(?:\(inclusive\)\s*)?(?:to|through|-|–|and|until|up to)\s*(?:(?:≤|<=|<|under|less than|including)\s*)?(\d{{1,3}})\s*(?:\(?inclusive\)?,?\s*)?(?:{_YEARS}|\s*\(?inclusive)"
)
_RANGE_AFTER = re.compile(
    r"(?i)(?:\bages?d?|age range|between(?: the ages of)?)\s*(?:is|of|:|between|from)?\s*(\d{1,2})\s*(?:to|through|-|–|and)\s*(\d{1,3})\b(?!\s*(?:weeks|months|days|kg|mg|%))"
)
_RANGE_SIGNS = re.compile(
    rf"(?i)(?:≥|>=|>|at least|over)\s*(\d{{1,2}}){_YEARS}?\s*(?:{_OF_AGE})\s*(?:and|to|,|but)\s*(?:≤|<=|<|no (?:more|older) than|less than|under|up to|not older than)\s*(\d{{1,3}}){_YEARS}?"
)
_MIN = (
    re.compile(rf"(?i)(?:≥|>=|⩾|\bat least|\bminimum (?:age )?(?:of )?|greater than or equal to|equal to or (?:greater|older) than|not less than|no younger than|\bfrom|older than or equal to)\s*(?:≥\s*)?(\d{{1,2}}){_YEARS}"),
    re.compile(rf"(?i)(?<![\d.≤<])(\d{{1,2}}){_YEARS}{_OF_AGE},?\s*(?:\([^)]{{0,40}}\)\s*)?(?:or|and|&)\s*(?:older|above|over|greater|more|up\b|elder)"),
    re.compile(rf"(?i)(?:\bage[ds]?|\baged)\s*(?:≥|>=|of|:|is|must be|over)?\s*(?:≥\s*)?(\d{{1,2}})\s*(?:{_YEARS}|\s*(?:or|and)\s*(?:older|over|above)|\s*$)"),
    re.compile(rf"(?i)(?:older than|over the age of|above the age of|>|over)\s*(\d{{1,2}}){_YEARS}"),
    re.compile(r"(?i)\bage[sd]?\s*(?:≥|>=|>)\s*(\d{1,2})\b"),
    re.compile(rf"(?i)(?:^|\b(?:man|woman|men|women|males?|females?|adults?|subjects?|patients?|participants?|who (?:is|are))\s+(?:\w+\s+){{0,2}}?)(?:is|are|be)?\s*(\d{{1,2}}){_YEARS}"),
)  # fmt: skip
_MAX = (
    re.compile(rf"(?i)(?:≤|<=|⩽|no (?:older|more) than|not (?:older|more) than|\bup to|maximum (?:age )?(?:of )?|less than or equal to|through|not exceed(?:ing)?)\s*(?:≤\s*)?(\d{{1,3}}){_YEARS}"),
    re.compile(rf"(?i)(?:<|less than|under|younger than|below)\s*(\d{{1,3}}){_YEARS}"),
    re.compile(rf"(?i)(?<!\d)(\d{{1,3}}){_YEARS}{_OF_AGE}\s*(?:or|and)\s*(?:younger|under|less|below)"),
)  # fmt: skip
_MONTHS_TO_YEARS = re.compile(
    rf"(?i)(?<!\d)(\d{{1,2}})\s*(months?|weeks?)(?: of age| old)?,?\s*(?:to|through|-|–|and|up to)\s*(?:≤|<|under |less than )?\s*(\d{{1,2}}){_YEARS}"
)
_OR_YOUNGER = re.compile(rf"(?i){_OF_AGE}\s*(?:or|and)\s*(?:younger|under|less|below)")
_MONTHS = re.compile(
    r"(?i)(?:≥|>=|at least|from|aged?|between)\s*(\d{1,2})\s*(weeks?|months?)\b(?!\s*(?:prior|before|after|of treatment))"
)
_BIRTH = re.compile(r"(?i)(?:from|at) birth|newborn|neonat")
AGE_TALK = re.compile(r"(?i)\bage[ds]?\b|\byears?\b|\byrs?\b|\bold(?:er)?\b")
_NOT_AGE = re.compile(
    r"(?i)\b(?:within|during|in|over|for|past|last|previous|preceding|than) (?:the )?(?:last |past |previous |preceding |prior )?$|\b(?:history|duration|diagnos\w+|expectancy|smok\w+|disease|since|free|remission|follow)\b[^.;]{0,60}$"
)
_LOCAL = re.compile(
    r"(?i)\b(?:japan|korea|taiwan|china|india|only for|in countries|country|legal age|where|thailand|germany|EU)\b"
)


def age_limits(words: str) -> tuple[float | None, float | None]:
    """The lowest and the highest age that a sentence admits, in years; None where it sets no limit.

    >>> age_limits("Male or female, aged ≥18 years at the time of consent"), age_limits("18 to 55 years of age, inclusive")
    ((18, None), (18, 55))
    >>> age_limits("Age 65 years or younger"), age_limits("No surgery within 5 years")
    ((None, 65), (None, None))
    """
    ranges = [
        (int(m[1]), int(m[2]), m.start(), m.end())
        for pattern in (_RANGE_SIGNS, _RANGE, _RANGE_AFTER)
        for m in pattern.finditer(words)
        if int(m[1]) < int(m[2]) and 3 <= int(m[2]) <= 120 and not _NOT_AGE.search(words[: m.start()])
    ]
    if mixed := _MONTHS_TO_YEARS.search(words):
        unit = 12 if mixed[2].lower().startswith("m") else 52
        return _whole(round(int(mixed[1]) / unit, 2)), int(mixed[3])
    lows = [
        (m.start(1), float(m[1]))
        for p in _MIN
        for m in p.finditer(words)
        if _is_age(words, m) and not _OR_YOUNGER.match(words, m.end())
    ]
    highs = [
        (m.start(), float(m[1])) for p in _MAX for m in p.finditer(words) if float(m[1]) >= 3 and _is_age(words, m)
    ]
    if ranges:
        return _whole(min([r[0] for r in ranges] + [v for _, v in lows])), _highest(ranges, lows)
    low = min(lows)[1] if lows else None
    high = highs[0][1] if highs else None
    if low is not None and high is not None and high <= low:
        high = None
    if low is None and (months := _MONTHS.search(words)) and re.search(r"(?i)\bage", words):
        low = round(int(months[1]) / (12 if months[2].lower().startswith("m") else 52), 2)
    return _whole(low), _whole(high)


def _highest(ranges: Sequence[tuple[int, int, int, int]], lows: Sequence[tuple[int, float]]) -> float | None:
    """The top of several age groups; none if one of them is open above."""
    top = max(high for _, high, _, _ in ranges)
    open_above = any(
        value >= top - 1 and all(not start <= at < end for _, _, start, end in ranges) for at, value in lows
    )
    return None if open_above else top


def _is_age(words: str, match: re.Match[str]) -> bool:
    """Whether years are an age, not the length of an illness; limits for one country do not count."""
    before, after = words[max(0, match.start() - 80) : match.start()], words[match.end() : match.end() + 40]
    if _NOT_AGE.search(before) or re.match(r"\s*(?:prior|before|after|ago|from|since|history|of (?!age)|post)", after):
        return False
    clause = before[max(before.rfind(";"), before.rfind("("), before.rfind(". ")) + 1 :]
    return not _LOCAL.search(clause) and not re.match(
        r"\s*(?:of age)?\s*(?:or older )?(?:\(?in|for) (?:japan|korea|taiwan|sites)", after, re.IGNORECASE
    )


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value
