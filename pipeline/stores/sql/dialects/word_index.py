"""An index of the words of passages in a folder, by Tantivy: BM25 over English stems, which looks no further than it must
to know the best (block-max WAND), so that a million passages are searched in milliseconds."""

import contextlib
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError

ANALYSER = "english_words"
BUSY_SECONDS = 600.0
"""How long one process waits for another that is indexing."""

AT_ONCE = 100_000
"""Passages after which what has been indexed is kept, should the process be killed."""

_MEMORY = 200_000_000
"""Bytes of postings that are gathered before they are written."""

_DAMAGED = (OSError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage to be indexed; `key` rises with each passage, `document` is whose it is."""

    key: int
    document: str
    heading: str
    text: str


class WordIndex:
    """A copy of the passages' words that may be lost at any time: damaged, it is made anew.

    Several processes may read it while one adds to it.

    Args:
        folder: where it is; None if only in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._index = self._open()
        self.through = self._newest()
        """The key up to which all passages are in it."""

    def __len__(self) -> int:
        """How many passages are in it, those included that have been deleted since."""
        return int(self._index.searcher().num_docs)

    def catch_up(self, last: int, after: Callable[[int], Iterator[Entry]]) -> None:
        """Add the passages written since; those that their documents had before go.

        Args:
            last: the newest key there is.
            after: all entries with keys above one, by key.

        Raises:
            StoreError: another process has been adding to it for too long.
        """
        if self.through >= last:
            return
        self._reload()  # another process may have added them
        if self.through < last and next(after(self.through), None) is not None:
            with self._writer() as writer:
                self._reload()
                self._add(writer, after(self.through))
            self._reload()
        self.through = last

    def clear(self) -> None:
        """Begin anew."""
        with self._writer() as writer:
            writer.delete_all_documents()
        self._index.reload()
        self.through = 0

    def search(self, terms: Sequence[str], limit: int, documents: Sequence[str] | None = None) -> list[int]:
        """Keys of the passages that hold any of the terms, best first, a word of the heading counting double.

        Args:
            terms: words and phrases.
            limit: most keys.
            documents: only of these.
        """
        from tantivy import Occur, Query

        query = self._any_of(terms)
        if documents is not None:
            such = Query.term_set_query(_schema(), "document", list(documents))
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(such, 0.0))])
        searcher = self._index.searcher()
        places = [place for _, place in searcher.search(query, limit, count=False).hits]
        return [int(key) for key in searcher.fast_field_values("key", places) if key is not None]

    def snippets(self, terms: Sequence[str], texts: Sequence[str], most: int) -> list[str]:
        """Of each text the stretch of at most so many characters that answers best, its **words** marked; "" if none."""
        from tantivy import Document, SnippetGenerator

        marker = SnippetGenerator.create(self._index.searcher(), self._any_of(terms), _schema(), "words")
        marker.set_max_num_chars(most)
        return [_marked(marker.snippet_from_doc(Document(words=text))) for text in texts]

    def _any_of(self, terms: Sequence[str]) -> Any:
        from tantivy import Occur, Query

        stems = [self._analyser.analyze(_composed(term)) for term in terms]
        asked = [
            Query.term_query(_schema(), "words", some[0])
            if len(some) == 1
            else Query.phrase_query(_schema(), "words", some)
            for some in stems
            if some
        ]
        return Query.boolean_query([(Occur.Should, query) for query in asked]) if asked else Query.empty_query()

    def _add(self, writer: Any, entries: Iterator[Entry]) -> None:
        from tantivy import Document

        document, since = "", 0
        for entry in entries:
            if entry.document != document:  # all of a document are written in one go
                if since >= AT_ONCE:
                    writer.commit()
                    since = 0
                document = entry.document
                writer.delete_documents_by_term("document", document)
            parts = _composed(entry.heading).split("\n") if entry.heading else []
            words = [*parts, *parts, _composed(entry.text)]
            writer.add_document(Document(key=entry.key, document=document, words=words))
            since += 1

    @contextlib.contextmanager
    def _writer(self) -> Iterator[Any]:
        """The one writer there can be; what it added is kept at the end, and small parts are merged."""
        until = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                writer = self._index.writer(_MEMORY, 1)
                break
            except ValueError as error:
                if "LockBusy" not in str(error):  # a folder that may not be written: each process has its own then
                    self._folder = None
                    self._index = self._open()
                elif time.monotonic() > until:
                    raise StoreError(f"{self._folder} is being written by another process; try again") from None
                else:
                    time.sleep(0.05)
        yield writer
        writer.commit()
        writer.wait_merging_threads()

    def _open(self) -> Any:
        """The index there is, or a new one where there is none or it is damaged."""
        from tantivy import Index

        if self._folder is not None:
            with contextlib.suppress(*_DAMAGED):
                self._folder.mkdir(0o700, parents=True, exist_ok=True)
                return self._prepared(Index(_schema(), path=str(self._folder)))
            with contextlib.suppress(*_DAMAGED):
                shutil.rmtree(self._folder)
                self._folder.mkdir(0o700)
                return self._prepared(Index(_schema(), path=str(self._folder)))
            self._folder = None
        return self._prepared(Index(_schema()))

    def _prepared(self, index: Any) -> Any:
        index.register_tokenizer(ANALYSER, self._analyser)
        index.config_reader("manual")
        index.reload()
        return index

    def _reload(self) -> None:
        self._index.reload()
        self.through = max(self.through, self._newest())

    def _newest(self) -> int:
        """The highest key in it."""
        from tantivy import Query

        searcher = self._index.searcher()
        found = searcher.search(Query.all_query(), 1, count=False, order_by_field="key").hits
        return int(found[0][0]) if found else 0

    @cached_property
    def _analyser(self) -> Any:
        """As the index on OpenSearch has it, so that both find the same."""
        from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

        made = TextAnalyzerBuilder(Tokenizer.simple())
        for one in (Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
            made = made.filter(one)
        return made.build()


def _schema() -> Any:
    from tantivy import SchemaBuilder

    made = SchemaBuilder()
    made.add_integer_field("key", fast=True)
    made.add_text_field("document", tokenizer_name="raw", index_option="basic")
    made.add_text_field("words", tokenizer_name=ANALYSER)
    return made.build()


def _composed(text: str) -> str:
    """With accents as parts of their letters, which are no letters of their own then."""
    return unicodedata.normalize("NFC", text)


def _marked(snippet: Any) -> str:
    said, at, parts = snippet.fragment().encode(), 0, []
    for stretch in snippet.highlighted():  # in bytes
        parts += [said[at : stretch.start], b"**", said[stretch.start : stretch.end], b"**"]
        at = stretch.end
    return b"".join([*parts, said[at:]]).decode() if parts else ""
