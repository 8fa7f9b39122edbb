"""What the head says above a column -> the visit: "Visit 1 (Week -2)", "Screening (Day -28 to -1)", "Period 1 Day -1".

People name a visit by its number or name, and add one time; without either, by its time, and by its period where days are
counted within one or where nothing but the period tells what the visit is for.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from schemas import Cell

HeadKind = Literal["number", "name", "time", "window", "period", "stage", "other"]
"""What a cell of the head says of its visits; "stage": a period of one visit; "other": how the visit is held, where the protocol describes the activity."""

UNIT = re.compile(r"\b(day|week|wk|month|year|cycle|hour)s?\b", re.IGNORECASE)
STAGE = re.compile(r"screen|follow-?\s?up|baseline|run-?in|wash-?out|enrol|randomi[sz]|terminat|discontinu|visit", re.I)
"""Words that name a stage of a study."""

CYCLE = re.compile(r"cycles?\s+(?:\d|[A-Z]\b)", re.IGNORECASE)
BARE = re.compile(r"[-–−]?\s?\.?\d[\d.]*(?:\s?(?:to|through|-|–|−|,|and|/|&)\s?[-–−]?\d[\d.]*)*(?:\s?etc\.?)?")
TIME = re.compile(
    r"[≤≥<>]?\s?(?:(?:day|week|month|year|cycle|hour|wk|mo|d|w|m|c|y|study day|eow|every)s?\s?[-–−]?\s?\d|[-–−]?\d+(?:\.\d+)?\s?"
    r"(?:day|week|month|year|hour|wk)|(?:up to|within|last|prior)\b.*\b(?:day|week|month)|[-–−]?\d+(?!\w))",
    re.IGNORECASE,
)
TOLERANCE = re.compile(
    r"(?:±|\+\s?/\s?[-–−]|\uf0b1)\s*\d+((?:\s*|-)(?:days?|weeks?|wks?|months?|hours?|d|h)\b)?", re.IGNORECASE
)
_BARE_START = re.compile(r"[-–−]?\s?\.?\d[\d.]*(?:\s?(?:to|through|-|–|−)\s?[-–−]?\d[\d.]*)?")
_COUNT = re.compile(r"\d{1,3}[A-Za-z]?(?:\s?[,/&-]\s?(?:\d{1,3}|[A-Z]{2,6}))*(?:,? etc\.?)?")
_DAY = re.compile(r"(?:study )?d(?:ays?)?\b", re.IGNORECASE)
_AFTER_START = re.compile(r"(?:study )?(?:weeks?|wks?|w|months?|m|mo)\s?[1-9]", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:period|part|phase|stage|step|segment)\s*(?:\d{1,2}|[IVX]{1,4}|[A-D])\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"screen|(?<!through )follow-?\s?up|wash-?\s?out", re.IGNORECASE)
_PERIOD_FIRST = re.compile(r"(.{3,40}? (?:period|phase|epoch)) (.{0,40}\bvisit\b.{0,20})", re.IGNORECASE)
_MANY = 0.3  # share of visits of the same name from which all are told apart by their periods


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a schedule: a column of its table.

    Args:
        name: how the protocol would name it, from its number, name and timing ("Visit 1 Enrolment (Day -14)").
        start: offset of its head in the document's text, -1 if that is not contiguous.
        end: offset after it.
        number: the visit's number or code as printed, "".
        label: the words of its head ("Screening").
        timing: week, day or cycle ("Day -14").
        window: how far it may be moved ("± 7").
        period: the heading over several visits ("Double-blind treatment").
        heads: the cells of the head above it.
    """

    name: str
    start: int = -1
    end: int = -1
    number: str = ""
    label: str = ""
    timing: str = ""
    window: str = ""
    period: str = ""
    heads: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell of the head says of a visit."""

    kind: HeadKind
    text: str
    cell: Cell


def visit_of(said: Sequence[Said]) -> Visit:
    """The visit below what the head says of it, from the top down."""
    heads = tuple({id(s.cell): s.cell for s in said}.values())
    stages = [s.text for s in said if s.kind == "stage"]
    staged = not any(s.kind in ("name", "number") or (s.kind == "time" and not TIME.match(s.text)) for s in said)
    said = [replace(s, kind=("name" if staged else "period")) if s.kind == "stage" else s for s in said]

    def of(kind: HeadKind) -> list[str]:
        return [s.text for s in said if s.kind == kind]

    own = [s for s in said if s.kind in ("number", "name", "time")]
    place = next(((s.cell.start, s.cell.end) for s in own if s.cell.start >= 0), (-1, -1))
    name, period = _composed(own), of("period")
    if period and not name:
        name = period[-1]
    elif period and BARE.fullmatch(name):
        name = f"{period[-1]} ({name})"
    elif period and not of("number") and not of("name") and _belongs(period[-1], name):
        name = f"{period[-1]} {name}"
    return Visit(
        name, *place, " ".join(of("number")), " ".join(of("name")), "; ".join(dict.fromkeys(of("time"))),
        " ".join(dict.fromkeys(of("window"))), next(iter([*period, *stages]), ""), heads,
    )  # fmt: skip


def _belongs(period: str, name: str) -> bool:
    """Whether a visit known by its time alone is named with its period: days of a numbered period, times outside treatment."""
    if name.casefold().startswith(period.casefold()):
        return False
    return bool(_OUTSIDE.search(period) or (_NUMBERED.search(period) and _DAY.match(name)))


def timed(text: str, unit: str) -> str:
    """A time with its unit before the number, without the window.

    >>> timed("14 (±3)", "Day"), timed("28±2 days after the last dose", ""), timed("4", "Week")
    ('Day 14', '28 days after the last dose', 'Week 4')
    """
    text = " ".join(TOLERANCE.sub(_unit_alone, text).split())
    text = re.sub(r"\(\s*(?:and|or|,)?\s*\)", "", text).replace("( ", "(").replace(" )", ")").strip(" ,")
    text = re.sub(r"\(and ", "(", text)
    m = _BARE_START.match(text)
    if unit and m and not UNIT.match(text[m.end() :].strip()):
        return f"{unit} {text}"
    return text


def _unit_alone(match: re.Match[str]) -> str:
    """What is left of a window: the unit, if the time before it ("28±2 days") has no other."""
    before = match.string[: match.start()].rstrip()
    return match.group(1) or "" if before[-1:].isdigit() and not UNIT.search(before) else ""


def _composed(said: Sequence[Said]) -> str:
    """Number, name and time as one name: a counted visit leads, then its name, the time follows in brackets; a code
    ("V3") stands where its row does."""
    counted = [s for s in said if s.kind == "number" and _COUNT.fullmatch(s.text)]
    coded = [s for s in said if s.kind == "number" and s not in counted]
    words = " ".join(f"Visit {s.text}" for s in counted)
    first = said[0] if said else None
    for s in [s for s in coded if s is first] + [s for s in said if s.kind == "name"]:
        words = words if _says(words, s.text) else f"{words} {_visit_first(s.text)}".strip()
    times = [s.text for s in said if s.kind == "time"]
    for text in _one_time(times) if words else times:
        if not words:
            words = text
        elif not _says(words, text):
            words = f"{words} {text}" if CYCLE.match(words) else f"{words} ({text})"
    for s in coded:
        words = words if _says(words, s.text) else f"{words} {s.text}".strip()
    return words


def _one_time(times: Sequence[str]) -> Sequence[str]:
    """The time that goes with a number or a name: the week or month after the start, else the first.

    >>> _one_time(["Day 43", "Week 6"]), _one_time(["Day -21 to -1", "Week -3 to -1"]), _one_time(["Day 1", "Week 0"])
    (['Week 6'], ['Day -21 to -1'], ['Day 1'])
    """
    if len(times) < 2 or any(CYCLE.match(t) or not TIME.match(t) for t in times):
        return times
    return [next((t for t in times if _AFTER_START.match(t)), times[0])]


def _visit_first(text: str) -> str:
    """A visit's name before the period that the same cell names above it ("Lead-in Period Qualification Visit")."""
    match = _PERIOD_FIRST.fullmatch(text)
    return f"{match.group(2)} ({match.group(1)})" if match else text


def _says(words: str, text: str) -> bool:
    """Whether a name says something already."""
    return re.search(rf"(?<!\w){re.escape(text.strip('() '))}(?!\w)", words, re.IGNORECASE) is not None


def told_apart(found: Sequence[Visit]) -> list[Visit]:
    """Visits that would be called the same get the name of their period before ("Period 2 Day 1")."""
    times = Counter(visit.name.casefold() for visit in found)
    doubled = sum(n for n in times.values() if n > 1)
    if not doubled:
        return list(found)
    most = doubled >= _MANY * len(found)
    return [
        replace(visit, name=f"{visit.period} {visit.name}")
        if visit.period and not visit.label and not visit.name.startswith(visit.period)
        and (times[visit.name.casefold()] > 1 or (most and not visit.number))
        else visit
        for visit in found
    ]  # fmt: skip
