"""The documents of a run, in order, on disk: a million of them take no memory."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

from pipeline.batch.task import Item
from pipeline.sources import Source


class Spool:
    """A list of items in an unnamed temporary file, with a mark for each.

    >>> from pathlib import PurePosixPath
    >>> spool = Spool([(Source(Path("a.pdf"), PurePosixPath("a.pdf")), "a.pdf")])
    >>> len(spool), [item.name for item in spool.items()], list(spool.marked())
    (1, ['a.pdf'], [])
    """

    def __init__(self, entries: Iterable[tuple[Source, str]]) -> None:
        self._file = TemporaryFile("w+", encoding="ascii")  # noqa: SIM115 - lives as long as this object
        self._marks = bytearray()
        for source, name in entries:
            self._file.write(json.dumps((str(source.path), name)) + "\n")
            self._marks.append(0)

    def __len__(self) -> int:
        return len(self._marks)

    def items(self) -> Iterator[Item]:
        """Every item in order; one iteration at a time."""
        self._file.seek(0)
        for index, line in enumerate(iter(self._file.readline, "")):
            path, name = json.loads(line)
            yield Item(index, Path(path), name)

    def mark(self, item: Item) -> None:
        """Note that the item has a result."""
        self._marks[item.index] = 1

    def marked(self) -> Iterator[Item]:
        """The items that have a result, in order."""
        return (item for item in self.items() if self._marks[item.index])

    def close(self) -> None:
        """Give the space back."""
        self._file.close()
