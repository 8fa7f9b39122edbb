"""Finds what repeats from page to page: heads, feet, page numbers, stamps along the side."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.parse.pdf_lines import RawLine
from schemas import LineKind

_TOP, _BOTTOM, _SIDE = 0.17, 0.14, 0.1  # shares of the page's height and width where running lines stand
_SAME_PLACE = 7.0  # points
_SAME_SIZE = 1.0  # points
_SIDE_WORDS = 12  # characters; what is shorter at the side is a paragraph's number or a cell
_MIN_PAGES = 3
_SHARE = 0.12  # of the pages; less is a table's head repeated on the pages it goes on over
_SHORT = 4  # pages; a document up to this long shows a line twice if it is a running one

_NUMBER = "#"  # the key of a line that is a page number if it counts the pages
_APART = 12  # lines; nearer numbers count items
_DASHED = re.compile(r"^[-–—]\s?(\d{1,3})\s?[-–—]$")
_BARE = re.compile(r"^(\d{1,3})$")
_DIGITS = re.compile(r"\d+")
_BLANK = re.compile(r"[\W_]+")
_PAGE_NUMBER = re.compile(
    r"(?i)^[\W_]*(?:(?:[a-z]+[ .\-–]{1,3}){0,2}?(?:page|pg\.?|p\.)\s*)?(?:[a-z]{1,2}[\-–])?(\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/|\|)\s*\d{1,4})?[\W_]*$"
)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page and its shown size in points."""

    lines: Sequence[RawLine]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Place:
    """A line near an edge: its page, the edge, how far from it, and its text with digits folded."""

    page: int
    edge: str
    distance: float
    key: str
    line: RawLine


def mark_running(pages: Sequence[PageLines]) -> None:
    """Sets the kind of every line that is a running head or foot or a page number.

    A line runs if its text, digits aside, stands at the same place in the same size on enough pages; so a title is no
    head even where the heads repeat its words. A number near an edge is a page number if it counts the pages.
    """
    groups: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    few = len(pages) <= _SHORT
    for number, page in enumerate(pages):
        for place in _edge_places(number, page):
            groups[(place.edge, place.key)].append(place)
    least = 2 if few else max(_MIN_PAGES, _SHARE * len(pages))
    for (edge, key), places in groups.items():
        for cluster in _same_place(places):
            if key == _NUMBER:
                _mark(_counting_pages(cluster, 2 if few else _MIN_PAGES), "page_number")
            elif len({p.page for p in cluster}) >= least:
                _mark(cluster, "footer" if edge == "bottom" else "header")
    _mark_printed_numbers([line for page in pages for line in page.lines])


def _edge_places(number: int, page: PageLines) -> Iterator[_Place]:
    """The lines of a page that stand near an edge."""
    top, bottom = _TOP * page.height, (1 - _BOTTOM) * page.height
    left, right = _SIDE * page.width, (1 - _SIDE) * page.width
    for line in page.lines:
        x0, y0, x1, y1 = line.box
        if y1 < top:
            yield _Place(number, "top", y0, _key(line), line)
        elif y0 > bottom:
            yield _Place(number, "bottom", page.height - y1, _key(line), line)
        elif (x1 < left or x0 > right) and (line.direction != 0 or len(line.raw) >= _SIDE_WORDS):
            yield _Place(number, "left", x0, _key(line), line)


def _key(line: RawLine) -> str:
    """The text of a line with digits folded, so that it is the same on every page."""
    if _PAGE_NUMBER.match(line.raw):
        return _NUMBER
    return _BLANK.sub(" ", _DIGITS.sub("#", line.raw.lower())).strip() or line.raw


def _same_place(places: list[_Place]) -> list[list[_Place]]:
    """Clusters of lines at the same distance from their edge and of the same size."""
    clusters: list[list[_Place]] = []
    for place in sorted(places, key=lambda p: (p.distance, p.page)):
        for cluster in reversed(clusters):
            last = cluster[-1]
            if place.distance - last.distance > _SAME_PLACE:
                continue
            if abs(place.line.size - last.line.size) <= _SAME_SIZE:
                cluster.append(place)
                break
        else:
            clusters.append([place])
    return clusters


def _counting_pages(cluster: list[_Place], least: int) -> list[_Place]:
    """The places whose number differs from the page's by as much as on enough other pages."""
    groups: dict[int, list[_Place]] = defaultdict(list)
    for place in cluster:
        match = _PAGE_NUMBER.match(place.line.raw)
        value = _value(match.group(1)) if match else None
        if value is not None:
            groups[value - place.page].append(place)
    return [p for group in groups.values() if len({p.page for p in group}) >= least for p in group]


def _mark_printed_numbers(lines: Sequence[RawLine]) -> None:
    """Marks the page numbers of a document that was laid out anew: numbers alone on a line that count on, far apart."""
    for pattern, least in ((_DASHED, 3), (_BARE, 5)):
        chain: list[int] = []
        for i, line in enumerate(lines):
            match = pattern.match(line.raw) if len(line.raw) <= 12 and line.kind == "body" else None
            if match is None:
                continue
            if chain and i - chain[-1] >= _APART and int(match.group(1)) == _number(lines[chain[-1]]) + 1:
                chain.append(i)
                continue
            if chain and i - chain[-1] < _APART and len(chain) >= least:
                continue  # an item's number between two page numbers
            _mark_chain(lines, chain, least)
            chain = [i]
        _mark_chain(lines, chain, least)


def _mark_chain(lines: Sequence[RawLine], chain: list[int], least: int) -> None:
    if len(chain) >= least:
        for i in chain:
            lines[i].kind = "page_number"


def _number(line: RawLine) -> int:
    match = _DIGITS.search(line.raw)
    return int(match.group()) if match else -1


def _value(number: str) -> int | None:
    """The value of an arabic or roman number.

    >>> _value("12"), _value("xiv")
    (12, 14)
    """
    if number.isdigit():
        return int(number)
    digits = [dict(zip("ivxl", (1, 5, 10, 50), strict=True))[c] for c in number.lower()]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


def _mark(places: list[_Place], kind: LineKind) -> None:
    for place in places:
        place.line.kind = kind
