"""What a Ray cluster costs over the local processes at equal cores, and what its driver holds of a million items.

    python -m eval.bench.ray_executor [ROUNDS [FOLDER...]]     local and Ray in turn over the same documents; the median ratio
    python -m eval.bench.ray_executor --items N                N trivial items through two actors; this process's memory

The cluster is one of this machine's CPUs, up before the time is taken, as one that runs is; its actors start within it, as
local workers do. Text only: OCR would hide what the way of a document costs. Documents: samples, each as often as makes 360.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from eval.bench.in_turn import copied, median_ratio
from pipeline import Settings
from pipeline.batch import run_batch
from pipeline.cluster import joined, run_tasks

WORKERS, DOCUMENTS = 2, 360
SAMPLES = Path(__file__).parents[2] / "samples"
FOLDERS = (SAMPLES / "leases", SAMPLES / "gold", SAMPLES / "protocols")


def compare(rounds: int, folders: Sequence[Path]) -> float:
    """Median over rounds of the local run's seconds by the cluster's; prints each."""
    kinds = (".pdf", ".docx", ".txt")
    originals = [path for given in folders for path in sorted(given.rglob("*")) if path.suffix in kinds]
    with tempfile.TemporaryDirectory() as temporary, joined(None, WORKERS):
        root = Path(temporary)
        copied(originals, root / "in", DOCUMENTS)
        local = Settings(ocr="off", workers=WORKERS, database=f"sqlite:///{root}/bench.db", reply_cache=False)
        ray = local.model_copy(update={"executor": "ray"})
        ways = {"local": lambda: _seconds(root, local), "ray": lambda: _seconds(root, ray)}
        return median_ratio(ways, rounds, f"{DOCUMENTS} documents")


def _seconds(root: Path, settings: Settings) -> float:
    start = perf_counter()
    summary = run_batch([root / "in"], root / "out", settings, resume=False)
    seconds = perf_counter() - start
    assert summary.documents == DOCUMENTS and not summary.stopped, summary.by_status
    return seconds


def stream(items: int, told: Callable[[str], None]) -> tuple[int, int]:
    """Bytes this process holds after a hundredth of the items, and at the end."""
    with joined(None, WORKERS):
        paths: Iterator[str] = (f"s3://bucket/prefix/{number:012}/document.pdf" for number in range(items))
        results = run_tasks(len, paths, workers=lambda: WORKERS, timeout=lambda item: 60.0, slots=8)
        start, early, number = perf_counter(), 0, 0
        for number, (_, outcome) in enumerate(results, 1):
            assert outcome == 44, outcome
            if number == max(1, items // 100):
                early = _resident()
            if number % max(1, items // 10) == 0:
                told(f"{number:,} items, {number / (perf_counter() - start):.0f} a second, {_resident() / 1e6:.0f} MB")
        assert number == items
        return early, _resident()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main(arguments: Sequence[str]) -> None:
    """Measure what the arguments name."""
    if arguments[:1] == ["--items"]:
        early, late = stream(int(arguments[1]), lambda line: print(line, flush=True))
        print(f"resident after 1 %: {early / 1e6:.0f} MB, at the end: {late / 1e6:.0f} MB")
        return
    folders = tuple(map(Path, arguments[1:])) or FOLDERS
    ratio = compare(int(arguments[0]) if arguments else 5, folders)
    print(f"throughput of ray over local at {WORKERS} cores, median (bound 0.9): {ratio:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
