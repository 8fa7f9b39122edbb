"""Files that appear whole or not at all."""

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import StoreError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


class DiskFull(StoreError):
    """Nothing more can be written there: no space, quota used up, read-only, broken. Going on makes no sense."""


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that a reader, or a crash at any moment, finds the old file or the new one, never a part.

    The data is on the disk before the name points to it; folders are made as needed. One writer at a time per path.

    Raises:
        DiskFull: nothing more can be written there.
        StoreError: this file can't be written.
    """
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for piece in (data,) if isinstance(data, bytes) else data:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise trouble(error, path) from error


def part_of(path: Path) -> Path:
    """Where a file is written before it has its name; one that is there without a writer is what a killed one left."""
    return path.with_name(f".{path.name}.part")


def _sync_folder(folder: Path) -> None:
    """Put the name itself on the disk, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def trouble(error: OSError, path: Path) -> StoreError:
    """One line: what could not be written, why, and what to do."""
    why = (error.strerror or str(error)).lower()
    if error.errno in _FULL:
        return DiskFull(f"{path} could not be written: {why}; make room (what is done is kept) and run again")
    return StoreError(f"{path} could not be written: {why}; check the folder, or give another one with --out")
