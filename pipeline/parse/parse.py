"""Chooses the parser by content; finds boxes for spans of the text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from schemas import Box, Document, Line, Page


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What a parser may do: password, OCR, limits (see `pipeline.settings.Settings`)."""

    password: str | None = None
    ocr: bool = True
    max_bytes: int = 200_000_000
    max_pages: int = 2_000
    max_page_inches: float = 200.0
    max_unpacked_bytes: int = 300_000_000


def parse(path: Path, options: ParseOptions = ParseOptions()) -> Document:
    """Bootstrap: PDF and text only, replaced by the real parsers."""
    data = path.read_bytes()
    texts = (
        [p.get_textpage().get_text_range().replace("\r\n", "\n") for p in pypdfium2.PdfDocument(data)]
        if data[:4] == b"%PDF"
        else [data.decode("utf-8", "replace")]
    )
    pages, offset = [], 0
    for number, text in enumerate(texts, 1):
        lines, start = [], offset
        for raw in text.split("\n"):
            lines.append(Line(offset, offset + len(raw)))
            offset += len(raw) + 1
        pages.append(Page(number, start, offset - 1, tuple(lines)))
    return Document(path.name, hashlib.sha256(data).hexdigest(), "", "\n".join(texts), tuple(pages))


def locate(path: Path, document: Document, spans: Sequence[tuple[int, int]]) -> list[list[Box]]:
    """Boxes of spans of the document's text, one list per span."""
    return [[] for _ in spans]
