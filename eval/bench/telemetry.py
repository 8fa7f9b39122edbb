"""What traces and metrics cost a run: the same documents without a collector and with one on loopback, in turn.

    python -m eval.bench.telemetry [ROUNDS [DOCUMENTS]]

Both in a process of its own with two workers. Told are the seconds on the clock, and those of processor time that the command and
its workers took, which say more where a machine has other things to do; the collector's own are in neither. Documents:
samples/leases, as often as needed.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from eval.bench.in_turn import copied

SAMPLES = Path(__file__).parents[2] / "samples" / "leases"
_COLLECTOR = """
import sys
from tests.services.otlp_collector import otlp_collector
with otlp_collector() as collector:
    print(collector.url, flush=True)
    sys.stdin.read()
    print(len(collector.spans), flush=True)
"""


@contextmanager
def _collector() -> Iterator[str]:
    """The URL of a collector in a process of its own; says at the end how many spans it got."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COLLECTOR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdout.readline().strip()
        process.stdin.close()
        print(f"the collector has {process.stdout.readline().strip()} spans")
    finally:
        process.kill()
        process.wait()


def _seconds(root: Path, collector: str) -> tuple[float, float]:
    """Seconds on the clock and of processor time that a run takes."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    environment |= {"CLAUSELINE_DATABASE": f"sqlite:///{root}/bench.db", "CLAUSELINE_OCR": "off"}
    environment |= {"OTEL_EXPORTER_OTLP_ENDPOINT": collector} if collector else {}
    command = ["run", str(root / "in"), "--out", str(root / "out"), "--no-resume", "--workers", "2"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import entry; entry()", *command],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    seconds, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int, count: int) -> None:
    """Measure and print, one line a round, then the medians."""
    originals = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".pdf", ".docx")]
    clock, processor = [], []
    with tempfile.TemporaryDirectory() as folder, _collector() as collector:
        root = Path(folder)
        copied(originals, root / "in", count)
        for number in range(rounds):
            order = ("", collector) if number % 2 == 0 else (collector, "")
            taken = {url: _seconds(root, url) for url in order}
            (plain, plain_cpu), (told, told_cpu) = taken[""], taken[collector]
            clock.append(told / plain)
            processor.append(told_cpu / plain_cpu)
            print(
                f"{count} documents: without {plain:.1f} s ({plain_cpu:.1f} s of processor time), with {told:.1f} s "
                f"({told_cpu:.1f} s), load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    print(f"median overhead: {median(clock) - 1:.1%} on the clock, {median(processor) - 1:.1%} of processor time")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [3, 40][len(given) :])[:2])
