"""Pages before the document's text is put together, and the text, tables and form fields they become then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.parse.pdf_cells import RawCell, RawTable, finish_cell, finish_table
from pipeline.parse.pdf_forms import Widget
from pipeline.parse.pdf_glyphs import readable
from pipeline.parse.pdf_hyphens import join_hyphens
from pipeline.parse.pdf_lines import RawLine
from schemas import Box, Document, FormField, Line, Page, PageSource, Table


@dataclass(frozen=True, slots=True)
class RawField:
    """A question of a form and what was filled in, where that stands among the lines of its page."""

    name: str
    value: RawCell


@dataclass(slots=True)
class RawPage:
    """A page as read, before the document's text is put together.

    Args:
        lines: in reading order.
        width, height: of the page as it is shown, in points.
        rotation: by which it is turned to be shown, in degrees.
        tables: whose cells are parts of the lines.
        widgets: of an interactive form, and their boxes, which are boxes of lines too.
        fields: of a form that was read.
        source: how the text was won.
    """

    lines: list[RawLine]
    width: float
    height: float
    rotation: int = 0
    tables: list[RawTable] = field(default_factory=list)
    widgets: list[tuple[Widget, Box]] = field(default_factory=list)
    fields: list[RawField] = field(default_factory=list)
    source: PageSource = "text"


@dataclass(frozen=True, slots=True)
class ReadScans:
    """Pages without text that were read elsewhere, by number from 1, and what is to be said of those that were not."""

    pages: Mapping[int, RawPage]
    warnings: tuple[str, ...] = ()


NO_SCANS = ReadScans({})
"""Where nothing is read elsewhere."""


def assemble(path: Path, sha256: str, media_type: str, pages: Sequence[RawPage]) -> Document:
    """The document that its pages make, without sections.

    Args:
        path: for the document's name.
        sha256: digest of the file, hexadecimal.
        media_type: of the file.
        pages: all of them, running lines marked.
    """
    join_hyphens([line for page in pages for line in page.lines])
    text, read = _text_and_pages(pages)
    return Document(
        name=path.name,
        sha256=sha256,
        media_type=media_type,
        text=text,
        pages=read,
        tables=tuple(_tables(pages, text)),
        form_fields=tuple(_form_fields(pages, text)),
    )


def _text_and_pages(pages: Sequence[RawPage]) -> tuple[str, tuple[Page, ...]]:
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
            lines.append(Line(offset, end, raw.kind, raw.size, raw.bold, raw.start, box, raw.words))
            parts.append(text)
            raw.offset, raw.length = offset, len(text)
            offset = end + 1
        if not lines:
            parts.append("")
            offset += 1
        read.append(Page(number, begin, offset - 1, tuple(lines), page.width, page.height, page.rotation, page.source))
    return "\n".join(parts), tuple(read)


def _tables(pages: Sequence[RawPage], text: str) -> Iterator[Table]:
    for number, page in enumerate(pages, 1):
        for table in page.tables:
            if (finished := finish_table(table, number, text)) is not None:
                yield finished


def _form_fields(pages: Sequence[RawPage], text: str) -> Iterator[FormField]:
    """The fields of forms with the place of their values in the text."""
    for number, page in enumerate(pages, 1):
        for widget, box in page.widgets:
            line = next(line for line in page.lines if line.start < 0 and line.box == box)
            yield FormField(widget.name, widget.value, number, line.offset, line.offset + line.length)
        for answer in page.fields:
            value = finish_cell(answer.value, text)
            yield FormField(answer.name, value.text, number, value.start, value.end)
