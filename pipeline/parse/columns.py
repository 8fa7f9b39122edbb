"""Parts regions that run across the narrow gutter between two columns, which the detector takes for a wide space."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.parse.ocr_models import Bitmap, Quad

MIN_ROWS = 6  # regions that must share the gap
SHARE = 0.7  # of the regions that run across the middle of the text
MIN_GAP = 0.45  # of a region's height; a space between words is about a third
INK = 0.75  # of the brightness of the ground


def part_columns(bitmap: Bitmap, quads: Sequence[Quad]) -> list[Quad]:
    """The regions of an upright page, those across the gutter cut in two.

    The gutter is an x in the middle third of the text at which most regions across it are blank for at least
    `MIN_GAP` of their height; spaces between words do not line up like that.
    """
    if len(quads) < MIN_ROWS:
        return list(quads)
    left, right = min(float(q[:, 0].min()) for q in quads), max(float(q[:, 0].max()) for q in quads)
    third = (right - left) / 3
    across = [i for i, q in enumerate(quads) if q[:, 0].min() < left + third and q[:, 0].max() > right - third]
    if len(across) < MIN_ROWS:
        return list(quads)
    blank = np.zeros(bitmap.shape[1] + 1, np.intp)
    for i in across:
        for start, end in _gaps(bitmap, quads[i]):
            blank[start:end] += 1
    middle = slice(round(left + third), round(right - third))
    most = int(blank[middle].max(initial=0))
    if most < max(MIN_ROWS, SHARE * len(across)):
        return list(quads)
    gutter = middle.start + int(np.flatnonzero(blank[middle] == most).mean())
    chosen = {i for i in across if any(start <= gutter < end for start, end in _gaps(bitmap, quads[i]))}
    return [part for i, quad in enumerate(quads) for part in (_cut(quad, gutter) if i in chosen else [quad])]


def _gaps(bitmap: Bitmap, quad: Quad) -> list[tuple[int, int]]:
    """The runs of columns (x from, x to) in which a region has no ink, wide enough to part columns."""
    (x0, y0), (x1, y1) = np.maximum(quad.min(axis=0), 0).astype(int), quad.max(axis=0).astype(int)
    gray: NDArray[np.float64] = bitmap[y0:y1, x0:x1].mean(axis=2)
    if gray.size == 0:
        return []
    inked = (gray < INK * np.percentile(gray, 90)).sum(axis=0) > 0.04 * (y1 - y0)  # specks are no ink
    edges = np.flatnonzero(np.diff(np.concatenate([[True], inked, [True]]).astype(int)))
    runs = zip(edges[::2], edges[1::2], strict=True)
    return [(x0 + int(a), x0 + int(b)) for a, b in runs if b - a >= MIN_GAP * (y1 - y0)]


def _cut(quad: Quad, x: float) -> list[Quad]:
    """A region cut at x, its upper and lower edges kept."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    top, foot = ay + (by - ay) * (x - ax) / (bx - ax), dy + (cy - dy) * (x - dx) / (cx - dx)
    left = np.array([(ax, ay), (x, top), (x, foot), (dx, dy)], np.float32)
    return [left, np.array([(x, top), (bx, by), (cx, cy), (x, foot)], np.float32)]
