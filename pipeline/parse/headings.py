"""Finds the lines that could be headings, and says how much each looks like one; `sections.py` decides which are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from schemas import Line, Page

Series = Literal["decimal", "article", "annex", "letter", "plain", "run_in"]

_SKIPPED = frozenset({"header", "footer", "page_number", "table", "footnote"})
_HEAD = 240  # characters of a line that are looked at
_LONG = 1500  # from this length a line is a whole contract in one paragraph and headings are sought inside it

_DECIMAL = re.compile(
    r"(?P<word>(?:SECTION|Section|Sec\.|§)\s{0,3})?(?P<number>\d{1,2}(?:\.\d{1,3}){0,5})(?!\d|[.,]\d|[-/]\d)(?P<point>[.):])?(?P<gap>\s*)"
)
_WORDED = re.compile(
    r"(?P<word>ARTICLE|Article|CHAPTER|Chapter|PART|Part|APPENDIX|Appendix|EXHIBIT|Exhibit|SCHEDULE|Schedule|ANNEX|Annex"
    r"|ATTACHMENT|Attachment|RIDER|Rider)"
    r"\s{1,3}(?P<number>[IVXLC]{1,6}|\d{1,2}[A-Z]?|[A-Z](?:-\d{1,2})?)\b(?!-|/)(?P<point>\s{0,2}[.:)—–-])?(?P<gap>\s*)"
)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\.(?P<gap>\s+(?=[A-Z])|$)")
_LETTER = re.compile(r"(?P<number>[A-H])\.(?P<gap>\s+)(?=[A-Z])")
_RUN_IN = re.compile(
    r"(?P<title>[\"“(]?[A-Z][^.:;\n]{1,70}?)(?:\s?[.:]{1,2}[\"”]?[*_]{0,3}\s*(?=\s[A-Z\"“(\[$]|$)|\s(?:--?|[–—])\s|\s(?=\d{1,2}-\d{1,2}\s))"
)
_INLINE = re.compile(
    r"(?<=[.;:)\"”]\s)\s?(?P<number>\d{1,2}(?:\.\d{1,2})?)\.\s{1,3}(?=(?:[A-Z][A-Z&,/'’ -]{2,60}|[A-Z][a-z]{2,20}(?:\s[A-Za-z]{2,20}){0,5})[.:]\s)"
)
LEADERS = re.compile(r"(?:\.\s?){4}|·{3}|…\s?…|_{4,}\s*\d|\t+\s*\d{1,3}\s*$|\s{4,}\d{1,3}\s*$")
_PAGE_AT_END = re.compile(r"\s(\d{1,3}|[ivxl]{1,5})$")
_SENTENCE = re.compile(
    r"\b(?:[Ss]hall|SHALL|will|WILL|must|MUST|may|is|IS|are|ARE|was|were|has|HAS|have|agrees?|AGREES?|should|can|hereby|HEREBY|does|be|means)\b"
    r"|[a-z]\. [A-Z]"
)
_REFERENCE = re.compile(r"\bet al\b|^[A-Z][a-zà-ÿ'’-]+(?: de)? [A-Z]{1,3}[,.]")
_NO_TITLE = re.compile(
    r"(?:Table|Figure|Listing|TABLE|FIGURE)\s*\d|.*\bX\s+X\b|(?:landlord|tenant|lessor|lessee|owner|attest|witness|by|name|title|its|date|dated|signed"
    r"|president|notary public|signature|print name|please print name)s?\W*$",
    re.IGNORECASE,
)
_NAME_LIKE = re.compile(
    r"/s/|_{3}|\b(?:LLC|L\.L\.C|INC|CORP|LTD|L\.P|LLP|N\.A|PLC|CORPORATION|COMPANY|LIMITED|TRUST)\b\.?[\"”)]*$|^(?:BY|By|NAME|TITLE|ITS|DATE)\b\s*:|\d{5}"
)
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?[ ,-]{1,2}\d")
_MARKS = "#*_ \t\xa0"


@dataclass(slots=True)
class Candidate:
    """A line (or the head of one) that may be a heading.

    `key` is its number as integers (empty without one); `weight` says how much it looks like a heading (0: undecided);
    `page_ref` is the page number at its end, as lines of a table of contents have (-1: none, 0: dot leaders).
    """

    index: int
    start: int
    body: int
    series: Series
    number: str
    key: tuple[int, ...]
    title: str
    weight: float
    size: float = 0.0
    bold: bool = False
    caps: bool = False
    page_ref: int = -1


@dataclass(frozen=True, slots=True)
class Face:
    """How the body of the document is set: its font size, and whether bold type tells headings apart."""

    size: float
    bold_tells: bool

    def weight(self, line: Line) -> float:
        """How much the type of a line speaks for a heading."""
        larger = self.size > 0 and line.size > self.size * 1.08
        smaller = 0 < line.size < self.size * 0.85
        bold = self.bold_tells and line.bold
        plain = -0.8 if self.bold_tells and not larger else 0.0
        return (1.5 if bold else plain) + (1.0 if larger else 0.0) - (1.0 if smaller else 0.0)


def body_face(lines: Sequence[Line]) -> Face:
    """The face most characters are set in."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for line in lines[:: max(1, len(lines) // 1500)]:
        length = line.end - line.start
        sizes[line.size] += length
        total += length
        bold += length if line.bold else 0
    return Face(sizes.most_common(1)[0][0] if sizes else 0.0, 0 < bold < 0.35 * total)


def text_lines(pages: Sequence[Page]) -> list[Line]:
    """The lines in which a heading can stand, in reading order."""
    return [line for page in pages for line in page.lines if line.kind not in _SKIPPED and line.end > line.start]


def candidates(text: str, lines: Sequence[Line], face: Face) -> list[Candidate]:
    """Every line that may be a heading, in reading order; those of a table of contents among them."""
    found: list[Candidate] = []
    for index, line in enumerate(lines):
        start = line.start
        first = text[start]
        if first in _MARKS:
            head = text[start : min(line.end, start + _HEAD)].lstrip(_MARKS)
            if not head:
                continue
            start = text.index(head, start)
            first = head[0]
        if first.isupper() or first.isdigit() or first in "§“\"'" or line.kind == "heading":
            head = text[start : min(line.end, start + _HEAD)].rstrip(_MARKS)
            candidate = _read(text, lines, index, start, head, face)
            if candidate is not None:
                found.append(candidate)
        if line.end - line.start > _LONG:
            found.extend(_inside(text, index, line))
    return found


def _read(text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face) -> Candidate | None:
    """The candidate that a line is, if it is one: numbered first, then worded, then by its looks."""
    first = head[0]
    if (first.isdigit() or first in "§S") and (match := _DECIMAL.match(head)):
        return _decimal(text, lines, index, start, head, face, match)
    if first in "ACEPSR" and (match := _WORDED.match(head)):
        return _worded(text, lines, index, start, head, face, match)
    if first in "IVX" and (match := _ROMAN.match(head)):
        key = (roman(match["number"]),)
        if match.end() == len(head):
            return _title_below(text, lines, index, start, head, face, "article", key)
        return _titled(lines, index, start, head, face, match, "article", key)
    if first <= "H" and (match := _LETTER.match(head)):
        return _titled(lines, index, start, head, face, match, "letter", (ord(first) - 64,))
    return _plain(text, lines, index, start, head, face)


def _decimal(
    text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face, match: re.Match[str]
) -> Candidate | None:
    """A number and a title: on this line, or the number alone with its title on the next one."""
    key = tuple(int(part) for part in match["number"].split("."))
    while len(key) > 1 and key[-1] == 0:
        key = key[:-1]
    if key[0] == 0:
        return None
    if match.end() == len(head):
        below = _title_below(text, lines, index, start, head, face, "decimal", key)
        sure = match["point"] or len(key) > 1 or match["word"]
        return below if below and (sure or below.caps) else None
    if not (match["point"] or match["gap"]) or _MONTH.match(head, match.end()):
        return None
    candidate = _titled(lines, index, start, head, face, match, "decimal", key)
    if candidate is not None:
        candidate.weight += 1.0 if len(key) > 1 else (0.0 if match["point"] or match["word"] else -0.5)
        if match["word"]:
            candidate.weight += 0.5
            candidate.number = head[: match.end("number")]
    return candidate


def _worded(
    text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face, match: re.Match[str]
) -> Candidate | None:
    """ARTICLE IV, Exhibit B, Appendix 3: alone on the line, or with a title that is no sentence."""
    word, label = match["word"], match["number"]
    if _runs_on(text, lines, index) and not (word.isupper() or face.weight(lines[index]) > 0):
        return None
    series: Series = "article" if word.upper() in {"ARTICLE", "CHAPTER", "PART"} else "annex"
    if label[0].isdigit():
        key = (int(label.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),)
    elif set(label) <= set("IVXLC") and (series == "article" or len(label) > 1):
        key = (roman(label),)
    else:
        key = (ord(label[0]) - 64,)
    if match.end() == len(head):
        candidate = _title_below(text, lines, index, start, head, face, series, key)
        return candidate or Candidate(index, start, start + len(head), series, head, key, "", 1.0, lines[index].size)
    if not (match["point"] or match["gap"]) or (not match["point"] and head[match.end()].islower()):
        return None
    candidate = _titled(lines, index, start, head, face, match, series, key)
    if candidate is None:
        return None
    candidate.number = head[: match.end("number")]
    candidate.weight += 1.0
    return candidate


def _titled(
    lines: Sequence[Line],
    index: int,
    start: int,
    head: str,
    face: Face,
    match: re.Match[str],
    series: Series,
    key: tuple[int, ...],
) -> Candidate | None:
    """A number with a title on the same line, the text following on it (run-in) or below."""
    line, at = lines[index], match.end()
    at += len(head) - at - len(head[at:].lstrip(_MARKS))
    rest = head[at:]
    if not rest or _REFERENCE.search(rest) or not rest.lstrip("\"“‘'([")[:1].isupper():
        return None
    whole = line.end - start <= len(head) + 2 or len(rest) < _HEAD - 20
    page_ref = _page_reference(rest)
    run_in = _RUN_IN.match(rest)
    title, body, weight = rest, start + len(head), 0.0
    if run_in and run_in.end() < len(rest) and not (whole and _all_title(rest, line, face)):
        title, body = run_in["title"], start + at + run_in.end()
        weight = 0.4 if page_ref < 0 and not _SENTENCE.search(title) else -2.0
    elif not whole or len(rest) > 110:
        return None
    elif _SENTENCE.search(rest) or rest[-1] in ",;":
        weight = -2.0
    elif len(rest) > 75 or rest[-1] == ".":
        weight = -0.4
    else:
        weight = 0.7
    title = title.strip(_MARKS + '.:"“”')
    if len(title) < 3:
        return None
    caps, cased = letter_case(title)
    weight += (1.5 if caps else 0.6 if cased else -0.6) + face.weight(line) + (3.0 if line.kind == "heading" else 0.0)
    return Candidate(
        index, start, body, series, head[:at].rstrip(_MARKS), key, title, weight, line.size, line.bold, caps, page_ref
    )


def _all_title(rest: str, line: Line, face: Face) -> bool:
    """Whether a line with a colon or dash in it is a title throughout ("Measures to Minimize Bias: Blinding")."""
    if len(rest) > 110:
        return False
    caps, cased = letter_case(rest)
    bold = face.bold_tells and line.bold
    return caps or (bold and cased and rest[-1] not in ".;,:" and not _SENTENCE.search(rest))


def _title_below(
    text: str,
    lines: Sequence[Line],
    index: int,
    start: int,
    head: str,
    face: Face,
    series: Series,
    key: tuple[int, ...],
) -> Candidate | None:
    """A number alone on its line whose title stands on the next one."""
    if index + 1 >= len(lines):
        return None
    below = lines[index + 1]
    title = text[below.start : below.end].strip(_MARKS)
    if not 3 <= len(title) <= 90 or not (title[0].isupper() or title[0] in '"“'):
        return None
    caps, cased = letter_case(title)
    if not (caps or cased or below.bold or below.kind == "heading") or _SENTENCE.search(title):
        return None
    weight = (1.2 if caps else 0.4) + face.weight(below) + (0.5 if len(key) > 1 else 0.0)
    return Candidate(
        index, start, below.end, series, head, key, title.rstrip(".:"), weight, below.size, below.bold, caps
    )


def _plain(text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face) -> Candidate | None:
    """A heading without a number: by its type, its capitals, or as the first words of a paragraph."""
    line = lines[index]
    if len(head) > 90 or line.end - start > _HEAD:
        return _run_in(text, lines, index, start, head)
    caps, cased = letter_case(head)
    typed = face.weight(line)
    if line.kind == "heading":
        weight = 3.0
    elif not _could_be_title(head):
        return None
    elif _SENTENCE.search(head):
        return _run_in(text, lines, index, start, head)
    elif typed >= 1.0 and cased and head[-1] != ".":
        weight = 1.5
    elif caps and len(head) > 5 and ":" not in head[:-1] and not _runs_on(text, lines, index):
        weight = 1.0 + min(0.0, typed)
    elif cased and not face.bold_tells and _stands_over_paragraph(text, lines, index, head):
        weight = 0.5
    else:
        return _run_in(text, lines, index, start, head)
    return Candidate(
        index, start, start + len(head), "plain", "", (), head.strip(_MARKS + ":"), weight,
        line.size, line.bold, caps, _page_reference(head),
    )  # fmt: skip


def _could_be_title(title: str) -> bool:
    """Whether a short line may be a title: not a label, a name, an address, a caption or a row of marks."""
    return (
        title.count(" ") < 12
        and title[0].isalpha()
        and title[-1] not in ",;"
        and not _NO_TITLE.match(title)
        and not _NAME_LIKE.search(title)
        and sum(map(str.isalpha, title)) >= 0.6 * len(title)
    )


def _stands_over_paragraph(text: str, lines: Sequence[Line], index: int, title: str) -> bool:
    """Whether a few words stand alone between the end of a paragraph and the beginning of a longer one."""
    if title.count(" ") > 5 or not title.isprintable() or any(c in title for c in ",.:") or index + 1 >= len(lines):
        return False
    below = lines[index + 1]
    opens = text[below.start].isupper() or text[below.start] in ' ("“'
    return opens and below.end - below.start >= 60 and _ended_before(text, lines, index)


def _runs_on(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the line before is a full one that does not end its sentence."""
    before = lines[index - 1] if index else None
    return before is not None and before.end - before.start > 60 and not _ended_before(text, lines, index)


def _run_in(text: str, lines: Sequence[Line], index: int, start: int, head: str) -> Candidate | None:
    """ "Security Deposit. Lessee ...": the words before the first stop are the heading of the paragraph they open."""
    if len(head) < 50 or not (match := _RUN_IN.match(head)) or match.end() >= len(head) - 30:
        return None
    title = match["title"].strip(_MARKS + '"“”')
    caps, cased = letter_case(title)
    if not (caps or cased) or title.count(" ") > 6 or len(title) < 4 or _SENTENCE.search(title) or "," in title:
        return None
    if not _SENTENCE.search(head, match.end()) and not caps:
        return None
    if not _ended_before(text, lines, index):
        return None
    line = lines[index]
    return Candidate(index, start, start + match.end(), "run_in", "", (), title, 0.5, line.size, line.bold, caps)


def _inside(text: str, index: int, line: Line) -> Iterator[Candidate]:
    """Numbered run-in headings in the middle of a line that holds a whole contract."""
    for match in _INLINE.finditer(text, line.start + 1, line.end):
        head = text[match.end() : match.end() + _HEAD]
        run_in = _RUN_IN.match(head)
        if run_in is None:
            continue
        caps, cased = letter_case(run_in["title"])
        if caps or (cased and not _SENTENCE.search(run_in["title"])):
            key = tuple(int(part) for part in match["number"].split("."))
            start = match.start("number")
            yield Candidate(
                index, start, match.end() + run_in.end(), "decimal", match["number"] + ".", key,
                run_in["title"].strip(), 1.5 if caps else 0.9, line.size, False, caps,
            )  # fmt: skip


def _ended_before(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the line before ends a sentence or paragraph, so that a new one can begin."""
    if index == 0:
        return True
    before = lines[index - 1]
    return text[before.start : before.end].rstrip()[-1:] in {"", ".", ":", ";", "_", ")"} or (
        lines[index].start - before.end > 1 and text[before.end : lines[index].start].count("\n") > 1
    )


def _page_reference(title: str) -> int:
    """The page number that a line of a table of contents ends with, 0 for leaders without a number, -1 for neither.

    >>> _page_reference("Study Design ........ 12"), _page_reference("Study Design")
    (12, -1)
    """
    number = _PAGE_AT_END.search(title)
    if number:
        return int(number[1]) if number[1].isdigit() else 0
    return 0 if LEADERS.search(title) else -1


def letter_case(title: str) -> tuple[bool, bool]:
    """Whether a title is in capitals, and whether it is in Title Case (each longer word capitalised).

    >>> letter_case("RENT AND DEPOSIT"), letter_case("Date of the Rent"), letter_case("Date of payment of rent")
    ((True, True), (False, True), (False, False))
    """
    if title.upper() == title:
        return (True, True) if sum(map(str.isalpha, title)) >= 3 else (False, False)
    longer = [word for word in re.findall(r"[^\W\d_][\w’'-]*", title) if len(word) > 3]
    lower = sum(word[0].islower() for word in longer)
    return False, bool(longer) and lower <= len(longer) // 4


def roman(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> roman("XIV")
    14
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in numeral]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
