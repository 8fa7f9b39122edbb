"""How long the whole pipeline takes over text PDFs, against the bare text pass of pypdfium2 over the same pages."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import pypdfium2

from pipeline import Pipeline, Settings

_FEW = 20  # characters a page needs on average to count as a text PDF


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of each pass, taken in turn document by document, over `pages` pages of `documents` documents."""

    documents: int
    pages: int
    bare: tuple[float, ...]
    whole: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of whole over bare, pair by pair."""
        return median(w / b for w, b in zip(self.whole, self.bare, strict=True))


def text_pdfs(folder: Path) -> Iterator[Path]:
    """The PDFs below a folder that have a text layer."""
    for path in sorted(folder.rglob("*.pdf")):
        with closing(pypdfium2.PdfDocument(path)) as pdf:
            if sum(len(text) for text in _texts(pdf)) > _FEW * len(pdf):
                yield path


def measure(paths: Sequence[Path], rounds: int = 3) -> Speed:
    """Time both passes over the same documents, in turn, after one warm-up."""
    pipeline = Pipeline(Settings(ocr="off"))
    pages = sum(bare_pass(path) for path in paths)
    for path in paths[:2]:
        pipeline.run(path)
    bare, whole = [0.0] * rounds, [0.0] * rounds
    for i in range(rounds):
        gc.collect()
        for path in paths:  # document by document, so that both passes meet the machine in the same mood
            bare[i] += _seconds(bare_pass, path)
            whole[i] += _seconds(pipeline.run, path)
    return Speed(len(paths), pages, tuple(bare), tuple(whole))


def bare_pass(path: Path) -> int:
    """Read the text of every page as pypdfium2 gives it; the number of pages."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return sum(1 for _ in _texts(pdf))


def _texts(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in pdf:
        with closing(page), closing(page.get_textpage()) as text:
            yield text.get_text_range()


def _seconds(work: Callable[[Path], object], path: Path) -> float:
    start = perf_counter()
    work(path)
    return perf_counter() - start
