"""Which way of cutting documents into passages finds what is looked for: python -m eval.chunking CORPUS [samples/gold ...].

For each labelled field with a quote, its description in the schema is searched within its document, by words and meaning.
A passage is right if it holds the whole quote at one of its places. Printed for each way: how often one of the first 1, 5
and 10 passages is right (recall), nDCG of the first 10, and how long passages are.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import get_args

import numpy as np

from eval.gold import GoldDocument, load_gold
from eval.gold_places import LISTS, Item, gold_places
from pipeline import ParseOptions, read_document
from pipeline.retrieve import Chunking, Searcher, chunked
from schemas import Document, Passage, analysis_for

AT = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Found:
    """For one field of one document, which of the first passages were right, and how many are."""

    right: tuple[bool, ...]
    every: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One way of cutting, over all fields."""

    chunking: str
    fields: int
    passages: int
    characters: float
    recall: tuple[float, ...]
    ndcg: float

    def __str__(self) -> str:
        recall = " | ".join(f"{value:.3f}" for value in self.recall)
        return f"| {self.chunking} | {self.passages:,} | {self.characters:,.0f} | {recall} | {self.ndcg:.3f} |"


def labelled(folders: Sequence[Path]) -> Iterator[tuple[Document, GoldDocument]]:
    """The labelled documents of folders that have terms and text."""
    for folder in folders:
        for gold in load_gold(folder):
            if gold.doc_type != "other":
                document = read_document(gold.path, ParseOptions(ocr=False))
                if document.text.strip():
                    yield document, gold


def found(document: Document, gold: GoldDocument, passages: Sequence[Passage]) -> Iterator[Found]:
    """What is found of each field whose quote stands in some passage or other."""
    searcher = Searcher.by_words_and_meaning(passages)
    fields = analysis_for(gold.doc_type).model.model_fields
    for name, items in gold_places(document, gold).items():
        if name not in LISTS and name in fields:
            best = searcher.search(fields[name].description or name.replace("_", " "), max(AT))
            right = tuple(_holds(passage, items[0]) for passage in best)
            yield Found(right, sum(_holds(passage, items[0]) for passage in passages))


def _holds(passage: Passage, places: Item) -> bool:
    return any(passage.start <= start and end <= passage.end for start, end in places)


def ndcg(one: Found) -> float:
    """Discounted gain of the first passages over that of the best order; 0 where no passage is right.

    >>> ndcg(Found((False, True), 1)) < ndcg(Found((True, False), 1)) == 1.0
    True
    """
    gain = sum(right / log2(rank + 1) for rank, right in enumerate(one.right, 1))
    best = sum(1 / log2(rank + 1) for rank in range(1, min(one.every, max(AT)) + 1))
    return gain / best if best else 0.0


def measured(chunking: Chunking, documents: Sequence[tuple[Document, GoldDocument]]) -> Figures:
    """One way of cutting, over all documents."""
    cut = [(document, gold, chunked(document, chunking)) for document, gold in documents]
    results = [one for parts in cut for one in found(*parts)]
    lengths = [len(passage.text) for _, _, passages in cut for passage in passages]
    recall = tuple(float(np.mean([any(one.right[:k]) for one in results])) for k in AT)
    gain = float(np.mean([ndcg(one) for one in results]))
    return Figures(chunking, len(results), len(lengths), float(np.mean(lengths)), recall, gain)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    documents = list(labelled(parser.parse_args().folders))
    for number, chunking in enumerate(get_args(Chunking)):
        figures = measured(chunking, documents)
        if not number:
            print(f"{figures.fields} fields of {len(documents)} documents\n")
            print("| chunking | passages | characters of one | recall at 1 | at 5 | at 10 | nDCG at 10 |")
            print("|---|---:|---:|---:|---:|---:|---:|")
        print(figures, flush=True)


if __name__ == "__main__":
    main()
