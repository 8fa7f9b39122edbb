"""Eligibility criteria as data: each criterion whole, with its number, its group heading and its sub-items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Document

HYPHENS = "-\u00ad\u2010\u2011\ufffe\uffff"
"""What a word broken at a line's end ends with; pdfium writes U+FFFE for a hyphen it takes to be one of the typesetter."""

_SPACE = re.compile(r"\s+")
_WORD_END = re.compile(r"[A-Za-z]+$")
_WORD_START = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of running text, without running heads and feet: its place in the document and what it says.

    Args:
        start: offset of its first character in `Document.text`.
        end: offset after its last character.
        text: the line, trimmed on the right.
        page: number of its page, from 1.
        heading: whether the parser took the line for a heading or it is set in bold.
        left: where it begins on the page, in points; None if the parser did not say.
    """

    start: int
    end: int
    text: str
    page: int
    heading: bool = False
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, or one sub-item of a criterion.

    Args:
        number: as printed, without brackets and full stop ("1", "16b", "I 01", "a"), "" for a bullet.
        text: the whole criterion, sub-items included, line breaks joined.
        start: offset of its first word (after the number) in the document's text.
        end: offset after its last character.
        group: the sub-heading it stands under ("Age", "Prior/concomitant therapy"), "" if there is none.
        children: its sub-items.
        withdrawn: whether the document says that the criterion was removed by an amendment.
        marked: whether a number, letter or bullet stands before it; False for a bare paragraph.
    """

    number: str
    text: str
    start: int
    end: int
    group: str = ""
    children: tuple["Criterion", ...] = ()
    withdrawn: bool = False
    marked: bool = True


@dataclass(frozen=True, slots=True)
class CriteriaList:
    """The inclusion or the exclusion criteria of a protocol; `start`/`end` bound the heading they stand under."""

    start: int = -1
    end: int = -1
    items: tuple[Criterion, ...] = ()

    @property
    def current(self) -> tuple[Criterion, ...]:
        """The criteria that are in force: without those removed by an amendment."""
        return tuple(item for item in self.items if not item.withdrawn)

    @property
    def numbered(self) -> bool:
        """Whether every criterion carries a number of its own."""
        return bool(self.items) and all(item.number for item in self.items)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The main eligibility section of a protocol."""

    inclusion: CriteriaList = CriteriaList()
    exclusion: CriteriaList = CriteriaList()


def joined(document: Document, rows: Sequence[Row]) -> str:
    """The text of `rows` as one paragraph: line breaks become spaces, words broken at a line's end are made whole.

    A hyphen at the end of a line stays ("non-" + "smoker") unless the document writes the word without it elsewhere.

    >>> joined(Document("a", "", "", "treat-\\nment of treatment", ()), [Row(0, 6, "treat-", 1), Row(7, 11, "ment", 1)])
    'treatment'
    """
    parts: list[str] = []
    for row in rows:
        text = row.text.strip()
        if parts and parts[-1] and parts[-1][-1] in HYPHENS:
            head, tail = _WORD_END.search(parts[-1][:-1]), _WORD_START.match(text)
            if head and (tail or text[:1].isalnum()):
                whole = head.group() + tail.group() if tail else ""
                broken = bool(whole) and len(head.group()) > 1 and whole in document.text
                parts[-1] = parts[-1][:-1] + ("" if broken else "-") + text
                continue
        parts.append(text)
    return _SPACE.sub(" ", " ".join(parts)).strip()
