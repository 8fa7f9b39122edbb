"""Raised footnote marks at the end of words in tables."""

import re

from pipeline.parse.pdf_chars import PageChars
from schemas import Box

_RAISED = 0.17  # of the height of the characters beside it, by which the foot of a mark stands higher
_NO_LARGER = 1.03
_NEAR_EM = 0.6  # of that height, between a word and a mark that stands apart from it
_MARK = re.compile(r"^[\s,;()\[\]a-z0-9*†‡§¶#^]{1,12}$", re.IGNORECASE)
_PART_OF_WORD = re.compile(r"^(?:st|nd|rd|th|tm|sm|®|™)$", re.IGNORECASE)
_UNIT = re.compile(r"(?:^|[\W\d])(?:[cmk]?m|10|s|dL?)$")
_CLOSING = ",.;:)"


def mark_span(chars: PageChars, start: int, end: int, first: Box, last: Box, direction: int) -> tuple[int, int] | None:
    """The raised footnote mark at the end of a word, as positions; None if it has none.

    Ordinals (4th), units (m2) and powers of ten keep what is raised; a comma or bracket may follow the mark.

    Args:
        chars: the characters of the page.
        start: position of the word's first character.
        end: position after its last character.
        first: box of its first character.
        last: box of its last character.
        direction: direction of the writing in degrees.
    """
    closes = end - start > 2 and chars.text[end - 1] in _CLOSING and not is_raised(first, last, direction)
    if closes:
        last = chars.boxes([end - 2])[0]
    if end - start < 2 or not is_raised(first, last, direction):
        return None
    boxes = chars.boxes(range(start, end))
    until = end - 1 if closes else end
    cut = until
    while cut > start + 1 and (
        _is_empty(boxes[cut - 1 - start]) or is_raised(first, boxes[cut - 1 - start], direction)
    ):
        cut -= 1
    return (cut, until) if is_mark(chars.text[start:cut], chars.text[cut:until].strip()) else None


def is_mark(word: str, raised: str) -> bool:
    """Whether what is raised after a word is a footnote's mark and no part of the word.

    >>> is_mark("thereafter", "d,e"), is_mark("4", "th"), is_mark("kg/m", "2")
    (True, False, False)
    """
    if not _MARK.match(raised) or _PART_OF_WORD.match(raised):
        return False
    return not (raised.strip("−-").isdigit() and _UNIT.search(word))


def follows(base: Box, box: Box, direction: int) -> bool:
    """Whether a box stands right behind another, raised."""
    if not is_raised(base, box, direction):
        return False
    gap = box[0] - base[2] if direction == 0 else base[1] - box[3] if direction == 90 else box[1] - base[3]
    top, foot = _extent(base, direction)
    return -1.0 < gap < _NEAR_EM * (foot - top)


def is_raised(base: Box, box: Box, direction: int) -> bool:
    """Whether a character stands higher than another beside it, as seen along the writing, and is no larger."""
    (top, foot), (small_top, small_foot) = _extent(base, direction), _extent(box, direction)
    height = foot - top
    lifted = foot - small_foot
    return _RAISED * height < lifted < height and small_foot - small_top <= _NO_LARGER * height


def _is_empty(box: Box) -> bool:
    return box[0] == box[2] or box[1] == box[3]


def _extent(box: Box, direction: int) -> tuple[float, float]:
    """Top and foot of a character, growing downwards as seen along the writing."""
    if direction == 90:
        return box[0], box[2]
    if direction == 270:
        return -box[2], -box[0]
    return box[1], box[3]
