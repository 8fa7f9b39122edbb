"""Dates in all written forms, as ISO strings with offsets."""

import re
from calendar import monthrange
from datetime import date, timedelta

from pipeline.values.found import Found, without_overlaps
from pipeline.values.numerals import CARDINAL_WORDS, ORDINAL_WORDS, cardinal, ordinal

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH = re.compile(  # begins with one set of letters, so that the scan is fast; lower case is left out ("you may 20 ...")
    r"[JFMASOND](?:an|un|ul|eb|ar|ay|pr|ug|ep|ct|ov|ec|AN|UN|UL|EB|AR|AY|PR|UG|EP|CT|OV|EC)(?:[a-z]{1,6}|[A-Z]{1,6})?(?![a-z])\.?"
)
_DAY_BEFORE = re.compile(
    rf"(?<![\w$.,/])(?:(?P<digits>[0-3]?\d)(?:\s?(?:st|nd|rd|th)\b\.?)?|(?P<words>{ORDINAL_WORDS}))[\s_]*"
    r"(?:\(\s*\d{1,2}\s*(?:st|nd|rd|th)?\s*\)\s*)?(?:day[\s_]*)?(?:of\s*)?(?:the\s+month\s+of\s*)?[\s_,-]{0,6}$",
    re.IGNORECASE,
)
_BLANK_BEFORE = re.compile(r"(?:day\s+of|_|\.{3})[\s_,]*$", re.IGNORECASE)
_YEAR = r"(?P<year>(?:19|20)\s?\d\s?\d(?!\d)|['’]?\d\d(?![\d,%])|" + CARDINAL_WORDS + ")"
_DAY_AFTER = re.compile(
    rf"[\s_-]{{0,4}}(?:the\s+)?(?:(?P<digits>[0-3]?\d)(?!\d)(?:\s?(?:st|nd|rd|th)\b)?|(?P<words>{ORDINAL_WORDS})\b)"
    rf"[_\s]{{0,3}}(?:\(\d{{1,2}}\)\s*)?(?:[,._-][\s_]{{0,3}}|\s{{1,3}}|\s+of\s+)(?:,\s*)?{_YEAR}",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(rf"(?P<separator>[\s_]{{0,12}},?[\s_-]{{0,3}}|\s*(?:,\s*)?(?:in\s+the\s+year\s+(?:of\s+)?|A\.?\s?D\.?,?\s*)){_YEAR}", re.IGNORECASE)  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{2}(?:\d\d)?)(?![\d/]|[.-]\d{1,2}(?![\d/]))")


def iso(year: int, month: int, day: int | None = None) -> str | None:
    """The ISO form of a date, None if there is no such day.

    >>> iso(2010, 5, 1), iso(2010, 5), iso(2010, 2, 30)
    ('2010-05-01', '2010-05', None)
    """
    if not (1 <= month <= 12 and 1600 <= year <= 2200):
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= monthrange(year, month)[1] else None


def find_dates(text: str, day_first: bool = False, blanks: bool = False) -> list[Found[str]]:
    """Every date in `text`, as "YYYY-MM-DD", or "YYYY-MM" where no day is written. A blank to fill in is no date.

    Args:
        text: any text.
        day_first: how to read "4/5/2010": False as in the US (April 5).
        blanks: give the month where the day was left blank ("this __ day of May, 2010": "2010-05").

    >>> [f.value for f in find_dates("made this 1st day of May, 2010; until 5/1/12 or 28-Sep-2021; June 2020; May __, 2010")]
    ['2010-05-01', '2012-05-01', '2021-09-28', '2020-06']
    """
    found = [f for m in _MONTH.finditer(text) if (f := _written(text, m, blanks))]
    found += [f for m in _NUMERIC.finditer(text) if (f := _numeric(text, m, day_first))]
    return without_overlaps(found)


def _written(text: str, month: re.Match[str], blanks: bool) -> Found[str] | None:
    """The date around a month's name: "May 1, 2010", "1st day of May, 2010", "May 2010"."""
    number = _month_number(month[0].rstrip("."))
    if not number or (month.start() and text[month.start() - 1].isalpha()):
        return None
    if (after := _DAY_AFTER.match(text, month.end())) and (year := _year(after["year"])):
        value = iso(year, number, int(after["digits"]) if after["digits"] else ordinal(after["words"]))
        if value:
            return Found(month.start(), after.end(), value)
    after = _YEAR_AFTER.match(text, month.end())
    if not after or not (year := _year(after["year"])):
        return None
    short = not re.match(r"(?:19|20)\d", after["year"])
    window = text[max(0, month.start() - 60) : month.start()]
    if before := _DAY_BEFORE.search(window):
        day = int(before["digits"]) if before["digits"] else ordinal(before["words"])
        if value := iso(year, number, day):
            return Found(month.start() - len(window) + before.start(), after.end(), value)
    gap = after["separator"]
    blank = "_" in gap or re.match(r"\s+,|\s{3}", gap) or _BLANK_BEFORE.search(window)
    if (blank and not blanks) or (short and "-" not in gap and not after["year"].startswith(("'", "’"))):
        return None
    value = iso(year, number)
    return Found(month.start(), after.end(), value) if value else None


def _numeric(text: str, match: re.Match[str], day_first: bool) -> Found[str] | None:
    """The date that digits and separators mean: "5/1/10", "2010-05-01", "30.7.2008"."""
    if match.start() and text[match.start() - 1] in "0123456789$/.,":
        return None
    first, second, third = int(match[1]), int(match[3]), match[4]
    if len(match[1]) == 4:
        value = iso(first, second, int(third))
    elif len(match[1]) == 3 or not (year := _year(third)):
        return None
    else:
        backwards = first > 12 or (second <= 12 and (day_first or match[2] == "."))
        value = iso(year, second, first) if backwards else iso(year, first, second)
    return Found(match.start(), match.end(), value) if value else None


def _month_number(name: str) -> int | None:
    """1 to 12 for a month's name or its abbreviation (also "Sept")."""
    return next(
        (i for i, full in enumerate(_NAMES, 1) if full.startswith(name.lower()) or (name.lower() == "sept" and i == 9)),
        None,
    )


def _year(text: str) -> int | None:
    """A year of four or two digits ("98" is 1998, "10" is 2010) or in words ("Nineteen hundred and ninety five")."""
    digits = re.sub(r"[\s'’]", "", text)
    if digits.isdigit():
        year = int(digits)
        return year if year > 99 else year + (2000 if year < 60 else 1900)
    year = cardinal(text) or 0
    if year < 130 and (halves := re.match(r"\s*(nineteen|twenty)[\s-]+(.+)", text, re.IGNORECASE | re.DOTALL)):
        year = 100 * (cardinal(halves[1]) or 0) + (cardinal(halves[2]) or 0)
    return year if 1900 <= year <= 2100 else None


def add_months(day: str, months: int) -> str:
    """The same day of the month `months` later, at most the month's last day. Takes and gives ISO dates.

    >>> add_months("2024-01-31", 1), add_months("2024-09", 24)
    ('2024-02-29', '2026-09')
    """
    parts = [int(p) for p in day.split("-")]
    year, month = divmod(parts[0] * 12 + parts[1] - 1 + months, 12)
    if len(parts) == 2:
        return f"{year:04d}-{month + 1:02d}"
    return f"{year:04d}-{month + 1:02d}-{min(parts[2], monthrange(year, month + 1)[1]):02d}"


def add_days(day: str, days: int) -> str:
    """`days` later than an ISO date.

    >>> add_days("2024-03-01", -1)
    '2024-02-29'
    """
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
