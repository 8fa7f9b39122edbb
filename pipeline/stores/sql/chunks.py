"""The search index in a SQL database: passages, their full text, their vectors."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from pipeline.errors import StoreError
from pipeline.stores.protocols import ChunkKey, Hit, IndexedDocument
from pipeline.stores.ranking import SNIPPET, depth, digest, fused, query_terms
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import chunks, documents, vector_indexes, vectors
from pipeline.stores.sql.vectors import VectorIndex
from schemas import DocType, Passage

if TYPE_CHECKING:
    from pipeline.stores.protocols import EmbedTexts, Vectors

AT_ONCE = 1_000
"""Passages embedded in one go."""


class SqlChunks:
    """See `pipeline.stores.protocols.ChunkStore`."""

    def __init__(self, database: Database, index: VectorIndex) -> None:
        self._database, self._index = database, index
        self._fulltext = database.dialect.fulltext(database.engine.url)

    def put(self, document: IndexedDocument, passages: Sequence[Passage]) -> None:
        about = {"path": document.path, "doc_type": document.doc_type, "state": document.state}
        content = digest(passages)
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

    def models(self) -> dict[str, int]:
        query = select(vector_indexes.c.model, vector_indexes.c.dimension)
        return dict(self._database.read(lambda connection: connection.execute(query).tuples().all()))

    def without_vectors(self, model: str, limit: int = 1_000) -> list[tuple[ChunkKey, str]]:
        query = _lacking(select(chunks.c.id, chunks.c.heading, chunks.c.text), model).limit(limit)
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return [(row.id, _words(row)) for row in rows]

    def set_vectors(self, model: str, keys: Sequence[ChunkKey], vectors_: "Vectors") -> None:
        import numpy as np

        if not len(keys):
            return
        matrix = np.asarray(vectors_, dtype="<f4").reshape(len(keys), -1)
        length = np.linalg.norm(matrix, axis=1, keepdims=True)
        matrix = (matrix / np.where(length > 0, length, 1)).astype("<f4")
        known = select(chunks.c.id).where(chunks.c.id.in_(list(keys))).order_by(chunks.c.id)
        known = known.with_for_update(read=True, key_share=True)

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
            if self._database.dialect.IN_ORDER:
                _note_complete(connection, model)

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
        terms, reach, fulltext = query_terms(words), depth(limit), self._fulltext

        def find(connection: Connection) -> list[Hit]:
            rankings = [fulltext.ranked(connection, terms, doc_type, state, reach)]
            if vector is not None:
                rankings.append(self._index.nearest(connection, model, vector, doc_type, state, reach))
            scores = fused(rankings)
            best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
            return _hits(connection, fulltext.snippets(connection, terms, best), best, scores)

        return self._database.read(find)

    def rebuild(self, model: str, embed: "EmbedTexts") -> int:
        query = select(chunks.c.id, chunks.c.heading, chunks.c.text).order_by(chunks.c.id).limit(AT_ONCE)
        last = 0
        while rows := self._database.read(lambda c, last=last: c.execute(query.where(chunks.c.id > last)).all()):  # type: ignore[misc]
            self.set_vectors(model, [row.id for row in rows], embed([_words(row) for row in rows]))
            last = rows[-1].id

        def forget(connection: Connection) -> None:
            connection.execute(delete(vectors).where(vectors.c.model != model))
            connection.execute(delete(vector_indexes).where(vector_indexes.c.model != model))

        self._database.write(forget)
        return self.count()


def _lacking(query: Select[Any], model: str) -> Select[Any]:
    """A query of chunks, of those without a vector, in their order."""
    complete = select(vector_indexes.c.complete).where(vector_indexes.c.model == model).scalar_subquery()
    have = select(vectors.c.chunk).where(vectors.c.model == model, vectors.c.chunk == chunks.c.id)
    return query.where(chunks.c.id > func.coalesce(complete, 0), ~have.exists()).order_by(chunks.c.id)


def _note_complete(connection: Connection, model: str) -> None:
    """Note up to where all chunks have vectors."""
    first = connection.execute(_lacking(select(chunks.c.id), model).limit(1)).scalar()
    last = connection.execute(select(func.max(chunks.c.id))).scalar() if first is None else first - 1
    noted = update(vector_indexes).where(vector_indexes.c.model == model, vector_indexes.c.complete < (last or 0))
    connection.execute(noted.values(complete=last))


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


def _words(row: Any) -> str:
    """What an embedder reads of a passage: its heading path and its text."""
    return f"{row.heading}\n{row.text}" if row.heading else str(row.text)


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
