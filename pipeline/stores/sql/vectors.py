"""Nearest neighbours among the chunks' vectors: the blobs are the truth, an index file beside the database is fast."""

import contextlib
import json
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select

from pipeline.errors import StoreError
from pipeline.stores.files import write_whole
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import chunks, documents, vector_indexes, vectors

if TYPE_CHECKING:
    from pipeline.stores.protocols import Vectors

EXACT = 4_000
"""Up to so many vectors every one is compared, which is as fast as an index and exact."""

MAGIC = b"clauseline vectors 1\n"


@dataclass
class _Loaded:
    """An index in memory: keys are ids of vectors, all those up to `through` are in it (dead ones too)."""

    index: Any
    identity: str
    through: int
    saved: int = 0


class VectorIndex:
    """The index of each embedding model: caught up with the blobs at each search, saved when it has grown, rebuilt from
    the blobs when the file is missing, damaged, of another database, or mostly of vectors that are gone.

    Args:
        database: holds the blobs.
        exact: see EXACT.
    """

    def __init__(self, database: Database, exact: int = EXACT) -> None:
        self._database, self._exact = database, exact
        self._loaded: dict[str, _Loaded] = {}
        self._lock = threading.Lock()

    def file(self, model: str, identity: str) -> Path | None:
        """Where the index of a model is kept; None if only in memory."""
        return self._database.dialect.index_file(self._database.engine.url, model, identity)

    def nearest(
        self, connection: Connection, model: str, vector: "Vectors", doc_type: str | None, state: str | None, limit: int
    ) -> list[int]:
        """Keys of the chunks whose vectors are closest by cosine, closest first.

        Raises:
            StoreError: the vector is not of the model's dimension.
        """
        import numpy as np

        known = connection.execute(select(vector_indexes).where(vector_indexes.c.model == model)).first()
        if known is None:
            return []
        query = np.asarray(vector, dtype=np.float32).reshape(-1)
        if len(query) != known.dimension:
            raise StoreError(
                f"the index of {model} holds vectors of {known.dimension} numbers, not {len(query)}; embed with that model"
            )
        wanted = _of(model, doc_type, state)
        if _counted(connection, model, self._exact + 1) <= self._exact:
            return _compared(connection, wanted, query, limit)
        share = _share(connection, doc_type, state)
        with self._lock:
            loaded = self._current(connection, model, known.dimension, known.identity)
            if share * len(loaded.index) <= self._exact:
                return _compared(connection, wanted, query, limit)
            reach = min(len(loaded.index), round(2 * limit / share) + limit)
            keys = [int(key) for key in loaded.index.search(query, reach).keys]
        alive = {row.id: row.chunk for row in connection.execute(_these(keys, doc_type, state))}
        return [alive[key] for key in keys if key in alive][:limit]

    def _current(self, connection: Connection, model: str, dimension: int, identity: str) -> _Loaded:
        """The index with all vectors there are."""
        loaded = self._loaded.get(model) or self._read(model, identity)
        # walked from the newest on, which is nearly always of this model; an index by model would be read as a whole
        of_model = func.coalesce(vectors.c.model, "") == model
        newest = select(vectors.c.id).where(of_model).order_by(vectors.c.id.desc()).limit(1)
        last = connection.execute(newest).scalar() or 0
        if loaded is None or loaded.identity != identity or loaded.through > last:
            loaded = _Loaded(_empty(dimension), identity, 0)
        few = (len(loaded.index) - 1_000) // 2
        if loaded.through < last and few > 0 and _counted(connection, model, few) < few:  # mostly vectors that are gone
            loaded = _Loaded(_empty(dimension), identity, 0)
        _catch_up(connection, model, loaded, last)
        self._loaded[model] = loaded
        if len(loaded.index) > 1.1 * loaded.saved or len(loaded.index) < loaded.saved:
            self._write(model, loaded)
        return loaded

    def _read(self, model: str, identity: str) -> _Loaded | None:
        """The index from its file; None if that is missing or not whole."""
        path = self.file(model, identity)
        if path is None:
            return None
        try:
            magic, head, data = path.read_bytes().split(b"\n", 2)
            about = json.loads(head)
            if magic + b"\n" != MAGIC or about["crc"] != zlib.crc32(data):
                return None
            index = _empty(about["dimension"])
            index.load(data)
            return _Loaded(index, about["identity"], about["through"], len(index))
        except (OSError, ValueError, KeyError, RuntimeError):
            return None

    def _write(self, model: str, loaded: _Loaded) -> None:
        """Keep the index for the next process; where that can't be, it is made again there."""
        if path := self.file(model, loaded.identity):
            data = bytes(loaded.index.save())
            about = {
                "identity": loaded.identity,
                "dimension": loaded.index.ndim,
                "through": loaded.through,
                "crc": zlib.crc32(data),
            }
            with contextlib.suppress(StoreError):
                write_whole(path, (MAGIC, json.dumps(about).encode() + b"\n", data))
        loaded.saved = len(loaded.index)


def _empty(dimension: int) -> Any:
    from usearch.index import Index

    return Index(ndim=dimension, metric="cos", dtype="f16")


def _catch_up(connection: Connection, model: str, loaded: _Loaded, last: int) -> None:
    """Add the vectors written since, a batch at a time."""
    import numpy as np

    while loaded.through < last:
        query = select(vectors.c.id, vectors.c.data).where(vectors.c.model == model, vectors.c.id > loaded.through)
        rows = connection.execute(query.order_by(vectors.c.id).limit(20_000)).all()
        if not rows:
            return
        loaded.index.add(np.array([row.id for row in rows], dtype=np.uint64), _matrix([row.data for row in rows]))
        loaded.through = rows[-1].id


def _of(model: str, doc_type: str | None, state: str | None) -> Select[Any]:
    """Key of the vector and of its chunk, for all chunks of such documents."""
    query = select(vectors.c.id, vectors.c.chunk).where(vectors.c.model == model)
    if doc_type is None and state is None:
        return query
    such = select(chunks.c.id).join(documents, documents.c.sha256 == chunks.c.sha256)
    return query.where(vectors.c.chunk.in_(_filtered(such, doc_type, state)))


def _these(keys: list[int], doc_type: str | None, state: str | None) -> Select[Any]:
    """Those of some vectors that are still there and of such documents."""
    query = select(vectors.c.id, vectors.c.chunk).where(vectors.c.id.in_(keys))
    if doc_type is None and state is None:
        return query
    query = query.join(chunks, chunks.c.id == vectors.c.chunk).join(documents, documents.c.sha256 == chunks.c.sha256)
    return _filtered(query, doc_type, state)


def _filtered(query: Select[Any], doc_type: str | None, state: str | None) -> Select[Any]:
    if doc_type is not None:
        query = query.where(documents.c.doc_type == doc_type)
    return query if state is None else query.where(documents.c.state == state)


def _counted(connection: Connection, model: str, most: int) -> int:
    """How many vectors a model has, counted no further than `most`: to count millions takes longer than to search them."""
    some = select(vectors.c.id).where(vectors.c.model == model).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _share(connection: Connection, doc_type: str | None, state: str | None) -> float:
    """About what share of the vectors is of such documents: as of the documents, of which there are far fewer."""
    if doc_type is None and state is None:
        return 1.0
    every = select(func.count()).select_from(documents)
    such = connection.execute(_filtered(every, doc_type, state)).scalar_one()
    return float(max(such, 1) / max(connection.execute(every).scalar_one(), 1))


def _compared(connection: Connection, wanted: Select[Any], query: "Vectors", limit: int) -> list[int]:
    """The closest by comparing every one."""
    import numpy as np

    rows = connection.execute(wanted.add_columns(vectors.c.data)).all()
    if not rows:
        return []
    closeness = _matrix([row.data for row in rows]) @ query
    return [rows[i].chunk for i in np.argsort(-closeness, kind="stable")[:limit]]


def _matrix(blobs: list[bytes]) -> "Vectors":
    import numpy as np

    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1).astype(np.float32, copy=False)
