"""A graph of near neighbours (HNSW) in a file that is mapped, not read, and the vectors newer than the file."""

import contextlib
import json
import mmap
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError
from pipeline.stores.files import write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.stores.protocols import Vectors

MAGIC = b"clauseline vectors 2\n"
PAGE = 4_096
"""Bytes of the head of a file, and of each part of it that is checked."""

CHECKED = 1_000
"""Parts of a file that are checked when it is opened, evenly spread: all of a small one, a few milliseconds' worth of a
large one, which its processes share in memory."""


@dataclass(slots=True)
class Graph:
    """Vectors by their keys, close ones linked; all those up to the key `through` are in it (dead ones too).

    Each number is kept in a byte, so that a ranking is a good guess, to be gone over with the vectors themselves. Those
    that came after the file was written are compared one by one, until they are many and taken in.
    """

    dimension: int
    identity: str
    through: int = 0
    unsaved: bool = False
    index: Any = None
    _map: Any = None
    _keys: "list[NDArray[Any]]" = field(default_factory=list)
    _newest: "list[Vectors]" = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.index is None:
            self.index = _empty(self.dimension)

    def __len__(self) -> int:
        return len(self.index) + sum(map(len, self._keys))

    def add(self, keys: "NDArray[Any]", vectors: "Vectors", most: int) -> None:
        """Take in vectors that came after all others.

        Args:
            keys: rising.
            vectors: a row each.
            most: up to so many, or a tenth of all, stay outside of the graph.
        """
        self._keys.append(keys)
        self._newest.append(vectors)
        self.through = int(keys[-1])
        if sum(map(len, self._keys)) > max(most, len(self.index) // 10):
            self._link()

    def nearest(self, vector: "Vectors", limit: int) -> list[int]:
        """The keys of the closest by cosine, closest first (about)."""
        import numpy as np

        linked = self.index.search(vector, min(limit, len(self.index))) if len(self.index) else None
        keys = [linked.keys] if linked is not None else []
        far = [linked.distances] if linked is not None else []
        if self._keys:
            keys += self._keys
            far += [1 - rows @ (vector / max(float(np.linalg.norm(vector)), 1e-9)) for rows in self._newest]
        if not keys:
            return []
        order = np.argsort(np.concatenate(far), kind="stable")[:limit]
        return [int(key) for key in np.concatenate([some.astype(np.int64) for some in keys])[order]]

    def _link(self) -> None:
        """Take the newest into the graph; a mapped one is read for that."""
        if self._map is not None:
            index = _empty(self.dimension)
            index.load(memoryview(self._map)[PAGE:])
            self.index, self._map = index, None
        for keys, rows in zip(self._keys, self._newest, strict=True):
            self.index.add(keys.astype("u8"), rows)
        self._keys, self._newest, self.unsaved = [], [], True


def read_graph(path: Path, identity: str) -> Graph | None:
    """The graph of a file; None if that is missing, not whole, or of another database."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, head, _ = mapped[:PAGE].split(b"\n", 2)
        about = json.loads(head)
        if magic + b"\n" != MAGIC or about["identity"] != identity:
            return None
        data = memoryview(mapped)[PAGE:]
        if about["size"] != len(data) or about["crc"] != _check(data):
            return None
        index = _empty(about["dimension"])
        index.view(data)
        return Graph(about["dimension"], identity, about["through"], index=index, _map=mapped)
    except (OSError, ValueError, KeyError, RuntimeError):
        return None


def write_graph(path: Path, graph: Graph) -> None:
    """Keep the graph for the next process; where that can't be, it is made again there."""
    data = bytes(graph.index.save())
    linked = graph.through if not graph._keys else int(graph._keys[0][0]) - 1
    about = {
        "identity": graph.identity, "dimension": graph.dimension, "through": linked, "size": len(data),
        "crc": _check(memoryview(data)),
    }  # fmt: skip
    head = MAGIC + json.dumps(about).encode() + b"\n"
    with contextlib.suppress(StoreError):
        write_whole(path, (head.ljust(PAGE, b" "), data))
    graph.unsaved = False


def _check(data: memoryview) -> int:
    """A checksum of evenly spread parts, the first and the last among them."""
    step = max(PAGE, len(data) // CHECKED)
    crc = zlib.crc32(data[-PAGE:])
    for start in range(0, len(data), step):
        crc = zlib.crc32(data[start : start + PAGE], crc)
    return crc


def _empty(dimension: int) -> Any:
    from usearch.index import Index

    return Index(ndim=dimension, metric="cos", dtype="i8")
