"""HTML -> Document: blocks become lines, tables of data become tables, what a browser would not show is left out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.errors import CorruptDocument
from pipeline.parse.docx_numbering import printed
from pipeline.parse.flow import Flow, RawCell, check_markup, clean
from pipeline.parse.html_style import Look, Sheet, look_of, new_page
from pipeline.parse.text import decode, unwrapped
from schemas import Document, FormField

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object", "embed", "applet",
    "audio", "video", "canvas", "del", "datalist", "noframes", "map",
})  # fmt: skip
_LABELS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"(?i)<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,30})")
_LONGEST_HEADING = 200
_DEEPEST = 15  # tables in tables


def read_html(path: Path, data: bytes, sha256: str) -> Document:
    """Reads an HTML page as a browser would show it; page breaks of its styles end pages.

    Args:
        path: for the name and messages.
        data: the whole file.
        sha256: digest of the data, hexadecimal.

    Raises:
        CorruptDocument: there is no text in it.
        DocumentTooLarge: its tree would not fit into the memory allowed.
    """
    check_markup(path.name, data)
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(unwrapped(_decoded(data)).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorruptDocument(f"{path.name} is HTML that can't be read; save it again from the browser") from error
    if root is None:
        raise CorruptDocument(f"{path.name} is an HTML file without text; save it again from the browser")
    flow = Flow(path.name)
    walker = _Walker(flow, Sheet(style.text or "" for style in root.iter("style")))
    walker.walk(root, Look())
    if walker.hidden:
        flow.warnings.append("text that is hidden from readers was left out")
    title = root.find(".//title")
    said = clean(title.text or "") if title is not None else ""
    return flow.document(path, sha256, "text/html", {"Title": " ".join(said.split())} if said else {})


def _decoded(data: bytes) -> str:
    """Text by its byte order mark, as UTF-8 if it is that, else by what it declares, else as Windows-1252."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            name = declared[1].decode("ascii").lower()
            try:
                return data.decode({"iso-8859-1": "cp1252", "us-ascii": "cp1252"}.get(name, name), "replace")
            except LookupError:
                pass
    return decode(data)


class _Walker:
    """Walks the tree once, without recursion but for tables in tables, and fills a Flow."""

    def __init__(self, flow: Flow, sheet: Sheet, depth: int = 0) -> None:
        self.flow, self.sheet, self.depth = flow, sheet, depth
        self.hidden = False
        self._pieces: list[str] = []
        self._bold = self._length = 0
        self._sizes: dict[float, int] = {}
        self._level = 0
        self._label = ""

    def walk(self, root: Any, look: Look) -> None:
        """Adds what `root` holds (not its tail)."""
        stack: list[tuple[str, Any, Look]] = [("enter", root, look)]
        while stack:
            what, item, look = stack.pop()
            if what == "text":
                self._say(item, look)
            elif what == "leave":
                self._leave(item)
            elif isinstance(item.tag, str):
                style = self.sheet.of(item)
                inner = look_of(item, style, look)
                if self._enter(item, inner, style.get("display") == "block", new_page(style, "before")):
                    if new_page(style, "after"):
                        stack.append(("leave", "page", look))
                    if item.tag in _BLOCKS or style.get("display") == "block":
                        stack.append(("leave", item.tag, look))
                    for child in reversed(item):
                        if child.tail:
                            stack.append(("text", child.tail, inner))
                        stack.append(("enter", child, inner))
                    if item.text:
                        stack.append(("text", item.text, inner))
                elif new_page(style, "after"):
                    self._leave("page")
        self._flush()

    def _enter(self, element: Any, look: Look, block: bool, page: bool) -> bool:
        """Handles the begin of an element; says whether what is in it is to be walked."""
        tag = element.tag
        if tag in _SKIPPED or tag.startswith("ix:h"):
            return False
        if page:
            self._leave("page")
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "hr":
            self._flush()
            self.flow.rule()
        elif tag == "page":  # EDGAR's mark of a page's end
            self._leave("page")
        elif tag == "table" and self._table(element, look):
            return False
        elif tag in {"input", "textarea", "select"}:
            self._form(element, look)
            return False
        elif tag in _BLOCKS or block:
            self._flush()
            if tag == "li":
                self._label = _item_label(element)
            elif len(tag) == 2 and tag[0] == "h":
                self._level = int(tag[1])
        return True

    def _leave(self, tag: str) -> None:
        """The end of a block, or of a page."""
        self._flush()
        if tag == "page":
            self.flow.end_page()
        elif len(tag) == 2 and tag[0] == "h":
            self._level = 0
        elif tag == "li":
            self._label = ""

    def _say(self, text: str, look: Look) -> None:
        text = text if look.pre else _SPACE.sub(" ", text)
        length = len(text) - text.count(" ") - text.count("\xa0")
        if look.hidden or look.white:
            self.hidden = self.hidden or length > 0
            return
        self._pieces.append(text)
        if length:
            self._length += length
            self._bold += length * look.bold
            self._sizes[look.size] = self._sizes.get(look.size, 0) + length

    def _flush(self) -> None:
        """Ends the line that is being filled."""
        text = "".join(self._pieces)
        if text.strip():
            if self._label:
                text, self._label = f"{self._label} {text.lstrip()}", ""
            bold = self._bold == self._length > 0
            size = max(self._sizes, key=lambda size: self._sizes[size], default=0.0)
            heading = self._level > 0 and len(text) <= _LONGEST_HEADING
            if heading:
                text = " ".join(text.split())
            self.flow.add(text, "heading" if heading else "body", size=size, bold=bold, level=self._level)
        self._pieces, self._bold, self._length, self._sizes = [], 0, 0, {}

    def _table(self, table: Any, look: Look) -> bool:
        """Adds a table of cells; False if it only frames its text, which is then walked like any block."""
        if self.depth >= _DEEPEST or next(table.iterdescendants("table"), None) is not None:
            return False
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
        if all(sum(_says(cell) for cell in row) <= 1 for row in rows):
            return False
        self._flush()
        raw = []
        for row in rows:
            around = look if not row else look_of(row[0].getparent(), self.sheet.of(row[0].getparent()), look)
            raw.append([self._cell(cell, around) for cell in row])
        for caption in table.iter("caption"):
            self.flow.add(" ".join("".join(caption.itertext()).split()))
        self.flow.table(raw)
        return True

    def _cell(self, cell: Any, look: Look) -> RawCell:
        inner = _Walker(Flow(self.flow.name), self.sheet, self.depth + 1)
        inner.walk(cell, look)
        self.hidden = self.hidden or inner.hidden
        self.flow.form_fields += [
            replace(field, page=self.flow.page, start=-1, end=-1) for field in inner.flow.form_fields
        ]
        bold = bool(inner.flow.lines) and all(line.bold for line in inner.flow.lines)
        return RawCell(
            "\n".join(inner.flow.parts), _span(cell, "rowspan"), _span(cell, "colspan"), cell.tag == "th", bold
        )

    def _form(self, element: Any, look: Look) -> None:
        """What a form shows: the text in a field, the marks of boxes, the option chosen."""
        kind, name = (element.get("type") or "text").lower(), element.get("name") or element.get("id") or ""
        value = element.get("value") or ""
        if element.tag == "input" and kind in {"checkbox", "radio"}:
            self._say("☒ " if element.get("checked") is not None else "☐ ", look)
            return
        if element.tag == "textarea":
            value = element.text or ""
        elif element.tag == "select":
            options = [o for o in element.iter("option") if o.get("selected") is not None]
            value = ", ".join("".join(option.itertext()).strip() for option in options)
        elif kind not in {"text", "date", "email", "number", "tel", "url", "month"}:
            return
        value = " ".join(value.split())
        self._say(value or "____", look)
        if value and name and not look.hidden:
            self.flow.form_fields.append(FormField(name, value, self.flow.page))


def _says(cell: Any) -> bool:
    return any(text.strip() for text in cell.itertext())


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(int(value), 200) if value.isdecimal() and value != "0" and len(value) < 6 else 1


def _item_label(item: Any) -> str:
    """The number an item of an ordered list shows; bullets are left out.

    The items before it are counted, so a list of n items takes n² / 2 steps; lists over 2,000 items show no numbers.
    """
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or len(parent) > 2_000:
        return ""
    number, start = 0, parent.get("start", "1")
    for sibling in parent.iterchildren("li"):
        value = sibling.get("value", "")
        if value.isdecimal():
            number = int(value[:6])
        else:
            number = number + 1 if number else (int(start[:6]) if start.isdecimal() else 1)
        if sibling is item:
            break
    return f"{printed(number, _LABELS.get(parent.get('type', '1'), 'decimal'))}."
