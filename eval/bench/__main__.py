"""Prints every benchmark; the folder of documents is the first argument (default: the development corpus, else the samples)."""

import sys
from pathlib import Path

from eval.bench import scaling, speed, start_up

_FOLDERS = (Path("../shared/corpus"), Path(__file__).parents[2] / "samples")


def main(folder: Path) -> None:
    """Measure and print, one line a figure."""
    paths = list(speed.text_pdfs(folder))
    taken = speed.measure(paths)
    print(f"text PDFs: {taken.documents}, pages: {taken.pages}")
    print(f"bare pypdfium2 text pass: {taken.pages / min(taken.bare):.0f} pages/s")
    print(f"whole pipeline: {taken.pages / min(taken.whole):.0f} pages/s")
    print(f"whole over bare (median of pairs, bound 2.5): {taken.ratio:.2f}")
    print(f"two workers over one (bound 1.8): {scaling.speed_up(paths):.2f}")
    print(f"peak memory on 300 pages (bound 600 MB): {scaling.peak_memory(paths):.0f} MB")
    print(f"clauseline --help (bound 0.3 s): {start_up.help_seconds():.2f} s")
    print(f"from pipeline import Pipeline (bound 0.4 s): {start_up.import_seconds():.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else next(folder for folder in _FOLDERS if folder.is_dir()))
