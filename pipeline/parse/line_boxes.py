"""Boxes of parts of a line that says itself where it stands: of its words if it knows theirs, else a share of its own."""

import re

from schemas import Box, Line

WORD = re.compile(r"\[ \]|\S+")
"""A word of a line, as `Line.words` counts them; an empty check mark is one."""


def boxes_within(line: Line, text: str, start: int, end: int) -> list[Box]:
    """Boxes of the characters from `start` to `end` that the line holds; neighbouring words share one.

    Args:
        line: that has a box.
        text: the document's.
        start, end: offsets into it.

    >>> line = Line(0, 7, box=(0, 0, 70, 10), words=((0, 0, 20, 10), (40, 0, 70, 10)))
    >>> boxes_within(line, "ab abcd", 3, 5), boxes_within(line, "ab abcd", 0, 7)
    ([(40.0, 0, 55.0, 10)], [(0.0, 0, 70.0, 10)])
    """
    if line.box is None:
        return []
    words = list(WORD.finditer(text, line.start, line.end))
    if not line.words or len(words) != len(line.words):
        return [_share(line.box, line.start, line.end, start, end)]
    parts = [
        _share(box, word.start(), word.end(), start, end)
        for word, box in zip(words, line.words, strict=True)
        if word.start() < end and start < word.end()
    ]
    return [_around(parts)] if parts else []


def _share(box: Box, first: int, last: int, start: int, end: int) -> Box:
    """The part of a box that its characters from `start` to `end` take, all taken to be equally wide.

    What is written upwards or downwards is not cut.
    """
    x0, y0, x1, y1 = box
    count = max(1, last - first)
    if count > 2 and y1 - y0 > 2 * (x1 - x0):
        return box
    left, right = max(start, first) - first, min(end, last) - first
    each = (x1 - x0) / count
    return x0 + each * left, y0, x0 + each * right, y1


def _around(boxes: list[Box]) -> Box:
    """The smallest box that holds them all."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
