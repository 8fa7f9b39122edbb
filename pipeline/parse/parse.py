"""bytes -> Document: chooses the parser by content; finds boxes on the page for spans of the text."""

from __future__ import annotations

import errno
import hashlib
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.errors import DocumentTooLarge, UnreadableFile
from pipeline.parse.detect import detect
from pipeline.parse.line_boxes import boxes_within
from pipeline.parse.pdf_kept import PDFIUM, KeptPages
from pipeline.parse.sections import find_sections
from schemas import Box, Document

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.parse.ocr import OcrLine
    from pipeline.parse.raw_page import ReadScans
    from pipeline.parse.textract_options import TextractOptions

_BLANK = b"\0\t\n\r\x0b\x0c "


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What a parser may do: password, OCR, limits (see `pipeline.settings.Settings`).

    With `textract`, pages without text are read by Amazon Textract, and by our own OCR only where that can't read them.
    """

    password: str | None = None
    ocr: bool = True
    max_bytes: int = 200_000_000
    max_pages: int = 2_000
    max_page_inches: float = 200.0
    max_unpacked_bytes: int = 300_000_000
    textract: TextractOptions | None = None


def parse(path: Path, options: ParseOptions = ParseOptions(), kept: KeptPages | None = None) -> Document:
    """Reads a file of any supported format; what it is, its content says.

    Args:
        path: the file.
        options: password, OCR, limits.
        kept: where pages stay open for `locate`.

    Raises:
        UnreadableFile: missing, empty, a folder, or not permitted.
        UnsupportedFormat, CorruptDocument, EncryptedDocument, DocumentTooLarge: see `pipeline.errors`.
        ServiceDown, ServiceRefused: of Amazon Textract.
    """
    path = Path(path)
    data = _read(path, options.max_bytes)
    document = _parse(path, data, hashlib.sha256(data).hexdigest(), options, kept)
    return replace(document, sections=find_sections(document.text, document.pages, document.outline))


def _parse(path: Path, data: bytes, sha256: str, options: ParseOptions, kept: KeptPages | None) -> Document:
    """The document without sections, read by the parser of its format; each is imported when first used."""
    match detect(path, data):
        case "pdf":
            from pipeline.parse.pdf import read_pdf

            scans = _scans(path, data, sha256, options, "pdf")
            with PDFIUM:
                recognise = _recognise if options.ocr else None
                return _told(scans, read_pdf(path, data, sha256, options, recognise, kept, scans.pages))
        case "docx":
            from pipeline.parse.docx import read_docx

            return read_docx(path, data, sha256, options.max_unpacked_bytes)
        case "html":
            from pipeline.parse.html import read_html

            return read_html(path, data, sha256)
        case "image":
            from pipeline.parse.image import read_image

            scans = _scans(path, data, sha256, options, "image")
            recognise = _recognise if options.ocr else None
            return _told(scans, read_image(path, data, sha256, options, recognise, scans.pages))
        case "text":
            from pipeline.parse.text import read_text

            return read_text(path, data, sha256)


def _scans(path: Path, data: bytes, sha256: str, options: ParseOptions, kind: Literal["pdf", "image"]) -> ReadScans:
    """The pages without text as Amazon Textract reads them; none if it is not to be asked.

    While it is, pdfium is free for other documents.
    """
    from pipeline.parse.raw_page import NO_SCANS

    if options.textract is None or not options.ocr:
        return NO_SCANS
    from pipeline.parse.textract import read_scans
    from pipeline.parse.textract_files import scans_of_image, scans_of_pdf

    if kind == "pdf":
        with PDFIUM:
            scans = scans_of_pdf(path, data, sha256, options)
    else:
        scans = scans_of_image(path, data, sha256, options)
    return read_scans(scans, options.textract)


def _told(scans: ReadScans, document: Document) -> Document:
    """The document, with what went wrong when its scanned pages were read elsewhere."""
    return replace(document, warnings=(*scans.warnings, *document.warnings)) if scans.warnings else document


def _recognise(image: Image, width_pt: float, height_pt: float) -> list[OcrLine]:
    """OCR, imported when the first page needs it."""
    from pipeline.parse.ocr import recognise

    return recognise(image, width_pt, height_pt)


def _read(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file within the limit."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(f"{path.name or path} is a folder; give the documents in it, or run the folder")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(f"{path.name} is not a regular file; copy the document to one")
        if status.st_size > max_bytes:
            raise _too_many_bytes(path, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path.name or path} {_why(error)}") from None
    if len(data) > max_bytes:  # it grew
        raise _too_many_bytes(path, max_bytes)
    if not data[:4096].strip(_BLANK) and not data.strip(_BLANK):
        raise UnreadableFile(f"{path.name} is empty; get the document again")
    return data


def _too_many_bytes(path: Path, limit: int) -> DocumentTooLarge:
    return DocumentTooLarge(
        f"{path.name} is over the limit of {limit:,} bytes; split it, reduce its images or raise CLAUSELINE_MAX_BYTES"
    )


def _why(error: OSError | ValueError) -> str:
    """What kept a file from being read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; give yourself permission to read it"
    if getattr(error, "errno", None) == errno.ELOOP:
        return "is a symbolic link that leads back to itself; give the document itself"
    return f"can't be read ({getattr(error, 'strerror', None) or error}); check the path"


def locate(
    path: Path,
    document: Document,
    spans: Sequence[tuple[int, int]],
    password: str | None = None,
    kept: KeptPages | None = None,
) -> list[list[Box]]:
    """Boxes of spans of the document's text, one list per span, in points of the page, origin top left.

    Args:
        path: the file the document was read from.
        document: as `parse` gave it.
        spans: start and end offsets into its text.
        password: as for reading.
        kept: the pages that `parse` left open.
    """
    if document.media_type == "application/pdf":
        from pipeline.parse.pdf import locate_pdf

        with PDFIUM:
            return locate_pdf(path, document, spans, password, kept)
    return [_boxes(document, start, end) for start, end in spans]


def _boxes(document: Document, start: int, end: int) -> list[Box]:
    """The parts of the lines' own boxes (OCR) that the span covers; formats without places have none."""
    if start >= end or not document.pages:
        return []
    first, last = document.page_at(start).number, document.page_at(end - 1).number
    lines = (line for page in document.pages[first - 1 : last] for line in page.lines)
    held = (line for line in lines if line.box and line.start < end and start < line.end)
    return [box for line in held for box in boxes_within(line, document.text, start, end)]
