"""What a store of objects can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """An object as it is now.

    Args:
        key: below the place.
        size: in bytes.
        identity: changes when the content does: the ETag of S3, time and size of a file; the same in a listing.
        version: in a bucket with versions; None elsewhere, and in a listing, which does not say.
    """

    key: str
    size: int
    identity: str
    version: str | None = None


class Objects(Protocol):
    """Objects below one place; keys are relative to it, parted by slashes, and never lead out of it. Picklable."""

    @property
    def url(self) -> str:
        """The place, as `open_objects` takes it."""
        ...

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """The objects whose key begins with a prefix, in the order of keys (as bytes); as a stream, never all in memory.

        Raises:
            ServiceDown, ServiceRefused: the place can't be read.
        """
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
            DiskFull: there is no room for the file.
            ServiceDown, ServiceRefused: the place can't be read.
        """
        ...

    def write(self, key: str, data: bytes, media_type: str = OCTETS, *, new: bool = False) -> ObjectInfo:
        """Make or replace an object; encrypted at rest where the place can.

        Args:
            new: only where there is none yet; the same content again changes nothing.

        Raises:
            Conflict: `new`, and there is an object with other content.
            DiskFull, ServiceDown, ServiceRefused: it can't be written; what was there is as before.
        """
        ...

    def upload(self, key: str, source: Path, media_type: str = OCTETS) -> ObjectInfo:
        """Like `write`, with the content of a file of any size, piece by piece.

        Raises:
            as `write`.
        """
        ...

    def delete(self, key: str) -> None:
        """Take an object away; nothing happens if there is none."""
        ...
