"""Runs backends over a labelled corpus and judges what they say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from eval.gold import GoldDocument, load_gold
from eval.judge import Judged, judge
from pipeline import Pipeline, Settings
from schemas import Result, Usage


@dataclass(frozen=True, slots=True)
class Run:
    """A backend over the corpus: what it said of each document, judged, and what it took.

    `prompt` is the variant of the prompts it was asked with, "" where that makes no difference.
    """

    backend: str
    results: tuple[Result, ...]
    judged: tuple[Judged, ...]
    typed: float
    seconds: float
    prompt: str = ""

    @property
    def name(self) -> str:
        """What tells it from the other runs."""
        return f"{self.backend}, {self.prompt}" if self.prompt else self.backend

    @property
    def usage(self) -> Usage:
        """Calls, tokens and US dollars of all documents."""
        return Usage.total(self.backend, (r.usage for r in self.results))

    @property
    def grounded(self) -> float:
        """The share of given values that have evidence."""
        given = [j for j in self.judged if j.predicted is not None]
        return sum(j.grounded for j in given) / len(given) if given else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The documents, and a run of each backend and prompt over them; the first run is the baseline."""

    corpus: str
    documents: tuple[GoldDocument, ...]
    runs: tuple[Run, ...]


def evaluate(
    corpus: Path,
    backends: Sequence[str] = ("offline",),
    settings: Settings | None = None,
    part: tuple[int, int] | None = None,
    prompts: Sequence[str] = (),
) -> Evaluation:
    """Run each backend, with each variant of the prompts, over the labelled documents below a folder.

    Args:
        corpus: as `eval.gold.load_gold` reads it.
        backends: names as `--backend` takes them.
        prompts: variants as `--prompt` takes them; that of the settings when none are given. The offline backend reads no
            prompts, and is run once.
        settings: everything else; from the environment when not given.
        part: (k, n) takes of each folder only the documents whose place in the order of names is k modulo n.

    Raises:
        ValueError: there are no labelled documents, or labels are broken.
        ClauselineError: there is no such backend or prompt, or it can't be asked.
    """
    settings = settings or Settings()
    documents = part_of(tuple(load_gold(corpus)), part)
    if not documents:
        raise ValueError(f"{corpus}: no labelled documents (gold.json or NAME.gold.json) below this folder")
    variants = tuple(_variants(settings, backends, prompts))
    runs = tuple(_run(documents, variant, len(prompts) > 1) for variant in variants)
    return Evaluation(str(corpus), documents, runs)


def _variants(settings: Settings, backends: Sequence[str], prompts: Sequence[str]) -> Iterator[Settings]:
    """The settings of each run; a name there is not is told before the first one begins."""
    for prompt in prompts:
        Pipeline(settings.model_copy(update={"backend": "offline", "prompt": prompt}))
    for backend in backends:
        for prompt in (prompts or (settings.prompt,))[: 1 if backend == "offline" else None]:
            yield settings.model_copy(update={"backend": backend, "prompt": prompt})


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


def judged_run(
    documents: Sequence[GoldDocument], results: Iterable[Result], backend: str, seconds: float = 0.0, prompt: str = ""
) -> Run:
    """A run from results that are there already, in the documents' order."""
    said = tuple(results)
    judged = tuple(j for gold, result in zip(documents, said, strict=True) for j in judge(gold, result))
    typed = sum(r.doc_type == g.doc_type for g, r in zip(documents, said, strict=True)) / max(1, len(documents))
    return Run(backend, said, judged, typed, seconds, prompt)


def _run(documents: Sequence[GoldDocument], settings: Settings, compared: bool) -> Run:
    start = perf_counter()
    with closing(Pipeline(settings)) as pipeline:
        results = tuple(pipeline.run_many([d.path for d in documents]))
    prompt = settings.prompt if compared and settings.backend != "offline" else ""
    return judged_run(documents, results, settings.backend, perf_counter() - start, prompt)
