"""Which way a document is cut into the passages that can be searched; eval/chunking.py compares the ways."""

from typing import Literal

from pipeline.retrieve.chunk import chunk
from pipeline.retrieve.windows import fixed, sentences
from schemas import Document, Passage

Chunking = Literal["section", "fixed", "sentences"]
_WAYS = {"section": chunk, "fixed": fixed, "sentences": sentences}


def chunked(document: Document, chunking: Chunking = "section") -> tuple[Passage, ...]:
    """The passages of a document for the search index, in reading order, numbered from 1.

    Args:
        document: as parsed.
        chunking: "section": along sections, paragraphs and tables; "fixed": windows of one size that overlap;
            "sentences": windows of whole sentences that overlap by one.
    """
    return _WAYS[chunking](document)
