"""Document -> passages, and the passages that answer a question."""

from pipeline.retrieve.chunk import chunk
from pipeline.retrieve.chunking import Chunking, chunked
from pipeline.retrieve.search import Searcher
from pipeline.retrieve.show import Ranked, budget_of, passages_for, ranked, tokens_of, wider

__all__ = [
    "Chunking",
    "Ranked",
    "Searcher",
    "budget_of",
    "chunk",
    "chunked",
    "passages_for",
    "ranked",
    "tokens_of",
    "wider",
]
