"""Finds where a protocol lists its inclusion and its exclusion criteria: in the section, not in the synopsis."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.generate.offline.protocol.criteria import Row
from schemas import RUNNING, Document, Section

_CUE = re.compile(r"nclusion|NCLUSION|xclusion|XCLUSION|ligibility [Cc]riteria|LIGIBILITY CRITERIA")
_NUMBER = r"(?P<number>(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,5}\.?|[A-Z]\.|[IVX]{1,4}\.)"
_HEADING = re.compile(
    rf"""\s*(?:(?:Section\s+)?{_NUMBER}\s+|[•●▪\uf0b7]\s*)?
    (?P<before>(?:(?!not\b|the\b|and\b)[\w/’'()&-]+\s+){{0,5}}?)
    (?P<side>inclusion|exclusion)s?
    (?P<after>(?:\s+criteri(?:a|on)\b(?!\s*[/,;]).{{0,60}}|\s*))\s*:?\s*$
    |\s*(?:{_NUMBER.replace("number", "number2")}\s+)?
    (?:[\w/’'-]+\s+){{0,3}}?criteria\s+for\s+(?P<side2>inclusion|exclusion)\b.{{0,50}}$
    |\s*(?:{_NUMBER.replace("number", "number3")}\s+)?
    (?:(?:subject|patient|participant|study|population|and)s?\s+){{0,3}}(?P<side3>eligibility)\s+criteria\s*:?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_LEAD = re.compile(
    r"\s*(?:(?:the|all|key|main)\s+)*(?P<start>inclusion|exclusion) criteria (?:are|include|were)\b.{0,30}:\s*$"
    r"|\s*[A-Z].{0,70}?\b(?:following|these|any)\b.{0,12}\b(?P<in>inclusion|exclusion) criteria\b[^.;]{0,30}:\s*$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"\.{4,}|·{4,}|…{2,}|(?:\. ){4,}|_{5,}|\s\d{1,3}\s*$")
_SENTENCE = re.compile(
    r"[.;,]\s*$|\b(?:is|are|was|were|will|must|should|have|has|been|added|changed|removed|see)\b", re.I
)
_NUMBERED = re.compile(rf"\s*(?:Section\s+)?{_NUMBER}\s+(?P<title>[A-Z(].*)$")
_COUNTED = re.compile(r"\s*(\d{1,2})([.)]?)(?!\d)\s")
_OTHER_PART = re.compile(
    r"synopsis|protocol summary|study summary|summary of changes|amendment|appendix|attachment|annex|history|"
    r"statistical analysis plan|substudy|sub-study|addendum|country",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\s*(?:\d[\d.]*\s+)?(?:lifestyle|screen(?:ing)? failure|re-?screening|criteria for temporar|temporary delay|"
    r"withdrawal|discontinuation|removal of|randomi[sz]ation criteria|prohibit|prohibitions|concomitant|"
    r"strategies for recruitment|recruitment|rationale for|the rationale for|other eligibility|"
    r"violation of|subject identification|patient identification|number of (?:subjects|patients|participants)|"
    r"study treatment|investigational product|treatments? administered|waivers?\b|meals and dietary|"
    r"(?:inclusion|enrollment|enrolment) of women|women of child-?bearing potential:?$|additional eligib)",
    re.IGNORECASE,
)
_MOST_ROWS = 900
_LONGEST = 110  # characters of a heading
_SHORT_CAPITALS = 12  # characters of an item in capitals ("6. HIV")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads a list of criteria; `number` is the section's, "" where it has none."""

    start: int
    end: int
    page: int
    side: str
    number: str

    @property
    def order(self) -> tuple[int, ...]:
        """The section number as integers: (5, 1) for "5.1"."""
        return order(self.number)


@dataclass(frozen=True, slots=True)
class Region:
    """The lines under the heading of one list, up to the next part of the document."""

    heading: Heading
    rows: tuple[Row, ...]


def order(number: str) -> tuple[int, ...]:
    """A section number as integers, () for anything but numbers.

    >>> order("4.1.2."), order("IV.")
    ((4, 1, 2), ())
    """
    parts = number.strip(".").split(".")
    return tuple(int(p) for p in parts) if all(p.isdigit() for p in parts) else ()


def headings(document: Document) -> list[Heading]:
    """Every line that reads like the heading of a list of inclusion or exclusion criteria, contents pages excepted."""
    text, found = document.text, []
    last = -1
    for cue in _CUE.finditer(text):
        start = text.rfind("\n", max(cue.start() - _LONGEST, 0), cue.start()) + 1
        if start == last or (not start and cue.start() > _LONGEST):
            continue
        last = start
        end = text.find("\n", cue.end(), cue.end() + _LONGEST)
        end = min(cue.end() + _LONGEST, len(text)) if end < 0 else end
        if end - start > _LONGEST:
            continue
        line = text[start:end].rstrip()
        if line.lstrip()[:1].islower() or _LEADERS.search(line):
            continue
        if found_here := _titled(line) or _led(line):
            number, side = found_here
            number = number or _number_above(text, start)
            found.append(Heading(start, start + len(line), document.page_at(start).number, side, number))
    return found


def _titled(line: str) -> tuple[str, str] | None:
    """Section number and side ("inclusion", "exclusion", "eligibility": both) of a line that is the title of a list."""
    m = _HEADING.match(line)
    if not m:
        return None
    group = next(g for g in ("side", "side2", "side3") if m[g])
    number = m["number"] or m["number2"] or m["number3"] or ""
    tail = line[m.start("after") if group == "side" else m.end(group) :]
    if _SENTENCE.search(tail.rstrip(". ") if number else tail):
        return None
    return number, m[group].lower()


def _led(line: str) -> tuple[str, str] | None:
    """The side of a sentence that leads into a list ("Patients must meet the following inclusion criteria:")."""
    m = _LEAD.match(line)
    return ("", (m["start"] or m["in"]).lower()) if m else None


def _number_above(text: str, start: int) -> str:
    """The section number, where it stands alone on the line above its title."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)].strip()
    return above if 2 < len(above) < 12 and len(order(above)) > 1 else ""


def regions(document: Document) -> Iterator[tuple[Region, Region]]:
    """Each pair of an inclusion list and the exclusion list after it, in the order of the document."""
    found = headings(document)
    previous = -1
    for k, heading in enumerate(found):
        if heading.side != "exclusion" or (k and found[k - 1].side == "exclusion" and not _restarts(found, k)):
            continue
        near = [h for h in found[previous + 1 : k] if h.side != "exclusion" and heading.page - h.page <= 12]
        before = [h for h in near if h.side == "inclusion"] or near
        previous = k
        if not before:
            continue
        opening = next((h for h in before if len(h.order) > 1), before[-1] if len(before) < 3 else before[0])
        yield (
            Region(opening, _rows(document, opening, heading.start)),
            Region(heading, _rows(document, heading, _limit(found, k))),
        )


def _restarts(found: list[Heading], k: int) -> bool:
    """Whether exclusion heading `k` opens a list of its own, though another exclusion heading stands before it."""
    return len(found[k].order) > 1 and found[k].page - found[k - 1].page > 3


def _limit(found: list[Heading], k: int) -> int:
    """Where the exclusion list ends at the latest: at the next heading of inclusion criteria."""
    return next((h.start for h in found[k + 1 :] if h.side == "inclusion"), 10**12)


def _rows(document: Document, heading: Heading, limit: int) -> tuple[Row, ...]:
    """The lines under `heading`, without running heads and feet, up to the next part of the document."""
    rows: list[Row] = []
    starts = {s.start: n for s in document.sections if heading.end < s.start < limit and (n := order(s.number))}
    count = _Count()
    for page in document.pages[document.page_at(heading.start).number - document.pages[0].number :]:
        for line in page.lines:
            text = document.text[line.start : line.end].rstrip()
            if line.start < heading.end or line.kind in RUNNING or not text.strip():
                continue
            if line.start >= limit or len(rows) >= _MOST_ROWS:
                return tuple(rows)
            printed = order(m["number"]) if (m := _NUMBERED.match(text)) else starts.get(line.start, ())
            over = _follows(heading.order, printed) if heading.order else line.start in starts
            item = count.goes_on(text)
            if over and not (len(printed) == 1 and item):
                return tuple(rows)
            if not heading.order and rows and _NEXT.match(text) and _title(text, rows[-1].text):
                return tuple(rows)
            count = item or count
            left = line.box[0] if line.box else None
            set_off = line.kind == "heading" or line.bold
            rows.append(Row(line.start, line.start + len(text), text, page.number, set_off, left))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Count:
    """How far a numbered list has come, so that its item "6. Women ..." is told from the heading of section 6."""

    last: int = 0
    stop: str = ""

    def goes_on(self, text: str) -> "_Count | None":
        """The count after a line that is the list's next item, None for any other line."""
        m = _COUNTED.match(text + " ")
        if not m or (text.isupper() and len(text) > _SHORT_CAPITALS):
            return None
        number, stop = int(m[1]), m[2]
        begins = number == 1 or (not self.last and bool(stop))
        follows = stop == self.stop and 0 < number - self.last <= 3
        return _Count(number, stop) if begins or follows else None


def _title(text: str, above: str) -> bool:
    """Whether a line can be a title: short, capitalised, and not the rest of a sentence."""
    complete = above.rstrip().endswith((".", ";", ":", ")")) or len(above) < 60
    return complete and len(text) < 70 and not text.endswith((".", ",", ";")) and not text.lstrip()[0].islower()


def _follows(here: tuple[int, ...], there: tuple[int, ...]) -> bool:
    """Whether section number `there` comes next after section `here` is over: 5.2 -> 5.3 or 6 (not 5.2.1).

    >>> _follows((5, 2), (5, 3)), _follows((5, 2), (6,)), _follows((5, 2), (5, 2, 1)), _follows((), (3, 1))
    (True, True, False, False)
    """
    if not here or not there or len(there) > len(here):
        return False
    return there[:-1] == here[: len(there) - 1] and 0 < there[-1] - here[len(there) - 1] <= 2


def main_part(document: Document, heading: Heading) -> bool:
    """Whether the heading stands in the body of the protocol: no synopsis, amendment history or appendix."""
    return not any(_OTHER_PART.search(section.title) for section in _path(document.sections, heading.start))


def _path(sections: tuple[Section, ...], offset: int) -> list[Section]:
    """The sections that hold `offset`, outermost first."""
    last = bisect_right(sections, offset, key=lambda s: s.start)
    return [s for s in sections[:last] if s.start <= offset < s.end]
