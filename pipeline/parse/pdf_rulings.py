"""The ruling lines of a PDF page: straight horizontal and vertical strokes, read from its path objects."""

import ctypes
from array import array
from dataclasses import dataclass, field
from itertools import repeat

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.parse.pdf_chars import Affine, bind

_Int, _Pointer = ctypes.c_int, ctypes.c_void_p
_count_objects = bind(pdfium.FPDFPage_CountObjects, _Int, _Pointer)
_get_object = bind(pdfium.FPDFPage_GetObject, _Pointer, _Pointer, _Int)
_get_type = bind(pdfium.FPDFPageObj_GetType, _Int, _Pointer)
_get_bounds = bind(pdfium.FPDFPageObj_GetBounds, _Int, _Pointer, _Pointer, _Pointer, _Pointer, _Pointer)
_count_in_form = bind(pdfium.FPDFFormObj_CountObjects, _Int, _Pointer)
_get_in_form = bind(pdfium.FPDFFormObj_GetObject, _Pointer, _Pointer, ctypes.c_ulong)

_THIN = 3.0  # points; a thicker bar is a shaded box
_SHORT = 4.0  # points; a shorter stroke is a bullet or part of a drawing
_GAP = 3.0  # points between strokes of one line
_SAME = 1.6  # points between strokes that are one line
_MOST_PATHS = 6_000
_MOST_LINES = 500

Rule = tuple[float, float, float]
"""Position across, begin and end along: (y, x0, x1) of a horizontal line, (x, y0, y1) of a vertical one."""


@dataclass(slots=True)
class Rulings:
    """Straight lines of a page in points of the shown page; strokes in one line are one."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)


def read_rulings(page: pypdfium2.PdfPage, affine: Affine) -> Rulings:
    """Ruling lines of an open page: thin bars and the edges of stroked boxes; those of shaded boxes only if no others.

    Args:
        page: the open page.
        affine: where its coordinates are on the shown page.
    """
    paths = _paths(page)
    drawn, shaded = Rulings(), Rulings()
    for handle, box in zip(paths, _boxes(paths, affine), strict=True):
        _add(handle, box, affine, drawn, shaded)
    merged = Rulings(_merge(drawn.horizontal), _merge(drawn.vertical))
    if len(merged.horizontal) >= 2 and (len(merged.vertical) >= 2 or not shaded.vertical):
        return merged
    return Rulings(_merge(drawn.horizontal + shaded.horizontal), _merge(drawn.vertical + shaded.vertical))


def _paths(page: pypdfium2.PdfPage) -> list[int]:
    """Handles of the page's path objects, those in form objects one level down included."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    objects = list(map(_get_object, repeat(handle), range(_count_objects(handle))))
    types = list(map(_get_type, objects))
    paths = [o for o, kind in zip(objects, types, strict=True) if kind == pdfium.FPDF_PAGEOBJ_PATH]
    if pdfium.FPDF_PAGEOBJ_FORM in types and len(objects) < 50:
        for form in (o for o, kind in zip(objects, types, strict=True) if kind == pdfium.FPDF_PAGEOBJ_FORM):
            inside = list(map(_get_in_form, repeat(form), range(max(0, _count_in_form(form)))))
            if _is_unmoved(form):
                paths += [o for o in inside if _get_type(o) == pdfium.FPDF_PAGEOBJ_PATH]
    return paths[:_MOST_PATHS]


def _is_unmoved(form: int) -> bool:
    """Whether a form object stands where its own coordinates say (a page wrapped by a stamping tool)."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(ctypes.cast(form, pdfium.FPDF_PAGEOBJECT), matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f) == (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _boxes(paths: list[int], affine: Affine) -> list[tuple[float, float, float, float]]:
    floats = array("f", bytes(16 * len(paths)))
    at, _ = floats.buffer_info()
    ends = at + 16 * len(paths)
    # order of the arguments: left, bottom, right, top; `Affine.boxes` takes left, top, right, bottom
    list(map(_get_bounds, paths, *(range(at + offset, ends + offset, 16) for offset in (0, 12, 8, 4))))
    return affine.boxes(floats)


def _add(handle: int, box: tuple[float, float, float, float], affine: Affine, drawn: Rulings, shaded: Rulings) -> None:
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if height < _THIN and width > _SHORT:
        drawn.horizontal.append(((y0 + y1) / 2, x0, x1))
    elif width < _THIN and height > _SHORT:
        drawn.vertical.append(((x0 + x1) / 2, y0, y1))
    elif width > _SHORT and height > _SHORT:
        path = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
        segments = pdfium.FPDFPath_CountSegments(path)
        if segments > 5:
            _add_segments(path, min(segments, _MOST_PATHS), affine, drawn)
        elif segments >= 4:
            fill, stroke = _Int(0), _Int(0)
            pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
            rulings = drawn if stroke.value else shaded
            rulings.horizontal += [(y0, x0, x1), (y1, x0, x1)]
            rulings.vertical += [(x0, y0, y1), (x1, y0, y1)]


def _add_segments(path: object, count: int, affine: Affine, drawn: Rulings) -> None:
    """The straight parts of a path that draws many lines at once."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(0), ctypes.c_float(0)
    last: tuple[float, float] | None = None
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px = matrix.a * x.value + matrix.c * y.value + matrix.e
        py = matrix.b * x.value + matrix.d * y.value + matrix.f
        here = affine.box(px, py, px, py)[:2]
        if last is not None and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            (ax, ay), (bx, by) = last, here
            if abs(ay - by) < 0.5 and abs(ax - bx) > _SHORT:
                drawn.horizontal.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) < 0.5 and abs(ay - by) > _SHORT:
                drawn.vertical.append(((ax + bx) / 2, min(ay, by), max(ay, by)))
        last = here


def _merge(rules: list[Rule]) -> list[Rule]:
    """Puts strokes together that lie in one line and touch.

    >>> _merge([(10.0, 0.0, 50.0), (10.4, 50.5, 90.0), (30.0, 0.0, 9.0)])
    [(10.2, 0.0, 90.0), (30.0, 0.0, 9.0)]
    """
    merged: list[Rule] = []
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule[0] - groups[-1][-1][0] <= _SAME and rule[0] - groups[-1][0][0] <= 2 * _SAME:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        position = round(sum(rule[0] for rule in group) / len(group), 2)
        begin, end = None, 0.0
        for _, low, high in sorted(group, key=lambda rule: rule[1]):
            if begin is None:
                begin, end = low, high
            elif low - end <= _GAP:
                end = max(end, high)
            else:
                merged.append((position, begin, end))
                begin, end = low, high
        if begin is not None:
            merged.append((position, begin, end))
    return merged[:_MOST_LINES]
