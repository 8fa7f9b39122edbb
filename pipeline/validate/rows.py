"""Rows of a form ("Late charge: $75"), which say something each though no full stop parts them, and what a question or heading adds."""

import re

from pipeline.knowledge.cues import Span
from pipeline.validate.passages import ReadText, is_heading

_LABEL = re.compile(
    r"(?m)^[ \t]*(?:[-•*▪] ?)?(?:\(?[0-9A-Za-z]{1,3}[.)] )?[A-Z][\w'’/&(), -]{1,48}(?::[ \t]|[ \t]*(?:\||\.{3}|…))"
)
_QUESTION = 120  # characters of a question or heading that the sentence after it answers


def row(text: ReadText, start: int, end: int) -> Span:
    """The sentence that holds a place, or the row of it where it is made of rows with labels.

    Args:
        text: the document.
        start, end: the place.
    """
    return _narrowed(text, start, end, text.bare_sentence(start, end))


def clause_bounds(text: ReadText, start: int, end: int) -> Span:
    """The sentences that hold a stretch, a heading with what it heads, within the rows of a form.

    Args:
        text: the document.
        start, end: the stretch.
    """
    return _narrowed(text, start, end, text.sentence(start, end))


def _narrowed(text: ReadText, start: int, end: int, sentence: Span) -> Span:
    low, high = sentence
    said = text.document.text
    if "\n" not in said[low:high]:
        return low, high
    labels = [m.start() for m in _LABEL.finditer(said, low, high)]
    begun = [at for at in labels if at <= start]
    if not begun and not labels:
        return low, high
    return max([low, *begun]), min([high, *(at for at in labels if at >= end)])


def spoken(text: ReadText, start: int, end: int) -> Span:
    """The row or sentence that holds a place, with the question or short heading before it that it answers.

    Args:
        text: the document.
        start, end: the place.
    """
    low, high = row(text, start, end)
    first = text.paragraphs[text.paragraph_at(low)][0]
    before = text.plain[first:low].rstrip()
    if not before.endswith(("?", ".")):
        return low, high
    asked, _ = text.bare_sentence(first + len(before) - 1, first + len(before))
    asks = low - asked <= _QUESTION and (before.endswith("?") or is_heading(text.plain[asked:low].strip()))
    return (asked, high) if asks else (low, high)
