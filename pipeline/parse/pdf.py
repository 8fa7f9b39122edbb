"""PDF -> Document: text and places by pdfium, repair by pypdf, OCR for pages without text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

from pipeline.errors import CorruptDocument
from pipeline.parse.pdf_boxes import locate_pdf
from pipeline.parse.pdf_chars import PageChars, display
from pipeline.parse.pdf_forms import insert_values, open_form, read_widgets
from pipeline.parse.pdf_glyphs import clean
from pipeline.parse.pdf_hidden import visible
from pipeline.parse.pdf_kept import KeptPages
from pipeline.parse.pdf_lines import RawLine, raw_lines, read_lines
from pipeline.parse.pdf_open import Limits, check_page_size, open_pdf
from pipeline.parse.pdf_scan import needs_ocr, render
from pipeline.parse.pdf_tables import find_tables
from pipeline.parse.raw_page import RawPage, assemble
from pipeline.parse.running import RunningLines
from schemas import UNSEEN, Document

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.parse.ocr import OcrLine

__all__ = ["Limits", "Recognise", "locate_pdf", "read_pdf"]

Recognise = Callable[["Image", float, float], "list[OcrLine]"]
"""A page's bitmap, its width and height in points -> its lines in reading order."""


def read_pdf(
    path: Path,
    data: bytes,
    sha256: str,
    options: Limits,
    recognise: Recognise | None,
    kept: KeptPages | None = None,
    scans: Mapping[int, RawPage] | None = None,
) -> Document:
    """Reads a PDF into a Document without sections.

    Args:
        path: for the name and messages only.
        data: the whole file.
        sha256: digest of the data, hexadecimal.
        options: password and limits.
        recognise: OCR for pages without a usable text layer, None to leave them out.
        kept: where pages stay open for `locate_pdf`.
        scans: pages without a usable text layer that were read elsewhere, by their numbers from 1.

    Raises:
        EncryptedDocument, CorruptDocument, DocumentTooLarge
    """
    pdf, repaired = open_pdf(path, data, options.password, options.max_pages)
    warnings = ["the file was damaged and has been repaired"] if repaired else []
    try:
        reader = _Reader(pdf, path, options, recognise, open_form(pdf), warnings, kept, scans or {})
        pages = [_read_page(reader, i) for i in range(len(pdf))]
        if not any(page.width for page in pages):
            raise CorruptDocument(f"{path.name} has no readable page; export or download it again")
        outline, metadata = _outline(pdf), _metadata(pdf)
    finally:
        if kept is None:
            pdf.close()
        else:
            kept.keep_document(pdf)
    reader.running.mark()
    document = assemble(path, sha256, "application/pdf", pages)
    return replace(document, outline=outline, metadata=metadata, warnings=tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Reader:
    """What it takes to read a page."""

    pdf: pypdfium2.PdfDocument
    path: Path
    options: Limits
    recognise: Recognise | None
    form: int | None
    warnings: list[str]
    kept: KeptPages | None
    scans: Mapping[int, RawPage]
    running: RunningLines = field(default_factory=RunningLines)


def _read_page(reader: _Reader, index: int) -> RawPage:
    try:
        page = reader.pdf[index]
    except pypdfium2.PdfiumError:
        reader.warnings.append(f"page {index + 1} is damaged and was left out")
        return RawPage([], 0.0, 0.0, 0)
    kept = False
    try:
        shown = display(page)
        check_page_size(reader.path, index + 1, shown.width, shown.height, reader.options.max_page_inches)
        raw = RawPage([], shown.width, shown.height, shown.rotation)
        textpage = page.get_textpage()
        try:
            chars = PageChars(textpage, shown)
            _read_lines(reader, index, page, chars, raw)
            running = reader.running.add(raw.lines, shown.width, shown.height)
            if raw.source == "text":
                raw.tables = find_tables(page, chars, raw.lines, running, shown)
            if reader.form is not None:
                raw.widgets = [(widget, shown.affine.box(*widget.box)) for widget in read_widgets(reader.form, page)]
                raw.lines = insert_values(raw.lines, [(w.value, box) for w, box in raw.widgets], chars)
            if reader.kept is not None and raw.source == "text":
                kept = reader.kept.keep_page(index + 1, chars, textpage, page)
        finally:
            if not kept:
                textpage.close()
    finally:
        if not kept:
            page.close()
    return raw


def _read_lines(reader: _Reader, index: int, page: pypdfium2.PdfPage, chars: PageChars, raw: RawPage) -> None:
    """Fills in the lines of a page, by OCR if that is needed and wanted."""
    if not needs_ocr(page, chars.text):
        raw.lines = read_lines(chars, raw.width, _visible_lines(reader, index, page, chars, raw))
    elif (scan := reader.scans.get(index + 1)) is not None:
        raw.lines, raw.tables, raw.fields, raw.source = scan.lines, scan.tables, scan.fields, scan.source
    elif reader.recognise is None:
        reader.warnings.append(f"page {index + 1} has no text layer and was not read; switch OCR on")
        raw.lines = read_lines(chars, raw.width)
    else:
        raw.lines, raw.source = _recognised(reader.recognise(render(page), raw.width, raw.height)), "ocr"


def _visible_lines(
    reader: _Reader, index: int, page: pypdfium2.PdfPage, chars: PageChars, raw: RawPage
) -> list[RawLine]:
    """The lines of a page's text that can be seen."""
    lines = raw_lines(chars)
    seen = visible(chars, lines, page, (raw.width, raw.height))
    if seen is None:
        return lines
    reader.warnings.append(f"page {index + 1} has {UNSEEN}, which was left out")
    return raw_lines(chars, seen)


def _recognised(lines: list[OcrLine]) -> list[RawLine]:
    """Lines without a size: the height of a box depends on the letters in it, and would pass for headings."""
    return [RawLine(-1, line.text, line.box, 0.0) for line in lines]


def _outline(pdf: pypdfium2.PdfDocument) -> tuple[tuple[int, str, int], ...]:
    """Level from 1, title, page number from 1 (0: unknown) of every bookmark."""
    entries = []
    for bookmark in pdf.get_toc(max_depth=8):
        target = bookmark.get_dest()
        index = target.get_index() if target is not None else None
        entries.append((bookmark.level + 1, clean(bookmark.get_title()).strip(), 0 if index is None else index + 1))
    return tuple(entries)


def _metadata(pdf: pypdfium2.PdfDocument) -> dict[str, str]:
    return {key: clean(value).strip() for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
