"""Search across everything processed: passages by words and by meaning, with the terms that were read there."""

from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from pipeline.embedding import Embedder, embedder_for
from pipeline.errors import ServiceRefused
from pipeline.settings import Settings
from pipeline.stores import stores_of
from schemas import DocType, Result

if TYPE_CHECKING:
    from pipeline.stores.protocols import ChunkStore, Hit, Stores

AT_ONCE = 1_000
"""Passages embedded in one go."""


class FoundTerm(BaseModel):
    """A term of the document whose evidence lies in the passage."""

    model_config = ConfigDict(frozen=True)

    field: str
    value: Any = Field(description="as in result.json")
    confidence: float
    quote: str


class SearchHit(BaseModel):
    """A passage that answers a query."""

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str
    doc_type: DocType
    state: str | None = None
    page: int
    start: int = Field(description="of the passage, in characters of the document's text")
    end: int
    heading: tuple[str, ...] = ()
    score: float = Field(description="sum of reciprocal ranks; higher is better, comparable within one search only")
    text: str
    snippet: str = Field(description="the stretch that answers best, its **words** marked")
    terms: tuple[FoundTerm, ...] = ()


class Search(AbstractContextManager["Search"]):
    """The search of an installation; database, index and embedder are opened by the first query and stay so.

    Args:
        settings: say where results and passages are, and which embedder reads.

    >>> with Search(Settings(database="sqlite://")) as search:
    ...     search("security deposit above two months")
    []
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(
        self, query: str, *, doc_type: DocType | None = None, state: str | None = None, limit: int = 10
    ) -> list[SearchHit]:
        """The passages that answer a query best; those that are new since the last search are embedded first.

        Args:
            query: what is looked for; "double quotes" keep words together.
            doc_type, state: only documents of this type, of property in this state ("Ohio").
            limit: most hits.

        Raises:
            StoreError: the database or the index can't be read.
            ServiceRefused: the index was made by another embedder than that of the settings.
        """
        chunks, embedder = self.stores.chunks, self.embedder
        embed_new(chunks, embedder)
        hits = chunks.search(
            query, vector=embedder.embed([query])[0], model=embedder.model, doc_type=doc_type, state=state, limit=limit
        )
        results = {sha256: self.stores.results.get(sha256) for sha256 in {hit.document.sha256 for hit in hits}}
        return [_told(hit, results[hit.document.sha256]) for hit in hits]

    @cached_property
    def stores(self) -> "Stores":
        """Where results and passages are."""
        return stores_of(self._settings)

    @cached_property
    def embedder(self) -> Embedder:
        """What makes vectors of texts."""
        return embedder_for(self._settings)

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        if "stores" in self.__dict__:
            self.stores.close()
            del self.__dict__["stores"]

    def __exit__(self, *_: object) -> None:
        self.close()


def embed_new(chunks: "ChunkStore", embedder: Embedder) -> None:
    """Fill in the vectors of passages that have none yet.

    Raises:
        ServiceRefused: the index has vectors of another model; to embed everything anew is for a person to decide.
    """
    known = chunks.models()
    if known and embedder.model not in known:
        raise ServiceRefused(
            f"the search index was made by the embedder {' and '.join(sorted(known))}, the settings name {embedder.model}; "
            "run `clauseline index rebuild` to make it anew, or set CLAUSELINE_EMBEDDER back"
        )
    while new := chunks.without_vectors(embedder.model, AT_ONCE):
        keys, texts = zip(*new, strict=True)
        chunks.set_vectors(embedder.model, keys, embedder.embed(texts))


def _told(hit: "Hit", result: Result | None) -> SearchHit:
    document, passage = hit.document, hit.passage
    return SearchHit(
        path=document.path, sha256=document.sha256, doc_type=document.doc_type, state=document.state,
        page=passage.page, start=passage.start, end=passage.end, heading=passage.heading, score=passage.score,
        text=passage.text, snippet=hit.snippet, terms=terms_within(result, passage.start, passage.end) if result else (),
    )  # fmt: skip


def terms_within(result: Result, start: int, end: int) -> tuple[FoundTerm, ...]:
    """The terms of a result whose evidence begins in a stretch of the document, in the order of their fields."""
    found = []
    for name in type(result.terms).model_fields if result.terms else ():
        term = getattr(result.terms, name)
        here = next((e for e in term.evidence if start <= e.start < end), None)
        if term.value is not None and here is not None:
            value = term.model_dump(mode="json", include={"value"})["value"]
            found.append(FoundTerm(field=name, value=value, confidence=term.confidence, quote=here.quote))
    return tuple(found)
