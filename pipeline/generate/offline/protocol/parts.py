"""What each stretch of a protocol is: registry cover, title page, contents, amendment history, synopsis, body, appended plan."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.generate.offline.protocol.lines import Lines, TextLine, lines_of
from schemas import RUNNING, Document, Page, Section

PartKind = Literal["cover", "title", "contents", "history", "synopsis", "front", "body", "appended"]

_FRONT_PAGES = 45  # the front matter ends before this page
_SYNOPSIS_PAGES = 18
_LEADERS = re.compile(r"(?:[.·…_]\s?){4,}\s*[\divx]*\s*$")
_HEADING = re.compile(
    r"^(?:section\s+)?(?:\d{1,2}(?:\.\d{1,2})*\.?|[ivx]{1,4}\.|[a-z]\.)?\s*(.*?)\s*[:.]?$", re.IGNORECASE
)
_COVER = re.compile(
    r"(?i)clinicaltrials\.gov|\bNCT\s?(?:number|no|#|ID)|official title|document date|date of (?:the )?document|unique protocol id"
)

_CONTENTS = frozenset({"table of contents", "contents", "list of tables", "list of figures", "list of in-text tables and figures",
                       "list of appendices", "list of tables and figures"})  # fmt: skip
_SYNOPSIS = frozenset({"synopsis", "protocol synopsis", "study synopsis", "clinical protocol synopsis", "trial synopsis",
                       "protocol summary", "study summary", "trial summary", "clinical study protocol synopsis",
                       "clinical trial protocol synopsis", "summary of the protocol", "clinical study synopsis",
                       "protocol synopsis (continued)", "synopsis of the protocol", "statement of compliance and synopsis",
                       "clinical trial synopsis", "study protocol synopsis", "clinical protocol summary"})  # fmt: skip
_AFTER_SYNOPSIS = re.compile(
    r"(?i)^(?:table of contents|contents|list of (?:abbreviation|table|figure|appendi|in-text|study (?:staff|personnel))|abbreviations"
    r"|glossary|(?:study |trial )?schema\b|(?:study |trial )?flow ?chart|(?:overall )?schedule of |(?:study )?time and events|time & events"
    r"|introduction|background\b|study (?:administrative|personnel)|trial flow|investigator(?:'s)? (?:signature|agreement)"
    r"|ethical|key (?:roles|study)|signature|appendix|table of|schematic|study design schematic|graphical study|visit schedule"
    r"|assessment schedule|study procedures? (?:table|flow)|statistical analysis plan)"
)
_HISTORY = re.compile(
    r"(?i)^(?:protocol )?(?:amendment (?:summary|history|rationale)|amendments?\b.{0,12}summary of changes|summary of (?:changes|amendments?)"
    r"|document history|version history|revision history|protocol (?:amendment|revision|version|document) (?:history|summary)"
    r"|history of (?:changes|amendments)|protocol amendments?$|amendments? to (?:the )?protocol|rationale for (?:the )?(?:protocol )?amendment"
    r"|list of amendments|summary of protocol (?:changes|amendments|revisions)|protocol amendment,? version \d)"
)
_PLAN = re.compile(
    r"(?:(?:Clinical|CLINICAL) )?(?:Statistical Analysis Plan|STATISTICAL ANALYSIS PLAN)(?: ?\(SAP\))?\.?$"
)


class Part(NamedTuple):
    """A stretch of the document and what it is."""

    kind: PartKind
    start: int
    end: int


class Running(NamedTuple):
    """A running head or foot: its words, where it stands first, on how large a share of the pages it stands."""

    text: str
    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Parts:
    """A protocol taken apart. `parts` are in order and cover the text; the shortcuts are empty where a part is missing."""

    document: Document
    lines: Lines
    parts: tuple[Part, ...]
    running: tuple[Running, ...]
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def first(self, kind: PartKind) -> Part | None:
        """The first stretch of a kind."""
        return next((p for p in self.parts if p.kind == kind), None)

    @property
    def title(self) -> Part:
        """The title page(s); the beginning of the document if there is none."""
        return self.first("title") or Part("title", 0, min(len(self.text), 4000))

    @property
    def front_lines(self) -> tuple[TextLine, ...]:
        """The lines of the registry cover and the title page, running heads included: there they are what is printed."""
        end = self.title.end
        return lines_of(self.document, [p for p in self.document.pages[:4] if p.start < end], running=True).all

    def of(self, part: Part) -> tuple[TextLine, ...]:
        """The lines of a stretch."""
        return self.lines.between(part.start, part.end)

    def headed(self, pattern: re.Pattern[str], limit: int = 3) -> list[Section]:
        """The body's sections whose title matches, in reading order, none inside another that is listed."""
        found: list[Section] = []
        for section in self.sections:
            if found and section.start < found[-1].end:
                continue
            if pattern.search(section.title):
                found.append(section)
                if len(found) == limit:
                    break
        return found


def parts_of(document: Document) -> Parts:
    """Take a protocol apart.

    Args:
        document: a protocol as parsed; running heads must be marked as such.
    """
    lines = lines_of(document)
    kinds = _page_kinds(document.pages, lines)
    parts = _merged(document, lines, kinds)
    body = [(p.start, p.end) for p in parts if p.kind in ("body", "front", "title")]
    sections = tuple(s for s in document.sections if any(a <= s.start < b for a, b in body))
    return Parts(document, lines, parts, _running(document), sections)


def heading(line: str) -> str:
    """The words of a heading line, small, without number and colon.

    >>> heading("1.1. SYNOPSIS"), heading("IV. Synopsis:"), heading("Synopsis")
    ('synopsis', 'synopsis', 'synopsis')
    """
    match = _HEADING.match(line)
    return match[1].lower() if match else line.lower()


def _page_kinds(pages: tuple[Page, ...], lines: Lines) -> list[PartKind]:
    """What each page is, by its headings and its look."""
    kinds: list[PartKind] = []
    state: PartKind = "title"
    for index, page in enumerate(pages):
        own = lines.between(page.start, page.end)
        state = _next_kind(state, own, index, len(pages), kinds)
        kinds.append(state)
    return kinds


def _next_kind(state: PartKind, own: tuple[TextLine, ...], index: int, count: int, before: list[PartKind]) -> PartKind:
    """What a page is, given what the page before it was."""
    if state == "appended":
        return state
    if (
        index > count * 0.3
        and len(own) < 60
        and any(_PLAN.match(line.text) for line in own[:14])
        and not _is_contents(own)
    ):
        return "appended"
    if index >= _FRONT_PAGES:
        return "body"
    if index < 3 and len(own) < 25 and state in ("title", "cover") and _is_cover(own):
        return "cover"
    if _is_contents(own):
        return "contents"
    top = [heading(line.text) for line in own[:8]]
    for title in top:
        if title in _SYNOPSIS:
            return "synopsis"
        if _HISTORY.match(title):
            return "history" if state != "body" else "body"
    if state == "synopsis":
        long = before[-_SYNOPSIS_PAGES:].count("synopsis") == _SYNOPSIS_PAGES
        return "body" if long or any(_AFTER_SYNOPSIS.match(h) for h in top[:4]) else "synopsis"
    if state in ("cover", "title"):
        if state == "title" and any(_AFTER_SYNOPSIS.match(h) for h in top[:3]):
            return "body"
        return "title" if before.count("title") < 2 else "front"
    if state == "contents":
        return "body"
    return "body" if any(_AFTER_SYNOPSIS.match(h) for h in top[:4]) else state


def _is_cover(own: tuple[TextLine, ...]) -> bool:
    """Whether a page is the sheet that the registry asks sponsors to put before a document."""
    return len({m[0].lower() for line in own for m in _COVER.finditer(line.text)}) >= 2


def _is_contents(own: tuple[TextLine, ...]) -> bool:
    """Whether a page lists headings with page numbers."""
    if any(heading(line.text) in _CONTENTS for line in own[:6]) and sum(_ends_in_number(line.text) for line in own) > 3:
        return True
    leaders = sum(1 for line in own if _LEADERS.search(line.text[-60:]))
    return leaders >= 5


def _ends_in_number(text: str) -> bool:
    return text[-1:].isdigit() and len(text) > 6


def _merged(document: Document, lines: Lines, kinds: list[PartKind]) -> tuple[Part, ...]:
    """Pages of one kind as one stretch; a synopsis that begins or ends within a page is cut there."""
    found: list[Part] = []
    for page, kind in zip(document.pages, kinds, strict=True):
        if found and found[-1].kind == kind:
            found[-1] = Part(kind, found[-1].start, page.end)
        else:
            found.append(Part(kind, page.start, page.end))
    cut: list[Part] = []
    for part in found:
        cut.extend(_cut_synopsis(part, lines) if part.kind == "synopsis" else [part])
    return tuple(cut)


def _cut_synopsis(part: Part, lines: Lines) -> Iterable[Part]:
    """A synopsis without what precedes its heading and what follows its end on the same page."""
    own = lines.between(part.start, part.end)
    begin = next((i for i, line in enumerate(own) if heading(line.text) in _SYNOPSIS), 0)
    deeper = next(
        (i for i, line in enumerate(own[begin + 1 : begin + 3], begin + 1) if heading(line.text) in _SYNOPSIS), begin
    )
    start = own[deeper].start if own else part.start
    last = own[-1].page if own else 0
    end = part.end
    for line in own[deeper + 1 :]:
        if (
            line.text[:1].isdigit()
            and line.page >= last - 2
            and _AFTER_SYNOPSIS.match(heading(line.text))
            and len(line.text) < 70
        ):
            end = line.start
            break
    before = [Part("front", part.start, start)] if start > part.start else []
    after = [Part("body", end, part.end)] if end < part.end else []
    return [*before, Part("synopsis", start, end), *after]


def _running(document: Document) -> tuple[Running, ...]:
    """The running heads and feet that say the same on many pages, page numbers left out."""
    text = document.text
    pages = document.pages[:60]
    counts: Counter[str] = Counter()
    place: dict[str, tuple[int, int]] = {}
    for page in pages:
        for line in page.lines:
            if line.kind in RUNNING:
                words = text[line.start : line.end].strip()
                if words and not words.isdigit():
                    counts[words] += 1
                    place.setdefault(words, (line.start, line.start + len(text[line.start : line.end].rstrip())))
    least = max(2, len(pages) // 10)
    return tuple(
        Running(words, *place[words], counts[words] / len(pages)) for words in counts if counts[words] >= least
    ) + _numbered(text, pages, counts, place, least)


def _numbered(
    text: str, pages: tuple[Page, ...], counts: Counter[str], place: dict[str, tuple[int, int]], least: int
) -> tuple[Running, ...]:
    """Running heads that hold the page number and so differ from page to page."""
    digits = re.compile(r"(?:(?i:page)\s+)?(?<![\w.-])\d{1,3}(?![\w.-])(?:\s+(?:of|/)\s+\d{1,3})?")
    groups: dict[str, list[str]] = {}
    for words, count in counts.items():
        if count < least:
            groups.setdefault(digits.sub("#", words), []).append(words)
    return tuple(
        Running(members[0], *place[members[0]], len(members) / len(pages))
        for members in groups.values()
        if len(members) >= least
    )
