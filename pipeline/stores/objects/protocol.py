"""What a store of objects can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """An object as it is now; `identity` changes when its content does (version and ETag of S3, time and size of a file)."""

    key: str
    size: int
    identity: str


class Objects(Protocol):
    """Objects below one place; keys are relative to it, parted by slashes, and never lead out of it."""

    url: str

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """The objects whose key begins with a prefix, in the order of keys; as a stream, never all in memory."""
        ...

    def head(self, key: str) -> ObjectInfo | None:
        """An object as it is now, None if there is none."""
        ...

    def read(self, key: str) -> bytes | None:
        """The content of an object, None if there is none. For small ones; documents are fetched."""
        ...

    def fetch(self, key: str, target: Path, *, version: str | None = None, limit: int | None = None) -> ObjectInfo:
        """Write an object to a file, piece by piece.

        Args:
            version: of a bucket with versions; the last one if not given.
            limit: bytes.

        Raises:
            UnreadableFile: there is no such object or version.
            DocumentTooLarge: it has more than `limit` bytes; nothing is fetched.
            ServiceDown, ServiceRefused: the place can't be read.
        """
        ...

    def write(self, key: str, data: bytes, media_type: str = "application/octet-stream") -> ObjectInfo:
        """Make or replace an object; encrypted at rest where the place can.

        Raises:
            DiskFull, ServiceDown, ServiceRefused: it can't be written; what was there is as before.
        """
        ...

    def delete(self, key: str) -> None:
        """Take an object away; nothing happens if there is none."""
        ...
