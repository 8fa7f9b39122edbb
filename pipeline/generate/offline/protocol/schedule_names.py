"""Names of visits and activities as the schedule prints them -> without footnote marks and line breaks."""

import re

_SIGNS = "*†‡§¶#ǁ∥‖∫ªº\u00b9" + "".join(
    map(chr, [*range(0x1D43, 0x1D5C), 0x2070, 0x2071, *range(0x2074, 0x2080), 0x207F])
)
_MARKS = (
    re.compile(r"(?<=[a-z)])\s+\d{1,2}(?:\s?,\s?\d{1,2})+$"),  # "Weight 2, 3"
    re.compile(r"(?<=[)\]])\s?(?:[a-z]|\d{1,2})(?:\s?,\s?(?:[a-z]|\d{1,2}))*$"),  # "Blood sample (10 mL)c"
    re.compile(r"\s[a-z](?:\s?,\s?[a-z])*$"),  # "Hematology n, z"
)
_BROKEN = re.compile(r"(?<=[A-Za-z0-9])- (?=[A-Za-z])")
_SLASHED = re.compile(r"(?<=\w) ?/ (?=\w)|(?<=\w) /(?=\w)")
_LONGEST = 500  # characters; what is longer is no name
_TAIL = 60  # characters at the end of a name in which marks are looked for


def plain(name: str) -> str:
    """A name without line breaks and without the footnote marks after it.

    >>> plain("Clinical  Labs††"), plain("12-lead ECG l"), plain("Hematology n, z"), plain("CT/MRI and Bone Scan§§, ¶¶")
    ('Clinical Labs', '12-lead ECG', 'Hematology', 'CT/MRI and Bone Scan')
    >>> plain("Blood sample (10 mL)c"), plain("Vitamin K"), plain("Inclusion/ exclusion criteria:")
    ('Blood sample (10 mL)', 'Vitamin K', 'Inclusion/exclusion criteria')
    """
    if len(name) > _LONGEST:
        return " ".join(name.split())
    while True:
        shorter = _BROKEN.sub("-", _SLASHED.sub("/", " ".join(name.split()))).strip(" ,;:")
        if shorter.endswith(tuple(_SIGNS)):
            shorter = shorter.rstrip(_SIGNS + " ,")
        head, tail = shorter[:-_TAIL], shorter[-_TAIL:]
        for marks in _MARKS:
            tail = marks.sub("", tail)
        shorter = (head + tail).strip(" ,;:")
        if len(shorter) >= len(name) or not shorter:
            return shorter or name.strip()
        name = shorter
