"""What stands where in a lease: running text with the page furniture blanked, labels with their values, headings."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from pipeline.values.addresses import Address, find_addresses
from pipeline.values.dates import find_dates
from pipeline.values.durations import Duration, find_durations
from pipeline.values.found import Found
from pipeline.values.keywords import lowered
from pipeline.values.leaders import without_leaders
from pipeline.values.money import Amount, find_money
from schemas import RUNNING, Document


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the slice `start`..`end` of the text that is its value; `at` is where the label begins."""

    label: str
    at: int
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """A lease laid out for reading; every offset is one of `Document.text`.

    Args:
        text: the document's text, same length, with running heads, feet, page numbers and fill-in marks blanked.
        low: `text` in lower case, for fast searches.
        lines: start and end of every line that says something.
        labels: labels with their values, in order of place.
        headings: offset and title of every heading, in order.
        contents: where a table of contents begins and ends (0, 0 if there is none).
        rows: where the lines begin that are rows of tables.
    """

    text: str
    low: str
    lines: tuple[tuple[int, int], ...]
    labels: tuple[Labelled, ...]
    headings: tuple[tuple[int, str], ...]
    contents: tuple[int, int]
    rows: frozenset[int]
    _label_starts: tuple[int, ...]
    _heading_starts: tuple[int, ...]

    @cached_property
    def money(self) -> list[Found[Amount]]:
        """Every amount of money of the lease."""
        return find_money(self.text[:LIMIT])[:MOST]

    @cached_property
    def dates(self) -> list[Found[str]]:
        """Every date of the lease, months with a blank day included."""
        return [f for f in find_dates(self.text[:LIMIT], self.day_first, blanks=True) if f.value[:4] >= "1950"][:MOST]

    @cached_property
    def durations(self) -> list[Found[Duration]]:
        """Every length of time of the lease."""
        return find_durations(self.text[:LIMIT])[:MOST]

    @cached_property
    def addresses(self) -> list[Found[Address]]:
        """Every street address of the lease."""
        return find_addresses(self.text[:LIMIT])[:MOST]

    @cached_property
    def day_first(self) -> bool:
        """Whether "4/5/2010" is the 4th of May: outside the US."""
        head = self.low[:60_000]
        return bool(_ABROAD.search(head)) and not re.search(r"\b(?:a delaware|county, |state of)\b", head)

    def label_at(self, offset: int) -> Labelled | None:
        """The label whose value holds `offset`."""
        index = bisect_right(self._label_starts, offset) - 1
        for item in reversed(self.labels[max(0, index - 2) : index + 1]):
            if item.start <= offset < item.end:
                return item
        return None

    def heading_at(self, offset: int) -> str:
        """The title of the last heading before `offset`, lower case, "" if none."""
        index = bisect_right(self._heading_starts, offset) - 1
        return self.headings[index][1].lower() if index >= 0 else ""

    def in_contents(self, offset: int) -> bool:
        """Whether `offset` is in the table of contents."""
        return self.contents[0] <= offset < self.contents[1]


LIMIT = 400_000
MOST = 1_000  # amounts, dates, durations, addresses looked at: real leases have at most a few hundred
"""Characters of a lease that are searched for values; what stands beyond is exhibits."""
_ABROAD = re.compile(
    r"\b(?:england|scotland|ireland|wales|queensland|victoria|australia|india|pounds sterling)\b|[£€₹]"
)
_LABEL = re.compile(r"(?P<label>[A-Z][^:\n]{0,69}?)\s{0,4}:(?!\d\d)[\s_]*")
_NUMBERING = re.compile(r"^\s*(?:\(?(?:[0-9]{1,2}|[A-Za-z]|[ivx]{1,4})[.)](?:[0-9]{1,2}[.)]?)*\s*)+")
_DEFINED = re.compile(
    r"[\"“”‘'](?:the\s+|The\s+)?(?P<label>[A-Z][\w’' /-]{2,50}?)[,.]?[\"“”’'](?:\s*\([^)\n]{0,40}\))?\s*(?:shall\s+(?:mean|be)|means?|is)\b[:\s]*"
)
_DEFINED_PLAIN = re.compile(
    r"\n\s*(?:\(?[\w.]{1,5}[.)]\s*)?(?P<label>[A-Z][\w’']*(?:\s[A-Z][\w’']*){0,3})\s+(?:shall\s+mean|means)\b[:\s]*"
)
_HEADING = re.compile(
    r"\n[ \t]*(?:ARTICLE|Article|SECTION|Section|§)?[ \t]*(?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-Z])[.):\-–—]{0,2}[ \t\n]{1,4}"
    r"(?P<title>[A-Z][A-Za-z’' ,&/-]{2,60}?)[ \t]*(?:[.:;–—]|\n|$)"
    r"|\n[ \t]*[A-Z]{4,8}(?:TH|ST|ND|RD)[ :.-]{1,3}(?P<worded>[A-Z][A-Za-z’' ,&/-]{2,60}?)[ \t]*[.:;–—\n]"
)
_RUN_IN = re.compile(  # "Security deposit. Tenant pays ...", "(4) RENT. The ...", "What is the rent? $850 ..."
    r"(?:^|\n[ \t]*\n|[.:;?]\n)[ \t]*(?:(?:ARTICLE|Article|SECTION|Section)[ \t]+)?(?:\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,5})[.):][ \t]+)?"
    r"(?P<title>[A-Z][A-Za-z’'/,&-]*(?:[ \t]+[A-Za-z’'/,&-]+){0,4}(?=\.[ \t]+[A-Z$\"“])|[A-Z][a-z]+(?:[ \t]+[A-Za-z’'-]+){1,9}(?=\?[ \t]+\S))"
)
_CAPITALS = re.compile(r"\n[ \t]*(?P<title>[A-Z][A-Z’' ,&/-]{3,50})[.:]?[ \t]*(?=\n)")


_TRAILING = re.compile(  # the second label on a line: "Tenant: Jane Roe Monthly Rent: $900"
    r"(?<=[^\s(])\s+(?P<label>(?:(?:Name|Date|Address|Term|Amount) of |(?:Monthly|Annual|Base|Security|Lease|Commencement|Expiration|Start|End|Rental|Premises|Property|Permitted|Move-?[Ii]n|Due|Late|Pet) )*"
    r"(?:Landlord|Lessor|Owner|Housing Provider|Tenant|Lessee|Resident|Renter|LANDLORD|LESSOR|TENANT|LESSEE|OWNER|Date|Dated|Address|Term|Rent|Deposit|Phone|Premises|Property|Expiration|Commencement|Use|City|State|Zip|County|Email|Signature|Place|Fee)"
    r"(?:\(s\)|s)?(?: \([^)]{1,12}\))?(?: of [A-Z]\w+| Date| Address| Name| & Seal)?)$"
)
_SHEET = re.compile(
    r"(?P<label>(?:\(?[\w.]{1,5}[.)]\s+)?[A-Z][\w’'/&()-]*\s+(?:(?:[A-Z][\w’'/&()-]*|of|and|the|to|for)\s+){0,5})(?=[$€£₹]|\d{1,2}[/-]\d{1,2}[/-]|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]|[A-Z][a-z]{2,8}\.?\s\d{1,2},|\d[\d,.]*\s*(?:%|years?|months?|days?|square|sq))"
)

_LAST_SENTENCE = re.compile(
    r".*[\w)”\"]{3}(?:[.;]|\?(?!\s+(?:Yes|No)\b))\s+(?=[A-Z])"
)  # "Made May 6, 2025. Landlord: ...": the label is what follows
_COLUMNS = re.compile(r"(?P<label>[A-Z][\w’'/&()-]*(?: [\w’'/&()-]+){0,5})\s{3,}(?=\S)")


def lay_out(document: Document) -> Layout:
    """The layout of a document, in time linear in its length."""
    text = _blanked(document)
    lines = _lines(text)
    labels = [*_line_labels(text, lines), *_defined(text), *_table_labels(document)]
    labels += [Labelled(f.name, f.start, f.start, f.end) for f in document.form_fields if 0 <= f.start < f.end]
    labels.sort(key=lambda item: item.start)
    headings = sorted(
        {(s.start, s.title) for s in document.sections if s.title}
        | {(m.start(m.lastgroup or 0), m[m.lastgroup or 0]) for m in _HEADING.finditer(text)}
        | {(m.start("title"), m["title"]) for p in (_CAPITALS, _RUN_IN) for m in p.finditer(text)}
    )
    return Layout(
        text=text,
        low=lowered(text),
        lines=lines,
        labels=tuple(labels),
        headings=tuple(headings),
        contents=_contents(text, lines),
        rows=frozenset(m.start() for m in _ROW.finditer(document.text)),
        _label_starts=tuple(item.start for item in labels),
        _heading_starts=tuple(start for start, _ in headings),
    )


def _blanked(document: Document) -> str:
    """The text with page furniture, options not checked and fill-in marks as spaces: sentences go on across pages, offsets stay."""
    parts, last = [], 0
    for line in document.lines():
        if line.kind in RUNNING and line.start >= last:
            parts += [document.text[last : line.start], " " * (line.end - line.start)]
            last = line.end
    text = "".join([*parts, document.text[last:]])
    if _CHECKED.search(text):
        text = _UNCHECKED.sub(lambda m: " " * len(m[0]), text)
    return without_leaders(text).replace("\u00a0", " ").replace("\t", " ").replace("\r", " ").replace("*", " ")


_ROW = re.compile(r"^[^\n\t]+\t", re.MULTILINE)
_CHECKED = re.compile(r"\[\s?[xX]\s?\]|☒|☑")
_UNCHECKED = re.compile(r"(?:\[ ?\]|☐|□)[^\[☐☒☑□\n.]{1,60}")  # what was not chosen is not said


def _lines(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every line with a letter or digit in it."""
    spans, start = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            begin = start + len(raw) - len(raw.lstrip())
            spans.append((begin, begin + len(stripped)))
        start += len(raw) + 1
    return tuple(spans)


def _line_labels(text: str, lines: tuple[tuple[int, int], ...]) -> list[Labelled]:
    """ "Tenant: Jane Roe", also with the value on the lines below, and several labels on one line."""
    raw: list[tuple[str, int, int, int]] = []
    sheet: list[Labelled] = []
    for index, (start, end) in enumerate(lines):
        line = text[start : min(end, start + 600)]
        if ":" not in line:
            if term := _SHEET.match(line) or _COLUMNS.match(line):
                sheet.append(Labelled(_NUMBERING.sub("", term["label"]).strip(), start, start + term.end("label"), end))
            continue
        if line.lstrip(": ") == "" or line[0] == ":":  # "Landlord" / ":" / "Jane Roe" on lines of their own
            above = lines[index - 1] if index else (0, 0)
            label = _NUMBERING.sub("", text[above[0] : above[1]]).strip(" ._")
            if 0 < len(label) <= 60 and len(label.split()) <= 6:
                raw.append((label, above[0], start + 1, index))
            continue
        for match in _LABEL.finditer(line):
            trailing = _TRAILING.search(match["label"]) if match.start() else None
            at = match.start() + (trailing.start("label") if trailing else 0)
            said = trailing["label"] if trailing else match["label"]
            if sentence := _LAST_SENTENCE.match(said):
                at, said = at + sentence.end(), said[sentence.end() :]
            at, said = at + said.rfind("|") + 1, said.rpartition("|")[2]  # "Unit: 2 | Renter: Jane Roe"
            label = _NUMBERING.sub("", said).strip(" ._")
            if label and len(label.split()) <= 9:
                raw.append((label, start + at, start + match.end(), index))
    labels = []
    for position, (label, at, start, index) in enumerate(raw):
        limit = raw[position + 1][1] if position + 1 < len(raw) else len(text)
        end = min(lines[index][1], limit)
        if start >= lines[index][1] - 1:  # nothing on the line: the value is below
            start = lines[index + 1][0] if index + 1 < len(lines) else end
            below = lines[min(index + 4, len(lines) - 1)][1]
            end = min(limit, below, start + 300)
        elif end == lines[index][1]:
            below = lines[min(index + 2, len(lines) - 1)][1]
            end = min(limit, max(end, min(below, start + 300)))
        if start < end:
            labels.append(Labelled(label, at, start, end))
    return labels + sheet


def _defined(text: str) -> list[Labelled]:
    """Defined terms: '"Commencement Date" shall mean May 1, 2005', "Building means the ..."."""
    matches = [*_DEFINED.finditer(text), *_DEFINED_PLAIN.finditer(text)]
    return [Labelled(m["label"], m.start(), m.end(), min(len(text), m.end() + 250)) for m in matches]


def _table_labels(document: Document) -> list[Labelled]:
    """Rows of tables: the first cell labels the cells after it."""
    labels = []
    for table in document.tables:
        rows: dict[int, list[tuple[int, int, int, str]]] = {}
        for cell in table.cells:
            if cell.text.strip() and cell.start >= 0:
                rows.setdefault(cell.row, []).append((cell.column, cell.start, cell.end, cell.text))
        for cells in rows.values():
            cells.sort()
            name = _NUMBERING.sub("", cells[0][3]).strip(" :._\n")
            if len(cells) > 1 and name and len(name) <= 70:
                labels += [Labelled(name, cells[0][1], start, end) for _, start, end, _ in cells[1:3]]
    return labels


def _contents(text: str, lines: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Where the table of contents stands: from its title to the last of many short lines."""
    at = lowered(text[:20_000]).find("table of contents")
    if at < 0:
        return (0, 0)
    end = at
    for start, stop in lines:
        if start < at:
            continue
        if stop - start > 110 and not re.search(r"\.{4}|(?:\. ){4}", text[start:stop]):
            break
        end = stop
    return (at, end)
