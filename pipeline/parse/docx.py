"""DOCX -> Document: paragraphs with their labels, tables, notes, text boxes, filled fields; changes as accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.parse.docx_numbering import Numbering, read_numbering
from pipeline.parse.docx_package import Package, W
from pipeline.parse.docx_runs import BLANK, Inline, control_name
from pipeline.parse.docx_styles import Styles, numbering_of, outline_of, read_styles
from pipeline.parse.flow import Flow, RawCell, clean
from schemas import UNSEEN, Document, FormField, LineKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_INSIDE = frozenset(W + n for n in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_LONGEST_HEADING = 120  # characters; leases set whole clauses in heading styles for the sake of their numbers
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DEEPEST = 12  # tables in tables
_PICTURES_ONLY = 200  # characters; a document that says less but has pictures is a scan


def read_docx(path: Path, data: bytes, sha256: str, max_unpacked: int) -> Document:
    """Reads a Word document; pages end where Word last ended them.

    Args:
        path: for the name and messages.
        data: the whole file.
        sha256: digest of the data, hexadecimal.
        max_unpacked: most bytes its parts may unpack to.

    Raises:
        CorruptDocument, DocumentTooLarge, EncryptedDocument
    """
    package = Package(path, data, max_unpacked)
    main = package.main_part()
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if root is None or body is None:
        raise package.corrupt()
    targets = package.targets(main)
    parts = dict(targets.values())
    reader = _Reader(
        read_styles(package.xml(parts.get("styles", "word/styles.xml"))),
        read_numbering(package.xml(parts.get("numbering", "word/numbering.xml"))),
        {kind: _notes(package, parts.get(f"{kind}s", f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")},
    )
    flow = Flow(path.name)
    reader.running(flow, package, targets, root, "header")
    reader.blocks(body, flow)
    reader.flush_notes(flow)
    reader.running(flow, package, targets, root, "footer")
    if reader.hidden:
        flow.warnings.append(f"{UNSEEN} was left out")
    if flow.offset < _PICTURES_ONLY and "image" in parts:
        flow.warnings.append("the document is made of pictures, which were not read; save it as PDF")
    if reader.long_headings * 5 > len(flow.outline):
        flow.outline.clear()  # heading styles that hold whole clauses are no outline
    return flow.document(path, sha256, MEDIA_TYPE, _metadata(package))


def _notes(package: Package, name: str, kind: str) -> dict[str, Any]:
    root = package.xml(name)
    if root is None:
        return {}
    return {note.get(W + "id", ""): note for note in root.findall(W + kind) if note.get(W + "type") in {None, "normal"}}


def _metadata(package: Package) -> dict[str, str]:
    root = package.xml("docProps/core.xml")
    found = {} if root is None else {str(item.tag).rsplit("}", 1)[-1]: clean(item.text or "") for item in root}
    return {key: value for key, value in found.items() if value}


@dataclass(slots=True)
class _Reader:
    """Walks the blocks of a document and fills a Flow."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, Any]]
    hidden: bool = False
    long_headings: int = 0
    _pending: list[Any] = field(default_factory=list)  # notes of the page that is being filled
    _unfinished: list[str] = field(default_factory=list)  # text of paragraphs whose end mark was deleted

    def blocks(self, parent: Any, flow: Flow, kind: LineKind = "body", depth: int = 0) -> None:
        """Adds the paragraphs, tables and content controls of a block container."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, flow, kind, depth)
            elif tag == W + "tbl" and depth < _DEEPEST:
                self._table(child, flow, kind, depth + 1)
            elif tag == W + "sdt":
                self._control(child, flow, kind, depth)
            elif tag in _INSIDE:
                self.blocks(child, flow, kind, depth)

    def _paragraph(self, element: Any, flow: Flow, kind: LineKind, depth: int) -> None:
        properties = element.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        style = self.styles.default_paragraph if named is None else named.get(W + "val", "")
        inline = Inline(self.styles, style)
        inline.read(element)
        self.hidden = self.hidden or inline.hidden
        if inline.page_before or (properties is not None and properties.find(W + "pageBreakBefore") is not None):
            self._end_page(flow)
        label = self._label(properties, style)
        text = inline.text
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._unfinished.append(text)
            return
        if self._unfinished:
            text = "".join([*self._unfinished, text])
            self._unfinished.clear()
        if text.strip():
            self._say(f"{label} {text}" if label else text, inline, flow, kind, self._level(properties, style))
        for note in inline.notes:
            if (found := self.notes.get(note[0], {}).pop(note[1], None)) is not None:
                self._pending.append(found)
        for box in inline.boxes if depth < _DEEPEST else ():
            self.blocks(box, flow, kind, depth + 1)
        if inline.page_after or _ends_page(properties):
            self._end_page(flow)

    def _say(self, text: str, inline: Inline, flow: Flow, kind: LineKind, level: int) -> None:
        start = flow.offset
        if level and kind == "body":
            if len(text) <= _LONGEST_HEADING:
                flow.add(" ".join(text.split()), "heading", size=inline.size, bold=inline.bold, level=level)
            else:
                self.long_headings += 1
        if flow.offset == start:
            flow.add(text, kind, size=inline.size, bold=inline.bold)
        for name, value in inline.filled:
            _fill(flow, name, value, start)

    def _label(self, properties: Any | None, style: str) -> str:
        """The label of a numbered paragraph; counting goes on even for those that say nothing."""
        linked: tuple[str, int] | None
        own, inherited = numbering_of(properties), self.styles.numbering(style)
        if own is not None and own[0] == "0":
            return ""
        if own is not None and own[0]:
            linked = own[0], own[1] if own[1] is not None else (inherited[1] if inherited else 0)
        else:
            linked = self.numbering.styles.get(style) if inherited is None else inherited
            if linked is not None and inherited is not None and style in self.numbering.styles:
                linked = inherited[0], self.numbering.styles[style][1]
            if linked is not None and own is not None and own[1] is not None:
                linked = linked[0], own[1]
        return "" if linked is None else self.numbering.label(*linked)

    def _level(self, properties: Any | None, style: str) -> int:
        level = outline_of(properties)
        return self.styles.level(style) if level is None else level

    def _control(self, control: Any, flow: Flow, kind: LineKind, depth: int) -> None:
        """A content control around paragraphs."""
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        if content is None:
            return
        if properties is not None and properties.find(W + "showingPlcHdr") is not None:
            flow.add(BLANK, kind)
            return
        start = flow.offset
        self.blocks(content, flow, kind, depth)
        value, name = " ".join("\n".join(flow.parts_from(start)).split()), control_name(properties)
        if name and 0 < len(value) <= 500:
            _fill(flow, name, value, start)

    def _table(self, table: Any, flow: Flow, kind: LineKind, depth: int) -> None:
        """A table; one with a single cell in each row only frames its text."""
        rows = [list(_children(row, "tc")) for row in _children(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self.blocks(cell, flow, kind, depth)
            return
        flow.table([[self._cell(cell, flow, depth) for cell in row] for row in _spans(rows)])

    def _cell(self, spanned: _Spanned, flow: Flow, depth: int) -> RawCell:
        inner = Flow(flow.name)
        self.blocks(spanned.element, inner, "body", depth)
        return RawCell("\n".join(inner.parts), spanned.down, spanned.across, spanned.head)

    def _end_page(self, flow: Flow) -> None:
        self.flush_notes(flow)
        flow.end_page()

    def flush_notes(self, flow: Flow) -> None:
        """Adds the notes of the page that ends."""
        waiting, self._pending = self._pending, []
        for note in waiting:
            self.blocks(note, flow, "footnote")

    def running(
        self, flow: Flow, package: Package, targets: dict[str, tuple[str, str]], root: Any, kind: LineKind
    ) -> None:
        """Adds each head (or foot) that a section refers to, once."""
        said: set[str] = set()
        for reference in root.iter(f"{W}{kind}Reference"):
            part = targets.get(reference.get(_R + "id", ""), ("", ""))[1]
            content = package.xml(part) if part else None
            if content is None or part in said:
                continue
            said.add(part)
            inner = Flow(flow.name)
            self.blocks(content, inner)
            for line in inner.parts:
                if line not in said:
                    said.add(line)
                    flow.add(line, "page_number" if line.isdigit() else kind)


@dataclass(slots=True)
class _Spanned:
    """A cell's element with what it spans."""

    element: Any
    down: int = 1
    across: int = 1
    head: bool = False


def _children(parent: Any, name: str) -> list[Any]:
    """Rows or cells of a table, also those inside content controls and insertions."""
    found = []
    for child in parent:
        if child.tag == W + name:
            found.append(child)
        elif child.tag in _INSIDE:
            found += _children(child, name)
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            found += [] if content is None else _children(content, name)
    return found


def _spans(rows: list[list[Any]]) -> list[list[_Spanned]]:
    """Cells with the rows and columns they span; those a vertical merge continues are counted by its first."""
    above: dict[int, _Spanned] = {}
    spanned = []
    for row in rows:
        column, placed = 0, []
        head = bool(row) and row[0].getparent().find(f"{W}trPr/{W}tblHeader") is not None
        for element in row:
            merge, span = element.find(f"{W}tcPr/{W}vMerge"), element.find(f"{W}tcPr/{W}gridSpan")
            across = _count(span)
            if merge is not None and merge.get(W + "val") != "restart" and column in above:
                above[column].down += 1
            else:
                cell = _Spanned(element, 1, across, head)
                placed.append(cell)
                above.pop(column, None)
                if merge is not None:
                    above[column] = cell
            column += across
        spanned.append(placed)
    return spanned


def _count(element: Any | None) -> int:
    value = "" if element is None else element.get(W + "val", "")
    return min(int(value), 200) if value.isdecimal() and int(value) > 0 else 1


def _ends_page(properties: Any | None) -> bool:
    """Whether a section that begins on a new page ends with the paragraph."""
    section = None if properties is None else properties.find(W + "sectPr")
    kind = None if section is None else section.find(W + "type")
    return section is not None and (kind is None or kind.get(W + "val") != "continuous")


def _fill(flow: Flow, name: str, value: str, start: int) -> None:
    """Records a filled field and where its value stands in the text added since `start`."""
    value = clean(value)
    place = "\n".join(flow.parts_from(start)).find(value)
    at = (start + place, start + place + len(value)) if place >= 0 else (-1, -1)
    flow.form_fields.append(FormField(clean(name), value, flow.page, *at))
