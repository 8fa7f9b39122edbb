"""Runs backends over a labelled corpus and judges what they say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from eval.gold import GoldDocument, load_gold
from eval.judge import Judged, judge
from pipeline import Pipeline, Settings
from schemas import Result


@dataclass(frozen=True, slots=True)
class Run:
    """A backend over the corpus: what it said of each document, judged, and what it took."""

    backend: str
    results: tuple[Result, ...]
    judged: tuple[Judged, ...]
    typed: float
    seconds: float

    @property
    def grounded(self) -> float:
        """The share of given values that have evidence."""
        given = [j for j in self.judged if j.predicted is not None]
        return sum(j.grounded for j in given) / len(given) if given else 0.0

    @property
    def tokens(self) -> int:
        """Tokens read and written by the backend."""
        return sum(r.usage.input_tokens + r.usage.output_tokens for r in self.results)

    @property
    def cost(self) -> float:
        """US dollars."""
        return sum(r.usage.cost_usd for r in self.results)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The documents, and a run of each backend over them; the first backend is the baseline."""

    corpus: str
    documents: tuple[GoldDocument, ...]
    runs: tuple[Run, ...]


def evaluate(
    corpus: Path,
    backends: Sequence[str] = ("offline",),
    settings: Settings | None = None,
    part: tuple[int, int] | None = None,
) -> Evaluation:
    """Run each backend over the labelled documents below a folder.

    Args:
        corpus: as `eval.gold.load_gold` reads it.
        backends: names as `--backend` takes them.
        settings: everything else; from the environment when not given.
        part: (k, n) takes of each folder only the documents whose place in the order of names is k modulo n.

    Raises:
        ValueError: there are no labelled documents, or labels are broken.
    """
    settings = settings or Settings()
    documents = part_of(tuple(load_gold(corpus)), part)
    if not documents:
        raise ValueError(f"{corpus}: no labelled documents (gold.json or NAME.gold.json) below this folder")
    runs = tuple(_run(documents, settings.model_copy(update={"backend": backend})) for backend in backends)
    return Evaluation(str(corpus), documents, runs)


def part_of(documents: Sequence[GoldDocument], part: tuple[int, int] | None) -> tuple[GoldDocument, ...]:
    """Of each folder the documents whose place in the order of names is k modulo n; all of them without a part."""
    if part is None:
        return tuple(documents)
    places: Counter[str] = Counter()
    taken = []
    for document in documents:
        folder = document.name.rpartition("/")[0]
        if places[folder] % part[1] == part[0]:
            taken.append(document)
        places[folder] += 1
    return tuple(taken)


def judged_run(documents: Sequence[GoldDocument], results: Iterable[Result], backend: str, seconds: float = 0.0) -> Run:
    """A run from results that are there already, in the documents' order."""
    said = tuple(results)
    judged = tuple(j for gold, result in zip(documents, said, strict=True) for j in judge(gold, result))
    typed = sum(r.doc_type == g.doc_type for g, r in zip(documents, said, strict=True)) / max(1, len(documents))
    return Run(backend, said, judged, typed, seconds)


def _run(documents: Sequence[GoldDocument], settings: Settings) -> Run:
    start = perf_counter()
    results = tuple(Pipeline(settings).run_many([d.path for d in documents]))
    return judged_run(documents, results, settings.backend, perf_counter() - start)
