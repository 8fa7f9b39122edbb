"""Whether the embedded search index and OpenSearch answer alike.

    python -m eval.search_overlap CORPUS opensearch://HOST:PORT/PREFIX

Indexes the labelled documents of a folder in both, asks both what each field means (its description in the schema, among
documents of its type), and prints what share of the first five hits they have in common. PREFIX should be one of its own.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.gold import load_gold
from pipeline import ParseOptions, read_document
from pipeline.embedding import Embedder, embedder_for
from pipeline.retrieve import chunked
from pipeline.searching import embed_new
from pipeline.settings import Settings
from pipeline.stores import open_stores
from pipeline.stores.opensearch import open_chunks
from pipeline.stores.protocols import ChunkStore, IndexedDocument
from schemas import DocType, Passage, analysis_for

BEST = 5
TYPES: tuple[DocType, ...] = ("lease", "clinical_protocol")


@dataclass(frozen=True, slots=True)
class Query:
    """A question about documents of a type."""

    words: str
    doc_type: DocType


@dataclass(frozen=True, slots=True)
class Overlap:
    """For one query, the share of the first hits in common: by words and meaning, and by words alone."""

    query: Query
    both: float
    by_words: float


def field_queries() -> Iterator[Query]:
    """What each field of each document type means."""
    for doc_type in TYPES:
        for name, field in analysis_for(doc_type).model.model_fields.items():
            yield Query(field.description or name.replace("_", " "), doc_type)


def documents(corpus: Path) -> Iterator[tuple[IndexedDocument, tuple[Passage, ...]]]:
    """The labelled documents of a folder that have text, cut into passages."""
    for gold in load_gold(corpus):
        document = read_document(gold.path, ParseOptions(ocr=False))
        if document.text.strip():
            kind: DocType = gold.doc_type  # type: ignore[assignment]
            yield IndexedDocument(document.sha256, gold.name, kind, None), chunked(document)


def overlaps(one: ChunkStore, other: ChunkStore, queries: Sequence[Query], embedder: Embedder) -> list[Overlap]:
    """What two indexes of the same passages have in common."""
    vectors = embedder.embed([query.words for query in queries])
    found = []
    for query, vector in zip(queries, vectors, strict=True):
        both = [_best(chunks, query, vector, embedder.model) for chunks in (one, other)]
        words = [_best(chunks, query, None, "") for chunks in (one, other)]
        found.append(Overlap(query, len(both[0] & both[1]) / BEST, len(words[0] & words[1]) / BEST))
    return found


def _best(chunks: ChunkStore, query: Query, vector: "np.ndarray | None", model: str) -> set[tuple[str, int]]:
    hits = chunks.search(query.words, vector=vector, model=model, doc_type=query.doc_type, limit=BEST)
    return {(hit.document.sha256, hit.passage.number) for hit in hits}


def measure(corpus: Path, url: str) -> list[Overlap]:
    """Index a folder in a new SQLite database and on OpenSearch, and compare them."""
    embedder = embedder_for(Settings())
    with tempfile.TemporaryDirectory() as folder, open_stores(f"sqlite:///{folder}/store.db") as stores:
        indexes: tuple[ChunkStore, ChunkStore] = (stores.chunks, open_chunks(url))
        for document, passages in documents(corpus):
            for chunks in indexes:
                chunks.put(document, passages)
        for chunks in indexes:
            embed_new(chunks, embedder)
        print(f"{indexes[0].count():,} passages, {indexes[1].count():,} on OpenSearch")
        return overlaps(*indexes, list(field_queries()), embedder)


def main() -> None:
    """Print the overlap, and the queries on which the two differ most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("url")
    given = parser.parse_args()
    found = measure(given.corpus, given.url)
    both, words = np.mean([f.both for f in found]), np.mean([f.by_words for f in found])
    print(f"{len(found)} queries: {both:.3f} of the first {BEST} in common, by words alone {words:.3f}")
    for one in sorted(found, key=lambda f: f.both)[:5]:
        print(f"  {one.both:.1f} ({one.by_words:.1f}) {one.query.words[:100]}")


if __name__ == "__main__":
    main()
