"""How well and how fast scans are read: `python -m eval.bench.ocr [FOLDER]`.

Two references: the plain text beside each scan (made by OCR too, so agreement with it flatters), and the text layers of
digital pages that are printed to a bitmap, blurred, speckled, skewed and compressed as a scanner would.
"""

import io
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from pipeline import read_document

_QUOTES = str.maketrans("“”‘’–—‑", "\"\"''---")
_BLANK = re.compile(r"[_.]{3,}|[☐□]")  # rules to write on, leaders and boxes are no text
_FEW = 1_200  # characters; pages with fewer are no sample of prose


@dataclass(frozen=True, slots=True)
class Reading:
    """What OCR made of `pages` pages in `seconds`, against their true text."""

    name: str
    pages: int
    seconds: float
    error: float  # edit distance over the length of the truth, white space folded, quotes and dashes plain
    letters: float  # the same for letters and digits alone
    words: float  # share of the truth's words that were read, in any order

    def __str__(self) -> str:
        rate = self.pages / self.seconds * 60
        return (
            f"{self.name}: {self.pages} pages, {rate:.0f} pages/min, CER {self.error:.2%}, "
            f"letters and digits alone {self.letters:.2%}, words read {self.words:.2%}"
        )


def compare(name: str, pages: int, seconds: float, read: str, truth: str) -> Reading:
    """Error rates of a reading.

    >>> compare("a", 1, 1.0, "rent  of 950", "rent of $950").error
    0.08333333333333333
    """
    said, meant = (" ".join(_BLANK.sub(" ", text.translate(_QUOTES)).split()) for text in (read, truth))
    bare, wanted = ("".join(filter(str.isalnum, text.casefold())) for text in (read, truth))
    words, known = Counter(said.casefold().split()), Counter(meant.casefold().split())
    return Reading(
        name,
        pages,
        seconds,
        Levenshtein.distance(said, meant) / max(1, len(meant)),
        Levenshtein.distance(bare, wanted) / max(1, len(wanted)),
        (words & known).total() / max(1, known.total()),
    )


def scans(folder: Path) -> Iterator[Reading]:
    """Reads every PDF below a folder that has no text layer and a `text.txt` beside it."""
    for path in sorted(folder.rglob("*.pdf")):
        truth = path.with_name("text.txt")
        if truth.is_file() and not any(_texts(path)):
            start = perf_counter()
            document = read_document(path)
            seconds = perf_counter() - start
            yield compare(path.parent.name, len(document.pages), seconds, document.text, truth.read_text("utf-8"))


def printed(paths: Sequence[Path], dpi: int = 150, every: int = 25) -> Reading:
    """Reads digital pages as if they had been printed and scanned: each `every`-th page with enough text."""
    rng = np.random.default_rng(7)
    read, truth, pages, seconds = [], [], 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for index, text in list(enumerate(_texts(path)))[1::every]:
                if len(text) < _FEW:
                    continue
                scan = Path(folder) / f"{pages}.jpg"
                scan.write_bytes(_scanned(path, index, dpi, rng))
                start = perf_counter()
                read.append(read_document(scan).text)
                seconds += perf_counter() - start
                truth.append(text)
                pages += 1
    return compare(f"printed and scanned at {dpi} dpi", pages, seconds, "\n".join(read), "\n".join(truth))


def _texts(path: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def _scanned(path: Path, index: int, dpi: int, rng: np.random.Generator) -> bytes:
    """A page as a scanner would give it: soft, noisy, gray, up to 1.5 degrees askew, JPEG."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        image = pdf[index].render(scale=dpi / 72).to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.6))
    gray = np.asarray(image, np.float64) * 0.85 + 15
    noisy = Image.fromarray((gray + rng.normal(0, 8, gray.shape)).clip(0, 255).astype(np.uint8))
    skewed = noisy.rotate(rng.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=230)
    buffer = io.BytesIO()
    skewed.save(buffer, "JPEG", quality=60, dpi=(dpi, dpi))
    return buffer.getvalue()


def main(folder: Path) -> None:
    """Measure and print, one line a figure."""
    for reading in scans(folder):
        print(reading)
    digital = [path for path in sorted(folder.rglob("*.pdf")) if any(_texts(path))]
    for dpi in (150, 100):
        print(printed(digital, dpi))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/corpus"))
