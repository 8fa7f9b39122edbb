"""When the visits of a schedule are, counted from the visit that anchors the timeline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Visit

_POINT = re.compile(
    r"\b(day|week|wk|month|mo|year|yr|d|w|m)s?\.?\s*([-−–+]?\s*\d{1,4})(?:\s*(?:to|through|thru|[-−–])\s*(?:day|week|month)?\s*([-−–]?\s*\d{1,4}))?",
    re.I,
)
_CYCLE = re.compile(r"\b(?:cycle|period)\s*\d|\bC\d", re.I)  # days that are counted anew in each cycle
_AGAIN = re.compile(r"\b(?:period|cycle|part)\s*(?:[2-9]|II|1\d)\b", re.I)
_ALLOWED = re.compile(r"(±|\+/-|\+\s*/\s*[-−–]|\+|[-−–])?\s*(\d{1,3})\s*(day|week|month|hour|d|w|h)?", re.I)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_ANCHOR = re.compile(r"\brandomi[sz]|\bbaseline\b|\bday\s*[01]\b|\bweek\s*0\b|\bmonth\s*0\b|\bD[01]\b", re.I)


@dataclass(frozen=True, slots=True)
class When:
    """Days from the first day of treatment; `unit` and `count` as they were stated, `until` for a stretch of days."""

    days: int
    unit: str
    count: int
    until: int


def when(visit: Visit) -> When | None:
    """The time of a visit as its head states it; None where it states none, or counts within a cycle.

    "Day 1" is the first day, the day before it is "Day -1": there is no day 0 in between.

    >>> when(Visit(name="Visit 3", timing="Week 12"))
    When(days=84, unit='w', count=12, until=84)
    >>> when(Visit(name="Screening", timing="Day -28 to -1")), when(Visit(name="Cycle 2 Day 1"))
    (When(days=-28, unit='d', count=-28, until=-1), None)
    """
    for text in (visit.timing, visit.name):
        if _CYCLE.search(text):
            return None
        if match := _POINT.search(text):
            unit = match[1][0].lower()
            first = _whole(match[2])
            last = _whole(match[3]) if match[3] else first
            if last < first:  # "Day -28 - 1": the dash stood for "to"
                last = -last if first < 0 and -last < first else first
            return When(_days(first, unit), unit, first, max(_days(last, unit), _days(first, unit)))
    return None


def times(visits: Sequence[Visit]) -> list[When | None]:
    """When each visit is; None too where days are counted anew, as in the second period of a crossover.

    >>> visits = [Visit(name="P1", timing="Day 1"), Visit(name="P2", period="Period 2", timing="Day 1")]
    >>> [point and point.days for point in times(visits)]
    [0, None]
    """
    found: list[When | None] = []
    latest: int | None = None
    for visit in visits:
        point = when(visit)
        if point is not None and latest is not None:
            again = _AGAIN.search(f"{visit.period} {visit.name}") is not None
            if point.days < latest or (again and point.days == latest):
                point = None
        if point is not None:
            latest = point.days
        found.append(point)
    return found


def anchor(visits: Sequence[Visit]) -> int:
    """The index of the visit the others are counted from: the first day of treatment or, where none is named, the first visit.

    >>> anchor([Visit(name="Screening"), Visit(name="Visit 2", timing="Day 1")])
    1
    """
    for number, (visit, point) in enumerate(zip(visits, times(visits), strict=True)):
        named = _ANCHOR.search(f"{visit.name} {visit.timing}") and not _CYCLE.search(visit.name)
        if (point is not None and point.days == 0) or (point is None and named):
            return number
    return 0


def window(text: str) -> tuple[str, str] | None:
    """How much earlier and later a visit may be, as ISO 8601 durations.

    >>> window("± 3 days"), window("+2"), window("none")
    (('P3D', 'P3D'), ('P0D', 'P2D'), None)
    """
    match = _ALLOWED.search(text)
    if match is None:
        return None
    unit = (match[3] or "d")[0].lower()
    length = f"PT{int(match[2])}H" if unit == "h" else f"P{int(match[2])}{unit.upper()}"
    sign = (match[1] or "±").replace(" ", "")
    return ("P0D", length) if sign == "+" else (length, "P0D") if sign in "-−–" else (length, length)


def _whole(text: str) -> int:
    return int(re.sub(r"[−–]", "-", text).replace(" ", ""))


def _days(count: int, unit: str) -> int:
    """Days after the first day of treatment.

    >>> _days(1, "d"), _days(-1, "d"), _days(2, "w")
    (0, -1, 14)
    """
    return count - 1 if unit == "d" and count > 0 else count * _DAYS[unit]
