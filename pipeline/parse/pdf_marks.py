"""Raised footnote marks at the end of words in tables."""

import re

from pipeline.parse.pdf_chars import PageChars
from schemas import Box

_SMALLER = 0.82  # of the height of the word's first character
_RAISED = 0.08  # of that height, by which the foot of a mark stands higher
_MARK = re.compile(r"^[\s,;()\[\]a-z0-9*†‡§¶#^]{1,12}$", re.IGNORECASE)
_PART_OF_WORD = re.compile(r"^(?:st|nd|rd|th|tm|sm|®|™)$", re.IGNORECASE)
_UNIT = re.compile(r"(?:^|[\W\d])(?:[cmk]?m|10|s|dL?)$")


def without_mark(chars: PageChars, start: int, end: int, first: Box, last: Box, direction: int) -> int:
    """Where a word ends if its raised footnote mark is left out.

    Ordinals (4th), units (m2) and powers of ten keep what is raised.

    Args:
        chars: the characters of the page.
        start: position of the word's first character.
        end: position after its last character.
        first: box of its first character.
        last: box of its last character.
        direction: direction of the writing in degrees.
    """
    if end - start < 2 or not _is_raised(first, last, direction):
        return end
    boxes = chars.boxes(range(start, end))
    cut = end
    while cut > start + 1 and (
        boxes[cut - 1 - start][0] == boxes[cut - 1 - start][2] or _is_raised(first, boxes[cut - 1 - start], direction)
    ):
        cut -= 1
    word, mark = chars.text[start:cut], chars.text[cut:end].strip()
    if not _MARK.match(mark) or _PART_OF_WORD.match(mark) or (mark.isdigit() and _UNIT.search(word)):
        return end
    return cut


def _is_raised(base: Box, box: Box, direction: int) -> bool:
    """Whether a character is smaller than another and stands higher, as seen along the writing."""
    size, small = (_extent(b, direction) for b in (base, box))
    height = size[1] - size[0]
    return small[1] - small[0] < _SMALLER * height and size[1] - small[1] > _RAISED * height


def _extent(box: Box, direction: int) -> tuple[float, float]:
    """Top and foot of a character, growing downwards as seen along the writing."""
    if direction == 90:
        return box[0], box[2]
    if direction == 270:
        return -box[2], -box[0]
    return box[1], box[3]
