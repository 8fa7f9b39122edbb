"""Document -> passages, and the passages that answer a question."""

from pipeline.retrieve.chunk import chunk
from pipeline.retrieve.embed import DIMENSIONS, Embed, load_embed
from pipeline.retrieve.search import Searcher
from pipeline.retrieve.select import passages_for, questions_of, tokens_of, within_budget

__all__ = [
    "DIMENSIONS",
    "Embed",
    "Searcher",
    "chunk",
    "load_embed",
    "passages_for",
    "questions_of",
    "tokens_of",
    "within_budget",
]
