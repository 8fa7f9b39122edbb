"""Tells what a file is by its content; its name is only asked where two kinds of text look alike."""

import io
import re
import zipfile
from pathlib import Path
from typing import Literal

from pipeline.errors import CorruptDocument, EncryptedDocument, UnsupportedFormat

Format = Literal["pdf", "docx", "html", "text", "image"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: Office before 2007, and encrypted Office since
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body|table|div|p|br|font|center|h[1-6])\b[^<>]{0,2000}>")
_OTHER_ZIPS = (
    ("xl/workbook", "an Excel workbook"),
    ("ppt/presentation", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument or e-book file"),
    ("Index/Document.iwa", "a Pages document"),
)
_OTHERS = (
    (re.compile(rb"\{\\rtf"), "a Rich Text (RTF) file"),
    (re.compile(rb"%!PS"), "a PostScript file"),
    (re.compile(rb"(?i)(?:[a-z-]{1,40}:[^\n]{0,500}\n){0,20}mime-version:"), "a saved mail or web archive"),
)
_SAVE = "save it as PDF or DOCX"


def detect(path: Path, data: bytes) -> Format:
    """What the content is.

    Args:
        path: for messages only.
        data: the whole file, not empty.

    Raises:
        UnsupportedFormat: no parser reads it.
        EncryptedDocument: an Office file that needs a password.
        CorruptDocument: a zip archive that is cut off.

    >>> detect(Path("lease.pdf"), b"This lease is made ...")
    'text'
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(path, data)
    if data.startswith(_IMAGES):
        return "image"
    if data.startswith(_OLE):
        raise _compound(path, data)
    start = data[:2000].lstrip()
    for sign, kind in _OTHERS:
        if sign.match(start):
            raise UnsupportedFormat(f"{path.name} is {kind}, which is not read; {_SAVE}")
    return _textual(path, data)


def _zipped(path: Path, data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        office = b"word/" in data[:100_000] or b"[Content_Types].xml" in data[:100_000]
        kind = "Word file" if office else "zip archive"
        raise CorruptDocument(f"{path.name} is a {kind} that is cut off or damaged; get it again") from None
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    found = next((kind for start, kind in _OTHER_ZIPS if any(n.startswith(start) for n in names)), None)
    if found is None:
        raise UnsupportedFormat(f"{path.name} is a zip archive without a document; unpack it and give the documents")
    raise UnsupportedFormat(f"{path.name} is {found}, which is not read; {_SAVE}")


def _compound(path: Path, data: bytes) -> EncryptedDocument | UnsupportedFormat:
    """An OLE compound file is an encrypted Office file if it has a stream named EncryptedPackage ([MS-OFFCRYPTO] 2.3)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedDocument(f"{path.name} is encrypted by Office; open it there and save it without a password")
    kind = "a Word 97-2003 (.doc)" if "WordDocument".encode("utf-16-le") in data else "an old Office"
    return UnsupportedFormat(f"{path.name} is {kind} file, which is not read; {_SAVE}")


def _textual(path: Path, data: bytes) -> Format:
    head = data[:65_536]
    if _is_binary(head):
        raise UnsupportedFormat(
            f"{path.name} is {_binary_kind(path, data)}, not a document; give a PDF, DOCX, HTML, text or image file"
        )
    narrow = head.replace(b"\0", b"") if b"\0" in head else head
    if re.match(rb"(?i)\s*<\?xml|\s*<!--|\s*<!doctype|\s*<html", narrow.lstrip(b"\xef\xbb\xbf\xff\xfe")):
        if _HTML.search(narrow) or b"<" not in narrow.lstrip()[1:]:
            return "html"
        raise UnsupportedFormat(f"{path.name} is an XML file, not a document; {_SAVE}")
    return "html" if len(_HTML.findall(narrow)) >= 3 else "text"


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text: many control characters, or zeros that are no UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32), 0x7F))
    zeros = head.count(0)
    wide = zeros and min(head[::2].count(0), head[1::2].count(0)) * 20 < zeros and 0.3 < zeros / len(head) < 0.6
    return odd - (zeros if wide else 0) > 0.02 * len(head)


def _binary_kind(path: Path, data: bytes) -> str:
    """What puremagic takes the content for, in words."""
    import puremagic

    try:
        found = puremagic.from_string(data[:65_536], mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    return f"a binary file ({found})" if found else "a binary file of an unknown kind"
