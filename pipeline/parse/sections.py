"""The section tree of a document: from its outline where that is good, else from headings and their numbering."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parse.contents import without_contents
from pipeline.parse.heading_candidate import Candidate, Face, body_face, letter_case
from pipeline.parse.headings import candidates, text_lines
from schemas import Line, Page, Section

Outline = Sequence[tuple[int, str, int]]
_MOST = 6_000  # candidates considered: a bound for hostile documents
_OFTEN = 4  # a line without a number that comes so often is no heading but a running line, a label, a column
_NUMBER = re.compile(
    r"(?:(?:ARTICLE|Article|SECTION|Section|APPENDIX|Appendix)\s+)?(?:\d{1,2}(?:\.\d{1,3})*|[IVX]+|[A-Z])\.?(?=\s)"
)
_CAPTION = re.compile(r"(?:Table|Figure|TABLE|FIGURE)\s*\d|LIST OF |List of (?:Tables|Figures)")


def find_sections(text: str, pages: tuple[Page, ...], outline: Outline = ()) -> tuple[Section, ...]:
    """The sections of a document, in reading order, each up to the next one of its level or above.

    An outline (bookmarks) is used where most of its entries stand on the pages they name. Else headings are told by
    number, type and capitals; which numbered lines are headings, and which items of lists, is decided for the document
    as a whole: the chain of numbers that follow each other (5, 5.1, 5.2, 6 ...) and look most like headings wins.

    Args:
        text: the document's text.
        pages: its pages, whose lines say what is a running head, a table, bold or large.
        outline: (level from 1, title, page number from 1) per bookmark.

    >>> text = "1. RENT\\nTenant shall pay rent.\\n2. DEPOSIT\\nNone."
    >>> lines = (Line(0, 7), Line(8, 30), Line(31, 41), Line(42, 47))
    >>> [(s.number, s.title, s.start, s.end) for s in find_sections(text, (Page(1, 0, 47, lines),))]
    [('1.', 'RENT', 0, 31), ('2.', 'DEPOSIT', 31, 47)]
    """
    lines = text_lines(pages)
    if not lines:
        return ()
    marked = _from_outline(text, pages, outline)
    if marked is None:
        face = body_face(lines)
        found = without_contents(text, lines, candidates(text, lines, face)[:_MOST])
        marked = _levels(_joined(text, lines, _chosen(found), face), face)
    return _tree(marked, len(text))


@dataclass(slots=True)
class _Heading:
    """A heading that was decided on."""

    level: int
    number: str
    title: str
    start: int
    body: int


def _tree(headings: list[_Heading], end: int) -> tuple[Section, ...]:
    """Give each heading its end: where the next one of its level or above begins."""
    ends = [end] * len(headings)
    open_: list[int] = []
    for i, heading in enumerate(headings):
        while open_ and headings[open_[-1]].level >= heading.level:
            ends[open_.pop()] = heading.start
        open_.append(i)
    return tuple(
        Section(h.number, h.title, h.level, h.start, min(h.body, e), e) for h, e in zip(headings, ends, strict=True)
    )


# --- outline ---------------------------------------------------------------------------------------------------------


def _squeezed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _from_outline(text: str, pages: tuple[Page, ...], outline: Outline) -> list[_Heading] | None:
    """The outline's entries found on their pages; None if too few entries, or too few of them are found."""
    wanted = [(level, title.strip(), page) for level, title, page in outline if title.strip()]
    wanted = [entry for entry in wanted if not _CAPTION.match(entry[1])][:_MOST]
    if len(wanted) < max(5, len(pages) // 12):
        return None
    by_number = {page.number: page for page in pages}
    squeezed: dict[int, list[tuple[str, Line]]] = {}
    headings: list[_Heading] = []
    position = 0
    for level, title, number in wanted:
        key = _squeezed(title)
        for near in (number, number + 1):
            page = by_number.get(near)
            if page is None:
                continue
            if near not in squeezed:
                squeezed[near] = [
                    (_squeezed(text[x.start : x.end][:200]), x)
                    for x in page.lines
                    if x.kind not in {"header", "footer", "page_number"}
                ]
            place = _title_on_page(key, squeezed[near], position)
            if place is not None:
                match = _NUMBER.match(title)
                headings.append(
                    _Heading(
                        level, match[0].strip() if match else "", title[match.end() if match else 0 :].strip(), *place
                    )
                )
                position = place[0]
                break
    return headings if len(headings) >= 0.7 * len(wanted) else None


def _title_on_page(key: str, lines: list[tuple[str, Line]], position: int) -> tuple[int, int] | None:
    """Start and end of the line, or run of up to four lines, that says the title, not before `position`."""
    for i, (first, line) in enumerate(lines):
        if (line.start <= position and position) or not first or not key.startswith(first[: len(key)]):
            continue
        said, j = first, i
        while len(said) < len(key) and j + 1 < min(len(lines), i + 4) and key.startswith(said):
            j += 1
            said += lines[j][0]
        if said.startswith(key):
            return line.start, lines[j][1].end
    return None


# --- which candidates are headings -----------------------------------------------------------------------------------


def _chosen(found: list[Candidate]) -> list[Candidate]:
    """The candidates that are headings: the best chain of decimal numbers, series of articles, and unnumbered ones."""
    articles = _in_order([c for c in found if c.series == "article" and c.weight >= 0.3])
    annexes = [c for c in found if c.series == "annex" and c.weight >= 0.5]
    borders = sorted(c.start for c in (*articles, *annexes))
    decimals = [c for c in found if c.series == "decimal"]
    listed = [c for c in decimals if c.number.endswith(")")]  # "1)" is a list under sections that are numbered "1."
    chain = best_chain([c for c in decimals if not c.number.endswith(")")], borders)
    if len(chain) < 3 and listed:
        chain, listed = best_chain(decimals, borders), []
    for c in listed:
        c.series = "letter"
    run_ins = [c for c in found if c.series == "run_in"]
    said = Counter(c.title for c in found if c.series == "plain")
    plain = [c for c in found if c.series == "plain" and (said[c.title] < _OFTEN or c.weight >= 3.0)]
    chosen = [*articles, *annexes, *chain, *plain]
    if len(run_ins) >= 3 and len(chain) < 2 * len(run_ins):
        chosen += run_ins
    letters = [c for c in found if c.series == "letter" and c.weight >= 1.5]
    chosen += _in_order([c for c in letters if c.number[0].isalpha()])
    chosen += _in_order([c for c in letters if c.number[0].isdigit()])
    taken: dict[int, Candidate] = {}
    for c in sorted(chosen, key=lambda c: (c.start, c.series == "plain")):
        previous = taken.get(c.start)
        if previous is None:
            taken[c.start] = c
    ordered = [taken[s] for s in sorted(taken)]
    return [c for i, c in enumerate(ordered) if not (i and c.start < ordered[i - 1].body)]


def _in_order(series: list[Candidate]) -> list[Candidate]:
    """Those that follow one another (or start again at 1): a lone "Section 12" in a sentence does not."""
    kept: list[Candidate] = []
    for c in series:
        follows = bool(kept) and kept[-1].key[0] < c.key[0] <= kept[-1].key[0] + 3
        if c.key[0] == 1 or follows or c.weight >= 3.0:
            kept.append(c)
    return kept


def best_chain(series: list[Candidate], borders: list[int]) -> list[Candidate]:
    """The chain of numbered candidates with the greatest weight, each number a plausible successor of the one before.

    A step to the next sibling, the first child or the next number of an enclosing level costs nothing; a gap costs a
    little, starting again at 1 costs more unless an article or annex begins in between. One pass, a constant number of
    look-ups per candidate.
    """
    best: list[float] = []
    back: list[int] = []
    exact: dict[tuple[int, ...], int] = {}  # number -> best chain that ends there
    under: dict[tuple[int, ...], int] = {}  # prefix -> best chain that ends at the prefix or below it
    whole = -1  # best chain of all
    crossed, border = 0, -1  # borders passed, and the best chain before the last one
    for i, c in enumerate(series):
        while crossed < len(borders) and borders[crossed] <= c.start:
            crossed += 1
            border = whole
        *prefix_, n = c.key
        prefix = tuple(prefix_)
        options = [(0.0 if n <= 1 and not prefix else -1.5, -1)]
        if n <= 1 and prefix and (j := exact.get(prefix)) is not None:
            options.append((best[j] + 0.6, j))
        for gap, cost in ((1, 0.6), (2, -0.4), (3, -0.9)):
            if n > gap - 1 and (j := under.get((*prefix, n - gap))) is not None:
                options.append((best[j] + cost, j))
        if n <= 1 and prefix and (j := under.get((*prefix[:-1], prefix[-1] - 1))) is not None:
            options.append((best[j] - 0.2, j))  # the heading of the parent was not seen
        if prefix and (j := under.get(prefix)) is not None and series[j].key < c.key:
            options.append((best[j] - 1.2, j))
        if whole >= 0:
            if series[whole].key < c.key:
                options.append((best[whole] - 2.0, whole))
            elif n <= 1 and not prefix:
                options.append((best[whole] - (0.3 if border == whole else 2.6), whole))
        if border >= 0:
            options.append((best[border] - (0.3 if n <= 1 and len(c.key) < 3 else 1.5), border))
        score, j = max(options)
        best.append(score + c.weight)
        back.append(j)
        for depth in range(1, len(c.key) + 1):
            head = c.key[:depth]
            if head not in under or best[under[head]] <= best[i]:
                under[head] = i
        if c.key not in exact or best[exact[c.key]] <= best[i]:
            exact[c.key] = i
        if whole < 0 or best[i] >= best[whole]:
            whole = i
    chain: list[Candidate] = []
    while whole >= 0 and best[whole] > 0:
        chain.append(series[whole])
        whole = back[whole]
    return chain[::-1]


def _joined(text: str, lines: Sequence[Line], chosen: list[Candidate], face: Face) -> list[Candidate]:
    """Let a heading run on over the next line or two when they are set like it."""
    kept: list[Candidate] = []
    swallowed = -1
    taken = {c.index for c in chosen if c.series != "plain"}
    for c in chosen:
        if c.index <= swallowed and c.series == "plain":
            continue
        line = lines[c.index]
        marked = c.caps or (face.bold_tells and line.bold) or line.size > face.size * 1.08
        last = c.index
        if marked and c.series != "run_in" and line.end - c.body <= 2 and c.start >= line.start:
            while last + 1 < len(lines) and last - c.index < 2 and last + 1 not in taken:
                below = lines[last + 1]
                words = text[below.start : below.end].strip()
                same = below.size == line.size and below.bold == line.bold and len(words) <= 90
                if not (
                    words and same and below.start - lines[last].end <= 3 and lines[last].end - lines[last].start > 38
                ):
                    break
                if c.caps != letter_case(words)[0] or words[0].isdigit() or (not c.caps and words[-1] in ".;,"):
                    break
                c.title, c.body, last = f"{c.title} {words}", below.end, last + 1
            swallowed = last if last > c.index else swallowed
        kept.append(c)
    return kept


def _levels(chosen: list[Candidate], face: Face) -> list[_Heading]:
    """The level of each heading: by its number, and for those without one by what it is set like."""
    numbered = any(c.series in {"decimal", "article"} for c in chosen)
    tops = {_look(c) for c in chosen if c.series in {"article", "annex"} or (c.series == "decimal" and len(c.key) == 1)}
    subs = {_look(c) for c in chosen if c.series == "decimal" and len(c.key) > 1}
    ranks = sorted({_look(c) for c in chosen if c.series in {"plain", "run_in"}}, reverse=True)
    headings: list[_Heading] = []
    under, current = 0, 0  # number of the article (-1: an annex) we are in; level of the last numbered heading
    last: tuple[int, ...] = ()  # the last decimal number of the body
    for c in chosen:
        if c.series in {"article", "annex"}:
            level = current = 1
            under = c.key[0] if c.series == "article" else -1
        elif c.series == "decimal":
            if under == -1 and (not last or (last < c.key and c.key[0] > 1)):
                under = 0  # the numbering of the body begins or goes on after the annex
            last = c.key if under != -1 else last
            nested = under == -1 or (under > 0 and (len(c.key) == 1 or c.key[0] != under))
            level = current = len(c.key) + (1 if nested else 0)
        elif c.series == "letter":
            level = current + 1
        elif not numbered:
            level = min(3, ranks.index(_look(c)) + 1)
        elif (c.series == "plain" and current <= 1) or (_look(c) in tops - subs and c.caps):
            level = 1 if under != -1 or _look(c) in tops else 2
            if level == 1:
                under, current = 0, 0
        else:
            level = current + 1
        headings.append(_Heading(level, c.number, c.title, c.start, c.body))
    return headings


def _look(c: Candidate) -> tuple[float, bool, bool]:
    """What a heading is set like, for comparing it with others."""
    return round(c.size), c.caps, c.bold
