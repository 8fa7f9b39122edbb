"""Where a protocol states its terms: label rows of cover, title page, running heads and synopsis, and stretches of prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.generate.offline.protocol.lines import TextLine
from pipeline.generate.offline.protocol.parts import Parts, parts_of
from pipeline.generate.offline.protocol.rows import Row, rows
from schemas import Document, Section

Place = Literal["title", "running", "synopsis"]


class Labelled(NamedTuple):
    """A label row and the part it stands in."""

    place: Place
    row: Row


class Zone(NamedTuple):
    """A stretch of prose that is searched, and what it is."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Protocol:
    """A protocol ready to be read: its parts, its label rows, the lines of its title page."""

    parts: Parts
    rows: tuple[Labelled, ...]
    title_lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.parts.text

    def labelled(self, key: str) -> Iterator[Labelled]:
        """The rows whose label introduces `key`."""
        return (found for found in self.rows if found.row.key == key)

    def value(self, row: Row) -> str:
        """A row's value as running text."""
        return self.parts.lines.prose(row.start, row.end)

    def synopsis(self) -> Zone | None:
        """The synopsis as a zone."""
        part = self.parts.first("synopsis")
        return Zone("synopsis", part.start, part.end) if part else None

    def zones(self, name: str, pattern: re.Pattern[str], limit: int = 2, longest: int = 12_000) -> list[Zone]:
        """The body's sections with a matching title, each cut to `longest` characters."""
        return [Zone(name, s.start, min(s.end, s.start + longest)) for s in self.parts.headed(pattern, limit)]

    def sections(self, pattern: re.Pattern[str], limit: int = 3) -> list[Section]:
        """The body's sections with a matching title."""
        return self.parts.headed(pattern, limit)


def open_protocol(document: Document) -> Protocol:
    """Take a protocol apart and read its label rows, once for all fields."""
    parts = parts_of(document)
    front = parts.front_lines
    found = [Labelled("title", row) for row in rows(document.text, front)]
    for running in parts.running:
        line = TextLine(running.text, running.start, running.start + len(running.text), 0, 0.0, False)
        found += [Labelled("running", row) for row in rows(document.text, (line,))]
    if synopsis := parts.first("synopsis"):
        found += [Labelled("synopsis", row) for row in rows(document.text, parts.of(synopsis))]
    return Protocol(parts, tuple(found), front)
