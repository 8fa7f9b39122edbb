"""Styles of a DOCX: what a paragraph or run looks like once inheritance is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.parse.docx_package import W

_HEADING = re.compile(r"(?i)heading ([1-9])")
_DEEPEST = 20  # styles based on styles


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself; None where it says nothing."""

    based_on: str = ""
    name: str = ""
    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    outline: int | None = None  # heading level from 1, 0 for body text
    numbering: tuple[str, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, and the default size."""

    styles: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str = ""
    default_size: float = 10.0

    def chain(self, style_id: str) -> Iterator[Style]:
        """A style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on

    def bold(self, style_id: str) -> bool:
        return next((s.bold for s in self.chain(style_id) if s.bold is not None), False)

    def hidden(self, style_id: str) -> bool:
        return next((s.hidden for s in self.chain(style_id) if s.hidden is not None), False)

    def size(self, style_id: str) -> float | None:
        return next((s.size for s in self.chain(style_id) if s.size is not None), None)

    def level(self, style_id: str) -> int:
        """Heading level of a paragraph style, 0 if it is none; a title is of level 1."""
        for style in self.chain(style_id):
            if style.outline is not None:
                return style.outline
            if match := _HEADING.fullmatch(style.name):
                return int(match[1])
            if style.name.lower() == "title":
                return 1
        return 0

    def numbering(self, style_id: str) -> tuple[str, int] | None:
        """List id and level a paragraph style puts its paragraphs in."""
        list_id, level = "", None
        for style in self.chain(style_id):
            if style.numbering is not None:
                list_id = list_id or style.numbering[0]
                level = style.numbering[1] if level is None else level
        return (list_id, level or 0) if list_id and list_id != "0" else None


def read_styles(root: Any | None) -> Styles:
    """The styles of the styles part (None: a document without one)."""
    if root is None:
        return Styles()
    styles, default = {}, ""
    for item in root.findall(W + "style"):
        style_id = item.get(W + "styleId", "")
        based_on, name = item.find(W + "basedOn"), item.find(W + "name")
        run, paragraph = item.find(W + "rPr"), item.find(W + "pPr")
        styles[style_id] = Style(
            based_on="" if based_on is None else based_on.get(W + "val", ""),
            name="" if name is None else name.get(W + "val", ""),
            bold=toggle(run, "b"),
            size=size_of(run),
            hidden=toggle(run, "vanish"),
            outline=outline_of(paragraph),
            numbering=numbering_of(paragraph),
        )
        if item.get(W + "type") == "paragraph" and item.get(W + "default") in {"1", "true", "on"}:
            default = style_id
    return Styles(styles, default, size_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) or 10.0)


def toggle(properties: Any | None, name: str) -> bool | None:
    """An on/off property of a run: None if it is not stated."""
    element = None if properties is None else properties.find(W + name)
    return None if element is None else element.get(W + "val", "1") not in {"0", "false", "off"}


def size_of(properties: Any | None) -> float | None:
    """Font size in points of run properties (stated in half points)."""
    return None if (halves := _number(properties, "sz")) is None else halves / 2


def outline_of(properties: Any | None) -> int | None:
    """Heading level of paragraph properties from 1, 0 for body text, None if not stated."""
    level = _number(properties, "outlineLvl")
    return None if level is None else (level + 1 if 0 <= level < 9 else 0)


def numbering_of(properties: Any | None) -> tuple[str, int | None] | None:
    """List id ("" if not stated, "0" for none) and level of paragraph properties."""
    numbering = None if properties is None else properties.find(W + "numPr")
    if numbering is None:
        return None
    list_id = numbering.find(W + "numId")
    return ("" if list_id is None else list_id.get(W + "val", "")), _number(numbering, "ilvl")


def _number(properties: Any | None, name: str) -> int | None:
    element = None if properties is None else properties.find(W + name)
    try:
        return None if element is None else int(float(element.get(W + "val", "")))
    except (ValueError, OverflowError):
        return None
