"""How near a run with a chat model comes to what the model allows: `python -m eval.bench.llm_throughput [DOCUMENTS...]`.

The model is `eval.bench.model_server` in a process of its own on the same machine: one second a question, 64 under way at
once allowed. The ideal time of a run is its number of questions times the latency over 64; the ratio is the ideal over what
`clauseline run` took from its start to its end, and in its middle (from the second tenth of its questions to the ninth).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

LATENCY, IN_FLIGHT, WORKERS = 1.0, 64, 2
SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True, slots=True)
class Throughput:
    """A run over `documents` documents that asked `calls` questions in `seconds`, the first `before` from its start; megabytes
    are resident peaks."""

    documents: int
    calls: int
    seconds: float
    before: float
    middle: float
    parent_mb: float
    worker_mb: float
    cpu_seconds: float

    @property
    def ratio(self) -> float:
        """The ideal time over the time it took, start and end included."""
        return self.calls * LATENCY / IN_FLIGHT / self.seconds

    def __str__(self) -> str:
        return (
            f"{self.documents} documents, {self.calls} questions: {self.seconds:.1f} s, {self.ratio:.3f} of the ideal, "
            f"{self.middle:.3f} in the middle; peak memory of parent {self.parent_mb:.0f} MB, of a worker {self.worker_mb:.0f} MB; "
            f"{self.cpu_seconds:.1f} s of processor time"
        )


def measure(documents: int, more: Sequence[str] = ()) -> Throughput:
    """Run the command over copies of the samples.

    Args:
        documents: how many.
        more: further arguments of the command.
    """
    with tempfile.TemporaryDirectory() as folder, model() as port:
        given = copies(Path(folder) / "in", documents)
        environment = os.environ | {
            "CLAUSELINE_BASE_URL": f"http://127.0.0.1:{port}/v1", "CLAUSELINE_DATABASE": f"sqlite:///{folder}/bench.db",
            "CLAUSELINE_REPLY_CACHE": "false", "OPENAI_API_KEY": "none",
        }  # fmt: skip
        flags = (
            "--backend",
            "openai:bench",
            "--workers",
            str(WORKERS),
            "--max-concurrency",
            str(IN_FLIGHT),
            "--no-ocr",
        )
        command = (
            sys.executable,
            "-c",
            "from pipeline.cli import entry; entry()",
            "run",
            given,
            "--out",
            f"{folder}/out",
        )
        start = monotonic()
        run = subprocess.Popen(
            (*map(str, command), *flags, *more), env=environment, stdout=subprocess.DEVNULL, stderr=None
        )
        peaks = _peaks(run)
        seconds = monotonic() - start
        assert run.returncode == 0, f"exit status {run.returncode}"
        summary = json.loads(Path(folder, "out", "summary.json").read_bytes())
        assert summary["documents"] == documents, summary["by_status"]
        with urlopen(f"http://127.0.0.1:{port}/seen") as told:
            came: list[float] = json.load(told)
        low, high = len(came) // 10, 9 * len(came) // 10
        middle = (high - low) * LATENCY / IN_FLIGHT / (came[high] - came[low])
        return Throughput(documents, len(came), seconds, came[0] - start, middle, *peaks)


def copies(folder: Path, count: int) -> Path:
    """A folder with the samples' leases and protocols, again and again under other names."""
    folder.mkdir()
    originals = [*sorted(SAMPLES.glob("leases/*.pdf")), *sorted(SAMPLES.glob("protocols/*.pdf"))]
    for number, path in enumerate(islice(cycle(originals), count)):
        shutil.copy(path, folder / f"{number:04}-{path.name}")
    return folder


@contextmanager
def model(latency: float = LATENCY) -> Iterator[int]:
    """The port of a model of its own, which answers after so many seconds."""
    command = [sys.executable, "-m", "eval.bench.model_server", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield int(server.stdout.readline())
        server.kill()


def _peaks(run: "subprocess.Popen[bytes]") -> tuple[float, float, float]:
    """Wait for the end; peak resident megabytes of the process and of the largest of its children, and processor seconds."""
    parent = worker = 0.0
    before = os.times()
    while run.poll() is None:
        parent = max(parent, _peak(run.pid))
        worker = max(worker, *(_peak(child) for child in _children(run.pid)), 0.0)
        sleep(0.2)
    after = os.times()
    return parent, worker, sum(after[2:4]) - sum(before[2:4])


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0.0


def _children(pid: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


if __name__ == "__main__":
    for count in map(int, sys.argv[1:] or ("50", "200")):
        print(measure(count), flush=True)
