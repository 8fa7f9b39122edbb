"""Text on a PDF page that nobody can see: it is no part of what the parties signed, and may be written for machines.

Not visible is what is drawn without ink (unless over a picture: the text layer of a scan), in white on white, smaller than
a point, or off the page.
"""

import ctypes
import re
from array import array
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.parse.pdf_chars import PageChars, bind
from pipeline.parse.pdf_lines import RawLine
from schemas import Box

_mode = bind(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_fill = bind(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, *[ctypes.c_void_p] * 5)

_SMALLEST = 1.0  # points
_WHITE = 240  # of 255; lighter than this nothing is read on white paper
_CLEAR = 13  # of 255; fainter than this nothing is read on any
_MOST_OBJECTS = 5_000
_DEPTH = 3  # of drawings in drawings
_BROAD = 5.0  # points from which a line is one that words stand on
_STEPS = 2  # from the first character of a line that is looked at to its last
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_INKLESS = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_WORD = re.compile(r"\S+")

Span = tuple[int, int]
Look = Literal["", "inkless", "white"]


def visible(
    chars: PageChars, lines: Sequence[RawLine], page: pypdfium2.PdfPage, size: tuple[float, float]
) -> list[Span] | None:
    """The spans of what can be seen of a page's lines, as positions in `chars.text`; None if all of them can.

    Every line is looked at in three places, and all words of a page where one of these is odd: so a page as pages are costs little.

    Args:
        chars: the page's characters.
        lines: of the page, as they stand in its text.
        page: the open page.
        size: width and height of the shown page, in points.
    """
    spans = [(line.start, line.start + len(line.raw)) for line in lines]
    places = {start + (end - 1 - start) * step // _STEPS for start, end in spans for step in range(_STEPS + 1)}
    objects = [item for item in set(chars.objects(list(places))) if item]
    if _shown(objects) and not any(x.size < _SMALLEST or _outside(x.box, size) for x in lines):
        return None
    words = [(m.start(), m.end()) for start, end in spans for m in _WORD.finditer(chars.text, start, end)]
    hidden = _hidden(chars, [start for start, _ in words], page, size)
    return _parts(spans, words, hidden) if hidden else None


def _hidden(chars: PageChars, starts: Sequence[int], page: pypdfium2.PdfPage, size: tuple[float, float]) -> set[int]:
    """Those of the words that begin at `starts` that can't be seen."""
    objects = chars.objects(starts)
    looks = _looks([item for item in set(objects) if item])
    coloured, pictures = _grounds(page, chars)
    found = zip(starts, chars.boxes(starts), objects, chars.fonts(starts), strict=True)
    hidden = set()
    for start, box, item, (points, _) in found:
        look = looks.get(item or 0, "")
        tiny = points < _SMALLEST and min(box[2] - box[0], box[3] - box[1]) < _SMALLEST
        inkless = look == "inkless" and not _over(box, pictures)
        white = look == "white" and not _over(box, coloured)
        if tiny or inkless or white or _outside(box, size):
            hidden.add(start)
    return hidden


def _shown(items: Sequence[int]) -> bool:
    """Whether all of some text objects show, whatever they stand on."""
    values = _fills(items)
    lightest = max(map(min, values[::4], values[1::4], values[2::4]), default=0)
    return _INKLESS.isdisjoint(map(_mode, items)) and lightest < _WHITE and min(values[3::4], default=255) >= _CLEAR


def _looks(items: Sequence[int]) -> dict[int, Look]:
    """How text objects are drawn, as far as they might not be seen."""
    each = iter(_fills(items))
    colours = zip(each, each, each, each, strict=True)
    return {item: _look(mode, *colour) for item, mode, colour in zip(items, map(_mode, items), colours, strict=True)}


def _look(mode: int, red: int, green: int, blue: int, alpha: int) -> Look:
    if mode in _INKLESS:
        return "inkless"
    if mode != pdfium.FPDF_TEXTRENDERMODE_FILL:
        return ""
    return "inkless" if alpha < _CLEAR else "white" if min(red, green, blue) >= _WHITE else ""


def _fills(items: Sequence[int]) -> "array[int]":
    """Red, green, blue and opacity with which objects are filled, end to end; black where that is not known."""
    values = array("I", (0, 0, 0, 255) * len(items))
    at, _ = values.buffer_info()
    places = (range(at + i * values.itemsize, at + 16 * len(items), 16) for i in range(4))
    deque(map(_fill, items, *places), maxlen=0)
    return values


def _grounds(page: pypdfium2.PdfPage, chars: PageChars) -> tuple[list[Box], list[Box]]:
    """Areas of a page on which white can be read, and those of pictures, which may be scans."""
    coloured: list[Box] = []
    pictures: list[Box] = []
    box = _NOWHERE
    for item in islice(page.get_objects(max_depth=_DEPTH), _MOST_OBJECTS):
        if item.level == 0:  # what is within a form has its form's place: its own is not the page's
            box = chars.place(*(item.get_bounds() if hasattr(item, "get_bounds") else item.get_pos()))
        if item.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            pictures.append(box)
            coloured.append(box)
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH and _paints(item.raw):
            coloured.append(box)
    return coloured, pictures


def _paints(path: Any) -> bool:
    """Whether a path covers an area, or a broad line, with a colour on which white can be read."""
    fills, strokes, width = ctypes.c_int(0), ctypes.c_int(0), ctypes.c_float(0)
    pdfium.FPDFPath_GetDrawMode(path, fills, strokes)
    if not fills.value:
        pdfium.FPDFPageObj_GetStrokeWidth(path, width)
        return bool(strokes.value) and width.value >= _BROAD
    red, green, blue, alpha = _fills([ctypes.cast(path, ctypes.c_void_p).value or 0])
    return alpha >= _CLEAR and min(red, green, blue) < _WHITE


def _over(box: Box, areas: Sequence[Box]) -> bool:
    """Whether the middle of a box lies in one of some areas."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in areas)


def _outside(box: Box, size: tuple[float, float]) -> bool:
    """Whether a box lies off the page; one of no size, as glyphs without a width have, is not known to."""
    return box[0] < box[2] and (box[2] <= 0 or box[3] <= 0 or box[0] >= size[0] or box[1] >= size[1])


def _parts(spans: Sequence[Span], words: Sequence[Span], hidden: set[int]) -> list[Span]:
    """The spans without hidden words: of each the runs of words that are left."""
    parts: list[Span] = []
    lines = {start for start, _ in spans}
    goes_on = False
    for start, end in words:
        if start in hidden:
            goes_on = False
        elif goes_on and start not in lines:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
            goes_on = True
    return parts
