"""Where a run writes: a folder of this machine, or a bucket; the same names below either."""

import fcntl
import os
import tempfile
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import StoreError, WrongUsage
from pipeline.stores.files import part_of, write_whole
from pipeline.stores.objects import Objects, is_url, open_objects
from pipeline.turns import waiting

AT_ONCE = 32
"""Objects that are read at once where many are."""

LONGEST_KEY = 1024
"""Bytes of a key, prefix included, that S3 takes."""

_TYPES = {".json": "application/json", ".jsonl": "application/x-ndjson", ".md": "text/markdown", ".html": "text/html"}


class Sink(Protocol):
    """Takes the results of a run by name; each appears whole or not at all. Picklable."""

    @property
    def shown(self) -> str:
        """The place as a user knows it."""
        ...

    def claimed(self) -> AbstractContextManager[None]:
        """Make the place usable, and hold it for this run alone where that can be done.

        Raises:
            StoreError: it can't be used, or another run holds it.
        """
        ...

    def read(self, name: str) -> bytes | None:
        """What was written under a name, None if nothing was."""
        ...

    def read_many(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """What was written under each name, in their order."""
        ...

    def lines(self, name: str) -> Generator[bytes, None, None]:
        """What was written under a name line by line; nothing if nothing was."""
        ...

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Write, or replace, what is under a name.

        Raises:
            DiskFull, ServiceDown, ServiceRefused: nothing more can be written there.
            StoreError: this can't be.
        """
        ...

    def tidy(self, name: str) -> None:
        """Take away what a writer that was killed may have left of a name; what has been written stays."""
        ...


def sink_for(out: str | Path, *, kms_key: str | None = None) -> Sink:
    """The sink at a path or URL.

    Args:
        out: a folder, or `s3://BUCKET/PREFIX`.
        kms_key: see `open_objects`.

    Raises:
        WrongUsage: it is a URL of another kind.

    >>> sink_for("s3://leases/results").shown
    's3://leases/results'
    """
    if not is_url(out):
        return FolderSink(Path(out).absolute(), str(out))
    if not str(out).startswith("s3://"):
        raise WrongUsage(f"no results can be written to {out}; give a folder, or s3://BUCKET/PREFIX")
    return ObjectSink(open_objects(out, kms_key=kms_key))


@dataclass(frozen=True)
class FolderSink:
    """A folder of this machine, and how the user called it."""

    folder: Path
    shown: str

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """The system lets the folder go when the process ends, however it does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.folder, os.O_RDONLY)
        except OSError as error:
            why = (error.strerror or "").lower()
            raise StoreError(f"{self.shown} can't be used for results: {why}; give another --out") from None
        try:
            if not os.access(self.folder, os.W_OK):
                raise StoreError(f"{self.shown} may not be written; change its permissions or give another --out")
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(f"{self.shown} is in use by another run; wait for it, or give another --out") from None
            except OSError:  # a file system without locks
                pass
            yield
        finally:
            os.close(descriptor)

    def read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def read_many(self, names: Iterable[str]) -> Iterator[bytes | None]:
        return map(self.read, names)

    def lines(self, name: str) -> Generator[bytes, None, None]:
        with suppress(FileNotFoundError), (self.folder / name).open("rb") as file:
            yield from file

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        write_whole(self.folder / name, data)

    def tidy(self, name: str) -> None:
        with suppress(OSError):
            part_of(self.folder / name).unlink()


@dataclass(frozen=True)
class ObjectSink:
    """A bucket. There is no lock: of two runs that write there at once, the later word on a document stays."""

    objects: Objects

    @property
    def shown(self) -> str:
        return self.objects.url

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Ask for something, so that a wrong bucket or missing permission is told before anything is done."""
        next(self.objects.list("summary.json"), None)
        yield

    def read(self, name: str) -> bytes | None:
        with waiting():
            return self.objects.read(name)

    def read_many(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """A bucket answers slowly, but many at once."""
        under_way: deque[Future[bytes | None]] = deque()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="read") as threads:
            for name in names:
                under_way.append(threads.submit(self.objects.read, name))
                if len(under_way) >= 2 * AT_ONCE:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()

    def lines(self, name: str) -> Generator[bytes, None, None]:
        if self.objects.head(name) is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "lines"
            self.objects.fetch(name, copy)
            with copy.open("rb") as file:
                yield from file

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        if len(f"{self.objects.url}/{name}".partition("://")[2].partition("/")[2].encode()) > LONGEST_KEY:
            raise StoreError(f"{self.shown}/{name} is longer than the {LONGEST_KEY} bytes that a key may have")
        media_type = _TYPES.get(Path(name).suffix, "application/octet-stream")
        if isinstance(data, bytes):
            with waiting():
                self.objects.write(name, data, media_type)
            return
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder) / "whole"
            write_whole(whole, data)
            self.objects.upload(name, whole, media_type)

    def tidy(self, name: str) -> None:
        """Nothing is left: an object appears whole or not at all."""
