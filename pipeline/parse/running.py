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
_RECENT = 6  # places looked back at
_SHORT = 4  # pages; a document up to this long shows a line twice if it is a running one

_NUMBER = "#"  # the key of a line that is a page number if it counts the pages
_LONGEST_NUMBER = 40  # characters of a line that only numbers a page
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
class _Place:
    """A line near an edge: its page, the edge, how far from it, and its text with digits folded."""

    page: int
    edge: str
    distance: float
    key: str
    line: RawLine


class RunningLines:
    """Collects the lines of a document, page by page, and finds those that run.

    A line runs if its text, digits aside, stands at the same place in the same size on enough pages; so a title is no
    head even where the heads repeat its words. A number near an edge is a page number if it counts the pages.

    >>> pages = [[RawLine(0, "Lease of Office", (72, 30, 160, 42), 9.0)] for _ in range(3)]
    >>> running = RunningLines()
    >>> [len(running.add(lines, 612, 792)) for lines in pages]
    [0, 1, 1]
    >>> running.mark()
    >>> pages[0][0].kind
    'header'
    """

    def __init__(self) -> None:
        self._pages: list[Sequence[RawLine]] = []
        self._groups: dict[tuple[str, str], list[_Place]] = defaultdict(list)

    def add(self, lines: Sequence[RawLine], width: float, height: float) -> set[int]:
        """Adds the next page; returns the ids of its lines that stood on one of the two pages before it as well.

        Args:
            lines: the lines of the page.
            width: of the shown page, in points.
            height: of the shown page, in points.
        """
        number = len(self._pages)
        self._pages.append(lines)
        again = set()
        for place in _edge_places(number, lines, width, height):
            group = self._groups[(place.edge, place.key)]
            if any(0 < number - p.page <= 2 and _is_same(p, place) for p in group[-_RECENT:]):
                again.add(id(place.line))
            group.append(place)
        return again

    def mark(self) -> None:
        """Sets the kind of every line that is a running head or foot or a page number."""
        few = len(self._pages) <= _SHORT
        least = 2 if few else max(_MIN_PAGES, _SHARE * len(self._pages))
        for (edge, key), places in self._groups.items():
            for cluster in _same_place(places):
                if key == _NUMBER:
                    _mark(_counting_pages(cluster, 2 if few else _MIN_PAGES), "page_number")
                elif len({p.page for p in cluster}) >= least:
                    _mark(cluster, "footer" if edge == "bottom" else "header")
        _mark_printed_numbers([line for lines in self._pages for line in lines])


def _edge_places(number: int, lines: Sequence[RawLine], width: float, height: float) -> Iterator[_Place]:
    """The lines of a page that stand near an edge."""
    top, bottom = _TOP * height, (1 - _BOTTOM) * height
    left, right = _SIDE * width, (1 - _SIDE) * width
    for line in lines:
        x0, y0, x1, y1 = line.box
        if y1 < top:
            yield _Place(number, "top", y0, _key(line), line)
        elif y0 > bottom:
            yield _Place(number, "bottom", height - y1, _key(line), line)
        elif (x1 < left or x0 > right) and (line.direction != 0 or len(line.raw) >= _SIDE_WORDS):
            yield _Place(number, "left", x0, _key(line), line)


def _key(line: RawLine) -> str:
    """The text of a line with digits folded, so that it is the same on every page."""
    if len(line.raw) <= _LONGEST_NUMBER and _PAGE_NUMBER.match(line.raw):
        return _NUMBER
    return _BLANK.sub(" ", _DIGITS.sub("#", line.raw.lower())).strip() or line.raw


def _is_same(a: _Place, b: _Place) -> bool:
    return abs(a.distance - b.distance) <= _SAME_PLACE and abs(a.line.size - b.line.size) <= _SAME_SIZE


def _same_place(places: list[_Place]) -> list[list[_Place]]:
    """Clusters of lines at the same distance from their edge and of the same size."""
    clusters: list[list[_Place]] = []
    for place in sorted(places, key=lambda p: (p.distance, p.page)):
        for cluster in clusters[:-_RECENT:-1]:
            if _is_same(cluster[-1], place):
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
