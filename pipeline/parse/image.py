"""PNG, JPEG and multi-page TIFF -> Document, read by OCR."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import CorruptDocument, DocumentTooLarge, UnsupportedFormat
from pipeline.parse.pdf_lines import RawLine
from pipeline.parse.raw_page import RawPage, assemble
from pipeline.parse.running import RunningLines
from schemas import Document

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.parse.ocr import OcrLine

MAX_PIXELS = 120_000_000  # a bilevel or gray bitmap of 120 MB; A3 at 800 dpi
MAX_COLOUR_PIXELS = 60_000_000
LETTER_WIDTH = 612.0  # points, taken where the file does not say its resolution
_BILEVEL = ("1", "L", "P")


class Limits(Protocol):
    """The options of `pipeline.parse.ParseOptions` that an image obeys."""

    @property
    def max_pages(self) -> int: ...
    @property
    def max_page_inches(self) -> float: ...


def read_image(
    path: Path,
    data: bytes,
    sha256: str,
    options: Limits,
    recognise: Callable[[Image, float, float], list[OcrLine]] | None,
    scans: Mapping[int, RawPage] | None = None,
) -> Document:
    """Reads a bitmap, one page per frame.

    Args:
        path: for the name and messages.
        data: the whole file.
        sha256: digest of the data, hexadecimal.
        options: limits.
        recognise: OCR; without it (None) the pages are empty and a warning says so.
        scans: pages that were read elsewhere, by their numbers from 1.

    Raises:
        CorruptDocument, DocumentTooLarge, UnsupportedFormat
    """
    pages: list[RawPage] = []
    running, media_type = RunningLines(), ""
    for number, (frame, kind) in enumerate(frames(path, data, options), 1):
        media_type = kind
        width, height = size_of(frame)
        _check_side(path, number, max(width, height), options)
        page = (scans or {}).get(number)
        if page is None:
            read = recognise(frame, width, height) if recognise else []
            page = RawPage([RawLine(-1, line.text, line.box) for line in read], width, height, source="ocr")
        if scans:
            running.add(page.lines, width, height)
        pages.append(page)
    running.mark()
    said = () if recognise else ("the pages are images and were not read; switch OCR on",)
    return replace(assemble(path, sha256, media_type, pages), warnings=said)


def frames(path: Path, data: bytes, options: Limits) -> Iterator[tuple[Image, str]]:
    """Each page as it is to be shown, and the file's media type.

    Raises:
        CorruptDocument, DocumentTooLarge, UnsupportedFormat
    """
    from PIL import Image as images
    from PIL import ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of bombs; the limit is checked below
            image = images.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "MPO"))
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if count > options.max_pages:
                raise DocumentTooLarge(
                    f"{path.name} has {count:,} pages, more than the limit of {options.max_pages:,}; "
                    "split it or raise CLAUSELINE_MAX_PAGES"
                )
            media_type = "image/jpeg" if image.format == "MPO" else images.MIME[image.format or "PNG"]
            for index in range(count):
                if count > 1:
                    image.seek(index)
                _check_pixels(path, index + 1, image)
                image.draft("RGB", (3000, 3000))  # lets a JPEG be decoded at a fraction of its size
                image.load()
                yield ImageOps.exif_transpose(image), media_type
    except images.DecompressionBombError:
        raise _too_many_pixels(path, 1) from None
    except UnidentifiedImageError:
        raise UnsupportedFormat(f"{path.name} is an image of a kind that is not read; save it as PNG or PDF") from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, KeyError, TypeError, IndexError) as error:
        raise CorruptDocument(f"{path.name} is an image that is cut off or damaged; scan or save it again") from error


def _check_pixels(path: Path, number: int, image: Image) -> None:
    limit = MAX_PIXELS if image.mode in _BILEVEL else MAX_COLOUR_PIXELS
    if image.width * image.height > limit and image.format != "JPEG":
        raise _too_many_pixels(path, number)
    if image.width * image.height > 2 * MAX_PIXELS:  # a JPEG is decoded at down to an eighth
        raise _too_many_pixels(path, number)


def _too_many_pixels(path: Path, number: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"{path.name}: page {number} has too many pixels to be read; save it at 300 dpi or less")


def size_of(frame: Image) -> tuple[float, float]:
    """Width and height in points: by the resolution the file states, if it makes a page of a likely size."""
    stated = frame.info.get("dpi") or (0, 0)
    dpi = float(stated[0] or 0), float(stated[1] or 0)
    if all(value > 0 for value in dpi):
        width, height = frame.width * 72 / dpi[0], frame.height * 72 / dpi[1]
        if 200 <= max(width, height) <= 200 * 72:
            return width, height
    scale = LETTER_WIDTH / max(1, min(frame.width, frame.height))
    return frame.width * scale, frame.height * scale


def _check_side(path: Path, number: int, side: float, options: Limits) -> None:
    if side / 72 >= options.max_page_inches:
        raise DocumentTooLarge(
            f"{path.name}: page {number} measures {side / 72:,.0f} inches, the limit is {options.max_page_inches:,.0f}; "
            "save it as a smaller page or raise CLAUSELINE_MAX_PAGE_INCHES"
        )
