"""Opening a PDF: empty password, given password, repair; what can't be opened becomes an error a user can act on."""

import io
import logging
from pathlib import Path
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import CorruptDocument, DocumentTooLarge, EncryptedDocument

_POINTS_PER_INCH = 72.0
_JUNK = 65_536  # bytes that a mailer or a download may have put before the file's head


class Limits(Protocol):
    """The options of `pipeline.parse.ParseOptions` that a PDF obeys."""

    @property
    def password(self) -> str | None: ...
    @property
    def max_pages(self) -> int: ...
    @property
    def max_page_inches(self) -> float: ...


def open_pdf(path: Path, data: bytes, password: str | None, max_pages: int) -> tuple[pypdfium2.PdfDocument, bool]:
    """Opens the bytes of a PDF; a file pdfium can't read is rewritten by pypdf and tried again.

    Args:
        path: for messages only.
        data: the whole file.
        password: tried when the file doesn't open without one.
        max_pages: more pages are refused before any is read.

    Returns:
        The open document and whether it had to be repaired; the caller closes it.

    Raises:
        EncryptedDocument, CorruptDocument, DocumentTooLarge
    """
    repaired = False
    try:
        pdf = _open(path, data[max(0, data.find(b"%PDF-", 0, _JUNK)) :], password)
    except pypdfium2.PdfiumError:
        pdf, repaired = _reopen(path, data, max_pages), True
    count = len(pdf)
    if count == 0:
        pdf.close()
        raise CorruptDocument(f"{path.name} has no readable page; save it again from the program that made it")
    if count > max_pages:
        pdf.close()
        raise too_many_pages(path, count, max_pages)
    return pdf, repaired


def too_many_pages(path: Path, count: int, limit: int) -> DocumentTooLarge:
    """The error for a document with more pages than the settings allow."""
    return DocumentTooLarge(
        f"{path.name} has {count:,} pages, more than the limit of {limit:,}; split it or raise CLAUSELINE_MAX_PAGES"
    )


def check_page_size(path: Path, number: int, width: float, height: float, limit_inches: float) -> None:
    """Refuses a page whose longer side reaches the limit (PDF itself allows 200 inches, ISO 32000-1 annex C)."""
    side = max(width, height) / _POINTS_PER_INCH
    if side >= limit_inches:
        raise DocumentTooLarge(
            f"{path.name}: page {number} measures {side:,.0f} inches, the limit is {limit_inches:,.0f}; "
            "print it to a smaller page or raise CLAUSELINE_MAX_PAGE_INCHES"
        )


def _open(path: Path, data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    for attempt in (None, password) if password else (None,):
        try:
            return pypdfium2.PdfDocument(data, password=attempt)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None) or pdfium.FPDF_GetLastError()
            if code == pdfium.FPDF_ERR_SECURITY:
                raise EncryptedDocument(
                    f"{path.name} is encrypted in a way that is not supported; save it without encryption"
                ) from None
            if code != pdfium.FPDF_ERR_PASSWORD:
                raise
    if password:
        raise EncryptedDocument(
            f"{path.name} does not open with the given password; give the right one with --password"
        )
    raise EncryptedDocument(f"{path.name} is encrypted; give its password with --password")


def _reopen(path: Path, data: bytes, max_pages: int) -> pypdfium2.PdfDocument:
    """Rewrites a broken file with pypdf, which forgives more, and opens the result."""
    from pypdf import PdfReader, PdfWriter

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every fault, the file has nothing else
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if len(reader.pages) > max_pages:
            raise too_many_pages(path, len(reader.pages), max_pages)
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        rewritten = io.BytesIO()
        writer.write(rewritten)
        return pypdfium2.PdfDocument(rewritten.getvalue())
    except DocumentTooLarge:
        raise
    except Exception as error:  # whatever a hostile file makes pypdf raise
        raise CorruptDocument(f"{path.name} is damaged beyond repair; export or download it again") from error
