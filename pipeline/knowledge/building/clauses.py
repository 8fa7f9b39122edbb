"""The clauses of a standard lease: what stands under each heading, and the statute it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from schemas import RUNNING, Document, Section

_SIGN = r"§{1,2}\s*\d[\w.:-]*"
_LAW = r"(?:R\.C\.|RCW|ILCS|U\.S\.C\.|C\.F\.R\.|P\.S\.|Stat\.|Code|Law|Act|Statutes|Title|Section|Sec\.|NYCRR|ORS|A\.R\.S\.|G\.L\.)"
_CITED = re.compile(
    rf"{_SIGN}|\b\d{{1,3}}\s+[A-Z][\w.]*\s+(?:§\s*)?\d[\w./:-]*|{_LAW}\s+(?:§{{1,2}}\s*|c\.\s*)?\d[\w.:/-]*"
)
_IN_BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
_AFTER_DASH = re.compile(r"\s+[–—-]\s+(?P<after>.+)$|:\s+(?P<colon>.+)$")
_NUMBER = re.compile(r"\d[\w./:-]*\w(?!\s*(?:ILCS|U\.S\.C|C\.F\.R|P\.S|Pa|NYCRR)\b)")
_CLOSING = re.compile(r"[^()]{0,120}(?:\([^()]{0,20}\)[^()]{0,60}){0,4}\)")
_DASHED = re.compile(r"\s*[–—:(-][^\n]{3,100}(?=\n|$)")
_LEAST = 40  # characters of a body that says something


@dataclass(frozen=True, slots=True)
class Clause:
    """A headed part of a template.

    Args:
        number: as printed ("7.", "Section 3"), "" if unnumbered.
        title: the heading's words without number and citation.
        citation: the statute it stands under, "" if none.
        text: heading and body, as they stand in the document, without running heads and feet.
        body: the text below the heading.
        page: where it begins, from 1.
        start: offset of the heading in the document; `end` after its last character.
    """

    number: str
    title: str
    citation: str
    text: str
    body: str
    page: int
    start: int
    end: int


def clauses_of(document: Document) -> tuple[Clause, ...]:
    """The clauses of a document in order; the document's own title is none, nor is a heading with nothing below it.

    Args:
        document: a standard lease, as it was parsed.
    """
    sections = sorted(document.sections, key=lambda s: s.start)
    return tuple(_clauses(document, [s for i, s in enumerate(sections) if not _is_title(s, i, sections)]))


def _clauses(document: Document, sections: list[Section]) -> Iterator[Clause]:
    above: dict[int, str] = {}  # the citation of the last heading of each level, which holds for what is below it
    ends = [*(following.start for _, following in pairwise(sections)), len(document.text)]
    for section, following in zip(sections, ends, strict=False):
        end = min(section.end, following)
        heading, body_at = _heading(document, section, end)
        body = _said(document, body_at, end)
        title, cited = title_and_citation(heading)
        above = {level: cited for level, cited in above.items() if level < section.level}
        citation = cited or cited_in(body) or next((c for c in reversed(above.values()) if c), "")
        above[section.level] = cited
        if len(body) >= _LEAST:
            text = _said(document, section.start, end)
            page = document.page_at(section.start).number
            yield Clause(section.number.strip(), title, citation, text, body, page, section.start, end)


def _heading(document: Document, section: Section, end: int) -> tuple[str, int]:
    """The words of a heading and where its body begins.

    A heading that ends within brackets ("Late Fees (Tex.") goes on to their end, one before a dash and a statute to its line's.
    """
    body = section.body if section.start < section.body <= end else section.start
    at = document.text.find(section.title, section.start, end)
    after = at + len(section.title)
    if at < 0:
        return section.title, body
    within = section.title.count("(") > section.title.count(")")
    rest = (_CLOSING if within else _DASHED).match(document.text, after, end)
    if rest and (within or _CITED.search(rest[0])):
        after = rest.end()
    return document.text[at:after], max(body, after)


def _said(document: Document, start: int, end: int) -> str:
    """What a stretch of the document says, without the running heads and feet of its pages."""
    pieces, at = [], start
    for line in document.lines():
        if line.kind in RUNNING and start <= line.start < end:
            pieces.append(document.text[at : line.start])
            at = line.end
    return "".join([*pieces, document.text[at:end]]).strip()


def title_and_citation(heading: str) -> tuple[str, str]:
    """A heading without the statute it names, and that statute.

    >>> title_and_citation("Security Deposit (R.C. 5321.16)")
    ('Security Deposit', 'R.C. 5321.16')
    >>> title_and_citation("LATE FEES — RCW 59.18.283")
    ('LATE FEES', 'RCW 59.18.283')
    >>> title_and_citation("Pets (if any)")
    ('Pets (if any)', '')
    """
    heading = " ".join(heading.split())
    for match in _IN_BRACKETS.finditer(heading):
        if _CITED.search(match[1]):
            return _trimmed(heading[: match.start()] + heading[match.end() :]), match[1].strip()
    after = _AFTER_DASH.search(heading)
    if after and _CITED.search(after["after"] or after["colon"]):
        return _trimmed(heading[: after.start()]), (after["after"] or after["colon"]).strip(" .")
    return _trimmed(heading), ""


def cited_in(text: str) -> str:
    """The first statute that a text cites in brackets.

    >>> cited_in("returned within thirty (30) days (R.C. 5321.16(B)), less deductions")
    'R.C. 5321.16(B)'
    """
    return next((" ".join(m[1].split()) for m in _IN_BRACKETS.finditer(text) if _CITED.search(m[1])), "")


def sections_cited(citation: str) -> frozenset[str]:
    """The numbers of the sections that a citation names, to compare two ways of citing them.

    >>> sorted(sections_cited("Ohio Rev. Code §§ 5321.13(A), 5321.16")), sorted(sections_cited("42 U.S.C. 4852d"))
    (['5321.13', '5321.16'], ['4852d'])
    """
    found = (m[0].rstrip(".:-") for m in _NUMBER.finditer(citation))
    return frozenset(number for number in found if len(number) > 2)


def _trimmed(title: str) -> str:
    return " ".join(title.split()).strip(" .:;–—-")


def _is_title(section: Section, position: int, sections: list[Section]) -> bool:
    """Whether a heading is the document's: the first, without a number among others that have one or that stand below it."""
    if position or section.number.strip() or len(sections) < 2:
        return False
    return sections[1].level > section.level or any(s.number.strip() for s in sections)
