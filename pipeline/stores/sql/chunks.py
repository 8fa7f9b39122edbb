"""The search index in a SQL database: passages, their full text, their vectors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from pipeline.errors import StoreError
from pipeline.stores.protocols import Hit, IndexedDocument
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.fulltext import query_terms
from pipeline.stores.sql.tables import chunks, documents, vector_indexes, vectors
from pipeline.stores.sql.vectors import VectorIndex
from schemas import DocType, Passage

if TYPE_CHECKING:
    from pipeline.stores.protocols import Vectors

RANK_CONSTANT = 60
"""Of reciprocal rank fusion: how little the very first ranks count more than the next (Cormack et al. 2009)."""

SNIPPET = 300
"""Characters shown of a passage that shares no word with the query."""


class SqlChunks:
    """See `pipeline.stores.protocols.ChunkStore`."""

    def __init__(self, database: Database, index: VectorIndex) -> None:
        self._database, self._index = database, index

    def put(self, document: IndexedDocument, passages: Sequence[Passage]) -> None:
        about = {"path": document.path, "doc_type": document.doc_type, "state": document.state}
        content = _digest(passages)
        this = documents.c.sha256 == document.sha256

        def put(connection: Connection) -> None:
            held = connection.execute(select(documents.c.content).where(this).with_for_update()).scalar()
            if held is None:
                connection.execute(insert(documents), about | {"sha256": document.sha256, "content": content})
            else:
                connection.execute(update(documents).where(this).values(about | {"content": content}))
            if held != content:
                connection.execute(delete(chunks).where(chunks.c.sha256 == document.sha256))
                if passages:
                    connection.execute(insert(chunks), [_row(document.sha256, passage) for passage in passages])

        self._database.write(put)

    def delete(self, sha256: str) -> None:
        gone = delete(documents).where(documents.c.sha256 == sha256)
        self._database.write(lambda connection: connection.execute(gone) and None)

    def count(self) -> int:
        query = select(func.count()).select_from(chunks)
        return self._database.read(lambda connection: connection.execute(query).scalar_one())

    def without_vectors(self, model: str, limit: int = 1_000) -> list[tuple[int, str]]:
        have = select(vectors.c.chunk).where(vectors.c.model == model, vectors.c.chunk == chunks.c.id)
        query = (
            select(chunks.c.id, chunks.c.heading, chunks.c.text)
            .where(~have.exists())
            .order_by(chunks.c.id)
            .limit(limit)
        )
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return [(key, f"{heading}\n{text}" if heading else text) for key, heading, text in rows]

    def set_vectors(self, model: str, keys: Sequence[int], vectors_: "Vectors") -> None:
        import numpy as np

        if not len(keys):
            return
        matrix = np.asarray(vectors_, dtype="<f4").reshape(len(keys), -1)
        length = np.linalg.norm(matrix, axis=1, keepdims=True)
        matrix = (matrix / np.where(length > 0, length, 1)).astype("<f4")
        known = select(chunks.c.id).where(chunks.c.id.in_(list(keys))).with_for_update(key_share=True)

        def put(connection: Connection) -> None:
            _check_dimension(connection, model, matrix.shape[1])
            alive = set(connection.execute(known).scalars())
            rows = {
                key: {"chunk": key, "model": model, "data": row.tobytes()}
                for key, row in zip(keys, matrix, strict=True)
                if key in alive
            }
            connection.execute(delete(vectors).where(vectors.c.model == model, vectors.c.chunk.in_(list(rows))))
            if rows:
                connection.execute(insert(vectors), list(rows.values()))

        self._database.write(put)

    def search(
        self,
        words: str,
        *,
        vector: "Vectors | None" = None,
        model: str = "",
        doc_type: DocType | None = None,
        state: str | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        terms, depth, fulltext = query_terms(words), max(50, 5 * limit), self._database.dialect.fulltext

        def find(connection: Connection) -> list[Hit]:
            rankings = [fulltext.ranked(connection, terms, doc_type, state, depth)]
            if vector is not None:
                rankings.append(self._index.nearest(connection, model, vector, doc_type, state, depth))
            scores = fused(rankings)
            best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
            return _hits(connection, fulltext.snippets(connection, terms, best), best, scores)

        return self._database.read(find)


def fused(rankings: Iterable[Sequence[int]]) -> dict[int, float]:
    """The sum of the reciprocal ranks of each key.

    >>> scores = fused([[1, 2], [2]])
    >>> scores[2] > scores[1]
    True
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] += 1 / (RANK_CONSTANT + rank)
    return dict(scores)


def _hits(connection: Connection, marked: dict[int, str], keys: list[int], scores: dict[int, float]) -> list[Hit]:
    joined = select(chunks, documents.c.path, documents.c.doc_type, documents.c.state).join(documents)
    rows = {row.id: row for row in connection.execute(joined.where(chunks.c.id.in_(keys)))}
    return [_hit(rows[key], marked.get(key, ""), scores[key]) for key in keys if key in rows]


def _hit(row: Any, marked: str, score: float) -> Hit:
    heading = tuple(row.heading.split("\n")) if row.heading else ()
    passage = Passage(row.number, row.text, row.start, row.end, row.page, heading, row.kind, score)
    document = IndexedDocument(row.sha256, row.path, row.doc_type, row.state)
    return Hit(document, passage, marked or row.text[:SNIPPET])


def _row(sha256: str, passage: Passage) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "number": passage.number,
        "page": passage.page,
        "heading": "\n".join(" ".join(part.split()) for part in passage.heading),
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
        "text": passage.text.encode("utf-8", "replace").decode().replace("\0", "�"),  # no halves of pairs, no end
    }


def _digest(passages: Sequence[Passage]) -> str:
    """Tells whether the passages of a document are still the same."""
    digest = sha256()
    for passage in passages:
        plain = replace(passage, score=0.0)
        digest.update(repr(plain).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _check_dimension(connection: Connection, model: str, dimension: int) -> None:
    """The dimension belongs to the model: fixed by its first vectors.

    The row is held until the end, so that vectors get their ids in the order in which they can be seen.
    """
    this = vector_indexes.c.model == model
    known = connection.execute(select(vector_indexes.c.dimension).where(this).with_for_update()).scalar()
    if known is None:
        row = {"model": model, "dimension": dimension, "identity": uuid4().hex}
        connection.execute(insert(vector_indexes), row)
    elif known != dimension:
        raise StoreError(f"vectors of {model} have {known} numbers, not {dimension}; give the other model another name")
