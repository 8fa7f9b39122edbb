"""The type of a file is told by its content, whatever its name."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import ClauselineError, CorruptDocument, EncryptedDocument, UnsupportedFormat
from pipeline.parse.detect import detect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf  junk before %PDF-1.4", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"\xff\xd8\xff\xe0....", "image"),
        (b"II*\0....", "image"),
        (b"<!DOCTYPE html><p>Lease</p>", "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "html"),
        (b"<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\n<HTML><BODY><P>LEASE</P></BODY></HTML>", "html"),
        (b"<p>One</p><p>Two</p><p>Three</p>", "html"),
        ("<html><body>Lease</body></html>".encode("utf-16"), "html"),
        (b"This Lease is made on <b>May 1</b>, where a < b and c > d", "text"),
        ("Mietvertrag für 950 €".encode("utf-16"), "text"),
        ("Mietvertrag für 950 €".encode("utf-16-le"), "text"),
        ("Аренда — договор".encode(), "text"),
        (b"Rent \x96 $950, \x93as is\x94", "text"),
    ],
)
def test_content_decides(data: bytes, kind: str) -> None:
    assert detect(Path("misleading.pdf"), data) == kind


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormat, r"\.doc\).*save it as PDF or DOCX"),
        (OLE, UnsupportedFormat, "old Office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument, "save it without a password"),
        (b"{\\rtf1\\ansi Lease}", UnsupportedFormat, "RTF.*save it as PDF or DOCX"),
        (b"%!PS-Adobe-3.0", UnsupportedFormat, "PostScript"),
        (b"From: a@b.c\r\nSubject: Lease\r\nMIME-Version: 1.0\r\n\r\n", UnsupportedFormat, "saved mail"),
        (zipped("mimetype", "content.xml"), UnsupportedFormat, "OpenDocument.*save it as"),
        (zipped("xl/workbook.xml"), UnsupportedFormat, "Excel"),
        (zipped("a.txt"), UnsupportedFormat, "unpack it"),
        (zipped("[Content_Types].xml", "word/document.xml")[:150], CorruptDocument, "cut off"),
        (b"PK\x03\x04 nothing else", CorruptDocument, "zip archive that is cut off"),
        (b"<?xml version='1.0'?><invoice><sum>1</sum></invoice>", UnsupportedFormat, "XML"),
        (bytes(range(256)) * 40, UnsupportedFormat, "binary"),
        (b"\x7fELF" + bytes(2000), UnsupportedFormat, "binary"),
        (b"GIF89a" + bytes(2000), UnsupportedFormat, "image/gif"),
    ],
)
def test_what_is_not_read_is_refused_in_one_line_that_says_what_to_do(
    data: bytes, error: type[ClauselineError], said: str
) -> None:
    with pytest.raises(error, match=said) as caught:
        detect(Path("Miet vertrag 'neu' 賃貸.bin"), data)
    assert "\n" not in str(caught.value)
    assert "賃貸" in str(caught.value)
