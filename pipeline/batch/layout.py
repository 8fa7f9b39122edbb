"""Where in the output folder each document's result goes."""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import PurePosixPath
from typing import Protocol, TypeVar

RESULT, RESULTS, SUMMARY = "result.json", "results.jsonl", "summary.json"


class Placed(Protocol):
    """A document with its name below the place it was found in, and that place's name."""

    @property
    def name(self) -> PurePosixPath: ...
    @property
    def origin(self) -> str: ...


P = TypeVar("P", bound=Placed)


def named(sources: Iterable[P], *, unique: bool = False) -> Iterator[tuple[P, str]]:
    """Each source with the folder of its result below the output folder; no two get the same.

    The name is the path below the folder searched, or the file's own; when another document has it already, the name of
    the folder it came from goes before it, and then a number. The same sources in the same order get the same names.

    Args:
        sources: as `pipeline.sources.discover` or `pipeline.batch.discovery.documents` give them.
        unique: the names are known to differ (one folder was searched), so none needs to be remembered.

    >>> from pathlib import Path
    >>> from pipeline.sources import Source
    >>> twice = [Source(Path("a/x.pdf"), PurePosixPath("x.pdf")), Source(Path("b/x.pdf"), PurePosixPath("x.pdf"))]
    >>> [name for _, name in named(twice)]
    ['x.pdf', 'b/x.pdf']
    """
    taken = {RESULTS.casefold(), SUMMARY.casefold()}
    for source in sources:
        name = next(name for name in _names(source) if name.casefold() not in taken)
        if not unique:
            taken.add(name.casefold())
        yield source, name


def _names(source: Placed) -> Iterator[str]:
    """The names a source may have, best first; made of the source's own path only, so never outside the folder."""
    parts = [part for part in source.name.parts if part not in ("/", "..")] or ["document"]
    name = PurePosixPath(*parts)
    yield str(name)
    yield f"{source.origin}/{name}"
    for number in count(2):
        yield str(name.with_name(f"{name.stem}-{number}{name.suffix}"))
