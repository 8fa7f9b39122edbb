"""Pages of a PDF that stay open between reading the text and finding boxes, so that none is loaded twice."""

from __future__ import annotations

from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

    from pipeline.parse.pdf_chars import PageChars

PDFIUM = RLock()
"""Held by whoever uses pdfium, which is not made for several threads."""

_MOST = 100  # pages, of some 0.3 MB each; further on hardly anything is quoted


class KeptPages:
    """The open pages of one document, closed on leaving the context.

    >>> with KeptPages() as kept:
    ...     kept.chars(1) is None
    True
    """

    def __init__(self) -> None:
        self._pdf: pypdfium2.PdfDocument | None = None
        self._pages: dict[int, tuple[PageChars, pypdfium2.PdfTextPage, pypdfium2.PdfPage]] = {}

    def keep_document(self, pdf: pypdfium2.PdfDocument) -> None:
        """Takes over an open document, to close it after its pages."""
        self._pdf = pdf

    def keep_page(
        self, number: int, chars: PageChars, textpage: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage
    ) -> bool:
        """Takes over an open page, unless it has enough of them; whether it did."""
        if len(self._pages) >= _MOST:
            return False
        self._pages[number] = chars, textpage, page
        return True

    def chars(self, number: int) -> PageChars | None:
        """The characters of a page (number from 1) that was kept."""
        kept = self._pages.get(number)
        return kept[0] if kept else None

    def __enter__(self) -> KeptPages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with PDFIUM:
            for _, textpage, page in self._pages.values():
                textpage.close()
                page.close()
            self._pages.clear()
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None
