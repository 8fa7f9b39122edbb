"""The day of the month on which the rent is due."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, deep, fired, place
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.values.keywords import places
from pipeline.values.numerals import ORDINAL_WORDS, cardinal, ordinal

CUES = (
    cue("rent", "sentence", r"\brent(?:al|s)?\b", 1.6),
    cue("pay", "sentence", r"\b(?:pa(?:y|ys|id|yable|ying|yments?)|due|instal\w*|remit\w*|owe[sd]?|hands?|gives?|sends?)\b", 0.9),
    cue("advance", "sentence", r"\b(?:in advance|advance)\b", 1.2),
    cue("a_month", "before", r"\$ ?\d[\d,.]*\)? (?:per|a|each|every|/) ?(?:calendar )?month\b[^.;]{0,40}$", 1.4),
    cue("price_heading", "heading", r"^(?:the )?(?:price|costs?|money)\b|^(?:what|how much)\b.*\b(?:costs?|pays?|owes?|due)\b|^how much", 1.2),
    cue("due_near", "near", r"\b(?:due|payable|advance|paid|before|instal\w*)\b[^.;]{0,30}$", 0.9),
    cue("rent_label", "label", r"rent|due|payment", 1.4),
    cue("rent_heading", "heading", r"\brent(?:al)?\b|payment", 1.2),
    cue("late", "sentence", r"\b(?:late|overdue|delinquen\w*|default|not (?:received|paid)|grace|interest)\b", -1.2),
    cue("other", "sentence", r"\b(?:statement|operating|taxes|adjust\w*|escalation|commencement date|terminat\w*|notice|expir\w*|anniversary|electric\w*|commenc\w+ on the|additional rent|deemed|insurance|certificate|following|next succeeding)\b", -0.7),
    cue("after_near", "near", r"\b(?:after|beyond|past|later than|until|ending|prior to)\b[^.;]{0,12}$", -1.2),
    cue("paid_after", "near", r"\b(?:after|until|beyond|past) (?:the )?$", -1.2),
    cue("each", "inside", r"each|every|any", 0.8),
)  # fmt: skip
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty)"
_MONTH_DAY = re.compile(
    rf"(?P<day>{ORDINAL_WORDS}|\d{{1,2}}\s?(?:st|nd|rd|th)|(?<=day )(?:\d{{1,2}}|{_SMALL})(?=\s))\.?[\s_]*(?:\(\s?(?:the\s)?\d{{1,2}}\s?(?:st|nd|rd|th)?\s?\)\s*)?(?:(?:calendar|business)\s+)?(?P<of>day\s+)?(?:\(\d\w*\)\s*)?(?:of|in)\s+"
    r"(?P<each>each|every|the|a|any|such)\b(?:\s+(?:and|or)\s+every)?(?:\s+(?:calendar|successive|consecutive|and|every|following|subsequent|succeeding|such|full|rental))*[\s,]+(?P<month>month)",
    re.IGNORECASE,
)
_EACH = re.compile(r"each|every|of the|of a|of any|in the|of such")
_QUARTER_DAY = re.compile(
    r"\b(?:1st|first)(?:\s+day)?\s+(?:of\s+)?(?:January|JANUARY)\b[^.]{0,12}\b(?:1st|first)?(?:\s+day)?\s*(?:of\s+)?(?:April|APRIL)\b"
)


_ON_THE = re.compile(  # "due on the first.", "each month on or before the first day", "due the 1st"
    rf"(?i)\b(?:(?:(?:up)?on|by|before|no\s+later\s+than)\s+(?:or\s+before\s+)?(?:the\s+)?|due\s+(?:the\s+)?)(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})\b(?:\s+day\b)?"
    r"(?!\s+(?:(?:day\s+)?(?:of(?!\s+(?:the\s+same|it)\b)|in|after|following)|anniversary|floor|business|month|week|year|day|calendar|rental|instal\w+|payment|check)\b)"
)


_SUM_ON_THE = re.compile(
    rf"(?i)\$\s?\d[\d,.]*\d,? (?:on|by) (?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})(?=[,.;\n]|$)"
)
"""A sum and its day in a few words: "Rent. $900 on the 1st, by check"."""


def days(layout: Layout) -> Iterator[Candidate]:
    """Days of the month on which something is due: "on the 1st of each month", "on day 1 of the month", "Due date: the 5th"."""
    text = layout.text
    for at in places(layout.low[:LIMIT], ["month"]):
        window = max(0, at - 90)
        if not _EACH.search(layout.low, max(0, at - 48), at):
            continue
        match = max(_MONTH_DAY.finditer(text, window, min(len(text), at + 6)), key=lambda m: m.end(), default=None)
        if match and match.end() >= at + 5 and (day := _day(match["day"])) and 1 <= day <= 31:
            about = context(layout, match.start(), match.end(), before=260, after=160)
            features = (*fired(CUES, about), *place(layout, match.start()), *deep(layout, match.start()))
            yield Candidate(day, match.start(), match.end(), features)
    for at in places(text, ["January", "JANUARY"]):
        if match := _QUARTER_DAY.search(text, max(0, at - 16), at + 60):
            yield Candidate(1, match.start(), match.end(), ("rent", "pay", *place(layout, match.start())))
    for at in places(
        layout.low[:LIMIT],
        [
            "due",
            "payable",
            "paid",
            "each month",
            "every month",
            "per month",
            "monthly",
            "calendar month",
            "in advance",
            "a month",
        ],
    ):
        match = _ON_THE.search(text, at, at + 90)
        if match and "." not in text[at : match.start()]:
            yield from _in_short(layout, match)
    for match in _SUM_ON_THE.finditer(text[:LIMIT]):
        yield from _in_short(layout, match)
    yield from _labelled_days(layout)


def _in_short(layout: Layout, match: re.Match[str]) -> Iterator[Candidate]:
    """The day of a match that says little more than it: "due on the first", "$900 on the 1st"."""
    if (day := ordinal(match["day"])) and 1 <= day <= 31:
        about = context(layout, match.start("day"), match.end(), before=200, after=100)
        features = ("short_form", *fired(CUES, about), *place(layout, match.start()))
        yield Candidate(day, match.start("day"), match.end(), features)


def _day(said: str) -> int | None:
    """The day of the month that "1st", "first" or, after "day", "one" means.

    >>> _day("1st"), _day("fifth"), _day("one")
    (1, 5, 1)
    """
    return ordinal(said) or cardinal(said)


_DUE_LABEL = re.compile(
    r"(?i)\b(?:due (?:date|day|on)|rent (?:is )?due|payment (?:date|day)|day (?:rent )?due)\b"
    r"|^(?:when |rent )?(?:due|payable)(?: (?:each|every) month| monthly)?$|^(?:rent |payment )day$"
)
_DUE_VALUE = re.compile(
    rf"(?i)\D{{0,30}}?\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?[/%,.]\d)|(?P<word>{ORDINAL_WORDS})\b)"
)


_RENT_LABEL = re.compile(r"(?i)^(?:the )?(?:monthly |base )*rent(?: (?:a|each|every|per) month)?$")


def _labelled_days(layout: Layout) -> Iterator[Candidate]:
    """ "Rent due: the 1st", "Due: first of the month", "Rent: $900 on the 1st"."""
    for item in layout.labels:
        if _RENT_LABEL.search(item.label) and (match := _ON_THE.search(layout.text, item.start, item.end)):
            if (day := ordinal(match["day"])) and 1 <= day <= 31:
                yield Candidate(day, match.start("day"), match.end("day"), ("rent_label", "due_near", "rent", "pay"))
            continue
        match = _DUE_LABEL.search(item.label) and _DUE_VALUE.match(layout.text, item.start, item.end)
        day = (int(match["day"]) if match["day"] else ordinal(match["word"])) if match else None
        if match and day and 1 <= day <= 31 and "$" not in match[0] and "\n" not in match[0].strip():
            name = match.lastgroup or "day"
            yield Candidate(day, match.start(name), match.end(name), ("rent_label", "due_near", "rent", "pay"))
