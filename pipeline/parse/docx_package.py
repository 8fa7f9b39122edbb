"""Opens the zip package of a DOCX: bounded unpacking, XML without entities, parts by relationship."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any

from pipeline.errors import CorruptDocument, DocumentTooLarge, EncryptedDocument
from pipeline.parse.flow import check_markup

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_FILES = 20_000
_RATIO = 200  # unpacked to packed size of a part, beyond which more than 20 MB are a bomb


class Package:
    """The parts of a DOCX (ECMA-376 part 2), read when asked for.

    Args:
        path: for messages only.
        data: the whole file.
        max_unpacked: most bytes all parts read may unpack to.

    Raises:
        CorruptDocument, DocumentTooLarge, EncryptedDocument
    """

    def __init__(self, path: Path, data: bytes, max_unpacked: int) -> None:
        self.path = path
        self._left = max_unpacked
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            files = self._archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self.corrupt() from error
        if len(files) > _MOST_FILES:
            raise self._too_large()
        self._names = {info.filename for info in files}

    def corrupt(self) -> CorruptDocument:
        """The error for a package that is broken."""
        return CorruptDocument(f"{self.path.name} is a Word file that is cut off or damaged; get it or save it again")

    def _too_large(self) -> DocumentTooLarge:
        return DocumentTooLarge(
            f"{self.path.name} unpacks to more than is allowed; save it again from Word "
            "or raise CLAUSELINE_MAX_UNPACKED_BYTES"
        )

    def xml(self, name: str) -> Any | None:
        """The root element of a part, None if there is no such part.

        Entities are not resolved, nothing is fetched, and nesting is bounded by libxml2 (256 deep).
        """
        if name not in self._names:
            return None
        from lxml import etree

        data = self._bytes(name)
        check_markup(self.path.name, data)
        if _STRICT.encode() in data[:4096]:
            data = data.replace(_STRICT.encode(), _TRANSITIONAL.encode())
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise CorruptDocument(f"{self.path.name} declares XML entities, which Word never does; save it again")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if name.endswith("document.xml"):
                raise self.corrupt() from error
            return None

    def _bytes(self, name: str) -> bytes:
        """A part unpacked piece by piece, so that what the archive says of its size need not be true."""
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise EncryptedDocument(f"{self.path.name} is a zip with a password; save it from Word without a password")
        limit = min(self._left, max(20_000_000, _RATIO * max(info.compress_size, 1)))
        if info.file_size > limit:
            raise self._too_large()
        pieces, size = [], 0
        try:
            with self._archive.open(info) as part:
                while piece := part.read(1 << 20):
                    size += len(piece)
                    if size > limit:
                        raise self._too_large()
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise self.corrupt() from error
        self._left -= size
        return b"".join(pieces)

    def main_part(self) -> str:
        """The name of the main document part."""
        targets = self.targets("")
        return next((t for kind, t in targets.values() if kind == "officeDocument"), "word/document.xml")

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (kind, part name) of a part ("" for the package)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for item in () if root is None else root.iter(_RELATIONSHIP):
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))
                found[item.get("Id", "")] = item.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/")
        return found
