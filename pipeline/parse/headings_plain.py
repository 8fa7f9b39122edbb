"""Headings without a number: by their type, their capitals, or as the first words of a paragraph."""

import re
from collections.abc import Sequence

from pipeline.parse.heading_candidate import (
    HEAD,
    MARKS,
    RUN_IN,
    SENTENCE,
    Candidate,
    Face,
    ended_before,
    letter_case,
    page_reference,
    runs_on,
)
from schemas import Line

_NO_TITLE = re.compile(
    r"(?:Table|Figure|Listing|TABLE|FIGURE)\s*\d|.*\bX\s+X\b|(?:landlord|tenant|lessor|lessee|owner|attest|witness|by|name|title|its|date|dated|signed"
    r"|president|notary public|signature|print name|please print name)s?\W*$",
    re.IGNORECASE,
)
_NAME_LIKE = re.compile(
    r"/s/|_{3}|\b(?:LLC|L\.L\.C|INC|CORP|LTD|L\.P|LLP|N\.A|PLC|CORPORATION|COMPANY|LIMITED|TRUST)\b\.?[\"”)]*$|^(?:BY|By|NAME|TITLE|ITS|DATE)\b\s*:|\d{5}"
)


def plain(text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face) -> Candidate | None:
    """A heading without a number: by its type, its capitals, or as the first words of a paragraph."""
    line = lines[index]
    if len(head) > 90 or line.end - start > HEAD:
        return _run_in(text, lines, index, start, head)
    caps, cased = letter_case(head)
    typed = face.weight(line)
    if line.kind == "heading":
        weight = 3.0
    elif not _could_be_title(head):
        return None
    elif SENTENCE.search(head):
        return _run_in(text, lines, index, start, head)
    elif typed >= 1.0 and cased and head[-1] != ".":
        weight = 1.5
    elif caps and len(head) > 5 and ":" not in head[:-1] and not runs_on(text, lines, index):
        weight = 1.0 + min(0.0, typed)
    elif cased and not face.bold_tells and _stands_over_paragraph(text, lines, index, head):
        weight = 0.5
    else:
        return _run_in(text, lines, index, start, head)
    return Candidate(
        index, start, start + len(head), "plain", "", (), head.strip(MARKS + ":"), weight,
        line.size, line.bold, caps, page_reference(head),
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
    return opens and below.end - below.start >= 60 and ended_before(text, lines, index)


def _run_in(text: str, lines: Sequence[Line], index: int, start: int, head: str) -> Candidate | None:
    """ "Security Deposit. Lessee ...": the words before the first stop are the heading of the paragraph they open."""
    if len(head) < 50 or not (match := RUN_IN.match(head)) or match.end() >= len(head) - 30:
        return None
    title = match["title"].strip(MARKS + '"“”')
    caps, cased = letter_case(title)
    if not (caps or cased) or title.count(" ") > 6 or len(title) < 4 or SENTENCE.search(title) or "," in title:
        return None
    if not SENTENCE.search(head, match.end()) and not caps:
        return None
    if not ended_before(text, lines, index):
        return None
    line = lines[index]
    return Candidate(index, start, start + match.end(), "run_in", "", (), title, 0.5, line.size, line.bold, caps)
