"""Finds where a quote stands in the document: exactly, then whatever its spaces and punctuation, then approximately."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from schemas import RUNNING, Document, Evidence, Page, Passage, Quote

if TYPE_CHECKING:
    from pipeline.generate.letters import Letters

Span = tuple[int, int]

_LONGEST = 6_000  # characters of a quote that are looked at
_ALIGNED = 240  # letters of a quote that are aligned; of longer ones the two ends
_HITS = 24  # places in the text that are tried for one quote
_ELISION = re.compile(r"\s*(?:\[\s*)?(?:\.{3,}|…)(?:\s*\])?\s*")
_DIGITS = re.compile(r"\d+")


class Grounder:
    """Locates quotes in one document; what it needs to look them up is built once, at the first quote that needs it.

    >>> text = "Rent is\\n$1,450.00 per month, payable in ad-\\nvance."
    >>> from schemas import Page
    >>> grounder = Grounder(Document("a", "", "text/plain", text, (Page(1, 0, len(text)),)))
    >>> grounder.ground(Quote("Payable in advance")).quote
    'payable in ad-\\nvance'
    >>> grounder.ground(Quote("Rent is $1,650.00 per month")) is None
    True
    """

    def __init__(self, document: Document, passages: Sequence[Passage] = (), index: "QuoteIndex | None" = None) -> None:
        """Args:
        document: what quotes are looked for in.
        passages: those the quotes' passage numbers refer to: a quote is looked for in its passage first.
        index: of the document, where several grounders share it.
        """
        self._document = document
        self._passages = {p.number: (p.start, p.end) for p in passages}
        self._index = index or QuoteIndex.of(document)

    def ground(self, quote: Quote) -> Evidence | None:
        """The evidence for a quote, or None if the document does not say it. Known offsets are taken as they are."""
        text = self._document.text
        if 0 <= quote.start < quote.end <= len(text):
            return evidence(self._document, quote.start, quote.end)
        wanted = quote.text[:_LONGEST].strip()
        if not wanted:
            return None
        span = self._exact(wanted, quote.passage) or self._normalised(wanted, quote.passage)
        if span is None and len(parts := [p for p in _ELISION.split(wanted) if len(p) >= 12]) > 1:
            span = self._elided(parts, quote.passage)
        span = span or self._approximate(wanted, quote.passage)
        return evidence(self._document, *span) if span else None

    def _ranges(self, passage: int) -> Iterator[Span]:
        """Where to look, in order: the quote's passage, then everywhere."""
        if passage in self._passages:
            yield self._passages[passage]
        yield 0, len(self._document.text)

    def _exact(self, wanted: str, passage: int) -> Span | None:
        text = self._document.text
        for low, high in self._ranges(passage):
            at = text.find(wanted, low, high)
            for _ in range(_HITS):
                if at < 0:
                    break
                if _whole_words(text, at, at + len(wanted)):
                    return at, at + len(wanted)
                at = text.find(wanted, at + 1, high)
        return None

    def _normalised(self, wanted: str, passage: int) -> Span | None:
        letters = squeeze(wanted)
        if len(letters) < 3:
            return None
        for index in self._index.both():
            for low, high in self._ranges(passage):
                first, last = index.between(low, high)
                at = index.letters.find(letters, first, last)
                for _ in range(_HITS):
                    if at < 0:
                        break
                    start, end = index.span(at, at + len(letters))
                    if _whole_words(self._document.text, start, end):
                        return _with_marks(self._document.text, start, end, wanted)
                    at = index.letters.find(letters, at + 1, last)
        return None

    def _elided(self, parts: list[str], passage: int) -> Span | None:
        """The longest located part of a quote that leaves words out."""
        for part in sorted(parts, key=len, reverse=True):
            span = self._exact(part, passage) or self._normalised(part, passage)
            if span:
                return span
        return None

    def _approximate(self, wanted: str, passage: int) -> Span | None:
        """The best alignment above the cut-off in which no number of the quote is missing; long quotes by their ends."""
        letters, index = squeeze(wanted), self._index.body
        if len(letters) < 12:
            return None
        within = self._passages.get(passage)
        head = index.aligned(letters[:_ALIGNED], within)
        tail = index.aligned(letters[-_ALIGNED:], within) if len(letters) > _ALIGNED else head
        if head is None or tail is None or not 0 < tail[1] - head[0] < 1.5 * len(letters):
            return None
        start, end = _widened(self._document.text, *index.span(head[0], tail[1]))
        numbers = set(_DIGITS.findall(wanted))
        return (start, end) if numbers <= set(_DIGITS.findall(self._document.text, start, end)) else None


class QuoteIndex:
    """What quotes of one document are looked up in, built at the first quote that needs it. It does not hold the document."""

    def __init__(self, text: str, pages: Sequence[Page]) -> None:
        self._text, self._pages = text, pages

    @classmethod
    def of(cls, document: Document) -> "QuoteIndex":
        return cls(document.text, document.pages)

    @cached_property
    def body(self) -> "Letters":
        """The document without its running heads and feet, which stand in the middle of sentences."""
        return _letters_of(self._text, self._running) if self._running else self.everything

    @cached_property
    def everything(self) -> "Letters":
        """The whole document."""
        return _letters_of(self._text, ())

    def both(self) -> "Iterator[Letters]":
        """The one, then the other if it is another."""
        yield self.body
        if self._running:
            yield self.everything

    @cached_property
    def _running(self) -> list[Span]:
        return [(line.start, line.end) for page in self._pages for line in page.lines if line.kind in RUNNING]


def _letters_of(text: str, left_out: Sequence[Span]) -> "Letters":
    from pipeline.generate.letters import Letters  # NumPy: only when a quote has to be looked for

    return Letters.of(text, left_out)


def evidence(document: Document, start: int, end: int) -> Evidence:
    """The evidence at `start`..`end`, spaces at its edges left out; `quote` is that very slice."""
    text = document.text
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return Evidence.model_construct(
        page=document.page_at(start).number, start=start, end=end, quote=text[start:end], boxes=[]
    )


def squeeze(text: str) -> str:
    """The letters and digits of a text in lower case, ligatures and accents undone.

    >>> squeeze("Eﬃcacy – Ångström, 5.1")
    'efficacyangstrom51'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _whole_words(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a word or number."""
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after


def _with_marks(text: str, start: int, end: int, wanted: str) -> Span:
    """A span of letters grown by the currency sign, bracket or stop that the quote has at its ends too."""
    first = next(i for i, c in enumerate(wanted) if c.isalnum())
    last = next(i for i, c in enumerate(reversed(wanted)) if c.isalnum())
    before, after = wanted[:first], wanted[len(wanted) - last :]
    if before and text.endswith(before, 0, start):
        start -= len(before)
    if after and text.startswith(after, end):
        end += len(after)
    return start, end


def _widened(text: str, start: int, end: int) -> Span:
    """A span grown to whole words."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
