"""Which documents a run has: those of the files and folders named, and those of the buckets named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from pipeline.errors import WrongUsage
from pipeline.originals import LocalFile, Original, StoredObject, parted
from pipeline.sources import SUFFIXES, OnSkip, discover, hidden, unwanted
from pipeline.stores.objects import ObjectInfo, is_url, open_objects


@dataclass(frozen=True, slots=True)
class Found:
    """A document to read, its name below the place it was found in (its own name if it was named), and that place's name."""

    original: Original
    name: PurePosixPath
    origin: str


def documents(
    places: Sequence[str | Path], *, patterns: Sequence[str] = (), on_skip: OnSkip | None = None
) -> Iterator[Found]:
    """The documents of files, folders and `s3://` URLs, in the order of `places`; as a stream.

    What is a document in a bucket is told by the same rules as in a folder, but by keys alone: nothing is fetched for it.

    Args:
        places: a URL is that of an object, else the beginning of keys, as a folder.
        patterns, on_skip: see `pipeline.sources.discover`; patterns are matched with keys below the URL.

    Raises:
        WrongUsage: a URL is of another kind.
        ServiceDown, ServiceRefused: a bucket can't be listed.
    """
    for remote, group in groupby(places, key=is_url):
        if not remote:
            for source in discover(map(Path, group), patterns=patterns, on_skip=on_skip):
                yield Found(LocalFile(source.path), source.name, source.origin)
            continue
        for url in map(str, group):
            yield from _stored(url, patterns, on_skip or _ignore)


def _stored(url: str, patterns: Sequence[str], skip: OnSkip) -> Iterator[Found]:
    """The object of a URL, or the objects below it."""
    if not url.startswith("s3://"):
        raise WrongUsage(f"no documents can be read from {url}; give files, folders, or s3://BUCKET/PREFIX")
    bucket, key = parted(url)
    named = open_objects(bucket).head(key) if key and not key.endswith("/") else None
    if named:
        yield Found(StoredObject(url, named.size, named.identity), _name(key), _origin(bucket, key))
        return
    root, seen = url.rstrip("/"), False
    for info, reason in _sifted(open_objects(url).list(), patterns):
        seen = True
        if reason:
            skip(Path(info.key), reason)
        else:
            yield Found(StoredObject(f"{root}/{info.key}", info.size, info.identity), _name(info.key), _last(root))
    if not seen and Path(key).suffix.lower() in SUFFIXES:  # somebody named a document that is not there
        yield Found(StoredObject(url), _name(key), _origin(bucket, key))


def _sifted(listing: Iterable[ObjectInfo], patterns: Sequence[str]) -> Iterator[tuple[ObjectInfo, str]]:
    """Each object with the reason why it is passed over, "" if it is a document.

    What only stands beside a document differs from it in the suffix, so it is next to it in the order of keys.
    """
    for _, group in groupby(listing, key=lambda info: info.key.rpartition(".")[0] or info.key):
        alike = list(group)
        names = {PurePosixPath(info.key).name for info in alike}
        for info in alike:
            name = _name(info.key)
            if not any(map(hidden, name.parts)):
                yield info, unwanted(name, names, patterns)


def _name(key: str) -> PurePosixPath:
    """A key as a path; parts that mean something in a path, or nothing, are marked, so that different keys stay different.

    >>> str(_name("a//../b.pdf"))
    'a/%/%../b.pdf'
    """
    parts = (f"%{part}" if part in ("", ".", "..") else part.replace("\0", "%00") for part in key.split("/"))
    return PurePosixPath(*parts)


def _origin(bucket: str, key: str) -> str:
    """The name of what an object is in."""
    return PurePosixPath(key).parent.name or _last(bucket)


def _last(url: str) -> str:
    return url.rpartition("/")[2]


def _ignore(path: Path, reason: str) -> None:
    """Nobody wants to know."""
