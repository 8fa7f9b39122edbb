"""Full-text search beside SQLite: an index of words in a folder, caught up with the passages at each search."""

import glob
import json
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, select, text

from pipeline.stores.ranking import SNIPPET
from pipeline.stores.sql.dialects.word_index import Entry, WordIndex
from pipeline.stores.sql.narrowing import counted, narrowed, share
from pipeline.stores.sql.tables import chunks, documents, word_index

FEW = 0.2
"""Share of the documents up to which the search is narrowed to them; above it looks further down the ranking of all."""

MORE = 3
"""How much further down, as some documents have fewer passages than others."""


class SqliteFullText:
    """See `pipeline.stores.sql.fulltext.FullText`.

    Args:
        database: the file beside which the index is; None if both are in memory.
    """

    def __init__(self, database: Path | None) -> None:
        self._database = database
        self._index: WordIndex | None = None
        self._lock = threading.Lock()

    def ranked(
        self, connection: Connection, terms: Sequence[str], doc_type: str | None, state: str | None, limit: int
    ) -> list[int]:
        """Keys of the chunks that match, best first by BM25, a word of the heading counting double."""
        if not terms:
            return []
        index = self._current(connection)
        portion = share(connection, doc_type, state)
        of_such = narrowed(select(documents.c.sha256), doc_type, state)
        such = list(connection.execute(of_such).scalars()) if portion <= FEW else None
        reach = limit if such is not None or portion == 1 else round(MORE * limit / portion)
        while True:  # until enough of what is found is of such documents, and still there
            keys = index.search(terms, reach, such)
            bound = {"keys": json.dumps(keys), "doc_type": doc_type, "state": state}
            there = set(connection.execute(_THERE, bound).scalars())
            if len(there) >= limit or len(keys) < reach:
                return [key for key in keys if key in there][:limit]
            if such is None and portion < 1:  # they come far down the ranking of all
                such = list(connection.execute(of_such).scalars())
            reach *= 2

    def snippets(self, connection: Connection, terms: Sequence[str], keys: Sequence[int]) -> dict[int, str]:
        """For each of the chunks that matches, the stretch that does, with the **words** marked."""
        if not terms or not keys:
            return {}
        rows = connection.execute(select(chunks.c.id, chunks.c.text).where(chunks.c.id.in_(keys))).all()
        marked = self._current(connection).snippets(terms, [row.text for row in rows], SNIPPET)
        return {row.id: one for row, one in zip(rows, marked, strict=True) if one}

    def _current(self, connection: Connection) -> WordIndex:
        """The index with all passages there are."""
        last = _last(connection)
        with self._lock:
            if self._index is None:
                self._index = self._opened(connection)
            few = (len(self._index) - 1_000) // 2
            if (
                self._index.through < last and few > 0 and counted(connection, select(chunks.c.id), few) < few
            ):  # gone, mostly
                self._index.clear()
            self._index.catch_up(last, lambda key: _after(connection, key))
            return self._index

    def _opened(self, connection: Connection) -> WordIndex:
        """The index as it was left; made anew if it is of another database, or of a later state of this one."""
        index = WordIndex(self._folder(connection))
        if index.through > _last(connection):
            with connection.engine.connect() as now:  # or has more been written meanwhile?
                if index.through > _last(now):
                    index.clear()
        return index

    def _folder(self, connection: Connection) -> Path | None:
        if self._database is None:
            return None
        identity = connection.execute(select(word_index.c.identity)).scalar_one()
        folder = self._database.with_name(f"{self._database.name}.{identity[:8]}.words")
        if not folder.exists():
            for other in self._database.parent.glob(f"{glob.escape(self._database.name)}.*.words"):
                shutil.rmtree(other, ignore_errors=True)
        return folder


_THERE = text("""
    SELECT c.id FROM json_each(:keys) k JOIN chunks c ON c.id = k.value JOIN documents d ON d.sha256 = c.sha256
    WHERE (:doc_type IS NULL OR d.doc_type = :doc_type) AND (:state IS NULL OR d.state = :state)
""")
"""Those of some passages that are still there, and of such documents."""


def _last(connection: Connection) -> int:
    """The highest key that a passage has ever had."""
    found: int | None = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'")).scalar()
    return found or 0


def _after(connection: Connection, key: int) -> Iterator[Entry]:
    query = select(chunks.c.id, chunks.c.sha256, chunks.c.heading, chunks.c.text).where(chunks.c.id > key)
    for row in connection.execute(query.order_by(chunks.c.id)).yield_per(1_000):
        yield Entry(row.id, row.sha256, row.heading, row.text)
