"""The prompt texts: Jinja2 templates, one file per document type and task, versioned by their file name.

`lease/extract.v1.j2` is version 1 of the prompt "lease/extract". A changed prompt is a new version: results name the one
they came from, and two versions can be compared. Files that begin with an underscore are parts shared by others.
"""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_NAME = re.compile(r"[a-z_]+(?:/[a-z_]+)?(?:\.v\d+)?(?:\.j2)?")


def _at(name: str) -> Traversable:
    if not _NAME.fullmatch(name):
        raise LookupError(f"{name!r} is no name of a prompt")
    place: Traversable = files(__name__)
    for part in name.split("/"):
        place = place / part
    return place


@cache
def versions(name: str) -> tuple[int, ...]:
    """The versions there are of a prompt, oldest first.

    >>> versions("lease/extract")[0]
    1
    """
    place = _at(name)
    folder = _at(name.rsplit("/", 1)[0]) if "/" in name else files(__name__)
    found = (re.fullmatch(rf"{place.name}\.v(\d+)\.j2", entry.name) for entry in folder.iterdir())
    return tuple(sorted(int(match[1]) for match in found if match))


def file_of(name: str, version: int | None = None) -> str:
    """The file of a prompt: the version asked for, else the newest.

    Raises:
        LookupError: there is no such prompt or version.

    >>> file_of("lease/extract", 1)
    'lease/extract.v1.j2'
    """
    known = versions(name)
    chosen = known[-1] if known and version is None else version
    if chosen not in known:
        there = ", ".join(f"v{v}" for v in known) or "none"
        raise LookupError(f"no prompt {name!r} of version {version or 'any'} (there are: {there})")
    return f"{name}.v{chosen}.j2"


@cache
def text(file: str) -> str:
    """The text of a prompt file as named by `file_of`.

    Raises:
        LookupError: there is no such file.
    """
    place = _at(file)
    if not place.is_file():
        raise LookupError(f"no prompt file {file!r}")
    return place.read_text(encoding="utf-8")
