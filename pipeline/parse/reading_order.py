"""Puts regions of a page into reading order: rows left to right, columns one after the other."""

from collections.abc import Sequence
from statistics import median

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1, origin top left

MIN_COLUMN_ROWS = 6  # fewer side by side are a table or a signature block
PROSE_FILL = 0.6  # the share of its column's width a line of prose fills


def reading_order(boxes: Sequence[Rectangle]) -> list[list[int]]:
    """Rows of a page in reading order; each row is the indices of its regions from left to right.

    Two columns of prose are read one after the other, from one full-width row to the next.

    >>> reading_order([(50, 0, 90, 10), (0, 1, 40, 11), (0, 20, 40, 30)])
    [[1, 0], [2]]
    """
    if not boxes:
        return []
    gutter = _gutter(boxes)
    if gutter is None:
        return _rows(boxes, range(len(boxes)))
    crossing = sorted((i for i in range(len(boxes)) if _side(boxes[i], gutter) == 0), key=lambda i: boxes[i][1])
    rest = [i for i in range(len(boxes)) if _side(boxes[i], gutter) != 0]
    ordered: list[list[int]] = []
    for row in [*_rows(boxes, crossing), []]:
        foot = min((_middle(boxes[i]) for i in row), default=float("inf"))
        above = [i for i in rest if _middle(boxes[i]) <= foot]
        rest = [i for i in rest if _middle(boxes[i]) > foot]
        for side in (-1, 1):
            ordered += _rows(boxes, [i for i in above if _side(boxes[i], gutter) == side])
        ordered += [row] if row else []
    return ordered


def _middle(box: Rectangle) -> float:
    return (box[1] + box[3]) / 2


def _rows(boxes: Sequence[Rectangle], members: Sequence[int]) -> list[list[int]]:
    """Regions that stand beside each other and whose heights overlap by half share a row."""
    rows: list[list[int]] = []
    for i in sorted(members, key=lambda i: _middle(boxes[i])):
        top, foot = boxes[i][1], boxes[i][3]
        if rows:
            last = boxes[rows[-1][-1]]
            overlap = min(foot, last[3]) - max(top, last[1])
            beside = all(min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0]) < foot - top for j in rows[-1])
            if beside and overlap > 0.5 * min(foot - top, last[3] - last[1]):
                rows[-1].append(i)
                continue
        rows.append([i])
    return [sorted(row, key=lambda i: boxes[i][0]) for row in rows]


def _side(box: Rectangle, gutter: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 across it; a little overhang is forgiven."""
    slack = (box[3] - box[1]) / 2
    if box[2] <= gutter + slack:
        return -1
    return 1 if box[0] >= gutter - slack else 0


def _gutter(boxes: Sequence[Rectangle]) -> float | None:
    """The x between two columns of prose, None if the page has one column."""
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    width = right - left
    if width <= 0:
        return None
    places = [left + width * share / 50 for share in range(18, 33)]
    fewest = min(sum(_side(b, x) == 0 for b in boxes) for x in places)
    free = [x for x in places if sum(_side(b, x) == 0 for b in boxes) == fewest]
    gutter = median(free)
    if fewest > 0.3 * len(boxes):
        return None
    for side, room in ((-1, gutter - left), (1, right - gutter)):
        prose = [b for b in boxes if _side(b, gutter) == side and b[2] - b[0] >= PROSE_FILL * room]
        if len(prose) < MIN_COLUMN_ROWS or len(prose) < 0.5 * sum(_side(b, gutter) == side for b in boxes):
            return None
    return gutter
