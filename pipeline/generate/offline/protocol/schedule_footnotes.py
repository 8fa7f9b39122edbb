"""The notes below a schedule: each with its mark, over page breaks, told from what else stands there by their order."""

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.generate.offline.protocol.schedule_pages import Part
from pipeline.generate.offline.protocol.schedule_rows import notes
from schemas import RUNNING, Document, Footnote

_SIGNS = "*†‡§¶#ǁ‖^"
_OPENING = re.compile(rf"[Xx]?\(?([a-z]{{1,2}}|\d{{1,2}}|[{_SIGNS}]{{1,4}})(?:\s?[.):=]\s*|\s+|(?=[A-Z][a-z ])|$)")
_SIGNED = re.compile(rf"([{_SIGNS}]{{1,4}})\s?[.):=]?\s*")
_WITHIN = re.compile(rf"(?<=[^\s,])\s([a-z]|\d{{1,2}}|[{_SIGNS}]{{1,3}})\.?\s(?=[A-Z])")
_CODE = re.compile(r"([A-Za-z]{1,4}|[✓√✔•●])(?:\s?[=:]\s?|\s(?=[A-Z]))(?=\S)")
_LEGEND = re.compile(r"(?:abbreviations?|key|legend|sources?)\b|footnotes? continued", re.IGNORECASE)
_CAPTION = re.compile(r"(?:table|appendix|figure|attachment)\s+[\w.-]+", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[A-Z]")
_LEGEND_MARK = "legend"  # stands for abbreviations and sources, which end a note and are none
_DIGITS = re.compile(r"\d+")
_MOST_PAGES = 8  # pages after the table on which notes may go on
_MOST_LINES = 500
_LONGEST = 4_000  # characters of a note
_SKIPPED = 9  # marks that may be missing between two notes


def footnotes(document: Document, run: Sequence[Part], used: Collection[str], codes: Collection[str]) -> list[Footnote]:
    """The notes of a schedule, in the order of the document.

    Notes stand below the table on each of its pages, in its last row, or on the pages after it. A line opens a note if it
    begins with the mark that comes next, or with a later one that the table uses; what is repeated below each page is
    read once.

    Args:
        document: what the schedule is in.
        run: the pages of the schedule.
        used: the marks that stand in the table.
        codes: short texts of its cells ("X", "P"), which a legend may explain.
    """
    found: dict[str, str] = {}
    for k, part in enumerate(run):
        limit = run[k + 1].grid.table.start if k + 1 < len(run) else len(document.text)
        further = _MOST_PAGES if k + 1 == len(run) else 0
        for mark, text in _notes(_below(document, part, limit, further), used, codes):
            if text and mark != _LEGEND_MARK and mark not in found:
                found[mark] = text
    return [Footnote.model_construct(mark=mark, text=text) for mark, text in found.items()]


def _notes(
    lines: Iterator[tuple[int, bool, str]], used: Collection[str], codes: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Marks and texts of the notes in lines of (page, heading, text)."""
    mark, said, last, opened = "", [""], "", 0
    held: list[str] = []  # lines of a new page, kept back until another note begins there
    for page, heading, text in lines:
        if opened and (heading or page > opened + 1 or _is_title(text)):
            break
        pieces = list(_pieces(text, last, used, codes))
        if len(pieces) == 1 and not pieces[0][0]:
            if opened and page > opened:
                held.append(text)
            elif mark:
                said.append(text)
            continue
        for name, piece in pieces:
            if name:
                if mark:
                    yield mark, _joined([*said, *held])
                mark, said, held, opened = name, [piece], [], page
                last = name if name not in codes and name != _LEGEND_MARK else last
            elif mark:
                said += [*held, piece]
                held = []
    if mark:
        yield mark, _joined([*said, *_rest(said, held)])


def _rest(said: Sequence[str], held: Sequence[str]) -> Sequence[str]:
    """The lines of a new page that end the sentence of the last note."""
    if not held or "".join(said).rstrip().endswith((".", ":")):
        return ()
    end = next((k for k, text in enumerate(held[:6]) if text.endswith(".")), -1)
    return held[: end + 1]


def _joined(parts: Sequence[str]) -> str:
    return " ".join(" ".join(parts).split())[:_LONGEST]


def _pieces(text: str, last: str, used: Collection[str], codes: Collection[str]) -> Iterator[tuple[str, str]]:
    """A line cut where notes begin: (mark, text) of each, the mark "" for what goes on with the note before."""
    opening = _SIGNED.match(text) or _OPENING.match(text)
    code = _CODE.match(text)
    start, mark = 0, ""
    if opening and comes_next(opening.group(1), last, used) and _is_text(opening.group(1), text[opening.end() :]):
        start, mark = opening.end(), opening.group(1)
    elif code and code.group(1) in codes:
        start, mark = code.end(), code.group(1)
    elif _LEGEND.match(text):
        mark = _LEGEND_MARK
    last = mark if mark and mark not in codes and mark != _LEGEND_MARK else last
    for within in _WITHIN.finditer(text, start):
        if last and within.group(1) in used and comes_next(within.group(1), last, used):
            yield mark, text[start : within.start()]
            start, mark = within.end(), within.group(1)
            last = mark
    yield mark, text[start:]


def _is_text(mark: str, rest: str) -> bool:
    """Whether what follows a mark can be a note's text: after a number, a sentence."""
    return not mark.isdigit() or not rest or rest.lstrip()[:1].isupper() or not rest.lstrip()[:1].isalpha()


def comes_next(mark: str, last: str, used: Collection[str]) -> bool:
    """Whether a mark can open the note after the one with the mark `last` ("" for none yet).

    >>> comes_next("a", "", ()), comes_next("c", "b", ()), comes_next("f", "b", {"f"}), comes_next("a", "c", {"a"})
    (True, True, True, False)
    """
    if not mark.isalnum():
        return mark != last
    if last and (not last.isalnum() or last.isdigit() is not mark.isdigit()):
        return mark in used and not last.isalnum()
    place, before = _place(mark), _place(last) if last.isalnum() else 0
    return place == before + 1 or (mark in used and 0 < place - before <= _SKIPPED)


def _place(mark: str) -> int:
    """The place of a mark in its order: a is 1, z 26, aa 27."""
    if mark.isdigit():
        return int(mark)
    return 26 * (len(mark) - 1) + ord(mark[0]) - ord("a") + 1


def _is_title(text: str) -> bool:
    """Whether a line begins another part of the document, and not a further page of the schedule."""
    return bool(_NUMBERED.match(text) or (_CAPTION.match(text) and "cont" not in text.lower()))


def _below(document: Document, part: Part, limit: int, further: int) -> Iterator[tuple[int, bool, str]]:
    """The lines that may hold notes of a page of the schedule: (page, whether it is a heading, text)."""
    index = part.page - document.pages[0].number
    within = notes(part.grid)
    begin = within.start if within and within.start >= 0 else part.grid.table.end
    if within and within.start < 0:
        yield part.page, False, " ".join(within.text.split())
    repeated = {_shape(document.slice(ln.start, ln.end)) for ln in document.pages[index].lines if ln.start < begin}
    count = 0
    for page in document.pages[index : index + 1 + further]:
        for line in page.lines:
            text = " ".join(document.slice(line.start, line.end).split())
            if line.start < begin or line.kind in RUNNING or not text:
                continue
            if line.start >= limit or count > _MOST_LINES:
                return
            if page.number > part.page and (shape := _shape(text)) and shape in repeated:
                continue
            count += 1
            yield page.number, line.kind == "heading", text


def _shape(text: str) -> str:
    """A line without its numbers, as it repeats from page to page; short ones repeat by chance."""
    shape = _DIGITS.sub("", " ".join(text.split()))
    return shape if len(shape) > 8 else ""
