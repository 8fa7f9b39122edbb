"""The characters of a PDF page as pdfium counts them, and where they stand on the page as it is shown."""

import ctypes
import math
import re
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

import pypdfium2
import pypdfium2.raw as pdfium

from schemas import Box

# pdfium is called once or more per line of a document: prototypes on plain integers cost a third of the generated ones.
_Int, _Pointer, _Float = ctypes.c_int, ctypes.c_void_p, ctypes.c_double


def bind(function: object, result: type | None, *arguments: type) -> Callable[..., int]:
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_loose_box = bind(pdfium.FPDFText_GetLooseCharBox, _Int, _Pointer, _Int, _Pointer)
_matrix = bind(pdfium.FPDFText_GetMatrix, _Int, _Pointer, _Int, _Pointer)
_font_size = bind(pdfium.FPDFText_GetFontSize, _Float, _Pointer, _Int)
_font_info = bind(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _Pointer, _Int, _Pointer, ctypes.c_ulong, _Pointer)
_object_of = bind(pdfium.FPDFText_GetTextObject, _Pointer, _Pointer, _Int)
_font_of = bind(pdfium.FPDFTextObj_GetFont, _Pointer, _Pointer)
_get_text = bind(pdfium.FPDFText_GetText, _Int, _Pointer, _Int, _Int, _Pointer)
_count = bind(pdfium.FPDFText_CountChars, _Int, _Pointer)
_char_of_text = bind(pdfium.FPDFText_GetCharIndexFromTextIndex, _Int, _Pointer, _Int)

_NAME_BYTES = 96
_FORCE_BOLD = 1 << 18
_BOLD = re.compile(rb"(?i)bold|black|heavy|demi|-bd").search


_NOWHERE = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Affine:
    """Maps the page's own coordinates (origin bottom left, unrotated) to the page as it is shown (origin top left)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The upright box around the mapped corners.

        >>> Affine(1, 0, 0, -1, 0, 792).box(10, 700, 20, 712)
        (10, 80, 20, 92)
        """
        ax, ay = self.a * x0 + self.c * y0 + self.e, self.b * x0 + self.d * y0 + self.f
        bx, by = self.a * x1 + self.c * y1 + self.e, self.b * x1 + self.d * y1 + self.f
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def boxes(self, rectangles: Sequence[float]) -> list[Box]:
        """The mapped boxes of pdfium's rectangles, each left, top, right, bottom, laid end to end."""
        values = iter(rectangles)
        quads = zip(values, values, values, values, strict=True)
        if self.a == 1 and self.d == -1:  # nearly every page
            e, f = self.e, self.f
            return [(x0 + e, f - y1, x1 + e, f - y0) for x0, y1, x1, y0 in quads]
        return [self.box(x0, y0, x1, y1) for x0, y1, x1, y0 in quads]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page is shown: the mapping, width and height in points, rotation in degrees clockwise."""

    affine: Affine
    width: float
    height: float
    rotation: int


def display(page: pypdfium2.PdfPage) -> Shown:
    """How an open page is shown.

    What is shown is the crop box cut to the media box (ISO 32000-1, 14.11.2).
    """
    rotation = page.get_rotation()
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if rotation == 90:
        return Shown(Affine(0, 1, 1, 0, -bottom, -left), height, width, rotation)
    if rotation == 180:
        return Shown(Affine(-1, 0, 0, 1, right, -bottom), width, height, rotation)
    if rotation == 270:
        return Shown(Affine(0, -1, -1, 0, top, right), height, width, rotation)
    return Shown(Affine(1, 0, 0, -1, -left, top), width, height, rotation)


class PageChars:
    """Text, boxes and fonts of one open page; every question is asked for many characters at once.

    Args:
        textpage: an open text page; it must stay open as long as this is used.
        shown: how the page is shown.
    """

    __slots__ = ("_affine", "_bold", "_handle", "_index", "_rotation", "text")

    def __init__(self, textpage: pypdfium2.PdfTextPage, shown: Shown) -> None:
        self._handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self._affine, self._rotation = shown.affine, shown.rotation
        self._bold: dict[int, bool] = {}  # by the font's address, which holds as long as the page is open
        count = max(0, _count(self._handle))
        buffer = array("H", bytes(2 * count + 2))
        written = _get_text(self._handle, 0, count, buffer.buffer_info()[0]) if count else 1
        self.text = str(memoryview(buffer)[: written - 1], "utf-16-le", "replace")
        """The page's text; what takes positions takes indices into it."""
        self._index = None if len(self.text) == count else self._indices()

    def _indices(self) -> list[int]:
        """pdfium's index of each character: its list holds characters that its text leaves out, and the text is UTF-16."""
        indices, unit = [], 0
        for char in self.text:
            indices.append(_char_of_text(self._handle, unit))
            unit += 1 if char < "\U00010000" else 2
        return indices

    def boxes(self, positions: Sequence[int]) -> list[Box]:
        """Boxes of the characters at these positions of `text`, as high as their font, in shown points."""
        count = len(positions)
        floats = array("f", bytes(16 * count))
        address, _ = floats.buffer_info()
        indices = self._indexed(positions)
        found = list(map(_loose_box, repeat(self._handle), indices, range(address, address + 16 * count, 16)))
        boxes = self._affine.boxes(floats)
        return boxes if all(found) else [box if ok else _NOWHERE for box, ok in zip(boxes, found, strict=True)]

    def fonts(self, positions: Sequence[int]) -> list[tuple[float, int]]:
        """Size in points and direction of the writing of these characters, as shown (degrees counter-clockwise)."""
        count, indices = len(positions), self._indexed(positions)
        floats = array("f", bytes(24 * count))
        at, _ = floats.buffer_info()
        deque(map(_matrix, repeat(self._handle), indices, range(at, at + 24 * count, 24)), maxlen=0)
        values, rotation = iter(floats), self._rotation
        return [
            (
                round(size * math.hypot(c, d), 1),
                ((0 if a >= abs(b) else 180 if -a >= abs(b) else 90 if b > 0 else 270) - rotation) % 360,
            )
            for size, a, b, c, d, _, _ in zip(
                map(_font_size, repeat(self._handle), indices), *(values,) * 6, strict=False
            )
        ]

    def objects(self, positions: Sequence[int]) -> list[int | None]:
        """Addresses of the text objects that these characters belong to; they hold as long as the page is open."""
        return list(map(_object_of, repeat(self._handle), self._indexed(positions)))

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page's own coordinates on the page as it is shown."""
        return self._affine.box(left, bottom, right, top)

    def bold(self, positions: Sequence[int]) -> list[bool]:
        """Whether each of these characters is set in a bold face, by its font's name and flags."""
        indices = self._indexed(positions)
        fonts = map(_font_of, map(_object_of, repeat(self._handle), indices))
        return [self._is_bold(font, index) for font, index in zip(fonts, indices, strict=True)]

    def _is_bold(self, font: int | None, index: int) -> bool:
        bold = self._bold.get(font) if font else None
        if bold is None:
            name, flags = ctypes.create_string_buffer(_NAME_BYTES), _Int(0)
            _font_info(self._handle, index, ctypes.addressof(name), _NAME_BYTES, ctypes.addressof(flags))
            bold = bool(flags.value & _FORCE_BOLD) or _BOLD(name.value) is not None
            if font:
                self._bold[font] = bold
        return bold

    def _indexed(self, positions: Sequence[int]) -> Sequence[int]:
        return positions if self._index is None else [self._index[p] for p in positions]
