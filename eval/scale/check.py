"""Is the simulation right of this machine? Real runs in turn, each predicted from what a part of it told."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from time import perf_counter, thread_time

from eval.bench.llm_throughput import IN_FLIGHT, LATENCY, WORKERS, copies, measure
from eval.scale.model import Crew, Document, Provider, sampled, simulate
from pipeline import Settings
from pipeline.batch import Event, run_batch

REPEATS = 40
"""Simulations whose mean is the prediction."""

FEW = 45
"""Documents of the run that tells what loading takes: five copies of each sample."""

BOUND = 0.10


@dataclass(frozen=True, slots=True)
class Comparison:
    """A throughput as measured and as simulated."""

    name: str
    unit: str
    measured: float
    simulated: float

    @property
    def error(self) -> float:
        """Of the simulation, as a share of what was measured."""
        return self.simulated / self.measured - 1

    def __str__(self) -> str:
        return (
            f"{self.name}: measured {self.measured:.2f} {self.unit}, simulated {self.simulated:.2f}, {self.error:+.1%}"
        )


def offline(documents: int, rounds: int) -> list[Comparison]:
    """Runs of one worker and of two in turn over the same documents, text only.

    The timings of every second document, as results come, are the distribution that the run is simulated with; the others
    it has not seen, nor those that are the first of their type in a worker: what these take longer, to load models, is told
    by a short run before. What comes before each worker's second result is start-up and left out of both. What recording
    takes is the processor time of the thread that does it.
    """
    made: list[Comparison] = []
    with tempfile.TemporaryDirectory() as folder:
        loading = _loading(copies(Path(folder) / "few", FEW), Path(folder) / "out")
        given = copies(Path(folder) / "in", documents)
        for number in range(rounds):
            for workers in (1, 2) if number % 2 == 0 else (2, 1):
                ends, taken, record = _timed_run(given, Path(folder) / "out", workers)
                first = 2 * workers
                measured = (len(ends) - first) / (ends[-1] - ends[first - 1])
                pool = _warm(taken, workers)[first::2]
                made.append(
                    Comparison(
                        f"offline, {workers} worker{'s' * (workers > 1)}, round {number + 1}", "documents/s",
                        measured, _throughput(pool, len(ends) - first, Crew(workers, loading=loading, record=record)),
                    )
                )  # fmt: skip
    return made


def _loading(given: Path, out: Path) -> dict[str, float]:
    """What the first document of each type takes longer than those after it, in one worker; they are alike."""
    types: dict[str, list[float]] = {}
    for document in _timed_run(given, out, 1)[1]:
        types.setdefault(document.kind, []).append(document.seconds)
    return {kind: max(0.0, seconds[0] - median(seconds[1:])) for kind, seconds in types.items() if len(seconds) > 1}


def _warm(taken: Sequence[Document], workers: int) -> list[Document]:
    """Without the first of each type in each worker."""
    met: Counter[str] = Counter()
    warm = []
    for document in taken:
        met[document.kind] += 1
        if met[document.kind] > workers:
            warm.append(document)
    return warm


def _timed_run(given: Path, out: Path, workers: int) -> tuple[list[float], list[Document], float]:
    """When each result came, and what the worker says it took; and what recording took of each."""
    ends: list[float] = []
    taken: list[Document] = []
    spent: list[float] = []

    def note(event: Event) -> None:
        if event.kind == "done" and event.outcome:
            ends.append(perf_counter())
            taken.append(Document(event.outcome.seconds, kind=event.outcome.doc_type))
            spent.append(thread_time())

    settings = Settings(ocr="off", workers=workers, database=f"sqlite:///{out.parent}/check.db", reply_cache=False)
    run_batch([given], out, settings, resume=False, on_event=note)
    return ends, taken, (spent[-1] - spent[0]) / (len(spent) - 1)


def _throughput(pool: Sequence[Document], number: int, crew: Crew) -> float:
    """Documents a second, the mean of some simulations."""
    return fmean(number / simulate(list(sampled(pool, number, seed)), crew).seconds for seed in range(REPEATS))


def asking(documents: int) -> list[Comparison]:
    """Runs that a chat model on loopback holds up: eight questions at once, and 120 a minute.

    The start is what comes before the first question in a run of two documents; what documents take of a core matters little
    here and is left at nothing.
    """
    start = measure(2).before
    made: list[Comparison] = []
    for name, more, provider in (
        ("8 questions at once", ("--max-concurrency", "8"), Provider(LATENCY, at_once=8)),
        ("120 questions a minute", ("--rpm", "120"), Provider(LATENCY, at_once=IN_FLIGHT, per_minute=120)),
    ):
        real = measure(documents, more)
        each = [real.calls // documents + (place < real.calls % documents) for place in range(documents)]
        crew = Crew(WORKERS, slots=documents, start=start)
        run = simulate([Document(0.0, questions) for questions in each], crew, provider)
        made.append(
            Comparison(f"chat model, {name}", "questions/s", real.calls / real.seconds, real.calls / run.seconds)
        )
    return made


def check(tell: Callable[[str], None], *, documents: int = 120, rounds: int = 3, asked: int = 24) -> bool:
    """Measure and simulate; whether every kind of run is within the bound, rounds taken together."""
    comparisons = offline(documents, rounds) + asking(asked)
    for comparison in comparisons:
        tell(str(comparison))
    kinds: dict[str, list[float]] = {}
    for comparison in comparisons:
        kinds.setdefault(comparison.name.partition(", round")[0], []).append(comparison.error)
    for kind, errors in kinds.items():
        tell(f"{kind}: mean error {fmean(errors):+.1%}, largest {max(errors, key=abs):+.1%}")
    return all(abs(fmean(errors)) <= BOUND for errors in kinds.values())
