"""Filled form fields of a PDF (AcroForm, ISO 32000-1, 12.7): their values as lines where they stand on the page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.parse.pdf_chars import PageChars
from pipeline.parse.pdf_glyphs import clean
from pipeline.parse.pdf_lines import RawLine, words

if TYPE_CHECKING:
    from schemas import Box

_MOST_WIDGETS = 20_000
_MOST_BYTES = 200_000
_CHECKED, _UNCHECKED = "[X]", "[ ]"
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True, slots=True)
class Widget:
    """A form field where it stands on a page.

    Args:
        name: full name of the field, its parents' names before it, parted by dots.
        value: what it holds; "[X]" or "[ ]" for a box.
        box: left, bottom, right, top in the page's own coordinates.
    """

    name: str
    value: str
    box: Box


def open_form(pdf: pypdfium2.PdfDocument) -> int | None:
    """Prepares the document's interactive form, before any page is opened; None if there is no form."""
    if pdfium.FPDF_GetFormType(pdf) == pdfium.FORMTYPE_NONE:
        return None
    pdf.init_forms()
    return ctypes.cast(pdf.formenv.raw, ctypes.c_void_p).value if pdf.formenv else None


def read_widgets(form: int, page: pypdfium2.PdfPage) -> list[Widget]:
    """The filled fields and the boxes to tick of an open page.

    Args:
        form: as `open_form` gave it.
        page: opened after it.
    """
    widgets = []
    handle = ctypes.cast(form, pdfium.FPDF_FORMHANDLE)
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_WIDGETS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        try:
            shown = not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN
            if shown and pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                widgets += _widget(handle, annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return widgets


def _widget(form: object, annotation: object) -> list[Widget]:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rectangle):
        return []
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        value = _CHECKED if pdfium.FPDFAnnot_IsChecked(form, annotation) else _UNCHECKED
    elif kind in (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        value = " ".join(clean(_string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)).split())
    else:
        return []
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    return [Widget(name, value, box)] if value else []


def _string(getter: Callable[..., int], form: object, annotation: object) -> str:
    """What a getter of pdfium writes, which is UTF-16 and ends in a zero."""
    length = min(getter(form, annotation, None, 0), _MOST_BYTES)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    getter(form, annotation, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0]


def insert_values(lines: list[RawLine], widgets: Sequence[tuple[str, Box]], chars: PageChars) -> list[RawLine]:
    """Puts each value into the lines of its page where a reader meets it: after what stands left of it, or above it.

    A line that goes on right of a value is cut there, so that each label stands before its own value.

    Args:
        lines: the page's lines.
        widgets: values and where they stand on the shown page.
        chars: the page's characters.
    """
    result = list(lines)
    for value, box in sorted(widgets, key=lambda widget: (widget[1][1], widget[1][0])):
        line = RawLine(-1, value, box, size=round(min(box[3] - box[1], 12.0), 1))
        beside = [i for i, other in enumerate(result) if _beside(other.box, box)]
        if not beside:
            above = [i for i, other in enumerate(result) if other.box[1] < box[1]]
            result.insert(max(above, key=lambda i: result[i].box[3]) + 1 if above else 0, line)
            continue
        left = [i for i in beside if result[i].box[0] < box[0]]
        if not left:
            result.insert(min(beside), line)
            continue
        last = max(left, key=lambda i: result[i].box[0])
        result[last : last + 1] = _cut(result[last], box, line, chars)
    return result


def _beside(line: Box, value: Box) -> bool:
    """Whether a line stands on the height of a value."""
    overlap = min(line[3], value[3]) - max(line[1], value[1])
    return overlap > 0.5 * min(line[3] - line[1], value[3] - value[1])


def _cut(line: RawLine, box: Box, value: RawLine, chars: PageChars) -> list[RawLine]:
    """The line, cut before its first word that begins right of the value's left edge and left of nothing but it."""
    if line.start < 0 or line.box[2] <= box[0] + 1:
        return [line, value]
    spans = words(line)
    firsts = chars.boxes([start for start, _ in spans])
    middle = (box[0] + box[2]) / 2
    for (start, _), first in zip(spans, firsts, strict=True):
        if first[0] >= middle and start > line.start:
            before = line.raw[: start - line.start].rstrip()
            left = replace(line, raw=before, box=(line.box[0], line.box[1], box[0], line.box[3]))
            right = replace(line, start=start, raw=line.raw[start - line.start :], box=(first[0], *line.box[1:]))
            return [left, value, right]
    return [line, value]
