"""The documents of a run, in order, on disk: a million of them take little memory."""

import json
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from pipeline.batch.task import Item
from pipeline.originals import Original, original


class Spool:
    """A list of items in an unnamed temporary file, with a mark for each.

    >>> from pathlib import Path
    >>> from pipeline.originals import LocalFile
    >>> spool = Spool([(LocalFile(Path("a.pdf")), "a.pdf")])
    >>> len(spool), [item.name for item in spool.largest_first()], list(spool.marked())
    (1, ['a.pdf'], [])
    """

    def __init__(self, entries: Iterable[tuple[Original, str]]) -> None:
        self._file = TemporaryFile("w+b")  # noqa: SIM115 - lives as long as this object
        self._marks = bytearray()
        self._offsets, self._sizes = array("Q"), array("Q")
        for document, name in entries:
            size = document.size
            self._offsets.append(self._file.tell())
            self._sizes.append(size)
            line = json.dumps((document.where, size, document.identity, name))
            self._file.write(line.encode("ascii") + b"\n")
            self._marks.append(0)

    def __len__(self) -> int:
        return len(self._marks)

    def largest_first(self) -> Iterator[Item]:
        """Every item, the largest files first: at the end no worker waits long for another's last document."""
        return map(self._item, self._by_size())

    def by_turns(self, first: int) -> Iterator[Item]:
        """Every item, a large file and a small one by turns, so that a model that is asked always has something to do.

        The questions of small documents are soonest ready; those of large ones take the most reading.

        Args:
            first: so many of the smallest come before the others, as nothing has been asked yet; no more than a quarter of all.
        """
        order = deque(self._by_size())
        mixed = [order.pop() for _ in range(min(first, len(order) // 4))]
        while order:
            mixed.append(order.popleft())
            if order:
                mixed.append(order.pop())
        return map(self._item, mixed)

    def mark(self, item: Item) -> None:
        """Note that the item has a result."""
        self._marks[item.index] = 1

    def marked(self) -> Iterator[Item]:
        """The items that have a result, in order."""
        return (self._item(index) for index, mark in enumerate(self._marks) if mark)

    def close(self) -> None:
        """Give the space back."""
        self._file.close()

    def _by_size(self) -> list[int]:
        """The largest first."""
        return sorted(range(len(self)), key=self._sizes.__getitem__, reverse=True)

    def _item(self, index: int) -> Item:
        self._file.seek(self._offsets[index])
        where, size, identity, name = json.loads(self._file.readline())
        return Item(index, original(where, size, identity), name)
