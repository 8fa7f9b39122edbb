"""Which pages of a PDF need OCR, and their bitmaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.parse.pdf_glyphs import is_garbage

if TYPE_CHECKING:
    from PIL.Image import Image

_FEW = 120  # printed characters; a scan may carry a stamp that was typed on it
_STAMPED_SCAN = 0.6  # share of the page that an image covers behind so little text
_PICTURE = 0.02  # share of the page below which an image is a logo or a rule
_OUTLINES = 40  # paths on a page without text: letters drawn as curves
_MOST_OBJECTS = 5_000
_DPI = 220
_MAX_SIDE = 2_400  # pixels; what the recogniser reads at most, and 17 MB of bitmap


def needs_ocr(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether a page shows text that its text layer doesn't hold.

    Args:
        page: the open page; its objects are looked at only if the text is short or garbage.
        text: the page's text layer.
    """
    printed = sum(map(len, text.split())) if len(text) < 8 * _FEW else len(text)
    garbage = is_garbage(text)
    if printed >= _FEW and not garbage:
        return False
    covered, paths = _shown(page)
    if printed == 0:
        return covered >= _PICTURE or paths >= _OUTLINES
    return covered >= (_PICTURE if garbage else _STAMPED_SCAN)


def _shown(page: pypdfium2.PdfPage) -> tuple[float, int]:
    """Share of the page that its largest image covers, and the number of its paths."""
    area = page.get_width() * page.get_height() or 1.0
    covered, paths = 0.0, 0
    for seen, item in enumerate(page.get_objects(max_depth=3)):
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()
            covered = max(covered, (right - left) * (top - bottom) / area)
        if seen > _MOST_OBJECTS:
            break
    return covered, paths


def render(page: pypdfium2.PdfPage) -> Image:
    """The page as it is shown, sharp enough to be read and bounded in size."""
    side = max(page.get_width(), page.get_height(), 1.0)
    bitmap = page.render(scale=min(_DPI / 72, _MAX_SIDE / side), may_draw_forms=False)
    try:
        image: Image = bitmap.to_pil().convert("RGB")
        return image
    finally:
        bitmap.close()
