"""The documents of a run where they are kept: files of this machine, and objects of a store, fetched one at a time."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from pipeline.stores.objects import is_url, open_objects
from pipeline.turns import waiting

LARGEST = 2_000_000_000
"""Bytes beyond which a file is not read to know its digest."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A document as a file that can be read now.

    Args:
        path: of the file; its name is the document's own.
        identity, version: of the object it was fetched from, see `ObjectInfo`; None for a file of this machine.
    """

    path: Path
    identity: str | None = None
    version: str | None = None


class Original(Protocol):
    """A document where it is kept. Picklable."""

    @property
    def where(self) -> str:
        """Its path or URL."""
        ...

    @property
    def shown(self) -> str:
        """The same as text that any encoding can hold."""
        ...

    @property
    def size(self) -> int:
        """In bytes, 0 if that is not known."""
        ...

    @property
    def identity(self) -> str | None:
        """Of an object, as `ObjectInfo` has it; None for a file of this machine."""
        ...

    def is_that_of(self, info: Mapping[str, Any]) -> bool:
        """Whether a result with this "document" was made of the content that is there now."""
        ...

    def opened(self, scratch: Path, limit: int) -> "_Opened":
        """The document as a file, as long as the context lasts.

        Args:
            scratch: a folder of the run, made as needed, where it may be put meanwhile.
            limit: bytes beyond which it is not fetched.

        Raises:
            DocumentTooLarge, UnreadableFile, ServiceDown, ServiceRefused: it can't be fetched.
        """
        ...


class _Opened(Protocol):
    def __enter__(self) -> Copy: ...
    def __exit__(self, *_: Any) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this machine; it is the same as before if its digest is."""

    path: Path
    identity: None = None

    @property
    def where(self) -> str:
        return str(self.path)

    @property
    def shown(self) -> str:
        return os.fsencode(self.path).decode("utf-8", "replace")

    @property
    def size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def is_that_of(self, info: Mapping[str, Any]) -> bool:
        return bool(info["sha256"] == sha256_of(self.path))

    @contextmanager
    def opened(self, scratch: Path, limit: int) -> Iterator[Copy]:
        yield Copy(self.path)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object of a bucket; it is the same as before if the store says so, and is not fetched to know it."""

    where: str
    size: int = 0
    identity: str = ""

    @property
    def shown(self) -> str:
        return self.where.encode("utf-8", "replace").decode()

    def is_that_of(self, info: Mapping[str, Any]) -> bool:
        return bool(self.identity) and info.get("identity") == self.identity

    @contextmanager
    def opened(self, scratch: Path, limit: int) -> Iterator[Copy]:
        root, key = parted(self.where)
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=scratch) as folder:
            target = Path(folder) / file_name(key)
            with waiting():
                info = open_objects(root).fetch(key, target, limit=limit)
            yield Copy(target, info.identity, info.version)


def original(where: str, size: int, identity: str | None) -> Original:
    """The document at a path or URL."""
    return StoredObject(where, size, identity or "") if is_url(where) else LocalFile(Path(where))


def parted(url: str) -> tuple[str, str]:
    """The bucket of an object's URL, and the key.

    >>> parted("s3://leases/2025/a b.pdf")
    ('s3://leases', '2025/a b.pdf')
    """
    scheme, _, place = url.partition("://")
    bucket, _, key = place.partition("/")
    return f"{scheme}://{bucket}", key


def file_name(key: str) -> str:
    """The last part of a key, as any file system takes it; the suffix stays.

    >>> file_name("2025/lease.pdf"), file_name("a/.."), len(file_name("x" * 900 + ".pdf"))
    ('lease.pdf', 'document', 124)
    """
    name = re.sub(r"[\x00-\x1f\x7f]", "_", key.rpartition("/")[2])
    stem, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[:_STEM] or 'document'}.{suffix}" if suffix else "document"
    return name[:_STEM] or "document"


_STEM = 120


def sha256_of(path: Path) -> str:
    """SHA-256 of a regular file in hexadecimal; "" if it can't be read, or is too large to be a document.

    >>> sha256_of(Path("no such file"))
    ''
    """
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
