"""PDF -> Document: text and places by pdfium, repair by pypdf, OCR for pages without text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import pypdfium2

from pipeline.errors import CorruptDocument
from pipeline.parse.pdf_boxes import locate_pdf
from pipeline.parse.pdf_cells import RawTable, finish_table
from pipeline.parse.pdf_chars import PageChars, display
from pipeline.parse.pdf_forms import Widget, insert_values, open_form, read_widgets
from pipeline.parse.pdf_glyphs import clean, readable
from pipeline.parse.pdf_hidden import visible
from pipeline.parse.pdf_hyphens import join_hyphens
from pipeline.parse.pdf_kept import KeptPages
from pipeline.parse.pdf_lines import RawLine, raw_lines, read_lines
from pipeline.parse.pdf_open import check_page_size, open_pdf
from pipeline.parse.pdf_scan import needs_ocr, render
from pipeline.parse.pdf_tables import find_tables
from pipeline.parse.running import RunningLines
from schemas import UNSEEN, Box, Document, FormField, Line, Page

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.parse.ocr import OcrLine

__all__ = ["Limits", "Recognise", "locate_pdf", "read_pdf"]

Recognise = Callable[["Image", float, float], "list[OcrLine]"]
"""A page's bitmap, its width and height in points -> its lines in reading order."""


class Limits(Protocol):
    """The options of `pipeline.parse.ParseOptions` that a PDF obeys."""

    @property
    def password(self) -> str | None: ...
    @property
    def max_pages(self) -> int: ...
    @property
    def max_page_inches(self) -> float: ...


@dataclass(slots=True)
class _RawPage:
    """A page as read, before the document's text is put together."""

    lines: list[RawLine]
    width: float
    height: float
    rotation: int
    tables: list[RawTable] = field(default_factory=list)
    fields: list[tuple[Widget, Box]] = field(default_factory=list)
    source: Literal["text", "ocr"] = "text"


def read_pdf(
    path: Path,
    data: bytes,
    sha256: str,
    options: Limits,
    recognise: Recognise | None,
    kept: KeptPages | None = None,
) -> Document:
    """Reads a PDF into a Document without sections.

    Args:
        path: for the name and messages only.
        data: the whole file.
        sha256: digest of the data, hexadecimal.
        options: password and limits.
        recognise: OCR for pages without a usable text layer, None to leave them out.
        kept: where pages stay open for `locate_pdf`.

    Raises:
        EncryptedDocument, CorruptDocument, DocumentTooLarge
    """
    pdf, repaired = open_pdf(path, data, options.password, options.max_pages)
    warnings = ["the file was damaged and has been repaired"] if repaired else []
    try:
        reader = _Reader(pdf, path, options, recognise, open_form(pdf), warnings, kept)
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
    join_hyphens([line for page in pages for line in page.lines])
    text, read = _assemble(pages)
    tables = tuple(
        finished
        for number, page in enumerate(pages, 1)
        for table in page.tables
        if (finished := finish_table(table, number, text)) is not None
    )
    return Document(
        name=path.name,
        sha256=sha256,
        media_type="application/pdf",
        text=text,
        pages=read,
        tables=tables,
        outline=outline,
        metadata=metadata,
        form_fields=tuple(_form_fields(pages)),
        warnings=tuple(warnings),
    )


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
    running: RunningLines = field(default_factory=RunningLines)


def _read_page(reader: _Reader, index: int) -> _RawPage:
    try:
        page = reader.pdf[index]
    except pypdfium2.PdfiumError:
        reader.warnings.append(f"page {index + 1} is damaged and was left out")
        return _RawPage([], 0.0, 0.0, 0)
    kept = False
    try:
        shown = display(page)
        check_page_size(reader.path, index + 1, shown.width, shown.height, reader.options.max_page_inches)
        raw = _RawPage([], shown.width, shown.height, shown.rotation)
        textpage = page.get_textpage()
        try:
            chars = PageChars(textpage, shown)
            _read_lines(reader, index, page, chars, raw)
            running = reader.running.add(raw.lines, shown.width, shown.height)
            if raw.source == "text":
                raw.tables = find_tables(page, chars, raw.lines, running, shown)
            if reader.form is not None:
                raw.fields = [(widget, shown.affine.box(*widget.box)) for widget in read_widgets(reader.form, page)]
                raw.lines = insert_values(raw.lines, [(w.value, box) for w, box in raw.fields], chars)
            if reader.kept is not None and raw.source == "text":
                kept = reader.kept.keep_page(index + 1, chars, textpage, page)
        finally:
            if not kept:
                textpage.close()
    finally:
        if not kept:
            page.close()
    return raw


def _read_lines(reader: _Reader, index: int, page: pypdfium2.PdfPage, chars: PageChars, raw: _RawPage) -> None:
    """Fills in the lines of a page, by OCR if that is needed and wanted."""
    if not needs_ocr(page, chars.text):
        raw.lines = read_lines(chars, raw.width, _visible_lines(reader, index, page, chars, raw))
    elif reader.recognise is None:
        reader.warnings.append(f"page {index + 1} has no text layer and was not read; switch OCR on")
        raw.lines = read_lines(chars, raw.width)
    else:
        raw.lines, raw.source = _recognised(reader.recognise(render(page), raw.width, raw.height)), "ocr"


def _visible_lines(
    reader: _Reader, index: int, page: pypdfium2.PdfPage, chars: PageChars, raw: _RawPage
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


def _form_fields(pages: list[_RawPage]) -> Iterator[FormField]:
    """The form's fields with the place of their values in the text."""
    for number, page in enumerate(pages, 1):
        for widget, box in page.fields:
            line = next(line for line in page.lines if line.start < 0 and line.box == box)
            yield FormField(widget.name, widget.value, number, line.offset, line.offset + line.length)


def _assemble(pages: list[_RawPage]) -> tuple[str, tuple[Page, ...]]:
    """The document's text, lines and pages parted by line breaks, the pages that point into it."""
    parts: list[str] = []
    offset, read = 0, []
    for number, page in enumerate(pages, 1):
        begin, lines = offset, []
        for raw in page.lines:
            text = readable(raw.raw).strip()
            if not text:
                continue
            end = offset + len(text)
            box = raw.box if raw.start < 0 else None
            lines.append(Line(offset, end, raw.kind, raw.size, raw.bold, raw.start, box))
            parts.append(text)
            raw.offset, raw.length = offset, len(text)
            offset = end + 1
        if not lines:
            parts.append("")
            offset += 1
        read.append(Page(number, begin, offset - 1, tuple(lines), page.width, page.height, page.rotation, page.source))
    return "\n".join(parts), tuple(read)


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
