"""Where the paragraphs of a document begin and end, by its empty lines, numbers, bullets, and lines that end short."""

import re
from itertools import pairwise

from pipeline.knowledge.cues import Span

LONGEST = 1_600
"""Characters of a paragraph at most; a longer one is cut at a sentence."""

SENTENCE_END = re.compile(r"[.;?!](?=[ )\"'*]|$)|\.(?=[a-z0-9(\[])")  # a row of a form ends before the next
"""The end of a sentence in a levelled text."""

SHORT = 90
"""Characters below which a line may be a heading."""

_BREAK = re.compile(
    r"\n(?:[ \t]*\n"
    r"|(?<=[.;:,]\n)(?=[ \t]*\(\d{1,2}\)[ \t])"  # elsewhere a line may begin with the figures of "thirty (30) days"
    r"|(?=[ \t]*(?:\d{1,2}(?:\.\d{1,2}){1,3}[.)]?[ \t]+[A-Z\"“]|\d{1,2}[.)][ \t]+[A-Z\"“]|\([a-zA-Z]{1,3}\)[ \t]"
    r"|(?:ARTICLE|Article|SECTION|Section)[ \t]+[\dIVX]|[•▪·●○☐☑✓][ \t]?)))"
)
_WRAPPED = 200  # characters from which on a line is a whole paragraph that was not wrapped
_SHORT_OF_FULL = 0.8  # share of a full line's length below which a line that ends a sentence ends a paragraph
_ENDS_SENTENCE = (".", ";", ":", '."', ".”", ".)", "!", "?")
_RUN_IN_HEADING = re.compile(
    r"[\"“]?(?:[A-Z][A-Z0-9&'’,/()-]*\b[ ]?){1,7}[.:—–-]|[A-Z][\w'’-]*(?: [A-Za-z'’&-]+){0,5}[.:] "
)


def _last_lines(text: str) -> list[int]:
    """Offsets after the lines that end a paragraph, where nothing but their length or the heading of the next shows it."""
    rows = text.split("\n")
    lengths = sorted(n for row in rows if 20 < (n := len(row.strip())) < _WRAPPED)
    full = lengths[len(lengths) * 9 // 10] if lengths else 0
    found, at = [], 0
    for row, following in pairwise(rows):
        at += len(row) + 1
        said, after = row.strip(), following.lstrip()
        if said.endswith(_ENDS_SENTENCE) and (after[:1].isupper() or not after[:1].isalpha()):
            length = len(said)
            if length >= _WRAPPED or length < _SHORT_OF_FULL * full or _RUN_IN_HEADING.match(after):
                found.append(at)
    return found


def paragraphs_of(text: str, plain: str) -> tuple[Span, ...]:
    """Paragraphs and list items in order; a short heading belongs to what it heads, a long paragraph is cut at sentences.

    Args:
        text: of the document.
        plain: the same, levelled; offset by offset.

    >>> text = "1. RENT. Tenant pays $900.\\n2. PETS. None."
    >>> [text[start:end] for start, end in paragraphs_of(text, text.lower())]
    ['1. RENT. Tenant pays $900.\\n', '2. PETS. None.']
    """
    cuts = sorted({0, len(text), *(m.end() for m in _BREAK.finditer(text)), *_last_lines(text)})
    found: list[Span] = []
    start = 0
    for end in cuts[1:]:
        body = text[start:end].strip()
        if len(body) < SHORT and not body.endswith((".", ";", ":")) and end != len(text):
            continue
        found += _cut(plain, start, end)
        start = end
    return tuple(found)


def _cut(plain: str, start: int, end: int) -> list[Span]:
    pieces = []
    while end - start > LONGEST:
        stops = [m.end() for m in SENTENCE_END.finditer(plain, start + LONGEST // 2, start + LONGEST)]
        cut = stops[-1] if stops else start + LONGEST
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]
