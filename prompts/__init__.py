"""The prompt texts: Jinja2 templates, one file per document type and task, versioned by their file name.

`lease/extract.v1.j2` is version 1 of the prompt "lease/extract", and `lease/extract.few-shot.v1.j2` of its variant
"few-shot"; the plain one is the variant "zero-shot". A changed prompt is a new version. A variant of one's own is a file of
such a name in a folder of one's own: the variant "mine/terse" is `mine/lease/extract.terse.v1.j2`, and what "mine" does not
have comes from here. Files that begin with an underscore are parts shared by others.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

PLAIN = "zero-shot"
"""The variant that files without one in their name are."""

_NAME = re.compile(r"[a-z_]+(?:/[a-z_]+)?(?:\.[a-z0-9_-]+){0,2}(?:\.j2)?")
_FILE = re.compile(r"(?P<task>[a-z_]+)(?:\.(?P<variant>[a-z0-9_-]+))?\.v(?P<version>\d+)\.j2")


def file_of(name: str, version: int | None = None, variant: str = PLAIN) -> str:
    """The file of a prompt: the version asked for, else the newest.

    Args:
        name: of the prompt.
        version: None for the newest.
        variant: its name, after the folder it is in if that is not this one; a prompt that has no such variant is taken plain.

    Raises:
        LookupError: there is no such prompt or version.

    >>> file_of("lease/extract", 1)
    'lease/extract.v1.j2'
    >>> file_of("lease/extract", 1, "few-shot"), file_of("classify", 1, "few-shot")
    ('lease/extract.few-shot.v1.j2', 'classify.v1.j2')
    """
    folder, _, own = variant.rpartition("/")
    known = versions(name, own, folder) if own != PLAIN else ()
    stem = f"{name}.{own}" if known else name
    known = known or versions(name)
    chosen = known[-1] if known and version is None else version
    if chosen not in known:
        there = ", ".join(f"v{v}" for v in known) or "none"
        raise LookupError(f"no prompt {name!r} of version {version or 'any'} (there are: {there})")
    return f"{stem}.v{chosen}.j2"


@cache
def versions(name: str, variant: str = PLAIN, folder: str = "") -> tuple[int, ...]:
    """The versions there are of a prompt's variant, oldest first.

    >>> versions("lease/extract")[0]
    1
    """
    if not _NAME.fullmatch(name):
        raise LookupError(f"{name!r} is no name of a prompt")
    kind, _, task = name.rpartition("/")
    found = (_FILE.fullmatch(entry.name) for entry in _entries(_place(folder, kind)))
    wanted = (task, None if variant == PLAIN else variant)
    return tuple(sorted(int(f["version"]) for f in found if f and (f["task"], f["variant"]) == wanted))


def checked(variant: str) -> str:
    """The variant, if there is one of this name.

    Raises:
        LookupError: there is none; the message lists those there are.

    >>> checked("few-shot")
    'few-shot'
    """
    folder, _, own = variant.rpartition("/")
    known = _variants("")
    there = sorted({PLAIN, *known, *(f"{folder}/{name}" for name in _variants(folder) if folder)})
    if own != PLAIN and variant not in there:
        raise LookupError(f"no prompt {variant!r}; there are: {', '.join(there)}")
    return variant


def _variants(folder: str) -> set[str]:
    """Names of the variants of any extraction prompt of a folder."""
    kinds = ["", *(entry.name for entry in _entries(_place(folder)) if entry.is_dir())]
    files_of = (_FILE.fullmatch(entry.name) for kind in kinds for entry in _entries(_place(folder, kind)))
    return {found["variant"] for found in files_of if found and found["variant"]}


@cache
def text(file: str, folder: str = "") -> str:
    """The text of a prompt file as named by `file_of`.

    Args:
        file: its name.
        folder: of the user, looked into first.

    Raises:
        LookupError: there is no such file.
    """
    if not _NAME.fullmatch(file):
        raise LookupError(f"{file!r} is no name of a prompt")
    for place in dict.fromkeys((folder, "")):
        found = _place(place, *file.split("/"))
        if found.is_file():
            return found.read_text(encoding="utf-8")
    raise LookupError(f"no prompt file {file!r}")


def data(file: str) -> str:
    """The text of a data file beside the prompts ("lease/examples.json").

    Raises:
        LookupError: there is no such file.
    """
    place = _place("", *file.split("/"))
    if not re.fullmatch(r"[a-z_]+/[a-z_]+\.json", file) or not place.is_file():
        raise LookupError(f"no data file {file!r}")
    return place.read_text(encoding="utf-8")


def _place(folder: str, *parts: str) -> Traversable:
    place: Traversable = Path(folder).expanduser() if folder else files(__name__)
    for part in filter(None, parts):
        place = place / part
    return place


def _entries(place: Traversable) -> Iterator[Traversable]:
    return iter(place.iterdir()) if place.is_dir() else iter(())
