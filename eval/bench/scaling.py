"""How much faster two workers are than one, and how much memory a worker takes on a long document."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

import pypdfium2

from pipeline import Pipeline, Settings

_PEAK = """
import resource, sys
from pipeline import Pipeline, Settings
assert Pipeline(Settings(ocr="off")).run(sys.argv[1]).status != "failed"
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def speed_up(paths: Sequence[Path], workers: int = 2, rounds: int = 3) -> float:
    """Seconds of one worker over seconds of `workers` on the same documents, start-up included; the median of rounds.

    The largest come first, as one at the end would leave the others idle; and each comes twice, as a folder worth two
    workers holds more documents than these: a process takes a second to load what its first ones need.
    """
    pipeline = Pipeline(Settings(ocr="off"))
    paths = sorted(paths, key=lambda path: path.stat().st_size, reverse=True) * 2

    def seconds(count: int) -> float:
        start = perf_counter()
        done = sum(1 for _ in pipeline.run_many(paths, workers=count))
        assert done == len(paths)
        return perf_counter() - start

    seconds(workers)  # warms the page cache
    return median(seconds(1) / seconds(workers) for _ in range(rounds))


def long_document(paths: Sequence[Path], pages: int, folder: Path) -> Path:
    """A PDF of exactly `pages` pages, put together from the given ones."""
    target = pypdfium2.PdfDocument.new()
    for path in cycle(paths):
        source = pypdfium2.PdfDocument(path)
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
        if len(target) >= pages:
            break
    target.save(folder / "long.pdf")
    return folder / "long.pdf"


def peak_memory(paths: Sequence[Path], pages: int = 300) -> float:
    """Peak resident memory, in MB, of a fresh process that reads a document of `pages` pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = long_document(paths, pages, Path(folder))
        told = subprocess.run([sys.executable, "-c", _PEAK, path], check=True, capture_output=True, text=True)
        return int(told.stdout) / 1024
