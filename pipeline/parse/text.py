"""Plain text and Markdown -> Document: encodings, form feeds as page breaks, marks of emphasis taken off."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.parse.flow import MOST_BYTES, Flow, RawCell, too_much_text
from schemas import Document

_BOMS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-32", b"\xff\xfe\0\0"), ("utf-32", b"\0\0\xfe\xff"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))  # fmt: skip

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+([^\n]*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_WRAPPER = re.compile(r"\s*<DOCUMENT>\s*(?:<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>[^\n]*\n\s*)*<TEXT>\s*")
_PAGE_MARK = re.compile(r"(?m)^[ \t]*<PAGE>[ \t]*\d*[ \t]*$")
_MAX_HEADING = 120  # characters; a longer line over dashes is a paragraph over a rule
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_TABLE_RULE = re.compile(r"\|?(?: ?:?-+:? ?\|)+(?: ?:?-+:? ?)?")
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+(?=\S)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*\\])\1(?![\w*])")
_UNDERSCORED = re.compile(r"(?<![\w\\])(_{1,2})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_\\])\1(?!\w)")
_LINK = re.compile(r"!?\[([^\]\n]{1,500})\]\((?:[^()\s]{1,1000})(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_SIGNS = (re.compile(r"(?m)^#{1,6} \S"), re.compile(r"\*\*\S[^*\n]{0,200}\*\*"), re.compile(r"(?m)^\|.*\|$"))


def decode(data: bytes) -> str:
    """Text of bytes in UTF-8, UTF-16, UTF-32 or, where they are none of these, Windows-1252.

    >>> decode("“rent”".encode("cp1252")), decode("rent".encode("utf-16-le"))
    ('“rent”', 'rent')
    """
    for encoding, mark in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    sample = data[:4096]
    if len(sample) >= 4 and (zeros := sample.count(0)) >= len(sample) * 0.3:
        return data.decode("utf-16-le" if sample[1::2].count(0) * 2 > zeros else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def unwrapped(text: str) -> str:
    """The document inside EDGAR's wrapper (EDGAR Filer Manual, SGML header tags), or the text as it is."""
    match = _WRAPPER.match(text, 0, 10_000)
    return text[match.end() :].rpartition("</TEXT>")[0] or text[match.end() :] if match else text


def is_markdown(path: Path, text: str) -> bool:
    """Whether plain text is Markdown: by the signs that occur in it, or one sign and its name.

    >>> is_markdown(Path("a.txt"), "# LEASE\\n\\n**Rent:** $900")
    True
    """
    signs = sum(bool(sign.search(text, 0, 50_000)) for sign in _SIGNS)
    return signs >= 2 or (path.suffix.lower() in {".md", ".markdown"})


def read_text(path: Path, data: bytes, sha256: str) -> Document:
    """Reads plain text or Markdown; a form feed ends a page.

    Args:
        path: for the name.
        data: the whole file.
        sha256: digest of the data, hexadecimal.

    Raises:
        DocumentTooLarge: more text than fits into the memory allowed.
    """
    if len(data) > MOST_BYTES // 2:  # without markup
        raise too_much_text(path.name)
    text = unwrapped(decode(data).replace("\r\n", "\n").replace("\r", "\n"))
    if "<PAGE>" in text:
        text = _PAGE_MARK.sub("\f", text)
    flow = Flow(path.name)
    markdown = is_markdown(path, text)
    for i, page in enumerate(text.split("\f")):
        if i:
            flow.end_page()
        lines = page.split("\n")
        if markdown:
            _add_markdown(flow, lines)
        else:
            for line in lines:
                flow.add(line)
    return flow.document(path, sha256, "text/markdown" if markdown else "text/plain")


def _add_markdown(flow: Flow, lines: list[str]) -> None:
    """Headings, tables, list items and lines of CommonMark, with pipe tables as GitHub has them."""
    i, fenced = 0, False
    while i < len(lines):
        line, below = lines[i], lines[i + 1] if i + 1 < len(lines) else ""
        i += 1
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            flow.add(line)
        elif heading := _HEADING.fullmatch(line):
            flow.add(plain(heading[2]), "heading", bold=True, level=len(heading[1]))
        elif 0 < len(line.strip()) <= _MAX_HEADING and "|" not in line and _UNDERLINE.fullmatch(below):
            flow.add(plain(line), "heading", bold=True, level=1 if "=" in below else 2)
            i += 1
        elif "|" in line and _TABLE_RULE.fullmatch(" ".join(below.split())):
            rows = [_cells(line, head=True)]
            i += 1
            while i < len(lines) and "|" in lines[i]:
                rows.append(_cells(lines[i]))
                i += 1
            flow.table(rows)
        elif not _RULE.fullmatch(line):
            said = plain(_BULLET.sub(r"\1", line.lstrip("> ") if line.startswith(">") else line, count=1))
            flow.add(said, bold=_all_bold(line))


def _cells(row: str, head: bool = False) -> list[RawCell]:
    inside = row.strip().removeprefix("|").removesuffix("|")
    return [RawCell(plain(cell.replace("\\|", "|")), head=head) for cell in re.split(r"(?<!\\)\|", inside)]


def _all_bold(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 4 and bare.startswith("**") and bare.endswith("**") and bare.count("**") == 2


def plain(text: str) -> str:
    """A line without its marks of emphasis, links and escapes; blanks to fill in (`____`) and products (2*3) stay.

    >>> plain("**Rent:** the *sum* of $900, see [Exhibit A](a.md); name: ______ (2*3*4)")
    'Rent: the sum of $900, see Exhibit A; name: ______ (2*3*4)'
    """
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # strong inside emphasis
        text = _UNDERSCORED.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text).replace("`", "")
