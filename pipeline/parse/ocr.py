"""Reads a bitmap of a page into lines of text with boxes, offline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.parse.columns import part_columns
from pipeline.parse.ocr_models import Bitmap, Quad, Region, crop, detect, read, upside_down
from pipeline.parse.reading_order import reading_order
from pipeline.parse.straighten import Affine, angle_of, bounds, rotate, turned
from schemas import Box

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SIDE = 2400  # px; about 200 dpi on a letter page, more adds nothing to the recogniser's 48 px lines
MIN_CONFIDENCE = 0.5
STRAIGHT = 0.7  # degrees of skew that are read as they are
SAMPLE = 12  # regions asked whether they stand on their heads

_DOLLAR = re.compile(r"(?<![\w.,])S(?=\d{1,3}(?:,\d{3})+(?!\d)|\d{1,6}\.\d\d(?!\d))")
_STUCK = re.compile(r"(?<=[a-z]{2}[.,;:])(?=[A-Z][a-z])|(?<=[a-z]{3}[,;])(?=[a-z]{3})")


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One line of a page as OCR reads it.

    Args:
        text: what it says, words separated by single spaces.
        box: where, in points, origin at the top left of the page as it is shown.
        confidence: mean probability of its characters, 0..1.
    """

    text: str
    box: Box
    confidence: float


def recognise(image: Image, width_pt: float, height_pt: float) -> list[OcrLine]:
    """Lines of a page in reading order; pages that are skewed, lie on a side or stand on their heads are turned first.

    Args:
        image: the page's bitmap, 150 dpi or more reads best.
        width_pt: the page's width in points.
        height_pt: the page's height in points.
    """
    bitmap = _bitmap(image)
    regions, back = _read_upright(bitmap)
    scale = (width_pt / bitmap.shape[1], height_pt / bitmap.shape[0])
    level = angle_of([region.quad for region in regions])  # what is left of the skew matters where lines stand close
    rows = reading_order([bounds(turned(region.quad, level)) for region in regions])
    return [_line([regions[i] for i in row], back, scale) for row in rows]


def _bitmap(image: Image) -> Bitmap:
    """The image as BGR on white, at most `MAX_SIDE` long."""
    from PIL import Image as images

    if image.mode.startswith(("I", "F")):  # 16 bits and more to a pixel
        values = np.asarray(image, np.float32)
        image = images.fromarray(
            (values * (1.0 if values.max() <= 255 else 255 / 65_535)).clip(0, 255).astype(np.uint8)
        )
    if max(image.size) > MAX_SIDE:
        if image.mode == "1":
            image = image.convert("L")
        image = image.copy()
        image.thumbnail((MAX_SIDE, MAX_SIDE), images.Resampling.BOX, reducing_gap=2.0)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = images.new("RGBA", image.size, "white")
        image = images.alpha_composite(white, image)
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _read_upright(bitmap: Bitmap) -> tuple[list[Region], Affine | None]:
    """The regions of the bitmap turned upright, and the map from the turned one's pixels back (None: not turned)."""
    quads, back = detect(bitmap), None
    angle = angle_of(quads)
    upright = bitmap
    if abs(angle) > STRAIGHT:
        upright, back = rotate(bitmap, angle)
        quads = detect(upright)
    if _on_its_head(upright, quads):
        upright, back = rotate(bitmap, angle + 180)
        quads = detect(upright)
    regions = [Region(quad, *read(crop(upright, quad))) for quad in part_columns(upright, quads)]
    return [r for r in regions if r.text and r.confidence >= MIN_CONFIDENCE], back


def _on_its_head(bitmap: Bitmap, quads: list[Quad]) -> bool:
    """Asks the classifier about the widest regions; where it says yes, both ways are read and the surer one wins."""
    widest = sorted(quads, key=lambda q: float(q[0][0] - q[1][0]))[:SAMPLE]
    cuts = [crop(bitmap, quad) for quad in widest]
    if not cuts or not upside_down(cuts):
        return False
    some = cuts[:: max(1, len(cuts) // 3)][:3]
    turned = [np.ascontiguousarray(cut[::-1, ::-1]) for cut in some]
    return sum(read(cut)[1] for cut in turned) > sum(read(cut)[1] for cut in some)


def _line(row: list[Region], back: Affine | None, scale: tuple[float, float]) -> OcrLine:
    """The regions of a row as one line; its confidence is weighted by their lengths."""
    boxes = np.array([bounds(region.quad, back) for region in row])
    (x0, y0), (x1, y1) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    weights = [len(region.text) for region in row]
    confidence = sum(r.confidence * w for r, w in zip(row, weights, strict=True)) / sum(weights)
    box = (float(x0) * scale[0], float(y0) * scale[1], float(x1) * scale[0], float(y1) * scale[1])
    return OcrLine(mend(" ".join(region.text for region in row)), box, confidence)


def mend(text: str) -> str:
    """Repairs two misreadings of print: an S before an amount of money, a missing space after punctuation.

    >>> mend("rent of S27,488.28 a year,payable monthly.The Tenant")
    'rent of $27,488.28 a year, payable monthly. The Tenant'
    """
    return _STUCK.sub(" ", _DOLLAR.sub("$", text))
