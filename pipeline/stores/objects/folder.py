"""Objects below a folder: each a file, in the place its key says."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pipeline.errors import Conflict, DocumentTooLarge, ServiceRefused, UnreadableFile
from pipeline.stores.files import trouble, write_whole
from pipeline.stores.objects.protocol import OCTETS, ObjectInfo

PIECE = 1 << 20
"""Bytes of a file that are in memory at once."""

_ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


@dataclass(frozen=True)
class FolderObjects:
    """See `pipeline.stores.objects.protocol.Objects`; links are not followed, for they may lead out of the folder."""

    folder: Path

    @property
    def url(self) -> str:
        return self.folder.as_uri()

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        yield from _walk(self.folder, "", prefix)

    def head(self, key: str) -> ObjectInfo | None:
        try:
            status = self._path(key).stat()
            return _info(key, status) if stat.S_ISREG(status.st_mode) else None
        except _ABSENT:
            return None
        except OSError as error:
            raise ServiceRefused(f"{self.url}/{key} can't be read: {_why(error)}") from error

    def read(self, key: str) -> bytes | None:
        try:
            return self._path(key).read_bytes()
        except _ABSENT:
            return None
        except OSError as error:
            raise ServiceRefused(f"{self.url}/{key} can't be read: {_why(error)}") from error

    def fetch(self, key: str, target: Path, *, version: str | None = None, limit: int | None = None) -> ObjectInfo:
        path = self._path(key)
        info = self.head(key)
        if info is None or version is not None:
            raise UnreadableFile(f"{path} does not exist; check the path")
        if limit is not None and info.size > limit:
            raise DocumentTooLarge(
                f"{path} is over the limit of {limit:,} bytes; split it, reduce its images or raise CLAUSELINE_MAX_BYTES"
            )
        try:
            with path.open("rb") as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy, PIECE)
        except OSError as error:
            raise trouble(error, target) from error
        return info

    def write(self, key: str, data: bytes, media_type: str = OCTETS, *, new: bool = False) -> ObjectInfo:
        path = self._path(key)
        if not new:
            write_whole(path, data)
        elif not _write_new(path, data) and self.read(key) != data:
            raise Conflict(f"{path} is there already, with other content")
        return _info(key, path.stat())

    def upload(self, key: str, source: Path, media_type: str = OCTETS) -> ObjectInfo:
        path = self._path(key)
        with source.open("rb") as file:
            write_whole(path, iter(lambda: file.read(PIECE), b""))
        return _info(key, path.stat())

    def delete(self, key: str) -> None:
        try:
            self._path(key).unlink(missing_ok=True)
        except NotADirectoryError:
            pass
        except OSError as error:
            raise ServiceRefused(f"{self.url}/{key} can't be deleted: {_why(error)}") from error

    def _path(self, key: str) -> Path:
        """Where a key's file is.

        Raises:
            ServiceRefused: the key could lead out of the folder, or can't be the name of a file.
        """
        parts = key.split("/")
        if any(part in ("", ".", "..") for part in parts) or any(ord(c) < 32 or ord(c) == 127 for c in key):
            raise ServiceRefused(
                f"{key!r} can't be a file below {self.folder}: no empty parts, dots or control characters"
            )
        path = self.folder.joinpath(*parts)
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise ServiceRefused(f"{key!r} leads out of {self.folder}")
        return path


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file whole unless there is one by that name already, whoever else tries the same; whether it was written."""
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        write_whole(part, data)
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError as error:
        raise trouble(error, path) from error
    finally:
        part.unlink(missing_ok=True)
    return True


def _walk(folder: Path, above: str, prefix: str) -> Iterator[ObjectInfo]:
    """The files below a folder by key; a folder's name is compared with its slash, as in a bucket."""
    try:
        with os.scandir(folder) as scan:
            named = [
                (f"{e.name}/" if e.is_dir(follow_symlinks=False) else e.name, e) for e in scan if not e.is_symlink()
            ]
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise ServiceRefused(f"{folder} can't be read: {_why(error)}") from error
    for name, entry in sorted(named, key=lambda pair: os.fsencode(pair[0])):
        key = above + name
        if name.endswith("/"):
            if key.startswith(prefix) or prefix.startswith(key):
                yield from _walk(Path(entry.path), key, prefix)
        elif key.startswith(prefix) and entry.is_file() and not _unfinished(name):
            yield _info(key, entry.stat())


def _unfinished(name: str) -> bool:
    """Whether a file is one that `write_whole` is just writing."""
    return name.startswith(".") and name.endswith(".part")


def _info(key: str, status: os.stat_result) -> ObjectInfo:
    return ObjectInfo(key, status.st_size, f"{status.st_mtime_ns:x}-{status.st_size:x}")


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
