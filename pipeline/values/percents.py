"""Percentages: "5%", "five percent (5%)", "one and one-half per cent"."""

import re

from pipeline.values.found import Found
from pipeline.values.keywords import lowered, places
from pipeline.values.numerals import CARDINAL_WORDS, cardinal

_MARKS = ("%", "percent", "per cent")
_SIGN = re.compile(r"%|per\s?cent(?:um)?(?![a-z])", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:(?<![\d.,$])(?P<digits>\d{{1,3}}(?:\.\d{{1,4}})?|\.\d{{1,4}})(?P<fraction>\s?½|[\s-]1/2)?"
    rf"|(?<![a-z])(?P<words>{CARDINAL_WORDS})(?P<half>[\s-]+and[\s-]+(?:one|a)[\s-]half)?)\s*(?:\(\s*\d[\d.]*\s*\)\s*)?$",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\s*\(\s*[\d.½/ ]{1,8}\s*(?:%|percent)\s*\)")


def find_percents(text: str) -> list[Found[float]]:
    """Every percentage, as the number before the sign; words repeated in figures count once.

    >>> [f.value for f in find_percents("five percent (5%) or one and one-half per cent or 1.5%")]
    [5.0, 1.5, 1.5]
    """
    found: list[Found[float]] = []
    for at in sorted(places(lowered(text), _MARKS)):
        sign = _SIGN.match(text, at)
        if not sign or (found and sign.start() < found[-1].end):
            continue
        window = text[max(0, sign.start() - 60) : sign.start()]
        before = _BEFORE.search(window)
        if not before:
            continue
        if before["digits"]:
            value = float(before["digits"]) + (0.5 if before["fraction"] else 0.0)
        else:
            value = float(cardinal(before["words"]) or 0) + (0.5 if before["half"] else 0.0)
        repeated = _FIGURES.match(text, sign.end())
        end = repeated.end() if repeated else sign.end()
        found.append(Found(sign.start() - len(window) + before.start(), end, value))
    return found
