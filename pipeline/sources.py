"""Which files a run reads: those named, and the documents found in the folders named."""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
SUFFIXES = TEXT_SUFFIXES | {".pdf", ".docx", ".html", ".htm", ".xhtml", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}

NOTES = frozenset({"text", "source", "readme", "license", "licence", "notice", "changelog", "contributing"})
"""Stems of plain text files that stand beside documents and are none: notes, where the document is from, its own text."""

SIGNATURES = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"<!doctype html", b"<html")

OnSkip = Callable[[Path, str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, its name below the folder it was found in (its own name if it was named), and that folder."""

    path: Path
    name: PurePosixPath
    root: Path | None = None

    @property
    def origin(self) -> str:
        """The name of the folder it was found in."""
        return (self.root or self.path.parent).resolve().name or "root"


def discover(paths: Iterable[Path], *, patterns: Sequence[str] = (), on_skip: OnSkip | None = None) -> Iterator[Source]:
    """The files to read, in the order of `paths`, folders searched to the bottom and sorted by name; as a stream.

    A file that is named is always given, whatever it is, so that what is wrong with it can be said. In a folder these
    are passed over: what is hidden; what is no document by suffix or first bytes; plain text that is a note or the text
    of the document beside it (`README.md`, `source.txt`, `text.txt`, `lease.txt` beside `lease.pdf`); a folder or linked file that
    was, or will be, met elsewhere (so a loop of links ends).

    Args:
        paths: files and folders.
        patterns: take the files of folders whose name (or, with a slash, path below the folder) matches one instead.
        on_skip: told of each file passed over, and why.

    >>> [source.name.name for source in discover([Path("no-such-file.pdf")])]
    ['no-such-file.pdf']
    """
    visited: set[tuple[int, int]] = set()
    linked: set[str] = set()
    roots: list[str] = []
    skip = on_skip or _ignore
    for path in paths:
        if not path.is_dir():
            yield Source(path, PurePosixPath(path.name))
            continue
        roots.append(os.path.realpath(path))
        for entry, folder in _walk(path, visited, skip):
            name = PurePosixPath(Path(entry.path).relative_to(path).as_posix())
            if reason := _unwanted(entry, folder, name, patterns) or _met_elsewhere(entry, roots, linked):
                skip(Path(entry.path), reason)
            else:
                yield Source(Path(entry.path), name, path)


Folder = dict[str, "os.DirEntry[str]"]


def _walk(top: Path, visited: set[tuple[int, int]], skip: OnSkip) -> Iterator[tuple["os.DirEntry[str]", Folder]]:
    """Every regular file below `top` that is not hidden, with the entries of its folder."""
    waiting: list[Iterator[tuple[os.DirEntry[str], Folder]]] = [_listed(str(top), visited, skip)]
    while waiting:
        for entry, folder in waiting[-1]:
            try:
                if entry.is_dir():
                    waiting.append(_listed(entry.path, visited, skip))
                    break
                if entry.is_file():
                    yield entry, folder
                else:
                    skip(Path(entry.path), "not a regular file")
            except OSError as error:  # a link to itself
                skip(Path(entry.path), error.strerror or "unreadable")
        else:
            waiting.pop()


def _listed(directory: str, visited: set[tuple[int, int]], skip: OnSkip) -> Iterator[tuple["os.DirEntry[str]", Folder]]:
    """The entries of a folder by name, unless it was seen before or can't be read."""
    try:
        status = Path(directory).stat()
        if (status.st_dev, status.st_ino) in visited:
            skip(Path(directory), "met before")
            return
        visited.add((status.st_dev, status.st_ino))
        with os.scandir(directory) as scan:
            folder = {entry.name: entry for entry in scan if not hidden(entry.name)}
    except OSError as error:
        skip(Path(directory), f"a folder that can't be opened ({(error.strerror or 'unreadable').lower()})")
        return
    for name in sorted(folder):
        yield folder[name], folder


def hidden(name: str) -> bool:
    """Whether a file or folder of that name is nobody's business."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def _unwanted(entry: "os.DirEntry[str]", folder: Folder, name: PurePosixPath, patterns: Sequence[str]) -> str:
    """Why a file of a folder is passed over; "" if it is not."""
    reason = unwanted(name, folder, patterns)
    return "" if reason == _NO_DOCUMENT and _looks_like_document(entry.path) else reason


_NO_DOCUMENT = "not a document"


def unwanted(name: PurePosixPath, beside: Container[str], patterns: Sequence[str]) -> str:
    """Why a file is passed over, by its name; "" if it is not.

    Args:
        name: path below the folder searched.
        beside: names of the files beside it, its own included.
        patterns: see `discover`.

    >>> unwanted(PurePosixPath("a/lease.txt"), {"lease.txt", "lease.pdf"}, ())
    'a note, or the text of a document beside it'
    """
    if patterns:
        matched = any(fnmatchcase(str(name) if "/" in pattern else name.name, pattern) for pattern in patterns)
        return "" if matched else "matches no pattern"
    suffix = name.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        if name.stem.lower() in NOTES or any(name.stem + other in beside for other in SUFFIXES - TEXT_SUFFIXES):
            return "a note, or the text of a document beside it"
        return ""
    return "" if suffix in SUFFIXES else _NO_DOCUMENT


def _looks_like_document(path: str) -> bool:
    """Whether the first bytes are those of a format that can be told by them."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a million of them
            head = file.read(4096)
    except OSError:
        return False
    if head.startswith(b"PK\x03\x04"):
        return b"word/" in head
    return head.lstrip()[:16].lower().startswith(tuple(s.lower() for s in SIGNATURES))


def _met_elsewhere(entry: "os.DirEntry[str]", roots: list[str], linked: set[str]) -> str:
    """Why a linked file is passed over: its target is in a folder that is searched anyway, or was linked before."""
    if not entry.is_symlink():
        return ""
    target = os.path.realpath(entry.path)
    if target in linked or any(target.startswith(root.rstrip(os.sep) + os.sep) for root in roots):
        return "a link to a file met elsewhere"
    linked.add(target)
    return ""


def _ignore(path: Path, reason: str) -> None:
    """Nobody wants to know."""
