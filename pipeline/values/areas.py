"""Floor areas: "5,493 rentable square feet", "850 sq ft", "177.2 square meters"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.values.found import Found
from pipeline.values.keywords import lowered, places
from pipeline.values.numerals import decimal


@dataclass(frozen=True, slots=True)
class Area:
    """A floor area in square feet or square metres; `rentable` if the text calls it rentable or leasable."""

    number: Decimal
    unit: Literal["sqft", "sqm"]
    rentable: bool = False


_MARKS = ("sq", "sf", "s.f", "s. f", "m²")
_UNIT = re.compile(
    r"sq(?:uare|\.)?[\s.]*(?:f(?:ee|oo)?t\.?|m(?:et(?:er|re)s?)?(?![a-z])|ft|feet)|sf(?![a-z])|s\.\s?f\.|m²",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\d.,$])(?P<number>\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d{2,7}(?:\.\d+)?)[)\]+_]*[\s_]*(?:\(\+/-\)|\+/-|±)?\s*"
    r"(?P<kind>(?:(?:gross|net|rentable|usable|useable|leasable|leaseable|total|interior|approximate(?:ly)?|floor|agreed|contiguous|additional)[\s,/]+(?:and\s+)?){0,4}[rnug]?)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:[\s()]*(?:of\s+)?[:=]?\s*)(?:approximately\s+)?(?P<number>\d{1,3}(?:,\d{3})+|\d{3,7})(?![\d/])"
)


def find_areas(text: str) -> list[Found[Area]]:
    """Every floor area; also a label before its number ("Rentable Square Feet: 1,200").

    >>> [(str(f.value.number), f.value.unit, f.value.rentable) for f in find_areas("1,200 rentable square feet, 80 sq. m")]
    [('1200', 'sqft', True), ('80', 'sqm', False)]
    """
    found = [f for at in places(lowered(text), _MARKS) if (m := _UNIT.match(text, at)) and (f := _measured(text, m))]
    return sorted(found, key=lambda f: f.start)


def _measured(text: str, unit: re.Match[str]) -> Found[Area] | None:
    """The area that this unit measures: its number stands before it, or after it as in a table."""
    start = max(0, unit.start() - 60)
    before = _NUMBER.search(text[start : unit.start()])
    name: Literal["sqft", "sqm"] = "sqm" if re.search(r"(?i)m(?:et|\b|²)|²", unit[0]) else "sqft"
    if before:
        number = decimal(before["number"])
        rentable = bool(re.search(r"(?i)rentable|leas", before["kind"])) or text[unit.start() - 1] in "Rr"
        return Found(start + before.start(), unit.end(), Area(number, name, rentable)) if number else None
    after = _LABEL.match(text, unit.end())
    if not after or (":" not in after[0] and "\n" in after[0]):
        return None
    number = decimal(after["number"])
    rentable = bool(re.search(r"(?i)rentable|leas", text[start : unit.start()]))
    return Found(unit.start(), after.end(), Area(number, name, rentable)) if number else None
