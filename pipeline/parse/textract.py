"""Pages without text -> pages as Amazon Textract reads them: which are sent together, and which of them it could not read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import ClauselineError
from pipeline.parse.raw_page import RawPage, ReadScans
from pipeline.parse.textract_blocks import read_blocks
from pipeline.parse.textract_jobs import (
    MOST_BYTES,
    MOST_BYTES_AT_ONCE,
    MOST_PAGES,
    Reading,
    read_at_once,
    read_by_job,
)
from pipeline.parse.textract_options import TextractOptions
from pipeline.turns import waiting


@dataclass(frozen=True, slots=True)
class Scans:
    """The pages of a document that have no usable text.

    Args:
        sha256: of the document.
        sizes: width and height of each in points, by its number from 1.
        media_type: of what `part` makes of several pages.
        part: makes a file of some of them.
    """

    sha256: str
    sizes: Mapping[int, tuple[float, float]]
    media_type: str
    part: Callable[[Sequence[int]], bytes]


def read_scans(scans: Scans, options: TextractOptions) -> ReadScans:
    """Have pages read: one alone at once, several by a job; none is sent that has text of its own.

    Args:
        scans: the pages.
        options: how; without a bucket each page is sent alone.

    Raises:
        ServiceDown, ServiceRefused: see `pipeline.parse.textract_jobs`; a document's own fault is a warning.
    """
    pages: dict[int, RawPage] = {}
    warnings: list[str] = []
    for numbers, data in _parts(scans, 1 if options.bucket is None else MOST_PAGES):
        with waiting():  # another document can be worked on meanwhile
            reading = _read(scans, numbers, data, options)
        sizes = {place: scans.sizes[number] for place, number in enumerate(numbers, 1)}
        read = read_blocks(reading.blocks, sizes)
        pages |= {numbers[place - 1]: page for place, page in read.items() if page.lines or place not in reading.missed}
        if left := [number for number in numbers if number not in pages]:
            told = f" ({reading.trouble})" if reading.trouble else ""
            warnings.append(f"Amazon Textract could not read {_listed(left)}{told}; our own OCR was used instead")
    return ReadScans(pages, tuple(warnings))


def _parts(scans: Scans, most: int) -> Iterator[tuple[list[int], bytes]]:
    """The pages in files that are not too large; one that can't be made is empty."""
    numbers = sorted(scans.sizes)
    waiting_parts = [numbers[i : i + most] for i in range(0, len(numbers), most)][::-1]
    while waiting_parts:
        part = waiting_parts.pop()
        try:
            data = scans.part(part)
        except ClauselineError:
            raise
        except Exception:  # whatever a hostile file makes pypdf raise; our own OCR sees the page as it is shown
            data = b""
        if len(part) > 1 and (len(data) > MOST_BYTES or not data):
            half = len(part) // 2
            waiting_parts += [part[half:], part[:half]]
        else:
            yield part, data


def _read(scans: Scans, numbers: Sequence[int], data: bytes, options: TextractOptions) -> Reading:
    if not data:
        return Reading(trouble="no file could be made of it")
    if len(numbers) == 1 and len(data) <= MOST_BYTES_AT_ONCE:
        return read_at_once(data, options)
    if len(data) > MOST_BYTES:
        return Reading(trouble=f"over {MOST_BYTES // 1_000_000} MB")
    if options.bucket is None:
        return Reading(trouble=f"over {MOST_BYTES_AT_ONCE // 1_000_000} MB, set CLAUSELINE_TEXTRACT_BUCKET")
    said = f"{scans.sha256} {','.join(map(str, numbers))} {','.join(options.features)}"
    return read_by_job(data, hashlib.sha256(said.encode()).hexdigest(), scans.media_type, options)


def _listed(numbers: Sequence[int]) -> str:
    """Pages in words.

    >>> _listed([3]), _listed([1, 2, 5])
    ('page 3', 'pages 1, 2, 5')
    """
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
