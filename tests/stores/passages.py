"""Documents of a few passages, to be searched."""

from pipeline.stores.protocols import IndexedDocument, Stores
from schemas import Passage


def put(stores: Stores, texts: list[str], document: str = "a", state: str | None = None) -> None:
    """Index a lease that has these passages."""
    passages = [Passage(n, text, 0, 1, 1) for n, text in enumerate(texts, 1)]
    stores.chunks.put(IndexedDocument(document * 64, f"{document}.pdf", "lease", state), passages)
