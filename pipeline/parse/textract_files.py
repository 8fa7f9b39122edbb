"""What Amazon Textract is sent: of a PDF the pages that have no usable text, of an image its frames."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.parse.image import frames, size_of
from pipeline.parse.pdf_chars import PageChars, display
from pipeline.parse.pdf_open import Limits, check_page_size, open_pdf
from pipeline.parse.pdf_scan import needs_ocr
from pipeline.parse.textract import Scans
from pipeline.parse.textract_jobs import MOST_BYTES_AT_ONCE

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 10_000
"""Of a side of an image that Amazon Textract takes."""

_ORIENTATION = 0x0112  # the tag of Exif and TIFF that says how a picture is turned to be shown


def scans_of_pdf(path: Path, data: bytes, sha256: str, options: Limits) -> Scans:
    """The pages of a PDF that OCR would read. Uses pdfium, see `PDFIUM`.

    Args:
        path: for messages.
        data: the whole file.
        sha256: its digest, hexadecimal.
        options: password and limits.

    Raises:
        EncryptedDocument, CorruptDocument, DocumentTooLarge
    """
    import pypdfium2

    sizes: dict[int, tuple[float, float]] = {}
    pdf, _ = open_pdf(path, data, options.password, options.max_pages)
    try:
        for number in range(1, len(pdf) + 1):
            try:
                page = pdf[number - 1]
            except pypdfium2.PdfiumError:  # left out, and told, by who reads the rest
                continue
            try:
                shown, textpage = display(page), page.get_textpage()
                check_page_size(path, number, shown.width, shown.height, options.max_page_inches)
                try:
                    if needs_ocr(page, PageChars(textpage, shown).text):
                        sizes[number] = shown.width, shown.height
                finally:
                    textpage.close()
            finally:
                page.close()
    finally:
        pdf.close()
    return Scans(sha256, sizes, "application/pdf", lambda numbers: _pages(data, options.password, numbers))


def _pages(data: bytes, password: str | None, numbers: Sequence[int]) -> bytes:
    """A PDF of some pages of another, without its password."""
    from pypdf import PdfReader, PdfWriter

    reader, writer, file = PdfReader(io.BytesIO(data), strict=False), PdfWriter(), io.BytesIO()
    if reader.is_encrypted and not reader.decrypt("") and password:
        reader.decrypt(password)
    for number in numbers:
        writer.add_page(reader.pages[number - 1])
    writer.write(file)
    return file.getvalue()


def scans_of_image(path: Path, data: bytes, sha256: str, options: Limits) -> Scans:
    """The frames of an image.

    Args:
        as `scans_of_pdf`.

    Raises:
        CorruptDocument, DocumentTooLarge, UnsupportedFormat
    """
    sizes, plain = {}, False
    for number, (frame, kind) in enumerate(frames(path, data, options), 1):
        sizes[number] = size_of(frame)
        plain = number == 1 and kind in ("image/png", "image/jpeg") and max(frame.size) <= MOST_PIXELS

    def part(numbers: Sequence[int]) -> bytes:
        if plain and len(data) <= MOST_BYTES_AT_ONCE and not _is_turned(data):
            return data
        wanted = (frame for number, (frame, _) in enumerate(frames(path, data, options), 1) if number in set(numbers))
        return _single(next(wanted)) if len(numbers) == 1 else _tiff(wanted)

    return Scans(sha256, sizes, "image/tiff", part)


def _is_turned(data: bytes) -> bool:
    """Whether a picture is shown otherwise than its pixels lie."""
    from PIL import Image as images

    with images.open(io.BytesIO(data)) as image:
        return bool(image.getexif().get(_ORIENTATION, 1) != 1)


def _single(frame: Image) -> bytes:
    """A frame as a file that may be sent alone: what has few colours as PNG, else JPEG, smaller until it fits."""
    frame = _within(frame)
    if frame.mode in ("1", "L", "P"):
        data = _saved([frame.convert("L") if frame.mode == "P" else frame], "PNG", optimize=True)
        if len(data) <= MOST_BYTES_AT_ONCE:
            return data
    for side in (MOST_PIXELS, 5_000, 3_500):
        frame.thumbnail((side, side))
        data = _saved([frame.convert("RGB")], "JPEG", quality=92)
        if len(data) <= MOST_BYTES_AT_ONCE:
            break
    return data


def _tiff(wanted: Iterable[Image]) -> bytes:
    """Frames as one file."""
    kept = (_within(frame) for frame in wanted)
    return _saved(
        (frame if frame.mode in ("1", "L", "RGB") else frame.convert("RGB") for frame in kept), "TIFF",
        compression="tiff_lzw",
    )  # fmt: skip


def _within(frame: Image) -> Image:
    frame = frame.copy()
    frame.thumbnail((MOST_PIXELS, MOST_PIXELS))
    return frame


def _saved(pages: Iterable[Image], form: str, **options: object) -> bytes:
    first, *rest = pages
    file = io.BytesIO()
    first.save(file, form, **({"save_all": True, "append_images": rest} if form == "TIFF" else {}), **options)
    return file.getvalue()
