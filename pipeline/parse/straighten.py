"""Turns scans upright. The angle comes from the regions the detector found, so rules, stamps and margins don't mislead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.parse.ocr_models import Bitmap, Quad

Affine = NDArray[Any]  # 2 x 3


def angle_of(quads: Sequence[Quad]) -> float:
    """Degrees by which text runs clockwise of horizontal, -45 up to 135; upside down is not told from upright.

    The median direction of the regions' long sides, weighted by their lengths.

    >>> line = np.array([[0, 0], [100, 0], [100, 10], [0, 10]], np.float32)
    >>> angle_of([line]), angle_of([line[:, ::-1]])
    (0.0, 90.0)
    """
    if not quads:
        return 0.0
    sides = np.array([max((q[1] - q[0], q[3] - q[0]), key=lambda side: float(np.hypot(*side))) for q in quads])
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    angles = (np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) + 45) % 180 - 45
    vertical = lengths[angles >= 45].sum() > lengths.sum() / 2
    kept = (angles >= 45) == vertical
    order = np.argsort(angles[kept])
    weight = np.cumsum(lengths[kept][order])
    return float(angles[kept][order][np.searchsorted(weight, weight[-1] / 2)])


def rotate(bitmap: Bitmap, angle: float) -> tuple[Bitmap, Affine]:
    """The bitmap turned counter-clockwise by `angle` degrees on a canvas that holds all of it.

    Returns:
        the turned bitmap, and the affine map (2 x 3) from its pixels back to those of the original.
    """
    import cv2

    height, width = bitmap.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ matrix.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    matrix[:, 2] -= low
    size = [max(1, round(float(side))) for side in high - low]
    white = (255, 255, 255)
    turned = cv2.warpAffine(
        bitmap, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )
    return np.asarray(turned, np.uint8), cv2.invertAffineTransform(matrix)


def turned(quad: Quad, angle: float) -> Quad:
    """The region turned counter-clockwise around the origin of the bitmap by `angle` degrees.

    >>> turned(np.array([[0, 0], [0, 100], [-10, 100], [-10, 0]], np.float32), 90).round().tolist()[1]
    [100.0, 0.0]
    """
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    result: Quad = (quad @ np.array([[cosine, -sine], [sine, cosine]])).astype(np.float32)
    return result


def bounds(quad: Quad, back: Affine | None = None) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of a region, after the map `back` if one is given."""
    points = quad if back is None else np.c_[quad, np.ones(4)] @ back.T
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)
