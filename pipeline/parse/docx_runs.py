"""The inline content of a DOCX paragraph: text as Word shows it with all changes accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.parse.docx_hidden import unseen
from pipeline.parse.docx_package import W
from pipeline.parse.docx_styles import Styles, size_of, toggle
from pipeline.parse.pdf_glyphs import clean as symbol

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BLANK = "____"  # shown for a field nobody filled in

_INSIDE = frozenset(W + n for n in ("hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ins", "moveTo"))  # fmt: skip
_GONE = frozenset(W + n for n in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "object"))


@dataclass(slots=True)
class Inline:
    """What a paragraph says and shows, collected while its runs are read."""

    styles: Styles
    style_id: str = ""
    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)  # contents of text boxes
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind ("footnote", "endnote") and id
    filled: list[tuple[str, str]] = field(default_factory=list)  # content controls: name, value
    page_before: bool = False
    page_after: bool = False
    hidden: bool = False  # whether hidden text was left out
    _bold: int = 0
    _length: int = 0
    _sizes: dict[float, int] = field(default_factory=dict)
    _fields: list[bool] = field(default_factory=list)  # open fields: whether their result has begun

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def bold(self) -> bool:
        """Whether all that is printed is bold."""
        return self._bold == self._length > 0

    @property
    def size(self) -> float:
        """The font size of most of the characters, in points."""
        return max(self._sizes, key=lambda size: self._sizes[size], default=0.0)

    def read(self, element: Any) -> None:
        """Reads the runs inside a paragraph or inline container."""
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _GONE:
                continue
            elif tag == W + "sdt":
                self._control(child)
            elif tag == _MC + "AlternateContent":
                self._alternative(child)
            elif tag == W + "ruby":
                base = child.find(W + "rubyBase")
                self.read(() if base is None else base)
            elif tag in _INSIDE:
                self.read(child)
            elif tag in {_MATH + "oMath", _MATH + "oMathPara"}:
                self._say("".join(item.text or "" for item in child.iter(_MATH + "t")), False, None)

    def _run(self, run: Any) -> None:
        properties = run.find(W + "rPr")
        named = None if properties is None else properties.find(W + "rStyle")
        style = "" if named is None else named.get(W + "val", "")
        hidden = toggle(properties, "vanish")
        if hidden is None:
            hidden = self.styles.hidden(style) or self.styles.hidden(self.style_id)
        if hidden or unseen(run, properties, self.styles.level(self.style_id) > 0):
            self.hidden = self.hidden or any(item.text for item in run.iter(W + "t"))
            return
        bold = toggle(properties, "b")
        if bold is None:
            bold = self.styles.bold(style) or self.styles.bold(self.style_id)
        size = size_of(properties) or self.styles.size(style) or self.styles.size(self.style_id)
        for child in run:
            self._piece(child, bold, size or self.styles.default_size)

    def _piece(self, piece: Any, bold: bool, size: float) -> None:
        """One child of a run."""
        match piece.tag.removeprefix(W):
            case "t":
                self._say(piece.text or "", bold, size)
            case "tab" | "ptab":
                self._say("\t", bold, None)
            case "br" | "cr":
                if piece.get(W + "type") == "page":
                    self._break()
                else:
                    self._say("\n", bold, None)
            case "lastRenderedPageBreak":
                self._break()
            case "noBreakHyphen":
                self._say("-", bold, size)
            case "sym":
                self._symbol(piece.get(W + "char", ""))
            case "fldChar":
                self._field(piece)
            case "footnoteReference" | "endnoteReference":
                self.notes.append((piece.tag.removeprefix(W).removesuffix("Reference"), piece.get(W + "id", "")))
            case "drawing" | "pict" | "object":
                self._drawn(piece)
            case "ruby":
                base = piece.find(W + "rubyBase")
                self.read(() if base is None else base)
            case _:
                if piece.tag == _MC + "AlternateContent":
                    self._alternative(piece)

    def _say(self, text: str, bold: bool, size: float | None) -> None:
        if self._fields and not all(self._fields):
            return  # between a field's begin and its result
        self.parts.append(text)
        length = len(text) - text.count(" ")
        if size is not None and length:
            self._length += length
            self._bold += length * bold
            self._sizes[size] = self._sizes.get(size, 0) + length

    def _break(self) -> None:
        if "".join(self.parts).strip():
            self.page_after = True
        else:
            self.page_before = True

    def _symbol(self, code: str) -> None:
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        self._say(symbol(character), False, None)

    def _field(self, piece: Any) -> None:
        """Fields: code between begin and separate, result between separate and end; old form check boxes have none."""
        kind = piece.get(W + "fldCharType")
        if kind == "begin":
            box = piece.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                checked = toggle(box, "checked")
                self._say("☒ " if (toggle(box, "default") if checked is None else checked) else "☐ ", False, None)
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _control(self, control: Any) -> None:
        """A content control: what is in it, a blank where its prompt still stands."""
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        if content is None:
            return
        if properties is not None and properties.find(W + "showingPlcHdr") is not None:
            self._say(BLANK, False, None)
            return
        begin = len(self.parts)
        self.read(content)
        value = " ".join("".join(self.parts[begin:]).split())
        name = control_name(properties)
        if value and name:
            self.filled.append((name, value))

    def _alternative(self, element: Any) -> None:
        """Of alternatives for old and new programs one is shown."""
        for branch in element:
            before = len(self.parts), len(self.boxes)
            for child in branch:
                if child.tag in {W + "drawing", W + "pict"}:
                    self._drawn(child)
                elif child.tag == W + "r":
                    self._run(child)
            if before != (len(self.parts), len(self.boxes)):
                return

    def _drawn(self, element: Any) -> None:
        """Text boxes of a drawing, those inside others left to them."""
        stack = [element]
        while stack:
            item = stack.pop()
            if item.tag == W + "txbxContent":
                self.boxes.append(item)
            elif item.tag == _MC + "AlternateContent":
                stack += list(item)[:1]
            else:
                stack += reversed(list(item))


def control_name(properties: Any | None) -> str:
    """The title of a content control, else its tag."""
    for kind in ("alias", "tag"):
        element = None if properties is None else properties.find(W + kind)
        if element is not None and element.get(W + "val"):
            return str(element.get(W + "val"))
    return ""
