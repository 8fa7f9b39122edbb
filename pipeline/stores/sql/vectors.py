"""Nearest neighbours among the chunks' vectors: the blobs are the truth, a graph in a file beside the database is fast."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select

from pipeline.errors import StoreError
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.graph import Graph, read_graph, write_graph
from pipeline.stores.sql.narrowing import counted, narrowed, share
from pipeline.stores.sql.tables import chunks, documents, vector_indexes, vectors

if TYPE_CHECKING:
    from pipeline.stores.protocols import Vectors

EXACT = 4_000
"""Up to so many vectors every one is compared, which is as fast as an index and exact."""

MORE = 3
"""How many times more vectors than asked for are taken from the graph, to be compared exactly."""


class VectorIndex:
    """The graph of each embedding model: caught up with the blobs at each search, saved when it has grown, rebuilt from
    the blobs when the file is missing, damaged, of another database, or mostly of vectors that are gone.

    Args:
        database: holds the blobs.
        exact: see EXACT.
    """

    def __init__(self, database: Database, exact: int = EXACT) -> None:
        self._database, self._exact = database, exact
        self._graphs: dict[str, Graph] = {}
        self._lock = threading.Lock()

    def file(self, model: str, identity: str) -> Path | None:
        """Where the graph of a model is kept; None if only in memory."""
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
        if counted(connection, _of(model, None, None), self._exact + 1) <= self._exact:
            return _compared(connection, wanted, query, limit)
        portion = share(connection, doc_type, state)
        with self._lock:
            graph = self._current(connection, model, known.dimension, known.identity)
            if portion * len(graph) <= 5 * self._exact:
                return _compared(connection, wanted, query, limit)
            keys = graph.nearest(query, min(len(graph), round(MORE * limit / portion)))
        there = set(connection.execute(_these(keys, doc_type, state)).scalars())
        best = [key for key in keys if key in there][: MORE * limit]
        of_best = select(vectors.c.id, vectors.c.chunk).where(vectors.c.id.in_(best)).order_by(vectors.c.id)
        return _compared(connection, of_best, query, limit)

    def _current(self, connection: Connection, model: str, dimension: int, identity: str) -> Graph:
        """The graph with all vectors there are."""
        path = self.file(model, identity)
        graph = self._graphs.get(model) or (read_graph(path, identity) if path else None)
        # walked from the newest on, which is nearly always of this model; an index by model would be read as a whole
        of_model = func.coalesce(vectors.c.model, "") == model
        newest = select(vectors.c.id).where(of_model).order_by(vectors.c.id.desc()).limit(1)
        last = connection.execute(newest).scalar() or 0
        if graph is None or graph.identity != identity or graph.through > last:
            graph = Graph(dimension, identity)
        few = (len(graph) - 1_000) // 2
        if graph.through < last and few > 0 and counted(connection, _of(model, None, None), few) < few:  # gone, mostly
            graph = Graph(dimension, identity)
        self._catch_up(connection, model, graph, last, path)
        self._graphs[model] = graph
        return graph

    def _catch_up(self, connection: Connection, model: str, graph: Graph, last: int, path: Path | None) -> None:
        """Add the vectors written since, a batch at a time; the work of a long while is not lost if it is cut off."""
        import numpy as np

        saved = len(graph)

        while graph.through < last:
            query = select(vectors.c.id, vectors.c.data).where(vectors.c.model == model, vectors.c.id > graph.through)
            rows = connection.execute(query.order_by(vectors.c.id).limit(20_000)).all()
            if not rows:
                break
            keys = np.array([row.id for row in rows], dtype=np.int64)
            graph.add(keys, _matrix([row.data for row in rows]), self._exact)
            if path and graph.unsaved and len(graph) > 1.5 * saved:
                write_graph(path, graph)
                saved = len(graph)
        if path and graph.unsaved:
            write_graph(path, graph)


def _of(model: str, doc_type: str | None, state: str | None) -> Select[Any]:
    """Key of the vector and of its chunk, for all chunks of such documents."""
    query = select(vectors.c.id, vectors.c.chunk).where(vectors.c.model == model)
    if doc_type is None and state is None:
        return query
    such = select(chunks.c.id).join(documents, documents.c.sha256 == chunks.c.sha256)
    return query.where(vectors.c.chunk.in_(narrowed(such, doc_type, state)))


def _these(keys: list[int], doc_type: str | None, state: str | None) -> Select[Any]:
    """Those of some vectors that are still there and of such documents."""
    query = select(vectors.c.id).where(vectors.c.id.in_(keys))
    if doc_type is None and state is None:
        return query
    query = query.join(chunks, chunks.c.id == vectors.c.chunk).join(documents, documents.c.sha256 == chunks.c.sha256)
    # from the keys to their documents; by the index of documents all their passages would be gone through
    if doc_type is not None:
        query = query.where(func.coalesce(documents.c.doc_type, "") == doc_type)
    return query if state is None else query.where(func.coalesce(documents.c.state, "") == state)


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
