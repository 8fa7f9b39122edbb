"""A document's text as cues read it: one case, plain marks, and a full stop only where a sentence or a row of a form ends."""

import re
from functools import lru_cache

from pipeline.values.leaders import without_leaders

_BLANKS = "\t\n\x0b\x0c\r\u00a0\u2002\u2003\u2009\u202f\u3000"
_MARKS = {"‘": "'", "’": "'", "“": '"', "”": '"', "\u2010": "-", "\u2011": "-", "–": "-", "—": "-"}
_ASCII_LOWER = {upper: chr(upper + 32) for upper in range(ord("A"), ord("Z") + 1)}
_INNER_DOT = re.compile(r"\.(?=[A-Za-z0-9])")
_ABBREVIATION_DOT = re.compile(
    r"\.(?=[ \n])(?:(?<=\b(?:No|St|Mr|Ms|Dr|Jr|Co|cf|vs|Mt|Ft)\.)|(?<=\b(?:Sec|Ave|Mrs|Inc|Civ|Gov|Rev|Apt|Ste|Esq|Ltd|Nos|U\.S|P\.O)\.)"
    r"|(?<=\b(?:Corp|Bldg)\.)|(?<=\b[A-Z]\.[A-Z]\.)(?=[ \n]\d)|(?=[ \n](?:R\.S\.|Stat\.|Rev\. Stat|Code Ann|Gen\. Laws))|(?=[ \n][a-z]))"  # "a.m. and", "etc. are": no sentence begins with a small letter
)
_INITIAL_DOT = re.compile(r"(?:(?<=\w )|(?<=[.,&] )|(?<=[(\"“\n]))(?P<letter>[A-Z])\.(?= [A-Z0-9])")
_LETTERED = re.compile(  # "Exhibit A. The rent" ends a sentence, "Harold T. Poe" does not
    r"(?:^|\W)(?i:apartment|apt|unit|suite|building|bldg|exhibit|schedule|appendix|annex|section|article|part|class|zone|lot|block|phase|wing|option|plan|tower"
    r"|room|floor|level|door|number|no|form|rider|addendum|attachment|item|paragraph|clause|type|grade|space|stall|garage|line|box \w+)[.,]? $"
)
_SAID_BEFORE = 24
_DIRECTIONS = "NSEW"
_ROW = r"[ \t]*(?:[-•*] )?[A-Z][^\n:.;?]{1,48}:[ \t]+"
_ROW_END = re.compile(rf"(?m)^{_ROW}\S[^\n]*?[\w)\"”’%](?P<end>[ \t]*\n)(?=\s*{_ROW}\S)")


@lru_cache(maxsize=4)  # a document is levelled for its kind of tenancy and for its clauses
def level(text: str) -> str:
    """The text with the same length, in lower case, white space as blanks, typographic marks plain.

    Dots that end no sentence (inside numbers, after abbreviations and initials) become commas; the row of a form that has no stop of
    its own gets one in the place of its line break.

    >>> level("Section 1950.5\\nof the “Code”.")
    'section 1950,5 of the "code".'
    >>> level("Ann T. Poe, 5 N. Oak St. Rent is due.")
    'ann t, poe, 5 n, oak st, rent is due.'
    >>> level("La. R.S. 9:3251 applies.")
    'la, r,s, 9:3251 applies.'
    >>> level("Term: One year\\nRent: $900\\n")
    'term: one year.rent: $900 '
    """
    text = _ABBREVIATION_DOT.sub(",", without_leaders(text))
    text = _INITIAL_DOT.sub(_initial, text)
    text = _INNER_DOT.sub(",", text)
    text = _ROW_END.sub(lambda m: f"{m[0][: -len(m['end'])]}.{' ' * (len(m['end']) - 1)}", text)
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    for mark, plain in _MARKS.items():
        text = text.replace(mark, plain)
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def _initial(match: re.Match[str]) -> str:
    """An initial, or a direction in a street's name, without its dot; a letter that numbers something keeps it."""
    before = match.string[max(0, match.start() - _SAID_BEFORE) : match.start()]
    if before[-2:-1].isdigit():
        return f"{match['letter']}," if match["letter"] in _DIRECTIONS else match[0]
    return match[0] if not before or before.endswith("\n") or _LETTERED.search(before) else f"{match['letter']},"
