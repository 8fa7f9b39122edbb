"""Names of visits and activities as the schedule prints them -> without footnote marks and line breaks."""

import re

_SIGNS = re.compile(
    r"[\s,]*[*†‡§¶#ǁ∥‖∫\u2020\u2021\u1d43-\u1d5b\u2070-\u209c\u00b9\u00b2\u00b3ªº]+(?:[\s,]*[*†‡§¶#ǁ∥‖∫ªº]+)*\s*$"
)
_RAISED = re.compile(
    r"[\u1d43-\u1d5b\u1d9c\u2071\u207f\u02b0-\u02b8\u02e1-\u02e3\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+(?:[,\s]*[\u1d43-\u1d5b\u1d9c\u2071\u207f\u02b0-\u02b8\u02e1-\u02e3\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)*"
)
_SPACED = re.compile(
    r"\s+(?!(?:as|at|by|if|in|is|of|on|or|to|vs|mg|mL|kg|cm)$)[a-z](?:\s?,\s?[a-z])*$|\s+[a-z](?:\s?,\s?[a-z])+$"
)
_SPACED_NUMBERS = re.compile(r"(?<=[a-z)])\s+\d{1,2}(?:\s?,\s?\d{1,2})+$")
_AFTER_BRACKET = re.compile(r"(?<=[)\]])\s?(?:[a-z]|\d{1,2})(?:\s?,\s?(?:[a-z]|\d{1,2}))*$")
_BROKEN = re.compile(r"(?<=[A-Za-z0-9])- (?=[A-Za-z])")
_SLASHED = re.compile(r"(?<=\w)\s?/ (?=\w)|(?<=\w) /(?=\w)")


def plain(name: str) -> str:
    """A name without line breaks and without the footnote marks after it.

    >>> plain("Clinical  Labs††"), plain("12-lead ECG l"), plain("Hematology n, z"), plain("CT/MRI and Bone Scan§§, ¶¶")
    ('Clinical Labs', '12-lead ECG', 'Hematology', 'CT/MRI and Bone Scan')
    >>> plain("Blood sample (10 mL)c"), plain("Vitamin K"), plain("Inclusion/ exclusion criteria:")
    ('Blood sample (10 mL)', 'Vitamin K', 'Inclusion/exclusion criteria')
    """
    name = _BROKEN.sub("-", _SLASHED.sub("/", " ".join(name.split())))
    for _ in range(3):
        shorter = _RAISED.sub("", _SIGNS.sub("", name)).rstrip()
        shorter = _SPACED.sub("", _AFTER_BRACKET.sub("", _SPACED_NUMBERS.sub("", shorter))).rstrip(" ,;:")
        if shorter == name or not shorter:
            break
        name = shorter
    return name
